"""kg.toml: what a garden is called, where it is published, which files belong to it."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.checks import Levels
from kg.diagnostics import CODES, Severity, printable, visible
from kg.errors import KgError, UsageError
from kg.linking.bands import Bands
from kg.mapping.article_graph import Garden
from kg.model import HEADINGS, Role
from kg.namespaces import DEFAULT_BASE
from kg.reading.discover import is_pattern
from kg.reading.sections import ALIASES, section_name

FILE = "kg.toml"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""A language tag by ISO 639 code, with what may follow. Source: RFC 5646 §2.1."""
_BANDS = {"near-certain": Bands().near_certain, "shown": Bands().shown, "suggested": Bands().suggested}
KEYS = ("base", "title", "licence", "language", "include", "store", "sections", "findings", "audiences", "links")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a garden; the defaults where there is no kg.toml."""

    folder: Path | None = None
    """The folder of kg.toml, or None where there is none."""
    base: str = DEFAULT_BASE
    title: str | None = None
    licence: str | None = None
    language: str | None = None
    include: tuple[str, ...] = ()
    """Patterns as in .gitignore, relative to kg.toml; none: every file."""
    store: str | None = None
    """The store's folder, relative to kg.toml."""
    aliases: Mapping[str, Role] = field(default_factory=lambda: ALIASES)
    """Section names, case-folded, with their roles."""

    levels: Levels = field(default_factory=dict)
    """How much findings matter here, where that is not as usual."""
    audiences: tuple[str, ...] = ()
    """The groups of readers that audience notes may speak of."""

    links: bool | None = None
    """Whether claims are linked; None: as the garden's size allows."""
    bands: Bands = field(default_factory=Bands)
    """How sure links are, by their scores."""

    @property
    def garden(self) -> Garden:
        """The settings that the graph depends on."""
        return Garden(self.base, self.licence, self.language, self.audiences)


def find_config(start: Path) -> Config:
    """The settings that govern a file or folder: the nearest kg.toml in it or above it.

    Errors: UsageError where a kg.toml can't be read or says something unknown.
    """
    start = start.absolute()
    for folder in [start, *start.parents]:
        if (folder / FILE).is_file():
            return read_config(folder / FILE)
    return Config()


def read_config(path: Path) -> Config:
    """Read one kg.toml.

    Errors: UsageError naming the file, and the line where TOML itself is broken.
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_syntax(path, str(error))) from None
    except OSError as error:
        raise KgError(
            f"{path} can't be read: {error.strerror}", "mend that first: it says what the garden is"
        ) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error.reason} at byte {error.start + 1}", "save it as UTF-8") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path}: a number too long or lists too deep", "shorten them") from None
    return _Settings(path, settings).config()


def _syntax(path: Path, message: str) -> str:
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    if place is None:  # at the end of the document
        line = path.read_text(encoding="utf-8-sig").rstrip("\n").count("\n") + 1
        return f"{path}:{line}: {message}"
    return f"{path}:{place[1]}:{place[2]}: {message.replace(place[0], '').strip()}"


class _Settings:
    def __init__(self, path: Path, settings: dict[str, Any]) -> None:
        self.path = path
        self.settings = settings

    def config(self) -> Config:
        licence = "license" if "license" in self.settings else "licence"
        if {"license", "licence"} <= self.settings.keys():
            raise self._wrong(licence, "is given beside licence, which is the same", "keep one of the two")
        for key in self.settings:
            if key not in (*KEYS, licence):
                near = difflib.get_close_matches(key, KEYS, 1)
                raise self._wrong(key, f"is unknown{f'; did you mean {near[0]}?' if near else ''}", None)
        return Config(
            folder=self.path.parent,
            base=self._base(),
            title=self._string("title"),
            licence=self._iri(licence),
            language=self._language(),
            include=self._include(),
            store=self._store(),
            aliases=self._sections(),
            levels=self._levels(),
            audiences=self._audiences(),
            links=self._links(),
            bands=self._bands(),
        )

    def _wrong(self, key: str, what: str, help: str | None) -> UsageError:
        return UsageError(f"{self.path}:{self._line(key)}: {printable(key) or chr(34) * 2} {what}", help)

    def _line(self, key: str) -> int:
        text = self.path.read_text(encoding="utf-8-sig")
        match = re.search(rf"^\s*\[?[\"']?{re.escape(key)}\b", text, re.MULTILINE)
        return text.count("\n", 0, match.end()) + 1 if match else 1

    def _audiences(self) -> tuple[str, ...]:
        names = self.settings.get("audiences", [])
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise self._wrong("audiences", "must be a list of names", 'write audiences = ["students"]')
        return tuple(names)

    def _links_table(self) -> dict[str, Any]:
        table = self.settings.get("links", {})
        known = ("compute", *_BANDS)
        if not isinstance(table, dict):
            raise self._wrong("links", "must be a table", "write [links] and below it compute = true")
        for key in table:
            if key not in known:
                raise self._wrong(key, f"is unknown; below [links] stand {', '.join(known)}", None)
        return table

    def _links(self) -> bool | None:
        value = self._links_table().get("compute")
        if value is not None and not isinstance(value, bool):
            raise self._wrong("compute", "must be true or false", "write compute = true")
        return value

    def _bands(self) -> Bands:
        table = self._links_table()
        given = {key: table[key] for key in _BANDS if key in table}
        for key, value in given.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise self._wrong(key, "must be a number from 0 to 1", f"write {key} = {_BANDS[key]}")
        bands = Bands(*(float(given.get(key, usual)) for key, usual in _BANDS.items()))
        if not bands.near_certain >= bands.shown >= bands.suggested:
            raise self._wrong(next(iter(given)), "leaves near-certain, shown and suggested out of order", None)
        return bands

    def _levels(self) -> Levels:
        table = self.settings.get("findings", {})
        if not isinstance(table, dict):
            raise self._wrong("findings", "must be a table", None)
        levels: dict[str, Severity | None] = {}
        for rule, level in table.items():
            codes = [code for code, kind in CODES.items() if kind.rule and rule in (code, kind.rule)]
            if not codes:
                near = difflib.get_close_matches(rule, sorted({kind.rule for kind in CODES.values() if kind.rule}), 1)
                raise self._wrong(rule, f"is no rule{f'; did you mean {near[0]}?' if near else ''}", None)
            if level not in (*Severity, "off"):
                words = ", ".join((*Severity, "off"))
                raise self._wrong(rule, f"must be one of {words}", f'write {rule} = "note"')
            levels.update({code: None if level == "off" else Severity(level) for code in codes})
        return levels

    def _string(self, key: str) -> str | None:
        value = self.settings.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            raise self._wrong(key, "must be text", f'write {key} = "…"')
        return value

    def _language(self) -> str | None:
        value = self._string("language")
        if value is not None and not _LANGUAGE.fullmatch(value):
            raise self._wrong("language", f"must be a language tag, not {visible(value)}", 'write language = "en"')
        return value

    def _store(self) -> str | None:
        value = self._string("store")
        if value is not None and not value.isprintable():
            raise self._wrong("store", "is no name of a folder", 'write store = ".kg"')
        return value

    def _iri(self, key: str) -> str | None:
        value = self._string(key)
        if value is not None:
            try:
                NamedNode(value)
            except ValueError as error:
                raise self._wrong(key, f"must be an IRI: {error}", "write an address such as https://…") from None
        return value

    def _base(self) -> str:
        base = self._iri("base") or DEFAULT_BASE
        if not re.match(r"https?://[^/?#]+/(?:[^?#]*/)?\Z", base):
            raise self._wrong("base", "must be an http address that ends with /", f'write base = "{DEFAULT_BASE}"')
        return base

    def _include(self) -> tuple[str, ...]:
        patterns = self.settings.get("include", [])
        if not isinstance(patterns, list) or not all(isinstance(p, str) and p.strip() for p in patterns):
            raise self._wrong("include", "must be a list of patterns", 'write include = ["articles/**"]')
        for pattern in patterns:
            if pattern.startswith("~") or ".." in re.split(r"[\\/]", pattern):
                raise self._wrong(
                    "include", f"can't leave the garden: {visible(pattern)}", "name folders below kg.toml"
                )
            if not is_pattern(pattern):
                raise self._wrong("include", f"holds no pattern: {visible(pattern)}", "write it as in .gitignore")
        return tuple(patterns)

    def _sections(self) -> Mapping[str, Role]:
        table = self.settings.get("sections", {})
        if not isinstance(table, dict):
            raise self._wrong("sections", "must be a table", None)
        aliases = dict(ALIASES)
        claimed = {section_name(title): str(role) for role, title in HEADINGS.items()}
        for role, names in table.items():
            if role not in list(Role):
                raise self._wrong(role, f"is no section; the sections are {', '.join(Role)}", None)
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise self._wrong(role, "must be a list of headings", f'write {role} = ["…"]')
            for name in names:
                aliases[self._heading(role, name, claimed)] = Role(role)
        return aliases

    def _heading(self, role: str, name: str, claimed: dict[str, str]) -> str:
        """The name under which a heading is looked up, which no other section may claim."""
        folded = section_name(name)
        if not folded:
            raise self._wrong(role, f"holds no heading: {visible(name)}", "write the heading's words")
        if (other := claimed.setdefault(folded, role)) != role:
            message = f"claims the heading {visible(name)}, which stands for {other}"
            raise self._wrong(role, message, "give each heading to one section")
        return folded
