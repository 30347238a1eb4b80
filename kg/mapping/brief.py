"""One brief → the triples of its article's graph, and its wordings of the nodes that articles share."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg import namespaces as ns
from kg.mapping import terms as t
from kg.model import Brief, Claim, Item, Json, Section, SourceFamily, Text
from kg.reading.claims import claims_named

_WRAPPER = re.compile(r"Agent Brief(?: for\b|\s*:)\s*(?=\S)", re.IGNORECASE)
_QUOTES = {"'": "'", '"': '"', "\u2018": "\u2019", "\u201c": "\u201d"}


@dataclass(frozen=True, slots=True)
class Garden:
    """What holds for every article of a garden."""

    base: str = ns.DEFAULT_BASE
    licence: str | None = None
    language: str | None = None


@dataclass(slots=True)
class Mapped:
    """What one brief says, as N-Triples without the final dot."""

    slug: str
    article: str
    """The article's IRI."""
    status: str | None
    lines: list[str] = field(default_factory=list)
    """The triples of the article's own graph, each once."""
    shared: dict[str, tuple[str, str]] = field(default_factory=dict)
    """IRI of a shared node → its class and this brief's wording of its label."""
    places: dict[str, int] = field(default_factory=dict)
    """IRI of a node → the line where it is written."""


def map_brief(brief: Brief, garden: Garden) -> Mapped:
    """Write one brief as triples.

    Shape: every node of the article has an IRI below the article's; nothing is a blank node.
    """
    mapper = _Mapper(brief, garden)
    mapper.article()
    mapper.brief_node()
    mapper.thesis()
    for claim in brief.claims:
        mapper.claim(claim)
    mapper.bullets("audience", t.AUDIENCE_NOTE, brief.audience)
    mapper.bullets("query", t.RECOMMENDED_QUERY, brief.queries)
    mapper.limits()
    mapper.bullets("instruction", t.INSTRUCTION, brief.instructions)
    for number, family in enumerate(brief.families, 1):
        mapper.family(number, family)
    for section in brief.sections:
        mapper.section(section)
    mapper.citations()
    mapper.out.lines = list(dict.fromkeys(mapper.out.lines))
    return mapper.out


def article_title(title: str) -> str:
    """A brief's title without the words that wrap the article's.

    Within single quotation marks two of them stand for one, as in YAML.

    >>> article_title("Agent Brief for 'The Baker''s Day'"), article_title("Agent Brief for 'A' and 'B'")
    ("The Baker's Day", "'A' and 'B'")
    """
    match = _WRAPPER.match(title)
    if match is None:
        return title
    inner = title[match.end() :]
    close = _QUOTES.get(inner[0])
    opens_again = re.search(r"(?:^|[\s(])" + re.escape(inner[0]) + r"\w", inner[1:-1]) if close else None
    if close and len(inner) > 2 and inner.endswith(close) and not opens_again and inner[1:-1].strip():
        return inner[1:-1].strip().replace("''", "'") if close == "'" else inner[1:-1].strip()
    return inner


def canonical_json(value: Json) -> str:
    """JSON in one form only: keys sorted by UTF-16 code unit, no spaces. Source: RFC 8785."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))


def _ordered(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be"))}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


class _Mapper:
    def __init__(self, brief: Brief, garden: Garden) -> None:
        self.source = brief
        self.garden = garden
        self.root = ns.article(garden.base, brief.slug)
        self.node = t.iri(self.root)
        self.brief_iri = t.iri(self.root + "#brief")
        self.known = {claim.number for claim in brief.claims}
        self.urls: list[str] = []
        self.out = Mapped(brief.slug, self.root, brief.status)

    def _say(self, subject: str, predicate: str, value: str) -> None:
        self.out.lines.append(f"{subject} {predicate} {value}")

    def _new(self, name: str, kind: str, line: int) -> str:
        """A node of the article, of a class."""
        iri = f"{self.root}#{name}"
        self.out.places[iri] = line
        node = t.iri(iri)
        self._say(node, t.A, kind)
        return node

    def article(self) -> None:
        brief, garden = self.source, self.garden
        self.out.places[self.root] = brief.location.line
        self._say(self.node, t.A, t.ARTICLE)
        self._say(self.node, t.IDENTIFIER, t.literal(brief.slug))
        if brief.title:
            self._say(self.node, t.TITLE, t.literal(article_title(brief.title.value)))
        if garden.licence:
            self._say(self.node, t.LICENSE, t.iri(garden.licence))
        if garden.language:
            self._say(self.node, t.IN_LANGUAGE, t.literal(garden.language))
        self._status_and_date(self.node)

    def _status_and_date(self, node: str) -> None:
        if self.source.status:
            self._say(node, t.WORK_STATUS, t.literal(self.source.status))
        if self.source.updated:
            self._say(node, t.DATE_MODIFIED, t.literal(self.source.updated.isoformat(), t.DATE))

    def brief_node(self) -> None:
        brief = self.source
        node = self._new("brief", t.BRIEF, 1)
        self._say(node, t.IS_BASED_ON, self.node)
        if brief.id:
            self._say(node, t.IDENTIFIER, t.literal(brief.id))
        if brief.title:
            self._say(node, t.TITLE, t.literal(brief.title.value))
        if brief.schema_version:
            self._say(node, t.CONFORMS_TO, t.iri(f"{ns.FORMAT}{brief.schema_version}"))
        if brief.token_budget:
            self._say(node, t.TOKEN_BUDGET, t.literal(str(brief.token_budget), t.INTEGER))
        if brief.extra:
            self._say(node, t.EXTRA, t.literal(canonical_json(dict(brief.extra)), t.JSON))
        self._status_and_date(node)

    def thesis(self) -> None:
        if thesis := self.source.thesis:
            node = self._new("thesis", t.THESIS, thesis.text.location.line)
            self._say(node, t.IS_PART_OF, self.node)
            self._text(node, "thesis", thesis.text)
            self._derived(node, thesis.section)

    def claim(self, claim: Claim) -> None:
        node = self._new(claim.id, t.CLAIM, claim.text.location.line)
        self._say(node, t.IS_PART_OF, self.node)
        self._say(node, t.IDENTIFIER, t.literal(claim.id))
        self._text(node, claim.id, claim.text, claim.number)
        self._notes(node, claim.id, claim.notes)
        self._derived(node, claim.section)

    def bullets(self, name: str, kind: str, items: tuple[Item, ...]) -> list[str]:
        return [self._bullet(f"{name}-{number:03d}", kind, item) for number, item in enumerate(items, 1)]

    def limits(self) -> None:
        for node in self.bullets("limit", t.LIMIT, self.source.limits):
            self._say(self.brief_iri, t.KNOWN_LIMIT, node)

    def _bullet(self, name: str, kind: str, item: Item) -> str:
        node = self._part(name, kind, item.text.location.line)
        self._text(node, name, item.text)
        self._notes(node, name, item.notes)
        return node

    def _part(self, name: str, kind: str, line: int) -> str:
        """A node that is part of the brief."""
        node = self._new(name, kind, line)
        self._say(node, t.IS_PART_OF, self.brief_iri)
        return node

    def family(self, number: int, family: SourceFamily) -> None:
        name = f"family-{number:03d}"
        node = self._part(name, t.SOURCE_FAMILY, family.text.location.line)
        self._text(node, name, family.text)
        if family.kind:
            self._share(node, t.SOURCE_KIND, "kinds", t.CONCEPT, family.kind)
        for work in family.works:
            self._share(node, t.NAMES, "mentions", t.NAMED_WORK, work)
        for note in family.notes:
            self._say(node, t.NOTE, t.literal(note.value))

    def _share(self, node: str, predicate: str, space: str, kind: str, label: Text) -> None:
        """Point to a node that other articles may point to as well; labels that fold alike are one node."""
        name = ns.fold(label.value)
        if not name:
            return
        iri = f"{self.garden.base}{space}/{name}"
        self._say(node, predicate, t.iri(iri))
        known = self.out.shared.get(iri)
        self.out.shared[iri] = (kind, min(known[1], label.value) if known else label.value)

    def section(self, section: Section) -> None:
        node = self._part(f"section-{section.number:03d}", t.SECTION, section.location.line)
        if section.title:
            self._say(node, t.TITLE, t.literal(section.title.value))
        if section.role:
            self._say(node, t.SECTION_ROLE, t.ROLE_CONCEPTS[section.role])
        if section.markdown:
            self._say(node, t.MARKDOWN, t.literal(section.markdown))
        if section.markdown_after:
            self._say(node, t.MARKDOWN_AFTER, t.literal(section.markdown_after))
        self._mentions(node, section.claims_named)
        self.urls += section.urls

    def _text(self, node: str, name: str, text: Text, own: int | None = None) -> None:
        """The words of a node, the links in them, and the claims that they name."""
        if text.value:
            self._say(node, t.TEXT, t.literal(text.value))
        self._links(node, name, (text,))
        self._mentions(node, (number for number in claims_named(text.value) if number != own))

    def _notes(self, node: str, name: str, notes: tuple[Text, ...]) -> None:
        for note in notes:
            self._say(node, t.NOTE, t.literal(note.value))
            self._mentions(node, claims_named(note.value))

    def _links(self, node: str, name: str, texts: Iterable[Text]) -> None:
        links = [link for text in texts for link in text.links]
        for number, link in enumerate(links, 1):
            kind = t.IMAGE if link.image else t.LINK
            child = self._new(f"{name}-link-{number:02d}", kind, self.out.places[node[1:-1]])
            self._say(child, t.IS_PART_OF, node)
            self._say(child, t.URL, t.literal(link.url))
            if link.text:
                self._say(child, t.TEXT, t.literal(link.text))
            self.urls.append(link.url)

    def _mentions(self, node: str, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number in self.known:
                self._say(node, t.MENTIONS, t.iri(f"{self.root}#claim-{number:03d}"))

    def _derived(self, node: str, section: int | None) -> None:
        if section is not None:
            self._say(node, t.DERIVED_FROM, t.iri(f"{self.root}#section-{section:03d}"))

    def citations(self) -> None:
        """The articles of the garden that the brief links to."""
        for url in self.urls:
            slug = ns.slug_of_address(self.garden.base, url)
            target = ns.article(self.garden.base, slug) if slug else self.root
            if target != self.root:
                self._say(self.node, t.CITATION, t.iri(target))
