"""The front matter of a brief: each key checked by us, and what can't be read kept as it was written."""

import difflib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Json, Text
from kg.reading.frontmatter import FrontMatter
from kg.reading.source import Source
from kg.reading.yaml_nodes import Node, Scalar, as_json

KEYS = ("schemaVersion", "id", "articleId", "slug", "title", "tokenBudget", "status", "updated")
STATUSES = ("draft", "review", "published", "archived")
SCHEMA_VERSION = 1

_SPACE = re.compile(r"[ \t\n\r]+")
_NEEDED = ("id", "slug", "title")
_EXAMPLES = {
    "schemaVersion": "1",
    "id": "agent-brief:{slug}",
    "articleId": "article:{slug}",
    "slug": "{slug}",
    "title": '"My article"',
    "tokenBudget": "1200",
    "status": "draft",
    "updated": "2026-05-04",
}
_UNPUBLISHED = "until then the article counts as unpublished"
_PLAIN = re.compile(r"\w[\w.-]{0,99}")
_START = Location(1, 1)


@dataclass(slots=True)
class Fields:
    """The values of the known keys; None where one is missing or can't be read."""

    slug: str = ""
    slug_location: Location = _START
    id: str | None = None
    title: Text | None = None
    schema_version: int | None = None
    token_budget: int | None = None
    status: str | None = None
    updated: date | None = None
    extra: list[tuple[str, Json]] = field(default_factory=list)


def read_fields(source: Source, front: FrontMatter) -> tuple[Fields | None, list[Diagnostic]]:
    """Read the keys of a brief's front matter.

    Shape: Fields, or None where neither slug nor id names the brief.
    Errors: KG010, KG011, KG012, KG026, KG027, KG031; a value that can't be read stays in `extra`.
    """
    reader = _Reader(source, front)
    return reader.fields(), reader.diagnostics


class _Reader:
    def __init__(self, source: Source, front: FrontMatter) -> None:
        self.source = source
        self.entries = front.entries
        self.start = Location(front.line, 1)
        self.diagnostics: list[Diagnostic] = []
        self.found = Fields()

    def fields(self) -> Fields | None:
        found = self.found
        self._identity()
        self._missing_keys()
        found.title = self._text("title")
        found.schema_version = self._version()
        found.token_budget = self._positive("tokenBudget")
        found.status = self._status()
        found.updated = self._date()
        self._unknown_keys()
        return found if found.slug else None

    def _problem(self, code: str, message: str, at: Location, help: str | None = None) -> None:
        self.diagnostics.append(self.source.problem(at, code, message, help))

    def _keep(self, key: str) -> None:
        self.found.extra.append((key, as_json(self.entries[key][1])))

    def _value(self, key: str) -> Scalar | None:
        """The scalar of a key that is given and not empty; a list or mapping is reported."""
        if key not in self.entries:
            return None
        node = self.entries[key][1]
        if not isinstance(node, Scalar):
            self._wrong(key, node, "a single value")
            return None
        return None if _is_empty(node) else node

    def _wrong(self, key: str, node: Node, wanted: str) -> None:
        shown = visible(node.text) if isinstance(node, Scalar) else "a list or mapping"
        self._problem("KG011", f"{key} is {shown}, not {wanted}", node.location, self._advice(key))
        self._keep(key)

    def _missing_keys(self) -> None:
        for key in KEYS:
            given = self.entries.get(key)
            if given is not None and not (isinstance(given[1], Scalar) and _is_empty(given[1])):
                continue
            at, what = (given[0], "is empty") if given else (self.start, "is missing")
            self._problem("KG010" if key in _NEEDED else "KG031", f"{key} {what}", at, self._advice(key))

    def _advice(self, key: str) -> str:
        """What to write, with the brief's own slug where that can be shown."""
        slug = self.found.slug if _PLAIN.fullmatch(self.found.slug) else "my-article"
        advice = f"write {key}: {_EXAMPLES[key].format(slug=slug)}"
        return f"{advice}, or {', '.join(STATUSES[1:])}; {_UNPUBLISHED}" if key == "status" else advice

    def _identity(self) -> None:
        slug, brief_id = self._value("slug"), self._value("id")
        article_id = self._value("articleId")
        if brief_id:
            self.found.id = brief_id.text
        if slug:
            self.found.slug, self.found.slug_location = slug.text.strip(), slug.location
        elif brief_id:
            self.found.slug = brief_id.text.removeprefix("agent-brief:").strip()
            self.found.slug_location = brief_id.location
        if brief_id:
            self._agrees("id", brief_id, "agent-brief:")
        if article_id and not self._agrees("articleId", article_id, "article:"):
            self._keep("articleId")

    def _agrees(self, key: str, node: Scalar, prefix: str) -> bool:
        slug = self.found.slug
        wanted = prefix + slug
        if node.text == wanted or not slug:
            return node.text == wanted
        if _nfc(node.text) == _nfc(wanted):
            at = self.found.slug_location
            message = f"slug and {key} differ only in their Unicode form: {_odd(slug)} and {_odd(node.text)}"
            self._problem("KG027", message, at, "write both alike, best in the composed form (NFC)")
        else:
            named = node.text.startswith(prefix)
            why = f"but the slug is {visible(slug)}" if named else f"which does not begin with {visible(prefix)}"
            plain = _PLAIN.fullmatch(slug)
            help = f"write {key}: {wanted}, or mend the slug" if plain else "write both alike, in letters and hyphens"
            self._problem("KG012", f"{key} is {visible(node.text)}, {why}", node.location, help)
        return False

    def _text(self, key: str) -> Text | None:
        node = self._value(key)
        value = _SPACE.sub(" ", node.text).strip(" ") if node else ""
        return Text(value, node.location) if node and value else None

    def _version(self) -> int | None:
        version = self._positive("schemaVersion")
        if version is not None and version != SCHEMA_VERSION:
            self._wrong("schemaVersion", self.entries["schemaVersion"][1], f"{SCHEMA_VERSION}, the only one so far")
            return None
        return version

    def _positive(self, key: str) -> int | None:
        if (node := self._value(key)) is None:
            return None
        if re.fullmatch(r"[0-9]{1,15}", node.text) and int(node.text) > 0:
            return int(node.text)
        self._wrong(key, node, "a whole number above 0")
        return None

    def _status(self) -> str | None:
        if (node := self._value("status")) is None:
            return None
        if node.text in STATUSES:
            return node.text
        near = difflib.get_close_matches(node.text.lower(), STATUSES, 1)
        message = f"status is {visible(node.text)}, not one of {', '.join(STATUSES)}"
        help = f"write status: {near[0] if near else 'draft'}; {_UNPUBLISHED}"
        self._problem("KG011", message, node.location, help)
        self._keep("status")
        return None

    def _date(self) -> date | None:
        if (node := self._value("updated")) is None:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
                return date.fromisoformat(node.text)
        except ValueError:
            pass
        self._wrong("updated", node, "a date as YYYY-MM-DD")
        return None

    def _unknown_keys(self) -> None:
        known = {key.lower(): key for key in KEYS}
        for key, (at, _) in self.entries.items():
            if key in KEYS:
                continue
            self._keep(key)
            near = difflib.get_close_matches(key.lower().replace("_", "").replace("-", ""), known, 1, 0.8)
            if near and known[near[0]] not in self.entries:
                help = f"did you mean {known[near[0]]}? The value is kept as an unknown key"
                self._problem("KG026", f"the key {visible(key)} is unknown", at, help)


def _is_empty(node: Scalar) -> bool:
    return not node.text.strip() or (node.plain and node.text in ("null", "~"))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _odd(text: str) -> str:
    """Text with its characters beyond ASCII as code points, so that look-alikes differ."""
    return '"' + "".join(c if " " <= c <= "~" else f"<U+{ord(c):04X}>" for c in text[:80]) + '"'
