"""kg explain"""

import re

import click

from kg.cli.common import HELP


@click.command(context_settings=HELP, short_help="Print the page of a diagnostic's code.")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Print what a diagnostic means, why it matters, an example and the fix. Without CODE: the list of codes.

    \b
    kg explain KG014
    """
    from kg.diagnostics import CODES
    from kg.errors import UsageError
    from kg.resources import diagnostic_page

    if code is None:
        for name, entry in CODES.items():
            click.echo(f"{name}  {entry.severity:<7}  {entry.title}")
        return
    digits = re.fullmatch(r"(?:KG)?0*(\d{1,3})", code, re.IGNORECASE)
    name = f"KG{int(digits[1]):03d}" if digits else code
    if name not in CODES:
        raise UsageError(f"there is no code {code!r}", "kg explain lists the codes")
    click.echo(diagnostic_page(name).rstrip())
