"""kg init"""

import json
from pathlib import Path

import click

from kg.cli.common import HELP, OUTPUT_HELP, FilePath, Text
from kg.diagnostics import printable

_TEMPLATE = """\
# Where the garden is published; every IRI begins with it.
base = {base}

# What it is called.
title = {title}

# The licence of its articles, as an address.
{licence}

# Which files belong to it, as in .gitignore; all by default.
# include = ["articles/**"]

# Where the graph is kept.
# store = ".kg"

# How much findings matter, by rule: error, warning, note or off.
# [findings]
# low-source-diversity = "off"

# Headings of your own, by the section that they stand for: thesis, audience, claims, sources, involvement,
# queries, limits, instructions.
# [sections]
# limits = ["What we do not know"]
"""


@click.command(context_settings=HELP, short_help="Write a kg.toml with the settings of a garden.")
@click.argument("folder", type=FilePath(file_okay=False, path_type=Path), default=".")
@click.option(
    "--base", type=Text(), default="https://garden.example/", show_default=True, help="Where the garden is published."
)
@click.option("--title", type=Text(), help="What it is called.  [default: the folder's name]")
@click.option("--licence", "--license", type=Text(), metavar="IRI", help="The licence of its articles.")
def command(folder: Path, base: str, title: str | None, licence: str | None) -> None:
    """Write FOLDER/kg.toml (default: here).

    \b
    kg init --base https://example.org/garden/ --title "My garden"
    """
    from kg.config import FILE, read_config
    from kg.errors import UsageError
    from kg.store import environment

    path = folder / FILE
    if path.exists():
        raise UsageError(f"{path} is already there", "edit it, or delete it first")
    text = _TEMPLATE.format(
        base=_toml(base),
        title=_toml(title or folder.absolute().name or "Garden"),
        licence=f"licence = {_toml(licence)}"
        if licence
        else '# licence = "https://creativecommons.org/licenses/by/4.0/"',
    )
    with environment(path, OUTPUT_HELP):
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    try:
        read_config(path)
    except UsageError:
        path.unlink()
        raise
    click.echo(f"wrote {printable(str(path))}")


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
