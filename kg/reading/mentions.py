"""Claims that a brief names and doesn't have."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.diagnostics import Diagnostic, Location
from kg.model import Brief, Text
from kg.reading.claim_ids import MENTION, claims_named
from kg.reading.markdown import Block
from kg.reading.source import Source


def dangling(source: Source, brief: Brief, blocks: list[Block]) -> list[Diagnostic]:
    """KG018 at each place where a claim is named that is not there; examples in code blocks name none."""
    known = {claim.number for claim in brief.claims}
    missing = [(number, at) for numbers, at in _named(brief) for number in numbers if number not in known]
    if not missing:
        return []
    ids = _Ids(source, blocks)
    places = {(number, place) for number, at in missing if (place := ids.place(number, at))}
    help = "mend the id, or add the claim"
    return [
        source.problem(place, "KG018", f"claim-{number:03d} is named, but the brief has no such claim", help)
        for number, place in places
    ]


def texts(brief: Brief) -> Iterator[Text]:
    """The texts of a brief's nodes."""
    if brief.thesis:
        yield brief.thesis.text
    for items in (brief.audience, brief.claims, brief.families, brief.queries, brief.limits, brief.instructions):
        for item in items:
            yield item.text
            yield from item.notes


def _named(brief: Brief) -> Iterator[tuple[tuple[int, ...], Location]]:
    for text in texts(brief):
        yield claims_named(text.value), text.location
    for section in brief.sections:
        yield section.claims_named, section.location


def _written(source: Source) -> Iterator[tuple[Location, int]]:
    for line, text in enumerate(source.text.split("\n"), 1):
        for match in MENTION.finditer(text):
            yield Location(line, match.start() + 1), int(match[1])


class _Ids:
    """Where in a file ids of claims are written."""

    def __init__(self, source: Source, blocks: list[Block]) -> None:
        code = [inner for block in blocks for inner in block.walk() if inner.kind == "CodeBlock"]
        starts = [source.location(block.start) for block in code]
        ends = [source.location(block.end) for block in code]
        self.outside: dict[int, list[Location]] = {}
        self.inside: dict[int, list[Location]] = {}
        for at, number in _written(source):
            within = bisect_right(starts, at) > bisect_right(ends, at)
            (self.inside if within else self.outside).setdefault(number, []).append(at)

    def place(self, number: int, at: Location) -> Location | None:
        """Where an id first stands at or behind a place; None where it stands in code alone.

        One whose letters don't stand together in the file, for marks between them, is said to stand at the place.
        """
        places = self.outside.get(number, [])
        if (first := bisect_left(places, at)) < len(places):
            return places[first]
        return None if self.inside.get(number, [at])[-1] > at else at
