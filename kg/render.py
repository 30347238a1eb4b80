"""The brief written back from the graph's nodes alone, so that reading it again gives the same graph."""

import itertools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg import namespaces as ns
from kg.article_nodes import ArticleNodes, Node
from kg.export.selection import Selection
from kg.model import HEADINGS, Json, Role
from kg.reading.families import read_family
from kg.reading.markdown import RunningText, parse_blocks
from kg.reading.sections import ALIASES, names_list, section_level
from kg.reading.source import Source

_ORDER = list(Role)
_ITEMS = {
    Role.AUDIENCE: "audience",
    Role.SOURCES: "family",
    Role.QUERIES: "query",
    Role.LIMITS: "limit",
    Role.INSTRUCTIONS: "instruction",
}
_LINE_START = re.compile(r"(?:[-+](?=\s|\Z)|#{1,6}(?=\s|\Z)|>|~~~|={1,}\s*\Z|-[-\s]*\Z|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_FEED_AT_END = re.compile(r"\A[\x0b\x0c]+|[\x0b\x0c]+\Z")
_MARKUP = re.compile(r"[\\*`\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[)")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x20\x7f]*\Z")
_LAST_PARENTHESIS = re.compile(r"\(([^()]+)\)\Z")
_PLAIN_YAML = re.compile(r"[A-Za-z][\w ,.()/-]*[\w)]\Z|[A-Za-z]\Z")
_YAML_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def render_brief(selection: Selection) -> str:
    """One article's brief as front matter and Markdown.

    Shape: the text of an agent.md; prose comes back as it was written, bullets and headings from their nodes.
    """
    return _Renderer(selection).text()


class _Renderer:
    def __init__(self, selection: Selection) -> None:
        self.found = ArticleNodes(selection)
        self.base, self.root, self.nodes = self.found.base, self.found.root, self.found.nodes
        self._leave_out_the_companion()
        self.sections = {node.number: node for node in self._series("section")}

    def _leave_out_the_companion(self) -> None:
        """Leave what the brief doesn't say, and the brief's own words where the companion has others."""
        for iri in [iri for iri, node in self.nodes.items() if node.all(ns.KG + "notInBrief")]:
            del self.nodes[iri]
        for node in self.nodes.values():
            if own := node.all(ns.KG + "briefText"):
                node.values[ns.SCHEMA + "text"] = own

    def text(self) -> str:
        parts = list(self._parts())
        if section_level(parse_blocks(Source("", "\n\n".join(parts)), 0)[0], ALIASES) != 2:
            parts.insert(0 in self.sections, f"## {HEADINGS[_ORDER[0]]}")  # else kept headings would begin sections
        body = "\n\n".join(part for part in parts if part)
        return f"---\n{self._front_matter()}---\n" + (f"\n{body}\n" if body else "")

    def _node(self, name: str) -> Node:
        return self.found.node(name)

    def _series(self, name: str) -> list[Node]:
        return self.found.series(name)

    def _front_matter(self) -> str:
        article, brief = self.nodes[self.root], self._node("brief")
        slug = article.one(ns.DCTERMS + "identifier")
        extra: dict[str, Json] = json.loads(brief.one(ns.KG + "extra") or "{}")
        values: dict[str, Json] = {
            "schemaVersion": _int(brief.one(ns.DCTERMS + "conformsTo").removeprefix(ns.FORMAT)),
            "id": brief.one(ns.DCTERMS + "identifier") or None,
            "articleId": f"article:{slug}",
            "slug": slug,
            "title": brief.one(ns.DCTERMS + "title") or None,
            "tokenBudget": _int(brief.one(ns.KG + "tokenBudget")),
            "status": brief.one(ns.SCHEMA + "creativeWorkStatus") or None,
        }
        updated = brief.one(ns.SCHEMA + "dateModified")
        lines = [f"{key}: {_yaml(extra.pop(key, value))}\n" for key, value in values.items() if key in extra or value]
        lines += [f"updated: {updated}\n"] if updated else []
        return "".join(lines + [f"{_yaml_key(key)}: {_yaml(value)}\n" for key, value in extra.items()])

    def _parts(self) -> Iterable[str]:
        """The sections: those with nodes at their number, the others in their usual order in the gaps."""
        written = {section.one(ns.KG + "sectionRole") for section in self.sections.values()}
        unwritten = [role for role in _ORDER if f"{ns.KG}role-{role}" not in written and self._items(role)]
        placed: set[Role] = set()
        number = 0
        last = max(self.sections, default=0)
        while number <= last or unwritten:
            if number in self.sections:
                yield self._section(self.sections[number], placed)
            elif number and unwritten:
                role = unwritten.pop(0)
                yield f"## {HEADINGS[role]}\n\n{self._items(role)}"
            number += 1

    def _section(self, section: Node, placed: set[Role]) -> str:
        name = section.one(ns.KG + "sectionRole").removeprefix(f"{ns.KG}role-")
        role = Role(name) if name else None
        items = ""
        if role and role not in placed:
            placed.add(role)
            items = self._items(role)
        before, after = section.one(ns.KG + "markdown"), section.one(ns.KG + "markdownAfter")
        if items and after[:1] in (" ", "\t"):
            after = f"<!-- -->\n\n{after}"  # else its indent would make it part of the last item
        if items and _ends_in_heading(before):
            before += "\n\n<!-- -->"  # else it would name the items
        heading = f"## {self._heading(section)}".rstrip(" ") if section.number else ""
        return "\n\n".join(part for part in (heading, before, items, after) if part)

    def _items(self, role: Role) -> str:
        """What a role's nodes say; nothing where they come from prose or there are none."""
        if role is Role.THESIS:
            thesis = self._node("thesis")
            return "" if thesis.all(ns.PROV + "wasDerivedFrom") else self._marked(thesis)
        if role is Role.CLAIMS:
            claims = [c for c in self._series("claim") if not c.all(ns.PROV + "wasDerivedFrom")]
            return "\n".join(f"- `{c.one(ns.DCTERMS + 'identifier')}`: {self._bullet(c)}" for c in claims)
        if role is Role.SOURCES:
            return "\n".join(f"- {self._family(family)}" for family in self._series("family"))
        name = _ITEMS.get(role)
        return "\n".join(f"- {self._bullet(item)}" for item in self._series(name)) if name else ""

    def _bullet(self, node: Node) -> str:
        text, *notes = self._linked(node, [node.one(ns.SCHEMA + "text"), *node.all(ns.SKOS + "note")])
        return "\n".join([text or "<!-- -->", *(f"  - {note}" for note in notes)])

    def _marked(self, node: Node, titles: "list[tuple[int, int]] | None" = None) -> str:
        """A node's text with its links put back, and italics."""
        return self._linked(node, [node.one(ns.SCHEMA + "text")], titles or [])[0]

    def _heading(self, section: Node) -> str:
        """A section's title with its links; its last number signs would be left out."""
        return re.sub(r"(?:(?<=\s)|\A)(?=#+\Z)", r"\\", self._linked(section, [section.one(ns.DCTERMS + "title")])[0])

    def _linked(self, node: Node, texts: list[str], titles: Sequence[tuple[int, int]] = ()) -> list[str]:
        """A node's texts with its links put back, each into the first text that holds its words behind the last."""
        markers = [_Marker(text, titles) for text in texts]
        at = 0
        for link in self._series(node.iri.partition("#")[2] + "-link"):
            words, url, title = (link.one(p) for p in (ns.SCHEMA + "text", ns.SCHEMA + "url", ns.DCTERMS + "title"))
            image = f"{ns.SCHEMA}ImageObject" in link.all(ns.RDF + "type")
            placed = (i for i in range(at, len(markers)) if markers[i].place(words, url, image, title))
            at = next(placed, at)
        return [marker.markdown() for marker in markers]

    def _family(self, family: Node) -> str:
        """A family's text; where the plain words would be read otherwise, its works are set in italics."""
        text = family.one(ns.SCHEMA + "text")
        kinds, works = ([self.nodes[iri].one(ns.SKOS + "prefLabel") for iri in iris] for iris in self._shared(family))
        notes = family.all(ns.SKOS + "note")
        inside = [match[1] for work in works if (match := _LAST_PARENTHESIS.search(work))]
        groups = [works, kinds, [f"({note})" for note in notes], notes, [":"], inside]
        for chosen in itertools.product((False, True), repeat=len(groups)):
            labels = itertools.chain.from_iterable(itertools.compress(groups, chosen))
            titles = _stretches(text, list(labels))
            if self._reads_as(family, RunningText(text, [(0, 0)], titles, [], 0)):
                return self._marked(family, titles)
        return self._marked(family, _stretches(text, works))

    def _shared(self, family: Node) -> tuple[list[str], list[str]]:
        """The kinds and the works of a family."""
        kinds, works = family.all(ns.KG + "sourceKind"), family.all(ns.KG + "names")
        return [iri for iri in kinds if iri in self.nodes], [iri for iri in works if iri in self.nodes]

    def _reads_as(self, family: Node, running: RunningText) -> bool:
        """Whether the reader finds the family's kind, works and notes in a text."""
        found = read_family(Source("", running.value), running)
        works = {f"{self.base}mentions/{ns.fold(work.value)}" for work in found.works}
        kinds = {f"{self.base}kinds/{ns.fold(kind.value)}" for kind in (found.kind,) if kind}
        wanted = (set(family.all(ns.KG + "names")), set(family.all(ns.KG + "sourceKind")))
        return (works, kinds) == wanted and {note.value for note in found.notes} == set(family.all(ns.SKOS + "note"))


def _stretches(text: str, labels: list[str]) -> list[tuple[int, int]]:
    """Where labels stand in a text, the longest first: as written, else with case and a final full stop aside."""
    spans: list[tuple[int, int]] = []
    folded = ns.folded(text)
    in_step = len(folded) == len(text.removesuffix(".").rstrip())
    for label in sorted(labels, key=len, reverse=True):
        words, start = label, text.find(label)
        if start < 0 and in_step:
            words = ns.folded(label)
            start = folded.find(words)
        end = start + len(words)
        if start >= 0 and not any(a < end and start < b for a, b in spans):
            spans.append((start, end))
    return sorted(spans)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a link or an image stands in a text, and how it is written."""

    start: int
    end: int
    markdown: str
    holds_link: bool
    """Whether it can't stand in a link: a link written as ``<address>`` and an image can."""


class _Marker:
    """Writes a text with links and italics."""

    def __init__(self, text: str, titles: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.titles = titles
        self.spans: list[_Span] = []

    def place(self, words: str, url: str, image: bool, title: str) -> bool:
        """Add the next link that ends: behind those before it, or around the last of them; a link holds no link.

        Shape: whether it is added: not where the words are not there.
        """
        places: list[tuple[int, int, int]] = []
        for count in range(len(self.spans) + 1):
            inner = self.spans[len(self.spans) - count :]
            if inner and (inner[0].start < inner[-1].end - len(words) or (inner[0].holds_link and not image)):
                break
            before = self.spans[-count - 1].end if count < len(self.spans) else 0
            start = self.text.find(words, max(before, inner[-1].end - len(words)) if inner else before)
            if start >= 0 and (not inner or start <= inner[0].start):
                places.append((start + len(words), count, start))
        if places:
            end, count, start = min(places)
            first = len(self.spans) - count
            self.spans[first:] = [self._link(start, end, self.spans[first:], url, image, title)]
        return bool(places)

    def _link(self, start: int, end: int, inner: list[_Span], url: str, image: bool, title: str) -> _Span:
        words = self._written(start, end, inner)
        address = self.text[start:end] == url and not (image or title or inner) and bool(_ADDRESS.match(url))
        markdown = (
            f"<{url}>" if address and "<" not in words else f"{'!' * image}[{words}]({_target(url)}{_title(title)})"
        )
        return _Span(start, end, markdown, not (image or address) or any(span.holds_link for span in inner))

    def markdown(self) -> str:
        """The whole text with its links."""
        return self._written(0, len(self.text), self.spans)

    def _written(self, start: int, end: int, spans: list[_Span]) -> str:
        """A stretch of the text with the links in it."""
        parts: list[str] = []
        for span in spans:
            plain = self._plain(start, span.start)
            parts.append(plain[:-1] + "\\!" if plain.endswith("!") and span.markdown[0] == "[" else plain)
            parts.append(span.markdown)
            start = span.end
        return "".join([*parts, self._plain(start, end)])

    def _plain(self, start: int, end: int) -> str:
        """A stretch without links; italics are tags, which may stand across the edges of links."""
        marks = [(a, "<i>") for a, _ in self.titles if start <= a < end]
        marks += [(b, "</i>") for _, b in self.titles if start < b <= end]
        written = ""
        for at, mark in sorted(marks):
            written += escape(self.text[start:at], first=not start) + mark
            start = at
        return written + escape(self.text[start:end], first=not start)


def escape(text: str, first: bool = True) -> str:
    """Plain text as Markdown that reads as just that text; `first`: it begins a line.

    >>> escape("1. a *b* [c] snake_case _x_ <i> &amp; #1")
    '1\\\\. a \\\\*b\\\\* \\\\[c\\\\] snake_case \\\\_x\\\\_ \\\\<i> \\\\&amp; #1'
    """
    escaped = _MARKUP.sub(lambda match: "\\" + match[0], text)
    escaped = _FEED_AT_END.sub(lambda match: "".join(f"&#{ord(char)};" for char in match[0]), escaped)
    if first:
        escaped = _NUMBERED.sub(r"\1\\\2", escaped, count=1) if _NUMBERED.match(escaped) else escaped
        escaped = "\\" + escaped if _LINE_START.match(escaped) else escaped
    return escaped


def _target(url: str) -> str:
    if url and not re.search(r"[\s<>()\\]|[^\x21-\x7e]", url) and not url.startswith("<"):
        return url.replace("&", "\\&")
    return "<" + re.sub(r"([<>\\&])", r"\\\1", url).replace("\n", "&#10;").replace("\r", "&#13;") + ">"


def _ends_in_heading(markdown: str) -> bool:
    source = Source("", markdown)
    blocks, _ = parse_blocks(source, 0)
    return bool(blocks) and names_list(source, blocks[-1])


def _title(title: str) -> str:
    escaped = re.sub(r'(["\\&])', r"\\\1", title).replace("\n", "&#10;").replace("\r", "&#13;")
    return f' "{escaped}"' if title else ""


def _int(text: str) -> int | None:
    return int(text) if text else None


def _yaml(value: Json) -> str:
    """A value in YAML's flow style; text is bare only where no reader could take it for something else."""
    if isinstance(value, str) and _PLAIN_YAML.match(value) and value.lower() not in _YAML_WORDS:
        return value
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _yaml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z][\w-]*", key) and key.lower() not in _YAML_WORDS else _yaml(key + "")
