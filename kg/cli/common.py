"""What several commands share: options, and the showing of diagnostics, tables and progress."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.diagnostics import Diagnostic, Severity, path_text, printable

if TYPE_CHECKING:
    from pyoxigraph import Store

Command = TypeVar("Command", bound=Callable[..., Any])
OUTPUT_HELP = "mend that, or choose another place"
"""What to do where a file can't be written."""
HELP = {"help_option_names": ["-h", "--help"]}
"""The settings of every command: its help has a short name too."""
_NARROWEST = 9
"""Characters that a column needs, on average, to be read."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


class Text(click.ParamType[str]):
    """An argument that ends up in a file or in the graph, and so must be UTF-8."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The text itself."""
        return self.fail("it is not UTF-8.", param, ctx) if _SURROGATE.search(value) else value


class FilePath(click.Path):
    """The name of a file or folder; an empty one (an unset variable, mostly) is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path."""
        return super().convert(value, param, ctx) if str(value) else self.fail("it is empty.", param, ctx)


def store_option(command: Command) -> Command:
    """``--store``: the folder of the graph."""
    help = "The graph's folder.  [default: .kg beside kg.toml, or here]"
    return click.option("--store", metavar="DIR", help=help)(command)


def format_option(*forms: str, default: str | None = None) -> Callable[[Command], Command]:
    """``--format`` with its choices."""
    help = "How to print it." + (f"  [default: {default}]" if default else "")
    return click.option("--format", "form", type=click.Choice(forms), default=default, help=help)


def status_option(command: Command) -> Command:
    """``--status``: which articles count."""
    choices = click.Choice(["published", "draft", "review", "archived", "all"])
    help = "Which articles to take."
    return click.option("--status", type=choices, default="published", show_default=True, help=help)(command)


def open_store(store: str | None) -> "tuple[Store, str]":
    """The published graph and the base of its IRIs."""
    from kg.garden import store_folder
    from kg.store import StoreFolder, base_of

    path, config = store_folder(store)
    opened = StoreFolder(path).open_published()
    return opened, base_of(opened) or config.base


def store_path(store: str | None) -> Path:
    """The folder that ``--store`` names, or the default."""
    from kg.garden import store_folder

    return store_folder(store)[0]


def relocated(diagnostics: list[Diagnostic], root: Path) -> list[Diagnostic]:
    """Diagnostics with their paths relative to the current folder, as an editor or terminal can open them."""
    if os.path.samefile(root, "."):
        return diagnostics
    return [d.relocated(lambda path: path_text(os.path.relpath(root / path)).replace(os.sep, "/")) for d in diagnostics]


def show_diagnostics(diagnostics: list[Diagnostic], err: bool) -> None:
    """Print each problem, its severity coloured on a terminal."""
    for diagnostic in diagnostics:
        first, *rest = str(diagnostic).split("\n")
        mark = f"{diagnostic.severity}[{diagnostic.code}]"
        place, found, message = first.partition(mark)
        colour = _COLOURS[diagnostic.severity]
        line = f"{click.style(place, bold=True)}{click.style(found, fg=colour, bold=True)}{message}"
        click.echo("\n".join([line, *rest]), err=err)


def warn(problem: str) -> None:
    """Print a warning that is about no place in a file."""
    click.echo(f"{click.style('warning', fg='yellow')}: {printable(problem)}", err=True)


def show_error(message: str, help: str | None = None) -> None:
    """Print what stopped a command; where nobody can read it, nothing."""
    lines = [click.style("error", fg="red", bold=True) + ": " + printable(message, keep="\n")]
    if help:
        lines.append("  " + click.style("help", fg="cyan") + ": " + printable(help, keep="\n"))
    with suppress(OSError):
        click.echo("\n".join(lines), err=True, color=colour())


def colour() -> bool | None:
    """Whether NO_COLOR and FORCE_COLOR want colours; None lets click decide by the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def counted(diagnostics: list[Diagnostic], accepted: Sequence[Diagnostic] = ()) -> str:
    """``1 error, 2 warnings, 3 notes``, and how many findings are accepted, if any."""
    counts = [sum(d.severity is severity for d in diagnostics) for severity in Severity]
    told = ", ".join(plural(n, str(severity)) for n, severity in zip(counts, Severity, strict=True))
    return told + (f"; {plural(len(accepted), 'finding')} accepted" if accepted else "")


def plural(number: int, noun: str) -> str:
    """``1 brief``, ``2,000 briefs``."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def print_table(columns: list[str], rows: list[list[str]], title: str | None = None) -> None:
    """A table as wide as the terminal; cells wrap. Where columns would be too narrow to read, a line a cell instead."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell, keep="\n")) for cell in row))
    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    console = Console(no_color=bool(os.environ.get("NO_COLOR")), width=None if known else 160, highlight=False)
    if console.width < _NARROWEST * len(columns):
        heading = f"{title}\n\n" if title else ""
        click.echo(heading + "".join(_record(columns, row) for row in rows), nl=False)
        return
    with console.capture() as shown:  # rich makes of a closed pipe an error of its own
        console.print(table)
    click.echo(shown.get(), nl=False)


def _record(columns: list[str], row: list[str]) -> str:
    """One row as lines of ``column: cell``, an empty one behind."""
    cells = [printable(cell, keep="\n") for cell in row]
    lines = [f"{column}: {cell}" if column else cell for column, cell in zip(columns, cells, strict=True)]
    return "\n".join(lines) + "\n\n"


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A progress callback that shows a bar on a terminal once the work takes over a second."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    import time

    started = time.monotonic()
    bar: Any = None
    task: Any = None

    def report(done: int, total: int) -> None:
        nonlocal bar, task
        if bar is None and time.monotonic() - started > 1:
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(stderr=True), transient=True)
            task = bar.add_task("reading briefs", total=total)
            bar.start()
        if bar is not None:
            bar.update(task, completed=done, total=total)

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()
