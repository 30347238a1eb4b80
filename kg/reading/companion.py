"""A brief's companion, ``artifact.json``: bytes → values and diagnostics."""

import json
import re
from bisect import bisect_right
from datetime import date
from typing import Any

from kg import companion as c
from kg import namespaces as ns
from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Json
from kg.reading.fields import STATUSES
from kg.reading.json_text import NotJsonError, Object, key_offset, read_json
from kg.reading.source import Source, decode

_PLAN: Any = {
    "claims": {"evidence": {}, "counterevidence": {}, "verification": {}},
    "sources": {},
    "series": {},
    "related": {},
    "provenance": {"reviews": {}},
    "diagnostics": {"accepted": {}},
    "disclosure": {},
}
_CLAIM_ID = re.compile(r"(?:claim-|c)?0*([1-9]\d{0,5})", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNICODE = re.compile(r"(?<!\\)(?:\\\\)*\\u([0-9a-fA-F]{4})")
_HALF = re.compile(r"((?<!\\)(?:\\\\)*)\\u(?:d[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..\\u)d[c-f]..)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_NAMED = (("slug", ""), ("id", "article:"))
_ALSO_IN_BRIEF = ("title", "thesis", "status", "updatedAt")
"""What the graph has from the brief where the companion does not say it."""
_TOPIC, _ARTICLE = "topic", "article"


def read_companion(data: bytes, path: str) -> tuple[c.Companion | None, list[Diagnostic]]:
    """Read one companion.

    Pure; `path` only names the source in diagnostics.
    Shape: one Companion, or None when it is no JSON object or nothing in it names an article.
    Units: lines and columns count from 1; columns are code points.
    Errors: KG003, KG005, KG009 to KG011, KG014, KG015, KG019, KG040 no JSON, KG044 a source id twice; sorted by place;
    raises nothing.
    """
    source, diagnostics = decode(data, path)
    if source is None:
        return None, diagnostics
    reader = _Reader(source)
    companion = reader.companion()
    return companion, sorted(diagnostics + reader.diagnostics, key=lambda d: d.sort_key)


def slug_in(data: bytes) -> str | None:
    """The slug of the article that a companion belongs to; None where it can't be told.

    Cheaper than reading it all: a garden's companions are looked through before its briefs.
    """
    try:
        whole = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    names = (_named(whole, key, prefix) for key, prefix in _NAMED) if isinstance(whole, dict) else ()
    return next((name for name in names if name), None)


def _named(whole: dict[str, Any], key: str, prefix: str) -> str | None:
    value = whole.get(key)
    return value.removeprefix(prefix).strip() if isinstance(value, str) else None


class _Reader:
    """Decodes the text, and turns offsets in it into places."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.lines = [0, *(match.end() for match in re.finditer("\n", source.text))]
        self.text = self._characters(source.text) if "\\u" in source.text else source.text

    def at(self, offset: int) -> Location:
        line = bisect_right(self.lines, offset)
        return Location(line, offset - self.lines[line - 1] + 1)

    def problem(self, place: int | Location, code: str, message: str, help: str | None = None) -> None:
        at = self.at(place) if isinstance(place, int) else place
        self.diagnostics.append(self.source.problem(at, code, message, help))

    def _characters(self, text: str) -> str:
        """Report what escapes write: control characters, and halves of a pair, which become U+FFFD."""
        self.text = text
        for match in _UNICODE.finditer(text):
            number = int(match[1], 16)
            if _CONTROL.match(chr(number)):
                self.problem(match.end() - 6, "KG019", f"control character U+{number:04X}", "delete it")
        for match in _HALF.finditer(text):
            self.problem(match.end() - 6, "KG019", "half of a surrogate pair, read as U+FFFD", "write the character")
        return _HALF.sub(r"\1\\ufffd", text)

    def companion(self) -> c.Companion | None:
        whole = self._decoded()
        named = self._slug(whole) if whole is not None else None
        return _Whole(self, whole, *named).companion() if whole is not None and named else None

    def _decoded(self) -> Object | None:
        try:
            whole = read_json(self.text, _PLAN, self._twice)
        except NotJsonError as error:
            self.problem(error.offset, "KG040", f"not valid JSON: {error.message}", "mend it here or just before")
            return None
        except RecursionError:
            self.problem(0, "KG009", "JSON nested too deeply", "nest less")
            return None
        if isinstance(whole, Object):
            return whole
        self.problem(0, "KG040", "not a JSON object", "begin it with { and write keys and values")
        return None

    def _twice(self, offset: int, key: str, value: Json) -> None:
        message = f"the key {visible(key)} is given twice; the second is left out: {_shown(value, 2000)}"
        self.problem(offset, "KG003", message, "keep one of the two")

    def _slug(self, whole: Object) -> tuple[str, Location] | None:
        for key, prefix in _NAMED:
            if slug := _named(whole, key, prefix):
                return slug, self.at(key_offset(self.text, whole.start, key))
        self.problem(whole.start, "KG010", "slug is missing", "write the slug of the brief that it belongs to")
        return None


class _Fields:
    """The keys of one object, taken out one by one as they are read; what is left has no term of its own."""

    def __init__(self, reader: _Reader, found: Object) -> None:
        self.reader = reader
        self.start = found.start
        self.left: dict[str, Any] = dict(found)
        self.location = reader.at(found.start)

    def place(self, key: str) -> Location:
        return self.reader.at(key_offset(self.reader.text, self.start, key))

    def wrong(self, key: str, wanted: str) -> None:
        message = f"{key} is {_shown(self.left[key])}, not {wanted}"
        self.reader.problem(self.place(key), "KG011", message, f"write {wanted}; as it stands it is kept unread")

    def text(self, key: str) -> str | None:
        value = self.left.get(key)
        if isinstance(value, str):
            return str(self.left.pop(key)) if value.strip() else None
        if value is not None:
            self.wrong(key, "text in double quotes")
        return None

    def date(self, key: str) -> date | None:
        value = self.left.get(key)
        try:
            if isinstance(value, str) and _DATE.fullmatch(value):
                found = date.fromisoformat(value)
                del self.left[key]
                return found
        except ValueError:
            pass
        if value not in (None, ""):
            self.wrong(key, "a date as YYYY-MM-DD")
        return None

    def whole_number(self, key: str) -> int | None:
        value = self.left.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return int(self.left.pop(key))
        if value is not None:
            self.wrong(key, "a whole number")
        return None

    def flag(self, key: str) -> bool | None:
        value = self.left.get(key)
        if isinstance(value, bool):
            return bool(self.left.pop(key))
        if value is not None:
            self.wrong(key, "true or false")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one that is empty or holds anything else stays as it is."""
        value = self.left.get(key)
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(self.left.pop(key)) if value else ()
        if value is not None:
            self.wrong(key, "a list of texts")
        return ()

    def inner(self, key: str) -> "_Fields | None":
        """An object; what is left of it when it is read goes back by `keep`."""
        value = self.left.get(key)
        if isinstance(value, Object):
            return _Fields(self.reader, self.left.pop(key)) if value else None
        if value is not None:
            self.wrong(key, "an object in braces")
        return None

    def objects(self, key: str) -> "list[_Fields]":
        """A list of objects; what is none stays."""
        value = self.left.get(key)
        if not isinstance(value, list):
            if value is not None:
                self.wrong(key, "a list of objects")
            return []
        if value:
            del self.left[key]
        others = [item for item in value if not isinstance(item, Object)]
        if others:
            self.left[key] = others
            self.wrong(key, "a list of objects alone")
        return [_Fields(self.reader, item) for item in value if isinstance(item, Object)]

    def keep(self, key: str, value: Json) -> None:
        """Put back what has no term of its own."""
        if value:
            self.left[key] = value

    def refuse(self, key: str, value: "_Fields") -> None:
        """Keep an object of a list that can't be read."""
        self.left.setdefault(key, []).append(value.left)


class _Whole:
    """Reads the keys of a companion."""

    def __init__(self, reader: _Reader, whole: Object, slug: str, location: Location) -> None:
        self.reader = reader
        self.fields = _Fields(reader, whole)
        self.slug, self.location = slug, location
        self.as_listed: dict[str, Json] = {}
        if self.fields.left.get("slug") == slug:
            del self.fields.left["slug"]
        if absent := [key for key in _ALSO_IN_BRIEF if key not in whole]:
            self.as_listed["absent"] = [*absent]

    def companion(self) -> c.Companion:
        fields = self.fields
        provenance, disclosure = fields.inner("provenance"), fields.inner("disclosure")
        found = c.Companion(
            path=self.reader.source.path,
            slug=self.slug,
            location=self.location,
            title=fields.text("title"),
            thesis=fields.text("thesis"),
            status=self._status(),
            maturity=fields.text("maturity"),
            published=fields.date("publishedAt"),
            updated=fields.date("updatedAt"),
            content_hash=fields.text("contentHash"),
            series=self._series(),
            audiences=self._names("audiences"),
            topics=self._names("topics"),
            instructions=fields.texts("agentInstructions"),
            claims=self._claims(),
            sources=self._sources(),
            related=self._related(),
            accepted=self._accepted(),
            created=provenance.date("createdAt") if provenance else None,
            reviews=self._reviews(provenance) if provenance else (),
            disclosure=disclosure.text("note") if disclosure else None,
            ai_assistance=disclosure.flag("aiAssistance") if disclosure else None,
            as_listed=self.as_listed,
            extra=fields.left,
        )
        for key, inner in (("provenance", provenance), ("disclosure", disclosure)):
            fields.keep(key, inner.left if inner else None)
        return found

    def _status(self) -> str | None:
        if self.fields.left.get("status") in STATUSES:
            return self.fields.text("status")
        if "status" in self.fields.left:
            self.fields.wrong("status", f"one of {', '.join(STATUSES)}")
        return None

    def _names(self, key: str) -> tuple[str, ...]:
        names = self.fields.texts(key)
        if names and list(names) != sorted({name for name in names if ns.is_folded(name)}):
            self.as_listed[key] = list(names)
        return names

    def _series(self) -> c.Series | None:
        fields = self.fields.inner("series")
        slug = fields.text("slug") if fields else None
        if fields is None or slug is None:
            self.fields.keep("series", fields.left if fields else None)
            return None
        if not ns.is_folded(slug):
            fields.left["slug"] = slug
        title, order, role = fields.text("title"), fields.whole_number("order"), fields.text("role")
        return c.Series(slug, title, order, role, fields.left)

    def _claims(self) -> tuple[c.CompanionClaim, ...]:
        claims: dict[int, c.CompanionClaim] = {}
        for fields in self.fields.objects("claims"):
            if (claim := self._claim(fields, claims)) is not None:
                claims[claim.number] = claim
        ids = list(claims)
        if ids != sorted(ids):
            self.as_listed["claims"] = [claims[number].id for number in ids]
        return tuple(claims[number] for number in sorted(claims))

    def _claim(self, fields: _Fields, known: dict[int, c.CompanionClaim]) -> c.CompanionClaim | None:
        name = fields.left.get("id")
        match = _CLAIM_ID.fullmatch(name) if isinstance(name, str) else None
        if match is None:
            message = f"the claim's id is {_shown(name)}" if name else "the claim has no id"
            self.reader.problem(fields.location, "KG011", message, 'write "id": "claim-001", counting up')
            self.fields.refuse("claims", fields)
            return None
        number = int(match[1])
        written = name if name != f"claim-{number:03d}" else None
        text = fields.left.get("claim")
        if number in known or not isinstance(text, str) or not text.strip():
            self._refused(fields, number, known.get(number))
            return None
        text_location = fields.place("claim")
        del fields.left["claim"]
        if written is None:
            del fields.left["id"]
        claim = c.CompanionClaim(
            location=fields.location,
            number=number,
            text=text,
            text_location=text_location,
            confidence=fields.text("confidence"),
            status=fields.text("status"),
            evidence=tuple(map(_evidence, fields.objects("evidence"))),
            counterevidence=tuple(map(_counterevidence, fields.objects("counterevidence"))),
            verification=_verification(fields),
            extra=fields.left,
        )
        return claim

    def _refused(self, fields: _Fields, number: int, first: c.CompanionClaim | None) -> None:
        name = f"claim-{number:03d}"
        if first is None:
            self.reader.problem(fields.location, "KG015", f"{name} has no text", "write the claim behind its id")
        else:
            message = f"{name} is defined twice; this one is kept unread"
            help = f"first defined on line {first.location.line}; give the second its own number"
            self.reader.problem(fields.location, "KG014", message, help)
        self.fields.refuse("claims", fields)

    def _sources(self) -> tuple[c.SourceRecord, ...]:
        sources: dict[str, c.SourceRecord] = {}
        for fields in self.fields.objects("sources"):
            name = fields.left.get("id")
            if not isinstance(name, str) or not name.strip():
                self.reader.problem(fields.location, "KG010", "id is missing", 'write "id": "source-…"')
            elif name in sources:
                message = f"the source {visible(name)} is listed twice; this one is kept unread"
                help = f"first listed on line {sources[name].location.line}; give the second its own id"
                self.reader.problem(fields.location, "KG044", message, help)
            else:
                sources[name] = _source(fields)
                continue
            self.fields.refuse("sources", fields)
        if list(sources) != sorted(sources):
            self.as_listed["sources"] = list(sources)
        return tuple(sources.values())

    def _related(self) -> tuple[c.Related, ...]:
        found: list[c.Related] = []
        for fields in self.fields.objects("related"):
            kind, name = fields.left.get("type"), fields.left.get("id")
            plain = isinstance(name, str) and kind in (_ARTICLE, _TOPIC) and len(fields.left) == 2
            if plain and (slug := str(name).removeprefix(f"{kind}:").strip()) and str(name) == f"{kind}:{slug}":
                found.append(c.Related(fields.location, str(kind), slug))
                continue
            help = 'write {"type": "article", "id": "article:…"}, or topic'
            self.reader.problem(fields.location, "KG011", f"related to {_shown(fields.left)}", help)
            self.fields.refuse("related", fields)
        ids = [f"{related.type}:{related.name}" for related in found]
        if ids != sorted({name for name in ids if ns.is_folded(name) or name.startswith(_ARTICLE)}):
            self.as_listed["related"] = list(ids)
        return tuple(found)

    def _accepted(self) -> tuple[c.Acceptance, ...]:
        diagnostics = self.fields.inner("diagnostics")
        found: list[c.Acceptance] = []
        for fields in diagnostics.objects("accepted") if diagnostics else ():
            rule = fields.text("rule")
            if rule is None or diagnostics is None:
                self.reader.problem(fields.location, "KG010", "rule is missing", "name the finding that is accepted")
                if diagnostics:
                    diagnostics.refuse("accepted", fields)
                continue
            scope, reason, day = fields.text("scope"), fields.text("rationale"), fields.date("documentedAt")
            found.append(c.Acceptance(fields.location, rule, scope, reason, day, fields.left))
        self.fields.keep("diagnostics", diagnostics.left if diagnostics else None)
        return tuple(found)

    def _reviews(self, provenance: _Fields) -> tuple[c.Review, ...]:
        return tuple(map(_review, provenance.objects("reviews")))


def _shown(value: Json, limit: int = 80) -> str:
    """A value for a message, as JSON."""
    return visible(
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), limit, isinstance(value, str)
    )


def _evidence(fields: _Fields) -> c.Evidence:
    return c.Evidence(
        location=fields.location,
        source=fields.text("sourceId"),
        snippet=fields.text("snippet"),
        support=fields.text("supports"),
        assessed=fields.date("assessedAt"),
        place=fields.text("location"),
        note=fields.text("notes"),
        extra=fields.left,
    )


def _counterevidence(fields: _Fields) -> c.Counterevidence:
    return c.Counterevidence(
        location=fields.location,
        summary=fields.text("summary"),
        source=fields.text("sourceId"),
        snippet=fields.text("snippet"),
        assessed=fields.date("assessedAt"),
        note=fields.text("notes"),
        extra=fields.left,
    )


def _verification(claim: _Fields) -> c.Verification | None:
    fields = claim.inner("verification")
    if fields is None:
        return None
    return c.Verification(
        location=fields.location,
        status=fields.text("status"),
        reviewed=fields.date("reviewedAt"),
        reviewer=fields.text("reviewer"),
        note=fields.text("note"),
        extra=fields.left,
    )


def _source(fields: _Fields) -> c.SourceRecord:
    return c.SourceRecord(
        location=fields.location,
        id=fields.left.pop("id"),
        title=fields.text("title"),
        url=fields.text("url"),
        type=fields.text("type"),
        accessed=fields.date("accessed"),
        extra=fields.left,
    )


def _review(fields: _Fields) -> c.Review:
    return c.Review(
        location=fields.location,
        status=fields.text("status"),
        reviewed=fields.date("reviewedAt"),
        reviewer=fields.text("reviewer"),
        note=fields.text("notes"),
        scope=fields.texts("scope"),
        content_hash=fields.text("contentHash"),
        extra=fields.left,
    )
