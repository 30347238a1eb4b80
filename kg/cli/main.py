"""The ``kg`` command: its list of commands, each imported only when it runs."""

import difflib
import importlib
import io
import os
import sys
from contextlib import suppress
from typing import Any

import click

from kg import __version__

COMMANDS = {
    "init": "Write a kg.toml with the settings of a garden.",
    "new": "Begin a brief that is valid as it stands.",
    "check": "Say what is wrong in the briefs, and where.",
    "explain": "Print the page of a diagnostic's code.",
    "build": "Compile the briefs into the graph.",
    "query": "Ask the graph with SPARQL.",
    "queries": "List the named queries.",
    "export": "Write the graph as Turtle, JSON-LD and other formats.",
    "analyze": "Measure the graph: counts, centrality, communities.",
    "links": "See which claims of different articles belong together, and why.",
    "render": "Write a brief back from the graph.",
}


class _LazyGroup(click.Group):
    """Commands by name; help lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Compile a folder of agent briefs into a knowledge graph, and ask it.

    \b
    kg build               compile the briefs in this folder
    kg queries             what can be asked
    kg query claims        ask it
    kg export turtle       publish it
    """


def main() -> None:
    """Run the command line; exit codes: 0 fine, 1 findings, 2 wrong usage, 3 the environment, 70 a bug in kg."""
    from kg.cli import streams

    streams.prepare()
    code = run(sys.argv[1:])
    streams.silence()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    from kg.cli.common import colour, show_error
    from kg.errors import KgError

    try:
        # not click's main(), which makes of a closed pipe an error
        with cli.make_context("kg", arguments, color=colour()) as context:
            code = cli.invoke(context)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _show_usage(error)
        return error.exit_code
    except KgError as error:
        show_error(error.message, error.help)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        show_error("stopped", None)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        show_error(_environment(error), None)
        return 3
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        show_error(
            f"kg itself is at fault: {type(error).__name__}: {error}", "please report it; KG_DEBUG=1 shows where"
        )
        return 70


def _environment(error: OSError) -> str:
    """What the system refused. Only the standard streams and the current folder have no name there."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        return f"{error.filename}: {reason}"
    return "the current folder is gone" if _is_homeless() else f"the output can't be written: {reason}"


def _is_homeless() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _show_usage(error: click.ClickException) -> None:
    from kg.diagnostics import printable

    shown = io.StringIO()
    error.show(shown)
    with suppress(OSError):
        click.echo(printable(shown.getvalue(), keep="\n"), err=True, nl=False)
