"""kg links accept, reject and review: what people decide about links, written to links.sssom.tsv."""

import dataclasses
import datetime
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import HELP, Text, plural, store_option, store_path

if TYPE_CHECKING:
    from kg.linking.decisions import Decision, Relation
    from kg.linking.links import ClaimLink, Linker
    from kg.linking.material import Key, LinkedArticle, LinkedClaim
    from kg.linking.sssom import Reviewed

_RELATIONS = ("same", "supports", "contradicts", "related")
by_option = click.option("--by", metavar="NAME", required=True, type=Text(), help="Who decided.")
why_option = click.option("--why", metavar="TEXT", default="", type=Text(), help="Why.")


@click.command("accept", context_settings=HELP)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--as", "relation", type=click.Choice(_RELATIONS), required=True, help="What A is to B.")
@by_option
@why_option
@store_option
def accept(first: str, second: str, relation: str, by: str, why: str, store: str | None) -> None:
    """Note that two claims belong together: that A is the same as B, supports it, contradicts it or touches it.

    A claim is named by its article's slug and its id: tides#claim-001. The decision is written to links.sssom.tsv
    beside kg.toml; the next kg build puts it into the graph.

    \b
    kg links accept 'what-humus-was#claim-001' 'ryes-other-rules#claim-001' --as related --by Ada
    """
    _decide(first, second, relation, False, by, why, store)


@click.command("reject", context_settings=HELP)
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@by_option
@why_option
@store_option
def reject(first: str, second: str, by: str, why: str, store: str | None) -> None:
    """Note that two claims do not belong together: they are never linked again, however alike they become.

    A claim is named by its article's slug and its id: tides#claim-001. The decision is written to links.sssom.tsv
    beside kg.toml; the next kg build takes the link out of the graph.

    \b
    kg links reject 'what-humus-was#claim-001' 'ryes-other-rules#claim-001' --by Ada --why 'two kinds of rye'
    """
    _decide(first, second, "related", True, by, why, store)


def _decide(first: str, second: str, relation: str, rejected: bool, by: str, why: str, store: str | None) -> None:
    from kg.cli.links import claim_named
    from kg.errors import UsageError
    from kg.linked import material

    if not by.strip():
        raise UsageError("--by is empty", "say who decided")
    articles = material(store_path(store))
    one, other = (claim_named(text, articles) for text in (first, second))
    if one == other:
        raise UsageError("A and B are one claim", "name two claims")
    book = _Book(articles)
    book.note(book.decision(one, other, relation, rejected, by, why))
    click.echo(f"{book.path}: noted; kg build puts it into the graph", err=True)


class _Book:
    """The file of decisions, with the claims that they are about."""

    def __init__(self, articles: "list[LinkedArticle]") -> None:
        """Read the file.

        Errors: UsageError where a line can't be read, since writing would lose it.
        """
        from kg.errors import UsageError
        from kg.garden import locate
        from kg.linking.material import claims_of
        from kg.linking.sssom import FILE
        from kg.reviewed import reviewed_links

        place = locate((), None)
        self.path, self.base = place.root / FILE, place.config.base
        self.claims: dict[Key, LinkedClaim] = dict(claims_of(articles))
        found = reviewed_links(place.root, self.base)
        if found.problems:
            raise UsageError(f"{found.problems[0]}", "mend the file first, or what it says there would be lost")
        self.reviewed: Reviewed = found.file

    def decision(
        self, one: "Key", other: "Key", relation: "str | Relation", rejected: bool, by: str, why: str
    ) -> "Decision":
        """What somebody decides today about two claims as they now are."""
        from kg.linking.decisions import Decision, Relation, ordered

        texts = self.claims[one].text, self.claims[other].text
        today = datetime.datetime.now(tz=datetime.UTC).astimezone().date()
        return ordered(Decision(one, other, Relation(relation), rejected, by, today, why, *texts))

    def note(self, decision: "Decision") -> None:
        """Write a decision, in place of an earlier one about the same pair."""
        from kg.linking.sssom import write

        kept = tuple(each for each in self.reviewed.decisions if each.pair != decision.pair)
        self.reviewed = dataclasses.replace(self.reviewed, decisions=(*kept, decision))
        _replace(self.path, write(self.reviewed, self.base))

    def is_decided(self, link: "ClaimLink") -> bool:
        """Whether somebody decided about the pair."""
        return (link.first, link.second) in {each.pair for each in self.reviewed.decisions}


def _replace(path: Path, text: str) -> None:
    """Write a file in one step; a symbolic link stays one."""
    import os
    import tempfile

    from kg.errors import KgError

    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with open(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise KgError(f"{path} can't be written: {error.strerror}", "it is as it was") from None


def _umask() -> int:
    import os

    mask = os.umask(0)
    os.umask(mask)
    return mask


@click.command("review", context_settings=HELP)
@by_option
@click.option("--article", metavar="SLUG", help="Links of this article's claims alone.")
@click.option("--kind", type=click.Choice(["near-certain", "shown", "suggested"]), help="Links of one kind.")
@store_option
def review(by: str, article: str | None, kind: str | None, store: str | None) -> None:
    """Go through the links that nobody decided about, the strongest first, with their reasons and both evidences.

    Each is answered with a letter: s same, u supports (the first the second), b supports (the second the first),
    c contradicts, r related, n no link, Enter to skip, q to quit. Each answer is written at once to links.sssom.tsv
    beside kg.toml; the next kg build puts all into the graph.

    \b
    kg links review --by Ada
    kg links review --by Ada --article what-humus-was --kind shown
    """
    from kg.cli.links import learned_garden
    from kg.errors import UsageError

    if not by.strip():
        raise UsageError("--by is empty", "say who decides")
    learned, articles = learned_garden(store)
    if article is not None and article not in {each.slug for each in articles}:
        raise UsageError(f"there is no article {article!r}", "kg query articles lists the articles")
    book = _Book(articles)
    open_links = [
        link
        for link in learned.links()
        if not book.is_decided(link)
        and article in (None, link.first.article, link.second.article)
        and kind in (None, link.band)
    ]
    noted = _walk(open_links, learned, book, by)
    rest = len(open_links) - noted
    click.echo(f"{plural(noted, 'decision')} noted, {rest:,} left open", err=True)
    if noted:
        click.echo(f"{book.path}: kg build puts them into the graph", err=True)


_ANSWERS = {
    "s": ("same", False, False),
    "u": ("supports", False, False),
    "b": ("supports", False, True),
    "c": ("contradicts", False, False),
    "r": ("related", False, False),
    "n": ("related", True, False),
}
"""Letter → relation, whether it is rejected, and whether the second claim comes first."""


def _walk(links: "list[ClaimLink]", learned: "Linker", book: _Book, by: str) -> int:
    """Ask about each link; how many were decided."""
    noted = 0
    for number, link in enumerate(links, 1):
        click.echo("\n".join(_shown(link, learned, book, f"{number:,} of {len(links):,}")))
        answer = _asked("same, sUpports, supported By, contradicts, related, no, Enter to skip, quit")
        if answer in (None, "q"):
            break
        if answer in _ANSWERS:
            relation, rejected, turned = _ANSWERS[answer]
            one, other = (link.second, link.first) if turned else (link.first, link.second)
            why = _asked_text("why")
            book.note(book.decision(one, other, relation, rejected, by, why))
            noted += 1
    return noted


def _asked(question: str) -> str | None:
    """One of the letters, or nothing for a skip; None at the end of the input."""
    while True:
        answer = _line(f"{question}? [s/u/b/c/r/n/q] ")
        if answer is None:
            return None
        letter = answer.strip().lower()[:1] if len(answer.strip()) <= 1 else answer.strip().lower()
        if letter in ("", "q", *_ANSWERS):
            return letter
        click.echo(f"answer with one letter of s, u, b, c, r, n, q, or with nothing; not {answer.strip()!r}")


def _asked_text(question: str) -> str:
    return (_line(f"{question} (Enter for nothing)? ") or "").strip()


def _line(prompt: str) -> str | None:
    """A line from a terminal or a pipe; None at its end."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline() if sys.stdin else ""
    if not line.endswith("\n"):
        click.echo()
    return line.encode("utf-8", "replace").decode() or None  # what is not UTF-8 can't be written


def _shown(link: "ClaimLink", learned: "Linker", book: _Book, place: str) -> Iterable[str]:
    """A link as it is shown to who decides: both claims with what is said for and against them, and what they share."""
    from kg.cli.links import name
    from kg.diagnostics import printable

    yield f"\n{place}: {link.band}, score {link.score:.2f}"
    for key in (link.first, link.second):
        claim = book.claims[key]
        yield f"{click.style(name(key), bold=True)}\n  {printable(claim.text)}"
        yield from (f"  for it: “{printable(snippet)}”" for snippet in claim.evidence)
        yield from (f"  against it: {printable(text)}" for text in claim.counter)
    for word, values in dataclasses.asdict(learned.reasons(link)).items():
        if values:
            yield f"both have {word}: {printable('; '.join(values))}"
    yield from (f"sign of tension: {printable(sign)}" for sign in link.tensions)
