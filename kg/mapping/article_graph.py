"""The graph of one article as it is written: triples, places, and wordings of the nodes that articles share."""

import json
from dataclasses import dataclass, field
from datetime import date

from kg import namespaces as ns
from kg.addresses import slug_of_address
from kg.mapping import terms as t
from kg.model import Json


@dataclass(frozen=True, slots=True)
class Garden:
    """What holds for every article of a garden."""

    base: str = ns.DEFAULT_BASE
    licence: str | None = None
    language: str | None = None
    audiences: tuple[str, ...] = ()
    """The audience groups that every article may speak of."""


@dataclass(slots=True)
class Mapped:
    """What one article's files say, as N-Triples without the final dot."""

    slug: str
    article: str
    """The article's IRI."""
    status: str | None
    file: str = ""
    """The brief's path, relative to the garden; so is the companion's."""
    companion_file: str = ""
    lines: list[str] = field(default_factory=list)
    """The triples of the article's own graph, each once."""
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """IRI of a shared node → its class and this article's wording of its label."""
    places: dict[str, int] = field(default_factory=dict)
    """IRI of a node → the line of the brief where it is written."""
    companion_places: dict[str, int] = field(default_factory=dict)
    """IRI of a node that the companion alone speaks of → the line there."""


class ArticleGraph:
    """Writes the triples of one article."""

    def __init__(self, slug: str, status: str | None, garden: Garden) -> None:
        self.garden = garden
        self.root = ns.article(garden.base, slug)
        self.node = t.iri(self.root)
        self.out = Mapped(slug, self.root, status)

    def say(self, subject: str, predicate: str, value: str) -> None:
        """One triple."""
        self.out.lines.append(f"{subject} {predicate} {value}")

    def text(self, subject: str, predicate: str, value: str | None) -> None:
        """A triple with a plain literal, where there is a value."""
        if value:
            self.say(subject, predicate, t.literal(value))

    def day(self, subject: str, predicate: str, value: date | None) -> None:
        """A triple with a date, where there is one."""
        if value:
            self.say(subject, predicate, t.literal(value.isoformat(), t.DATE))

    def number(self, subject: str, predicate: str, value: int | None) -> None:
        """A triple with a whole number, where there is one."""
        if value is not None:
            self.say(subject, predicate, t.literal(str(value), t.INTEGER))

    def json(self, subject: str, predicate: str, value: dict[str, Json]) -> None:
        """A triple with a JSON object, where it is not empty."""
        if value:
            self.say(subject, predicate, t.literal(canonical_json(value), t.JSON))

    def iri(self, name: str) -> str:
        """A node of the article, in angle brackets."""
        return f"<{self.root}#{name}>"

    def new(self, name: str, kind: str, line: int) -> str:
        """A node of the article, of a class, that the brief speaks of."""
        return self._typed(name, kind, line, self.out.places)

    def new_of_companion(self, name: str, kind: str, line: int) -> str:
        """A node of the article, of a class, that the companion alone speaks of."""
        return self._typed(name, kind, line, self.out.companion_places)

    def _typed(self, name: str, kind: str, line: int, places: dict[str, int]) -> str:
        iri = f"{self.root}#{name}"
        places[iri] = line
        self.say(f"<{iri}>", t.A, kind)
        return f"<{iri}>"

    def share(self, node: str, predicate: str, space: str, kind: str, label: str) -> None:
        """Point to a node that other articles may point to as well; labels that fold alike are one node."""
        if name := ns.fold(label):
            self.share_iri(node, predicate, f"{space}/{name}", kind, label)

    def share_iri(self, node: str, predicate: str, name: str, kind: str, label: str) -> None:
        """Point to a shared node by its name below the base."""
        iri = self.garden.base + name
        self.say(node, predicate, t.iri(iri))
        known = self.out.shared.get(iri)
        self.out.shared[iri] = (kind, min(known[1], label) if known else label)

    def cite(self, url: str) -> str | None:
        """Say that this article refers to the one at an address of the garden; its IRI, or None for another address."""
        slug = slug_of_address(self.garden.base, self.root, url)
        target = ns.article(self.garden.base, slug) if slug else None
        if target and target != self.root:
            self.say(self.node, t.CITATION, t.iri(target))
        return target

    def finish(self) -> Mapped:
        """All that was said, each triple once."""
        self.out.lines = list(dict.fromkeys(self.out.lines))
        return self.out


def canonical_json(value: Json) -> str:
    """JSON in one form only: keys sorted by UTF-16 code unit, no spaces, whole numbers without a point.

    Source: RFC 8785.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))


def _ordered(value: Json) -> Json:
    if isinstance(value, dict):
        return {
            key: _ordered(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))
        }
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return int(value)
    return [_ordered(item) for item in value] if isinstance(value, list) else value
