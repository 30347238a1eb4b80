"""The texts of an article's two files, each with the name of its node and its place."""

from collections.abc import Iterator, Sequence

from kg.companion import Companion
from kg.diagnostics import Location
from kg.model import Brief, Item, SourceFamily


def in_brief(brief: Brief) -> Iterator[tuple[str, str, Location]]:
    """The texts of a brief; those of a bullet's nested bullets count as the bullet's."""
    if brief.title:
        yield "brief", brief.title.value, brief.title.location
    if brief.thesis:
        yield "thesis", brief.thesis.text.value, brief.thesis.text.location
    for claim in brief.claims:
        for text in (claim.text, *claim.notes):
            yield claim.id, text.value, text.location
    for name, items in _lists(brief):
        for number, item in enumerate(items, 1):
            for text in (item.text, *item.notes):
                yield f"{name}-{number:03d}", text.value, text.location
    for section in brief.sections:
        for markdown in (section.title.value if section.title else "", section.markdown, section.markdown_after):
            yield f"section-{section.number:03d}", markdown, section.location


def _lists(brief: Brief) -> tuple[tuple[str, Sequence[Item | SourceFamily]], ...]:
    return (
        ("audience", brief.audience),
        ("family", brief.families),
        ("query", brief.queries),
        ("limit", brief.limits),
        ("instruction", brief.instructions),
    )


def in_companion(companion: Companion | None) -> Iterator[tuple[str, str, Location]]:
    """The texts of a companion that its author wrote."""
    if companion is None:
        return
    for text in (companion.title, companion.thesis, companion.disclosure):
        yield "", text or "", companion.location
    for number, text in enumerate(companion.instructions, 1):
        yield f"agent-instruction-{number:03d}", text, companion.location
    for claim in companion.claims:
        yield claim.id, claim.text, claim.text_location
        for number, entry in enumerate(claim.evidence, 1):
            yield f"{claim.id}-evidence-{number:02d}", entry.snippet or "", entry.location
        for number, counter in enumerate(claim.counterevidence, 1):
            yield f"{claim.id}-counter-{number:02d}", counter.summary or "", counter.location
