"""Tables of claims: a column of ids, a column of texts, and columns that say more of each claim."""

import re
from dataclasses import dataclass

from kg.model import Text
from kg.reading.claim_ids import claim_id
from kg.reading.claims import FoundClaims, Notes
from kg.reading.markdown import Block, RunningText, running_text
from kg.reading.source import Source

_ID_NAME = re.compile(r"(?:claim )?(?:#|ids?|no\.?|nr\.?|number)|claim", re.IGNORECASE)
_TEXT_NAME = re.compile(r"(?:claims?|statement|assertion|text|wording)", re.IGNORECASE)
_BARE = re.compile(r"#?0*(\d{1,3})\.?")
Row = list[RunningText]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the columns of a table of claims hold."""

    labels: list[str]
    """The header's words; none where the header is a row like any other."""
    ids: int
    """The column of ids."""
    text: int
    """The column of texts."""


def take_table(source: Source, table: Block, found: FoundClaims) -> list[Block] | None:
    """Read a table that has a column of ids as claims; other columns become notes of each.

    Shape: the header, which is no claim, in a list; None where this is no table of claims.
    """
    rows = [[running_text([cell]) for cell in row.children] for row in table.children]
    layout = _layout(rows)
    if layout is None or any(_has_cells_left(source, row) for row in table.children):
        return None
    for row in rows if not layout.labels else rows[1:]:
        number = _number(row[layout.ids].value, bare=True)
        assert number is not None
        at = source.location(row[layout.ids].offset)
        found.add(source, number, row[layout.text].part(source), at, _notes(source, row, layout))
    return [_header(table)] if layout.labels else []


def is_header(block: Block) -> bool:
    """Whether a block is a table's header alone."""
    return block.kind == "Table" and len(block.children) == 1


def _layout(rows: list[Row]) -> _Layout | None:
    """The columns, where a first one holds nothing but ids: with bare numbers, one whose header says so."""
    names = [cell.value for cell in rows[0]]
    if len(names) < 2:
        return None
    for column, name in enumerate(names):
        headed = _number(name, bare=False) is None
        bare = headed and _ID_NAME.fullmatch(name) is not None
        body = rows[1:] if headed else rows
        if body and all(_number(row[column].value, bare) is not None for row in body):
            labels = names if headed else []
            others = [other for other in range(len(names)) if other != column]
            named = [other for other in others if labels and _TEXT_NAME.fullmatch(names[other])]
            return _Layout(labels, column, (named or others)[0])
    return None


def _number(cell: str, bare: bool) -> int | None:
    """The number of the claim id that a cell is."""
    head = claim_id(cell)
    if head is not None:
        return head[0] if head[1] == len(cell) else None
    match = _BARE.fullmatch(cell) if bare else None
    return int(match[1]) if match else None


def _notes(source: Source, row: Row, layout: _Layout) -> Notes:
    found = []
    for column, cell in enumerate(row):
        if (cell.value or cell.links) and column not in (layout.ids, layout.text):
            label = layout.labels[column] if layout.labels else ""
            part = cell.part(source)
            found.append(
                Text(f"{label}: {part.value}" if label and part.value else part.value, part.location, part.links)
            )
    return tuple(found)


def _has_cells_left(source: Source, row: Block) -> bool:
    """Whether a row has more cells than the header, which the parser leaves out."""
    return bool(row.children and source.data[row.children[-1].end : row.end].strip(b"| \t\n"))


def _header(table: Block) -> Block:
    return Block("Table", table.start, table.children[1].start, children=table.children[:1])
