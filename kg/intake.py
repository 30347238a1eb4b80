"""Taking files in: what of a garden changed, what each file says, which companion belongs to which brief."""

import hashlib
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kg import namespaces as ns
from kg.checks import Article, Facts, Found, check_article, check_garden, check_wording, facts_of
from kg.companion import Companion
from kg.diagnostics import Diagnostic, printable, visible
from kg.garden import Place
from kg.linking.articles import BODY, all_of, beside, body_of, dumped, material_of
from kg.linking.material import LinkedArticle
from kg.mapping import Mapped, map_article
from kg.model import Brief
from kg.reading import read_brief
from kg.reading.companion import read_companion, slug_in
from kg.reading.discover import (
    BRIEF,
    COMPANION,
    Candidate,
    NotAFileError,
    is_brief,
    is_companion,
    read_file,
    unreadable,
)
from kg.record import Detail, FileRow

_RACY = 2_000_000_000  # nanoseconds: a file as new as the record may change again within the same stamp
_PLAIN_SLUG = re.compile(r"[a-z0-9-]+")
Progress = Callable[[int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that is not as it was."""

    article: Article
    mapped: Mapped


@dataclass(slots=True)
class Slugs:
    """Which brief and which companion an article's slug belongs to: of several, the first by path.

    A companion that lies beside a file called agent.md comes before those that don't.
    """

    briefs: dict[str, FileRow] = field(default_factory=dict)
    companions: dict[str, FileRow] = field(default_factory=dict)

    def claim(self, row: FileRow) -> list[Diagnostic]:
        """Give a slug to a file; the next file with it is an error."""
        if row.slug is None:
            return []
        second = is_companion(row.path)
        owners = self.companions if second else self.briefs
        owner = owners.setdefault(slug_key(row.slug), row)
        if owner is row:
            return []
        code, left = ("KG042", "this companion is not read") if second else ("KG013", "this file is not built")
        other = owner.slug or ""
        alike = "differs only in case from" if other.casefold() == row.slug.casefold() else "counts as the same as"
        how = "is" if other == row.slug else f"{alike} {visible(other)}, which is"
        message = f"the slug {visible(row.slug)} {how} taken; {left}"
        return [Diagnostic(row.path, row.line, 1, code, message, "give one of the two another slug", other=owner.path)]

    def companion(self, slug: str | None) -> FileRow | None:
        """The companion of a brief."""
        return self.companions.get(slug_key(slug)) if slug else None


def slug_key(slug: str) -> str:
    """The form in which two slugs are one."""
    return slug if _PLAIN_SLUG.fullmatch(slug) else ns.folded(slug)


def slugs_of(rows: dict[str, FileRow]) -> Slugs:
    """Which files the slugs belong to."""
    slugs = Slugs()
    for path in _in_turn(rows):
        slugs.claim(rows[path])
    return slugs


def _in_turn(paths: Collection[str]) -> list[str]:
    """The order in which files may claim a slug."""
    return sorted(paths, key=lambda path: (_alone(path, paths), path))


def _alone(path: str, paths: Collection[str]) -> bool:
    return is_companion(path) and path.removesuffix(COMPANION) + BRIEF not in paths


class Intake:
    """One look at the files of a garden, beside what an earlier look saw of them."""

    def __init__(
        self,
        place: Place,
        known: dict[str, FileRow],
        last: int,
        recall: Callable[[str], Iterable[Diagnostic]],
        outside: set[str],
    ) -> None:
        self.place = place
        self.known = known
        """The files as last seen, by path."""
        self.last = last
        """When that was, in nanoseconds."""
        self.recall = recall
        """Gives the diagnostics of a file as last seen."""
        self.outside = outside
        """Files that are not to be looked at, taken as they were."""
        self.rows: dict[str, FileRow] = {}
        self.fresh: dict[str, Detail | None] = {}
        """The files whose rows are to be noted anew, with the detail where that is new too."""
        self.diagnostics: list[Diagnostic] = []
        self.files_read = 0
        self.files: dict[str, str] = {}
        """Where the companions can be opened, by path."""
        self.old, self.now = slugs_of(known), Slugs()

    def articles(self, candidates: list[Candidate], progress: Progress | None = None) -> Iterator[Taken]:
        """The articles that are not as they were, in the order of their briefs' files."""
        by_path = {candidate.path: candidate for candidate in candidates}
        self.files = {path: candidate.file for path, candidate in by_path.items() if is_companion(path)}
        companions = [by_path[path] for path in _in_turn(by_path) if is_companion(path)]
        for candidate in companions:
            self._companion(candidate)
        briefs = [c for c in candidates if not is_companion(c.path)]
        for number, candidate in enumerate(briefs):
            if progress and number % 16 == 0:
                progress(number, len(briefs))
            if (article := self._brief(candidate)) is not None:
                yield article
        if progress:
            progress(len(briefs), len(briefs))
        for candidate in companions:
            self._settle(candidate)

    # files

    def _look(self, candidate: Candidate) -> bytes | None:
        """What a file holds, where it is not as it was; else its row is taken over."""
        row = self.known.get(candidate.path)
        if row and candidate.path in self.outside:
            self.rows[row.path] = row
            return None
        certain = row is None or row.brief or not candidate.certain
        if row and certain and row.stamp == candidate.stamp and max(row.stamp[1:3]) < self.last - _RACY:
            self.rows[row.path] = row
            return None
        data = self._bytes(candidate, row)
        if data is not None and row and certain and row.hash == hashlib.sha256(data).hexdigest():
            self.rows[row.path] = replace(row, stamp=candidate.stamp or row.stamp)
            self.fresh[row.path] = None  # a later record, so that the file need not be hashed again
            return None
        return data

    def _bytes(self, candidate: Candidate, row: FileRow | None) -> bytes | None:
        """Read a file; one that can't be reached is taken as it was, for it isn't known to be gone."""
        try:
            data = read_file(candidate.file)
        except OSError as error:
            self._unreadable(candidate.path, error)
            if row and not isinstance(error, FileNotFoundError | NotAFileError):
                self.rows[row.path] = row
            return None
        self.files_read += 1
        return data

    def _unreadable(self, path: str, error: OSError) -> None:
        problem = unreadable(path, error)
        if problem not in self.diagnostics:
            self.diagnostics.append(problem)

    # briefs

    def _brief(self, candidate: Candidate) -> Taken | None:
        data = self._look(candidate)
        brief: Brief | None = None
        found: list[Diagnostic] | None = None
        if data is not None and (candidate.certain or is_brief(data)):
            brief, found = self._read(candidate, data)
        elif data is not None:
            self._note(candidate, data, None, 0, brief=False)
        row = self.rows.get(candidate.path)
        if row is None:
            return None
        refused = self.now.claim(row)
        self.diagnostics += refused
        if not refused and row.slug is not None and found is None and not self._as_it_was(row):
            brief, found = self._again(candidate)
        if found is None and refused and self._had_its_slug(row):
            found = self._alone(candidate, row)
        if found is None:
            self.diagnostics += self.recall(row.path) if row.problems else ()
        elif refused or brief is None:
            self._keep(row, found)
        else:
            return self._article(self.rows[candidate.path], brief, found)
        return None

    def _read(self, candidate: Candidate, data: bytes) -> tuple[Brief | None, list[Diagnostic]]:
        aliases = self.place.config.aliases
        brief, found = _guarded(candidate.path, lambda: read_brief(data, candidate.path, aliases))
        self._note(candidate, data, brief.slug if brief else None, brief.location.line if brief else 0, brief=True)
        return brief, found

    def _again(self, candidate: Candidate) -> tuple[Brief | None, list[Diagnostic] | None]:
        """Read a brief that itself is as it was."""
        row = self.rows[candidate.path]
        data = self._bytes(candidate, row)
        if data is not None:
            return self._read(candidate, data)
        if self._had_its_slug(row):
            self._wait(self.now.companion(row.slug))
        else:  # what another file said is gone, and what this one says can't be told
            del self.now.briefs[slug_key(row.slug or "")]
            self.rows.pop(row.path, None)
        return None, None

    def _alone(self, candidate: Candidate, row: FileRow) -> list[Diagnostic]:
        """What is wrong in a brief that lost its slug: the rest that is remembered is of an article that it was."""
        data = self._bytes(candidate, row)
        return self._read(candidate, data)[1] if data is not None else list(self.recall(row.path))

    def _wait(self, companion: FileRow | None) -> None:
        """Leave a companion for the next build to look at, its brief being out of reach."""
        if companion is not None:
            self.fresh.pop(companion.path, None)
            self.rows.pop(companion.path)
            if (known := self.known.get(companion.path)) is not None:
                self.rows[known.path] = known

    def _note(self, candidate: Candidate, data: bytes, slug: str | None, line: int, brief: bool) -> None:
        stamp, digest = candidate.stamp or (0, 0, 0, 0), hashlib.sha256(data).hexdigest()
        self.rows[candidate.path] = FileRow(candidate.path, stamp, digest, slug, None, line, brief, 0)
        body = not brief and candidate.path.rpartition("/")[2] == BODY
        self.fresh[candidate.path] = Detail(material=json.dumps(body_of(data)) if body else None)

    def _keep(self, row: FileRow, found: list[Diagnostic], detail: Detail | None = None) -> None:
        """Note what was found in a file."""
        self.rows[row.path] = replace(row, problems=len(found))
        self.fresh[row.path] = replace(detail or Detail(), diagnostics=tuple(found))
        self.diagnostics += found

    def _as_it_was(self, row: FileRow) -> bool:
        """Whether a brief that didn't change had its slug before, and the same companion."""
        own, other = self.now.companion(row.slug), self.old.companion(row.slug)
        same = (own and (own.path, own.hash)) == (other and (other.path, other.hash))
        return same and self._had_its_slug(row)

    def _had_its_slug(self, row: FileRow) -> bool:
        """Whether the slug of a brief was its own before."""
        before = self.old.briefs.get(slug_key(row.slug or ""))
        return before is not None and before.path == row.path

    def _article(self, row: FileRow, brief: Brief, found: list[Diagnostic]) -> Taken | None:
        own = self.now.companion(row.slug)
        companion, told = self._companion_of(own) if own else (None, [])
        if told is None:  # it can't be reached, so the article stays as it was
            if (before := self.known.get(row.path)) is not None:
                self.rows[row.path] = before
                del self.fresh[row.path]
                self.diagnostics += self.recall(row.path)
                return None
            told = []
        garden = self.place.config.garden
        mapped, fault = _guarded(row.path, lambda: (map_article(brief, companion, garden), []))
        if mapped is None:
            self.now.briefs.pop(slug_key(row.slug or ""))
            self._keep(replace(row, slug=None), found + fault)
            return None
        row = replace(row, status=mapped.status)
        self.now.briefs[slug_key(row.slug or "")] = row
        article = Article(brief, companion, garden.base)
        self._keep(row, sorted(found + check_wording(article), key=lambda d: d.sort_key), _detail(article, mapped))
        if own and companion:
            self._keep(own, told, Detail(places=tuple(mapped.companion_places.items())))
        return Taken(article, mapped)

    def facts(self, recalled: dict[str, Facts]) -> Iterator[Facts]:
        """The facts of every article, those of unchanged ones as they were."""
        for row in self.now.briefs.values():
            detail = self.fresh.get(row.path)
            facts = detail.facts if detail else recalled.get(row.path)
            if facts is not None:
                yield facts

    def linking_key(self) -> str:
        """A hash of all that links depend on: the files of every article, its body among them."""
        told = []
        for row in self.now.briefs.values():
            companion, body = self.now.companion(row.slug), self.rows.get(beside(row.path))
            told.append((row.slug, row.hash, companion.hash if companion else "", body.hash if body else ""))
        return hashlib.sha256(json.dumps(sorted(told, key=str)).encode()).hexdigest()

    def materials(self, recalled: dict[str, str]) -> list[LinkedArticle]:
        """What linking needs of every article, that of unchanged files as it was."""
        now = {path: detail.material for path, detail in self.fresh.items() if detail and detail.material}
        kept = {path: text for path, text in recalled.items() if self.fresh.get(path) is None}
        return all_of({path: text for path, text in {**kept, **now}.items() if path in self.rows})

    def found(self, before: Found, recalled: dict[str, Facts]) -> Found:
        """What the checks find in the garden as it is now."""
        paths = [row.path for row in self.now.briefs.values()]
        own = {path: list(detail.findings) for path in paths if (detail := self.fresh.get(path))}
        by_path = {path: own[path] if path in own else before.by_path.get(path, []) for path in paths}
        return Found(by_path, check_garden(self.facts(recalled), self.place.config.base))

    # companions

    def _companion(self, candidate: Candidate) -> None:
        """Find out which article a companion belongs to."""
        data = self._look(candidate)
        if data is not None:
            self._note(candidate, data, slug_in(data), 1, brief=True)
        if (row := self.rows.get(candidate.path)) is not None:
            self.diagnostics += self.now.claim(row)

    def _companion_of(self, row: FileRow) -> tuple[Companion | None, list[Diagnostic] | None]:
        """Read the companion of a brief; no diagnostics where it can't be reached."""
        try:
            data = read_file(self.files[row.path])
        except OSError as error:
            self._unreadable(row.path, error)
            return None, None
        self.files_read += row.path not in self.fresh
        return _guarded(row.path, lambda: read_companion(data, row.path))

    def _settle(self, candidate: Candidate) -> None:
        """Show what a companion's file holds wrong, and that it has no brief."""
        row = self.rows.get(candidate.path)
        if row is None:
            return
        detail = self.fresh.get(row.path)
        owner = self.now.companion(row.slug)
        has_brief = owner is not None and owner.path == row.path and slug_key(row.slug or "") in self.now.briefs
        if has_brief and detail is not None:
            return
        if has_brief or (detail is None and self._had_no_brief(row)):
            self.diagnostics += self.recall(row.path) if row.problems else ()
        else:
            _, found = self._companion_of(row)
            self._keep(row, found or [])
        if not has_brief and row.slug is not None and owner is not None and owner.path == row.path:
            message = f"no brief has the slug {visible(row.slug)}; the companion is not in the graph"
            help = "write the brief's slug, or the brief: kg new"
            self.diagnostics.append(Diagnostic(row.path, row.line, 1, "KG041", message, help))

    def _had_no_brief(self, row: FileRow) -> bool:
        before = self.old.companion(row.slug)
        return before is None or before.path != row.path or slug_key(row.slug or "") not in self.old.briefs


def _detail(article: Article, mapped: Mapped) -> Detail:
    """What is to be remembered of an article, but for its diagnostics."""
    return Detail(
        shared=tuple((node, *rest) for node, rest in mapped.shared.items()),
        places=tuple(mapped.places.items()),
        findings=tuple(check_article(article)),
        facts=facts_of(article),
        material=dumped(material_of(article)),
    )


def _guarded(path: str, step: Callable[[], tuple[T | None, list[Diagnostic]]]) -> tuple[T | None, list[Diagnostic]]:
    """Take a step with one file; a fault of kg itself costs that file alone (KG_DEBUG=1: it is raised).

    Errors: KG099.
    """
    try:
        return step()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in native code is no Exception
        if os.environ.get("KG_DEBUG"):
            raise
        message = f"kg itself is at fault: {type(error).__name__}: {printable(str(error))[:200]}"
        help = "please report it, with the file; KG_DEBUG=1 shows where"
        return None, [Diagnostic(path, 1, 1, "KG099", message, help)]
