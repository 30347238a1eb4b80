"""A brief's companion, ``artifact.json``: bytes → values and diagnostics."""

import json
import re
from typing import Any

from kg import companion as c
from kg import namespaces as ns
from kg.diagnostics import Diagnostic, Location, visible
from kg.model import Json
from kg.reading.companion_fields import Fields, JsonSource, shown
from kg.reading.fields import STATUSES
from kg.reading.json_text import NotJsonError, Object, key_offset, read_json
from kg.reading.source import decode

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
_NAMED = (("slug", ""), ("id", "article:"))
_ALSO_IN_BRIEF = ("title", "thesis", "status", "updatedAt")
"""What the graph has from the brief where the companion does not say it."""
_TOPIC, _ARTICLE = "topic", "article"
_EVIDENCE = {
    "source": "sourceId",
    "snippet": "snippet",
    "support": "supports",
    "assessed": "assessedAt",
    "place": "location",
    "note": "notes",
}
_COUNTEREVIDENCE = {
    "summary": "summary",
    "source": "sourceId",
    "snippet": "snippet",
    "assessed": "assessedAt",
    "note": "notes",
}
_VERIFICATION = {"status": "status", "reviewed": "reviewedAt", "reviewer": "reviewer", "note": "note"}
_SOURCE = {"title": "title", "url": "url", "type": "type", "accessed": "accessed"}
_REVIEW = {
    "status": "status",
    "reviewed": "reviewedAt",
    "reviewer": "reviewer",
    "note": "notes",
    "content_hash": "contentHash",
}
"""The texts and days of each object: what they are called here, and their keys."""


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
    text = JsonSource(source)
    whole = _decoded(text)
    named = _slug(text, whole) if whole is not None else None
    companion = _Whole(text, whole, *named).companion() if whole is not None and named else None
    return companion, sorted(diagnostics + text.diagnostics, key=lambda d: d.sort_key)


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


def _decoded(text: JsonSource) -> Object | None:
    def twice(offset: int, key: str, value: Json) -> None:
        message = f"the key {visible(key)} is given twice; the second is left out: {shown(value, 2000)}"
        text.problem(offset, "KG003", message, "keep one of the two")

    try:
        whole = read_json(text.text, _PLAN, twice)
    except NotJsonError as error:
        text.problem(error.offset, "KG040", f"not valid JSON: {error.message}", "mend it here or just before")
        return None
    except RecursionError:
        text.problem(0, "KG009", "JSON nested too deeply", "nest less")
        return None
    if isinstance(whole, Object):
        return whole
    text.problem(0, "KG040", "not a JSON object", "begin it with { and write keys and values")
    return None


def _slug(text: JsonSource, whole: Object) -> tuple[str, Location] | None:
    for key, prefix in _NAMED:
        if slug := _named(whole, key, prefix):
            return slug, text.at(key_offset(text.text, whole.start, key))
    text.problem(whole.start, "KG010", "slug is missing", "write the slug of the brief that it belongs to")
    return None


class _Whole:
    """Reads the keys of a companion."""

    def __init__(self, text: JsonSource, whole: Object, slug: str, location: Location) -> None:
        self.text = text
        self.fields = Fields(text, whole)
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
            path=self.text.source.path,
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

    def _claim(self, fields: Fields, known: dict[int, c.CompanionClaim]) -> c.CompanionClaim | None:
        name = fields.left.get("id")
        match = _CLAIM_ID.fullmatch(name) if isinstance(name, str) else None
        if match is None:
            message = f"the claim's id is {shown(name)}" if name else "the claim has no id"
            self.text.problem(fields.location, "KG011", message, 'write "id": "claim-001", counting up')
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

    def _refused(self, fields: Fields, number: int, first: c.CompanionClaim | None) -> None:
        name = f"claim-{number:03d}"
        if first is None:
            self.text.problem(fields.location, "KG015", f"{name} has no text", "write the claim behind its id")
        else:
            message = f"{name} is defined twice; this one is kept unread"
            help = f"first defined on line {first.location.line}; give the second its own number"
            self.text.problem(fields.location, "KG014", message, help)
        self.fields.refuse("claims", fields)

    def _sources(self) -> tuple[c.SourceRecord, ...]:
        sources: dict[str, c.SourceRecord] = {}
        for fields in self.fields.objects("sources"):
            name = fields.left.get("id")
            if not isinstance(name, str) or not name.strip():
                self.text.problem(fields.location, "KG010", "id is missing", 'write "id": "source-…"')
            elif name in sources:
                message = f"the source {visible(name)} is listed twice; this one is kept unread"
                help = f"first listed on line {sources[name].location.line}; give the second its own id"
                self.text.problem(fields.location, "KG044", message, help)
            else:
                record = c.SourceRecord(
                    fields.location, fields.left.pop("id"), **fields.read(_SOURCE), extra=fields.left
                )
                sources[name] = record
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
            self.text.problem(fields.location, "KG011", f"related to {shown(fields.left)}", help)
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
                self.text.problem(fields.location, "KG010", "rule is missing", "name the finding that is accepted")
                if diagnostics:
                    diagnostics.refuse("accepted", fields)
                continue
            scope, reason, day = fields.text("scope"), fields.text("rationale"), fields.date("documentedAt")
            found.append(c.Acceptance(fields.location, rule, scope, reason, day, fields.left))
        self.fields.keep("diagnostics", diagnostics.left if diagnostics else None)
        return tuple(found)

    def _reviews(self, provenance: Fields) -> tuple[c.Review, ...]:
        return tuple(map(_review, provenance.objects("reviews")))


def _evidence(fields: Fields) -> c.Evidence:
    return c.Evidence(fields.location, **fields.read(_EVIDENCE), extra=fields.left)


def _counterevidence(fields: Fields) -> c.Counterevidence:
    return c.Counterevidence(fields.location, **fields.read(_COUNTEREVIDENCE), extra=fields.left)


def _source(fields: Fields) -> c.SourceRecord:
    return c.SourceRecord(fields.location, fields.left.pop("id"), **fields.read(_SOURCE), extra=fields.left)


def _verification(claim: Fields) -> c.Verification | None:
    fields = claim.inner("verification")
    return c.Verification(fields.location, **fields.read(_VERIFICATION), extra=fields.left) if fields else None


def _review(fields: Fields) -> c.Review:
    read, scope = fields.read(_REVIEW), fields.texts("scope")
    return c.Review(fields.location, **read, scope=scope, extra=fields.left)
