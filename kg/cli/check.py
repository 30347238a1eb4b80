"""kg check"""

import click

from kg.cli.common import HELP, FilePath, counted, format_option, plural, relocated, show_diagnostics
from kg.cli.streams import write_text


@click.command(context_settings=HELP, short_help="Say what is wrong in the briefs, and where.")
@click.argument("paths", nargs=-1, type=FilePath())
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@format_option("text", "json", "sarif", "github", default="text")
def command(paths: tuple[str, ...], strict: bool, form: str) -> int:
    """Read the briefs under PATHS (default: this garden) and print what is wrong. No store is touched.

    A file named outright is read whatever it is called. Exit code: 0 fine, 1 errors found, 2 wrong usage.

    \b
    kg check
    kg check notes/brief.txt
    kg check --format github
    kg check --format sarif > kg.sarif
    """
    from kg.build import check
    from kg.diagnostic_forms import FORMS
    from kg.diagnostics import exceeds
    from kg.garden import locate

    place = locate(paths, None)
    report = check(place)
    found = relocated(report.diagnostics, place.root)
    if form == "text":
        show_diagnostics(found, err=False)
    elif found or form != "github":
        write_text(FORMS[form](found) + "\n")
    click.echo(f"{plural(report.unchanged, 'brief')}: {counted(found)}", err=True)
    return 1 if exceeds(found, strict) else 0
