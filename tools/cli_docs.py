"""docs/cli.md from the commands' own help.

python tools/cli_docs.py
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli.main import COMMANDS, cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"


def render() -> str:
    """The page: every command with its help, in the order of ``kg --help``."""
    parts = ["# Commands", "Each command's `--help`, as it prints it.", _block("kg", cli)]
    for path, command in every_command():
        parts += [f"##{'#' * (path.count(' ') - 1)} {path}", _block(path, command)]
    return "\n\n".join(parts) + "\n"


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Each command and subcommand by what is typed to call it."""
    for name in COMMANDS:
        command = importlib.import_module(f"kg.cli.{name}").command
        yield f"kg {name}", command
        if isinstance(command, click.Group):
            yield from ((f"kg {name} {inner}", command.commands[inner]) for inner in command.commands)


def _block(path: str, command: click.Command) -> str:
    names = ["-h", "--help"]
    context = click.Context(command, info_name=path, help_option_names=names, max_content_width=100, terminal_width=100)
    return f"```text\n{command.get_help(context).rstrip()}\n```"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
