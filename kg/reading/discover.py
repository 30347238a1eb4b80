"""Finding the briefs of a garden. Symbolic links are never followed."""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pathspec

from kg.diagnostics import Diagnostic, path_text
from kg.ownership import is_store

_MARK = b"agent-brief:"
_ID_LINE = re.compile(rb"^[ \t]*[\"']?id[\"']?[ \t]*:[ \t]*[\"']?agent-brief:", re.MULTILINE)
_HEAD = 64 * 1024
_MEND = "mend its permissions"
BRIEF = "agent.md"
"""What a brief is called, unless it says in its front matter that it is one."""
COMPANION = "artifact.json"
"""What the companion of a brief is called."""
SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a brief."""

    path: str
    """Relative to the garden, with ``/``; bytes that are not UTF-8 as escapes."""
    file: str
    """Where it can be opened."""
    stamp: tuple[int, int, int, int] | None
    """Size, times of change in nanoseconds, inode; None where it can't be reached."""
    certain: bool
    """Whether it is a brief whatever it holds: named outright, or called agent.md."""


def discover(root: Path, paths: Iterable[Path], include: tuple[str, ...]) -> tuple[list[Candidate], list[Diagnostic]]:
    """The files under `paths` that may be briefs, sorted by path; folders that start with a dot, and kg's stores, are
    passed over.

    Errors: KG006 a folder that can't be read; KG023 a symbolic link that is not followed;
    KG033 settings that are not read.
    """
    finder = _Finder(root, include)
    for path in paths:
        if os.path.isdir(path):
            finder.folder(str(path))
        else:
            finder.named(path)
    return sorted(finder.found.values(), key=lambda c: c.path), sorted(finder.problems, key=lambda d: d.sort_key)


def includes(patterns: tuple[str, ...], path: str) -> bool:
    """Whether ``include`` in kg.toml takes in a file, named relative to it."""
    return pathspec.GitIgnoreSpec.from_lines(patterns).match_file(path)


def is_pattern(pattern: str) -> bool:
    """Whether ``include`` in kg.toml can hold a pattern."""
    try:
        includes((pattern,), "a/agent.md")
    except (ValueError, re.error):
        return False
    return True


def is_companion(path: str) -> bool:
    """Whether a file is a brief's companion, by its name."""
    return path.rpartition("/")[2] == COMPANION


def is_brief(data: bytes) -> bool:
    """Whether a file holds the mark of a brief before its front matter closes, or as an id where none opens."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return _MARK in _front(head) if head.startswith(b"---") else bool(_ID_LINE.search(head))


def _front(head: bytes) -> bytes:
    lines = head.split(b"\n")
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == b"---":
            return b"\n".join(lines[:number])
    return head


class _Finder:
    def __init__(self, root: Path, include: tuple[str, ...]) -> None:
        self.root = str(root)
        self.start = self.root.rstrip(os.sep) + os.sep
        self.spec = pathspec.GitIgnoreSpec.from_lines(include) if include else None
        self.found: dict[str, Candidate] = {}
        self.problems: list[Diagnostic] = []

    def _relative(self, file: str) -> str:
        relative = file[len(self.start) :] if file.startswith(self.start) else os.path.relpath(file, self.root)
        return path_text(relative).replace(os.sep, "/")

    def named(self, path: Path) -> None:
        """A file named outright, whatever it is called."""
        relative = self._relative(str(path))
        self.found[relative] = Candidate(relative, str(path), _stamp(str(path)), True)

    def folder(self, folder: str) -> None:
        """All below a folder."""
        pending = [folder]
        while pending:
            current = pending.pop()
            try:
                entries = list(os.scandir(current))
            except (FileNotFoundError, NotADirectoryError):
                continue  # deleted meanwhile
            except OSError as error:
                help = (
                    _MEND if isinstance(error, PermissionError) else "see that it can be opened, or move it elsewhere"
                )
                self._problem(current, "KG006", f"the folder can't be read: {error.strerror}", help)
                continue
            if any(entry.name == "lock" for entry in entries) and is_store(current):
                continue
            pending.extend(self._entries(entries))

    def _entries(self, entries: list[os.DirEntry[str]]) -> Iterator[str]:
        for entry in entries:
            if entry.name.startswith(".") or entry.name in SKIPPED:
                continue
            if entry.is_symlink():
                self._link(entry)
            elif entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif entry.name.endswith((".md", ".txt")) or entry.name == COMPANION:
                self._file(entry)
            elif entry.name == "kg.toml" and self._relative(entry.path) != entry.name:
                help = "build its folder alone, or move its settings into the garden's own kg.toml"
                message = "this kg.toml is not read, for it lies inside the garden"
                self._problem(entry.path, "KG033", message, help)

    def _file(self, entry: os.DirEntry[str]) -> None:
        relative = self._relative(entry.path)
        if self._included(relative):
            certain = entry.name in (BRIEF, COMPANION)
            self.found.setdefault(relative, Candidate(relative, entry.path, _stamp(entry.path), certain))

    def _included(self, relative: str) -> bool:
        """Whether the patterns let a file in; a companion goes with the brief beside it."""
        if self.spec is None or self.spec.match_file(relative):
            return True
        folder = relative.removesuffix(COMPANION)
        return is_companion(relative) and self.spec.match_file(folder + BRIEF)

    def _link(self, entry: os.DirEntry[str]) -> None:
        if not os.path.exists(entry.path):
            self._problem(entry.path, "KG023", "the symbolic link leads nowhere", "mend or delete it")
        elif os.path.isdir(entry.path) or entry.name.endswith((".md", ".txt")):
            help = "name its target on the command line, or move the files into the garden"
            self._problem(entry.path, "KG023", "the symbolic link is not followed", help)

    def _problem(self, file: str, code: str, message: str, help: str) -> None:
        self.problems.append(Diagnostic(self._relative(file), 1, 1, code, message, help))


def _stamp(file: str) -> tuple[int, int, int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class NotAFileError(OSError):
    """A pipe, a socket or a device stands where a file is expected: reading it may never end."""


_KINDS = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


def read_file(file: str) -> bytes:
    """The bytes of a regular file.

    Errors: OSError where it can't be read; NotAFileError where it is of another kind.
    """
    kind = stat.S_IFMT(os.stat(file).st_mode)
    if kind != stat.S_IFREG:
        raise NotAFileError(errno.EINVAL, _KINDS.get(kind, "something else"))
    with open(file, "rb") as opened:
        return opened.read()


def unreadable(path: str, error: OSError) -> Diagnostic:
    """KG006 for a file."""
    if isinstance(error, NotAFileError):
        message = f"it is {error.strerror}, not a file"
        return Diagnostic(path, 1, 1, "KG006", message, "take it out of the garden, or save its text as a file")
    mend = f"{_MEND}; until then" if isinstance(error, PermissionError) else "until it can be read"
    help = f"{mend} its last graph is kept, if it was built before"
    return Diagnostic(path, 1, 1, "KG006", f"the file can't be read: {error.strerror}", help)
