"""kg build"""

from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    HELP,
    FilePath,
    counted,
    format_option,
    plural,
    progress_bar,
    relocated,
    show_diagnostics,
    show_error,
    store_option,
)
from kg.cli.streams import write_json
from kg.diagnostics import Severity, printable

if TYPE_CHECKING:
    from kg.build import Report
    from kg.config import Config
    from kg.diagnostics import Diagnostic


@click.command(context_settings=HELP, short_help="Compile the briefs into the graph.")
@click.argument("paths", nargs=-1, type=FilePath())
@store_option
@click.option("--full", is_flag=True, help="Start from nothing instead of building on the last graph.")
@click.option("--watch", is_flag=True, help="Build again at every save, until stopped with Ctrl-C.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@format_option("text", "json", default="text")
def command(
    paths: tuple[str, ...], store: str | None, full: bool, watch: bool, strict: bool, quiet: bool, form: str
) -> int:
    """Compile the briefs under PATHS (default: this garden) into the graph.

    Only files that changed are read again. What can be read of a bad file is built; the rest is reported with
    its line. Exit code: 0 fine, 1 errors found in briefs, 2 wrong usage, 3 the store can't be written.

    \b
    kg build
    kg build articles --store /tmp/graph
    kg build --watch
    kg build --format json | jq .changed
    """
    from kg.build import build
    from kg.diagnostics import exceeds
    from kg.garden import locate

    place = locate(paths, store)
    if watch:
        return _watch(paths, store)
    with progress_bar(quiet or form == "json") as progress:
        report = build(place, full, progress)
    found = relocated(report.diagnostics, place.root)
    if form == "json":
        write_json(_as_dict(report, found))
    else:
        show_diagnostics([d for d in found if d.severity is Severity.ERROR or not (quiet or is_remark(d))], err=True)
        if not quiet:
            _summary(report, place.config, found)
    return 1 if exceeds(report.diagnostics, strict) else 0


def is_remark(diagnostic: "Diagnostic") -> bool:
    """Whether it is a note on the evidence behind the claims, of which a whole garden has many."""
    from kg.diagnostics import CODES, Severity

    return diagnostic.severity is Severity.NOTE and CODES[diagnostic.code].rule is not None


def _summary(report: "Report", config: "Config", found: "list[Diagnostic]") -> None:
    counts = {
        "added": len(report.added),
        "changed": len(report.changed),
        "moved": len(report.moved),
        "removed": len(report.removed),
        "read again" if report.full else "unchanged": report.unchanged,
    }
    what = ", ".join(f"{number:,} {word}" for word, number in counts.items() if number)
    name = f"{printable(config.title)}: " if config.title else ""
    click.echo(f"{name}{plural(report.articles, 'brief')}{': ' if what else ''}{what} ({report.seconds:.2f} s)")
    remarks = sum(map(is_remark, found))
    hint = f"; kg check shows {plural(remarks, 'note')} on evidence" if remarks else ""
    click.echo(counted(found, report.accepted) + hint)
    if report.unlinked:
        what = "claims are not linked in a garden of this size"
        click.echo(f"{what}; [links] compute = true in kg.toml links them, at seconds a build")
    if not report.articles and not any(d.severity is Severity.ERROR for d in found):
        among = "among the files that include in kg.toml names" if config.include else "found"
        what = "a brief is an agent.md, or a .md or .txt whose front matter has an agent-brief: id"
        click.echo(f"no briefs {among}: {what}")


def _watch(paths: tuple[str, ...], store: str | None) -> int:
    """Build, then again at every save; show what changed and the findings of the files saved."""
    from kg.garden import locate
    from kg.watching import saves

    place = locate(paths, store)
    _rebuild(paths, store, None)
    click.echo(f"watching {printable(str(place.root))}; stop with Ctrl-C", err=True)
    for saved in saves(place):
        _rebuild(paths, store, saved)
    return 0


def _rebuild(paths: tuple[str, ...], store: str | None, saved: set[str] | None) -> None:
    """One build; of the findings only those of the files saved are shown, all where `saved` is None."""
    from kg.build import build
    from kg.errors import KgError
    from kg.garden import locate

    try:
        place = locate(paths, store)
        report = build(place)
    except KgError as error:
        show_error(error.message, error.help)
        return
    if saved == set() and not (report.added or report.changed or report.removed):
        return
    shown = report.diagnostics if saved is None else [d for d in report.diagnostics if d.path in saved]
    found = relocated(shown, place.root)
    show_diagnostics([d for d in found if saved is not None or not is_remark(d)], err=True)
    for word, slugs in (("added", report.added), ("changed", report.changed), ("removed", report.removed)):
        if saved is not None and slugs:
            click.echo(printable(f"{word}: {', '.join(slugs)}"))
    _summary(report, place.config, found)


def _as_dict(report: "Report", found: "list[Diagnostic]") -> dict[str, object]:
    from kg.diagnostic_forms import as_dict

    return {
        "articles": report.articles,
        "added": report.added,
        "changed": report.changed,
        "moved": report.moved,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "full": report.full,
        "filesRead": report.files_read,
        "graphsWritten": report.graphs_written,
        "accepted": [as_dict(d) for d in report.accepted],
        "seconds": round(report.seconds, 3),
        "diagnostics": [as_dict(d) for d in found],
    }
