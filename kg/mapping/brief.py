"""One brief → the triples of its article's graph."""

import re
from collections.abc import Iterable

from kg import namespaces as ns
from kg.companion import Companion
from kg.mapping import terms as t
from kg.mapping.article_graph import ArticleGraph
from kg.model import Brief, Claim, Item, Section, SourceFamily, Text
from kg.reading.claim_ids import claims_named

_WRAPPER = re.compile(r"Agent Brief(?: for\b|\s*:)\s*(?=\S)", re.IGNORECASE)
_MARKS = re.compile("[*_`]")
_QUOTES = {"'": "'", '"': '"', "\u2018": "\u2019", "\u201c": "\u201d"}


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


def differs(text: str, other: str) -> bool:
    """Whether two wordings differ in more than white space and the marks of Markdown.

    >>> differs("A `b`  c", "A b c"), differs("A b", "A c")
    (False, True)
    """
    return text != other and _words(text) != _words(other)


def _words(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


class BriefMapper:
    """Writes what a brief says; where its companion words a thing too, the companion's words are the thing's."""

    def __init__(self, graph: ArticleGraph, brief: Brief, companion: Companion | None) -> None:
        self.graph = graph
        self.source = brief
        self.companion = companion
        self.told = {claim.number: claim for claim in companion.claims} if companion else {}
        self.known = {claim.number for claim in brief.claims} | self.told.keys()
        self.urls: list[str] = []

    def write(self) -> None:
        """All of it."""
        self._article()
        self._brief()
        self._thesis()
        for claim in self.source.claims:
            self._claim(claim)
        self._bullets("audience", t.AUDIENCE_NOTE, self.source.audience)
        self._bullets("query", t.RECOMMENDED_QUERY, self.source.queries)
        self._limits()
        self._bullets("instruction", t.INSTRUCTION, self.source.instructions)
        for number, family in enumerate(self.source.families, 1):
            self._family(number, family)
        for section in self.source.sections:
            self._section(section)
        self._citations()

    def _article(self) -> None:
        brief, graph, told = self.source, self.graph, self.companion
        graph.out.places[graph.root] = brief.location.line
        graph.say(graph.node, t.A, t.ARTICLE)
        graph.text(graph.node, t.IDENTIFIER, brief.slug)
        title = article_title(brief.title.value) if brief.title else None
        graph.text(graph.node, t.TITLE, (told and told.title) or title)
        graph.text(graph.node, t.WORK_STATUS, graph.out.status)
        graph.day(graph.node, t.DATE_MODIFIED, (told and told.updated) or brief.updated)
        graph.text(graph.node, t.IN_LANGUAGE, graph.garden.language)
        if graph.garden.licence:
            graph.say(graph.node, t.LICENSE, t.iri(graph.garden.licence))

    def _brief(self) -> None:
        brief, graph = self.source, self.graph
        node = graph.new("brief", t.BRIEF, 1)
        graph.say(node, t.IS_BASED_ON, graph.node)
        graph.text(node, t.IDENTIFIER, brief.id)
        graph.text(node, t.TITLE, brief.title.value if brief.title else None)
        if brief.schema_version:
            graph.say(node, t.CONFORMS_TO, t.iri(f"{ns.FORMAT}{brief.schema_version}"))
        graph.number(node, t.TOKEN_BUDGET, brief.token_budget)
        graph.json(node, t.EXTRA, dict(brief.extra))
        graph.text(node, t.WORK_STATUS, brief.status)
        graph.day(node, t.DATE_MODIFIED, brief.updated)

    def _thesis(self) -> None:
        if thesis := self.source.thesis:
            node = self.graph.new("thesis", t.THESIS, thesis.text.location.line)
            self.graph.say(node, t.IS_PART_OF, self.graph.node)
            self._worded(node, thesis.text, self.companion.thesis if self.companion else None)
            self._links(node, "thesis", (thesis.text,))
            self._derived(node, thesis.section)

    def _claim(self, claim: Claim) -> None:
        node = self.graph.new(claim.id, t.CLAIM, claim.text.location.line)
        self.graph.say(node, t.IS_PART_OF, self.graph.node)
        self.graph.text(node, t.IDENTIFIER, claim.id)
        told = self.told.get(claim.number)
        self._worded(node, claim.text, told.text if told else None, claim.number)
        self._notes(node, claim.notes, claim.number)
        self._links(node, claim.id, (claim.text, *claim.notes))
        self._derived(node, claim.section)

    def _worded(self, node: str, text: Text, told: str | None, own: int | None = None) -> None:
        """The companion's words, and the brief's where they are others."""
        if told is None:
            self._text(node, text, own)
            return
        self.graph.text(node, t.TEXT, told)
        if differs(told, text.value):
            self.graph.text(node, t.BRIEF_TEXT, text.value)
        named = dict.fromkeys((*claims_named(told), *claims_named(text.value)))
        self._mentions(node, (number for number in named if number != own))

    def _bullets(self, name: str, kind: str, items: tuple[Item, ...]) -> list[str]:
        return [self._bullet(f"{name}-{number:03d}", kind, item) for number, item in enumerate(items, 1)]

    def _limits(self) -> None:
        for node in self._bullets("limit", t.LIMIT, self.source.limits):
            self.graph.say(self.graph.iri("brief"), t.KNOWN_LIMIT, node)

    def _bullet(self, name: str, kind: str, item: Item) -> str:
        node = self._part(name, kind, item.text.location.line)
        self._text(node, item.text)
        self._notes(node, item.notes)
        self._links(node, name, (item.text, *item.notes))
        return node

    def _part(self, name: str, kind: str, line: int) -> str:
        """A node that is part of the brief."""
        node = self.graph.new(name, kind, line)
        self.graph.say(node, t.IS_PART_OF, self.graph.iri("brief"))
        return node

    def _family(self, number: int, family: SourceFamily) -> None:
        name = f"family-{number:03d}"
        node = self._part(name, t.SOURCE_FAMILY, family.text.location.line)
        self._text(node, family.text)
        self._links(node, name, (family.text,))
        if family.kind:
            self.graph.share(node, t.SOURCE_KIND, "kinds", t.CONCEPT, family.kind.value)
        for work in family.works:
            self.graph.share(node, t.NAMES, "mentions", t.NAMED_WORK, work.value)
        for note in family.notes:
            self.graph.text(node, t.NOTE, note.value)

    def _section(self, section: Section) -> None:
        name = f"section-{section.number:03d}"
        node = self._part(name, t.SECTION, section.location.line)
        if section.title:
            self.graph.text(node, t.TITLE, section.title.value)
            self._links(node, name, (section.title,))
        if section.role:
            self.graph.say(node, t.SECTION_ROLE, t.ROLE_CONCEPTS[section.role])
        self.graph.text(node, t.MARKDOWN, section.markdown)
        self.graph.text(node, t.MARKDOWN_AFTER, section.markdown_after)
        self._mentions(node, section.claims_named)
        self.urls += section.urls

    def _text(self, node: str, text: Text, own: int | None = None) -> None:
        """The words of a node, and the claims that they name."""
        self.graph.text(node, t.TEXT, text.value)
        self._mentions(node, (number for number in claims_named(text.value) if number != own))

    def _notes(self, node: str, notes: tuple[Text, ...], own: int | None = None) -> None:
        for note in notes:
            self.graph.text(node, t.NOTE, note.value)
            self._mentions(node, (number for number in claims_named(note.value) if number != own))

    def _links(self, node: str, name: str, texts: tuple[Text, ...]) -> None:
        """The links in a node's words and then in its notes, whose order is that of their words: no other is kept."""
        notes = {(note.value, note.links): note for note in texts[1:]}  # one said twice is one
        ordered = (*texts[:1], *sorted(notes.values(), key=lambda note: note.value))
        links = [link for text in ordered for link in text.links]
        for number, link in enumerate(links, 1):
            kind = t.IMAGE if link.image else t.LINK
            child = self.graph.new(f"{name}-link-{number:02d}", kind, self.graph.out.places[node[1:-1]])
            self.graph.say(child, t.IS_PART_OF, node)
            self.graph.say(child, t.URL, t.literal(link.url))
            self.graph.text(child, t.TEXT, link.text)
            self.graph.text(child, t.TITLE, link.title)
            self.urls.append(link.url)

    def _mentions(self, node: str, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number in self.known:
                self.graph.say(node, t.MENTIONS, self.graph.iri(f"claim-{number:03d}"))

    def _derived(self, node: str, section: int | None) -> None:
        if section is not None:
            self.graph.say(node, t.DERIVED_FROM, self.graph.iri(f"section-{section:03d}"))

    def _citations(self) -> None:
        """The articles of the garden that the brief links to."""
        for url in self.urls:
            self.graph.cite(url)
