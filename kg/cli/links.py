"""kg links"""

import csv
import dataclasses
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    HELP,
    FilePath,
    format_option,
    open_store,
    print_table,
    status_option,
    store_option,
    store_path,
)
from kg.cli.links_review import accept, reject, review
from kg.cli.streams import write_json
from kg.diagnostics import printable

if TYPE_CHECKING:
    from kg.linked import Linked
    from kg.linking.evaluation import LabelledPair
    from kg.linking.links import Linker
    from kg.linking.material import Key, LinkedArticle

_CLAIM_ID = re.compile(r"(?:claim-|c)?0*([1-9][0-9]{0,5})", re.IGNORECASE)
_COLUMNS = ("a_article", "a_claim", "b_article", "b_claim")


@click.group(context_settings=HELP, short_help="See which claims of different articles belong together, and why.")
def command() -> None:
    """See which claims of different articles say the same or much the same, and why kg thinks so.

    `kg build` finds the links. A claim is named by its article's slug and its id: tides#claim-001

    \b
    kg links list
    kg links list --article sourdough-starters-as-ecosystems
    """


command.add_command(accept)
command.add_command(reject)
command.add_command(review)


@command.command("list", context_settings=HELP)
@click.option("--article", metavar="SLUG", help="Links of this article's claims alone.")
@click.option(
    "--kind",
    type=click.Choice(["near-certain", "shown", "suggested", "accepted", "tension"]),
    help="Links of one kind.",
)
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Links of at least this score.")
@format_option("text", "json", default="text")
@status_option
@store_option
def list_links(
    article: str | None, kind: str | None, min_score: float, form: str, status: str, store: str | None
) -> None:
    """List the links, the strongest first; without --kind those that are shown to readers.

    One that is accepted has a low score, and is there because somebody decided so. A tension is a link whose claims
    may say opposite things: a candidate for a person to look at.

    \b
    kg links list
    kg links list --kind near-certain
    kg links list --kind tension --format json
    """
    from kg.export.selection import no_article, slugs
    from kg.linked import links_in

    opened, base = open_store(store)
    if article is not None and article not in slugs(opened):
        raise no_article(opened, base, article)
    kept = [
        link
        for link in links_in(opened, base, status)
        if link.score >= min_score and article in (None, link.first.article, link.second.article) and _is_of(link, kind)
    ]
    if form == "json":
        write_json([_plain(link) for link in kept])
        return
    for link in kept:
        _show(link)
    click.echo(f"{len(kept):,} link{'' if len(kept) == 1 else 's'}", err=True)


def _show(link: "Linked") -> None:
    """A link with the words of its claims, folded to the width of a terminal."""
    click.echo(f"{link.score:.2f} {link.band}")
    for key, text in ((link.first, link.first_text), (link.second, link.second_text)):
        click.echo(_folded(f"{click.style(printable(name(key)), bold=True)} {printable(text)}"))
    shared = [*link.phrases[:3], *link.figures[:2], *(f"“{snippet}”" for snippet in link.snippets[:1])]
    if shared:
        click.echo(_folded(f"both have: {printable('; '.join(shared))}"))
    for sign in link.tensions:
        click.echo(_folded(f"sign of tension: {printable(sign)}"))


def _folded(text: str) -> str:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(text) + 4
    return click.wrap_text(text, max(width, 30), "  ", "    ")


def _is_of(link: "Linked", kind: str | None) -> bool:
    if kind == "tension":
        return bool(link.tensions)
    return link.band == kind if kind else link.band != "suggested"


def _plain(link: "Linked") -> dict[str, object]:
    return {**dataclasses.asdict(link), "first": name(link.first), "second": name(link.second)}


def name(key: "Key") -> str:
    """A claim as commands name it: ``tides#claim-001``."""
    return f"{key.article}#{key.claim}"


@command.command(context_settings=HELP)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@format_option("text", "json", default="text")
@store_option
def explain(first: str, second: str, form: str, store: str | None) -> None:
    """Say how alike two claims are, by every measure, and what they share; they need not be linked.

    \b
    kg links explain 'hot-heaps-and-cold-heaps#C1' 'worms-under-the-lawn#claim-002'
    """
    from kg.linking.scoring import FEATURES

    learned, articles = learned_garden(store)
    one, other = (claim_named(text, articles) for text in (first, second))
    link = learned.pair(one, other)
    shared = dataclasses.asdict(learned.reasons(link))
    measures = dict(zip(FEATURES, link.features, strict=True))
    if form == "json":
        pair = {"first": name(one), "second": name(other), "score": link.score, "kind": link.band}
        write_json({**pair, "measures": measures, "shared": shared, "tensions": link.tensions})
        return
    texts = {(a.slug, claim.id): claim.text for a in articles for claim in a.claims}
    for key in (one, other):
        click.echo(f"{click.style(name(key), bold=True)}\n  {texts[key]}")
    print_table(["measure", "value"], [[key, f"{value:.4f}"] for key, value in measures.items()])
    click.echo(f"score {link.score:.4f}, the mean of these: {link.band or 'no link'}")
    for word, values in shared.items():
        if values:
            click.echo(f"both have {word}: {'; '.join(values)}")
    for sign in link.tensions:
        click.echo(f"sign of tension: {sign}")


@command.command(context_settings=HELP)
@click.argument("pairs", metavar="PAIRS.csv", type=FilePath())
@click.option("--scores", metavar="OUT.csv", type=FilePath(), help="Write the score of every pair of the file.")
@format_option("table", "json", default="table")
@store_option
def evaluate(pairs: str, scores: str | None, form: str, store: str | None) -> None:
    """Measure the links against pairs of claims that people have labelled.

    PAIRS.csv has the columns a_article, a_claim, b_article, b_claim and label: same, supports, contradicts, related
    or none. Pairs within one series and across series are told apart too.

    \b
    kg links evaluate pairs.csv --scores scores.csv
    """
    from kg.linking.evaluation import apart

    learned, articles = learned_garden(store)
    labelled = _read_pairs(Path(pairs), articles)
    values = [learned.pair(pair.first, pair.second).score for pair in labelled]
    if scores:
        _write_scores(Path(scores), labelled, values)
    found = {part: dataclasses.asdict(each) for part, each in apart(labelled, values).items()}
    if form == "json":
        write_json(found)
        return
    measures = list(next(iter(found.values())))
    rows = [[measure.replace("_", " "), *(_number(part[measure]) for part in found.values())] for measure in measures]
    print_table(["", *found], rows)


def _number(value: float | int | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def learned_garden(store: str | None) -> "tuple[Linker, list[LinkedArticle]]":
    """What the links of a built garden are computed with."""
    from kg.garden import store_folder
    from kg.linked import material
    from kg.linking.links import linker

    articles = material(store_path(store))
    return linker(articles, store_folder(store)[1].bands), articles


def claim_named(text: str, articles: "list[LinkedArticle]") -> "Key":
    """The claim that ``slug#claim-001`` names.

    Errors: UsageError with the nearest that there are.
    """
    import difflib

    from kg.errors import UsageError
    from kg.linking.material import Key

    slug, _, claim = text.partition("#")
    known = {article.slug: [c.id for c in article.claims] for article in articles}
    if slug not in known:
        near = difflib.get_close_matches(slug, known, 3)
        help = f"did you mean {' or '.join(near)}?" if near else "kg query articles lists the articles"
        raise UsageError(f"there is no article {slug!r}", help)
    match = _CLAIM_ID.fullmatch(claim)
    if match is None or (number := f"claim-{int(match[1]):03d}") not in known[slug]:
        raise UsageError(f"{slug} has no claim {claim!r}", f"its claims are {', '.join(known[slug]) or 'none'}")
    return Key(slug, number)


def _read_pairs(path: Path, articles: "list[LinkedArticle]") -> "list[LabelledPair]":
    from kg.errors import UsageError
    from kg.linking.evaluation import LabelledPair

    series = {article.slug: article.series or article.slug for article in articles}
    found = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            missing = [column for column in (*_COLUMNS, "label") if column not in (rows.fieldnames or ())]
            if missing:
                raise UsageError(f"{path}:1: no column {', '.join(missing)}", f"name {', '.join(_COLUMNS)}, label")
            for row in rows:
                try:
                    first, second = (
                        claim_named(f"{row[a]}#{row[c]}", articles) for a, c in (_COLUMNS[:2], _COLUMNS[2:])
                    )
                except UsageError as error:
                    raise UsageError(f"{path}:{rows.line_num}: {error.message}", error.help) from None
                same = series[first.article] == series[second.article]
                found.append(LabelledPair(first, second, row["label"], same))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: {error}", "save it as CSV in UTF-8") from None
    return found


def _write_scores(path: Path, pairs: "list[LabelledPair]", values: list[float]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_COLUMNS, "score"])
        writer.writerows([*pair.first, *pair.second, f"{value:.4f}"] for pair, value in zip(pairs, values, strict=True))
