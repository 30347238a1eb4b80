"""Front matter: python-frontmatter's split, with a handler that keeps every value as written and its place."""

import re
from dataclasses import dataclass
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from kg.diagnostics import Diagnostic, Location
from kg.reading.source import Source, escaped_controls
from kg.reading.yaml_composer import Composer
from kg.reading.yaml_errors import BlockError
from kg.reading.yaml_nodes import Node, strings

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_FIRST_KEY = re.compile(r"\n[\w\"']+[ \t]*:")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a brief, and where its Markdown begins."""

    entries: dict[str, tuple[Location, Node]]
    """Each key's place and value."""
    line: int
    """The line of its opening fence."""
    body: int
    """The byte offset of the first line after the front matter."""


class _Handler(YAMLHandler):
    """Splits at the first closing fence, composes without constructing, and notes the places."""

    FM_BOUNDARY = _FENCE

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[BlockError] = []
        self.first_line = 1

    def load(self, fm: str, **kwargs: object) -> Any:
        """The YAML block as a Mapping."""
        return Composer(fm, self.first_line, self.problems).mapping()


def read_front_matter(source: Source) -> tuple[FrontMatter | None, list[Diagnostic]]:
    """Read the YAML between a file's first two ``---`` lines.

    Errors: KG001 to KG004, KG007 to KG009. A key given twice keeps its first value.
    Source: YAML 1.2.2 §3.2.1.1 (keys are unique).
    """
    opening = _FENCE.search(source.text)
    line = source.text.count("\n", 0, opening.start()) + 1 if opening else 1
    if opening is None or source.text[: opening.start()].strip():
        return None, [_no_front_matter(source, opening, line)]
    closing = _FENCE.search(source.text, opening.end())
    if closing is None:
        help = "close it with a line of three hyphens before the first heading"
        return None, [source.problem(Location(line, 1), "KG001", "the front matter never closes", help)]
    handler = _Handler()
    handler.first_line = line
    end = min(closing.end() + 1, len(source.text))
    try:
        # only the block itself: the library would strip the Markdown and so shift its lines
        block = handler.split(source.text[opening.start() : closing.end()])[0]
        mapping = handler.load(block)
    except BlockError as problem:
        return None, [source.problem(problem.location, problem.code, problem.message, problem.help)]
    problems = [source.problem(p.location, p.code, p.message, p.help) for p in handler.problems]
    problems += escaped_controls(source, "\\", strings(mapping))
    return FrontMatter(mapping.entries, line, len(source.text[:end].encode())), problems


def _no_front_matter(source: Source, fence: re.Match[str] | None, line: int) -> Diagnostic:
    if fence and _FIRST_KEY.match(source.text, fence.end()):
        help = "begin the file with this line"
        return source.problem(Location(line, 1), "KG002", "text stands before the front matter", help)
    help = "begin the file with a line of three hyphens, the keys, and a second such line"
    return source.problem(Location(1, 1), "KG002", "the file has no front matter", help)
