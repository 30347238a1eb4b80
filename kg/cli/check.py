"""kg check"""

from datetime import datetime

import click

from kg.cli.common import HELP, FilePath, counted, format_option, plural, relocated, show_diagnostics
from kg.cli.streams import write_text


@click.command(context_settings=HELP, short_help="Say what is wrong in the briefs, and where.")
@click.argument("paths", nargs=-1, type=FilePath())
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--accepted", is_flag=True, help="Show the findings too that the authors accepted, with their reasons.")
@click.option("--as-of", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Tell what is too old on that day.")
@click.option("--shacl", is_flag=True, help="Hold the graph against its SHACL shapes too; needs claimgraph[shacl].")
@format_option("text", "json", "sarif", "github", default="text")
def command(
    paths: tuple[str, ...], strict: bool, accepted: bool, as_of: datetime | None, shacl: bool, form: str
) -> int:
    """Read the briefs under PATHS (default: this garden), with their companions, and print what is wrong.

    No store is touched. What the authors accepted in a companion is counted, and shown with --accepted.

    A file named outright is read whatever it is called. Exit code: 0 fine, 1 errors found, 2 wrong usage.

    \b
    kg check
    kg check notes/brief.txt
    kg check --accepted --as-of 2026-12-31
    kg check --shacl
    kg check --format github
    kg check --format sarif > kg.sarif
    """
    from kg.build import check
    from kg.diagnostic_forms import FORMS
    from kg.diagnostics import exceeds
    from kg.garden import locate
    from kg.mapping import Mapped

    place = locate(paths, None)
    articles: list[Mapped] = []
    report = check(place, articles.append if shacl else None, as_of.date() if as_of else None)
    if shacl:
        from kg.shacl import findings

        report.diagnostics = sorted(report.diagnostics + findings(articles), key=lambda d: d.sort_key)
    shown = report.diagnostics + (report.accepted if accepted else [])
    found = relocated(sorted(shown, key=lambda d: d.sort_key), place.root)
    if form == "text":
        show_diagnostics(found, err=False)
    elif found or form != "github":
        write_text(FORMS[form](found) + "\n")
    click.echo(f"{plural(report.unchanged, 'brief')}: {counted(report.diagnostics, report.accepted)}", err=True)
    return 1 if exceeds(report.diagnostics, strict) else 0
