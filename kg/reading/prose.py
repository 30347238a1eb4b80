"""Claims that stand in running text, told apart by their ids, or by semicolons where their number is said."""

import itertools
import re
from dataclasses import dataclass

from kg.diagnostics import Diagnostic
from kg.model import Thesis
from kg.reading.claim_ids import claim_id
from kg.reading.claims import FoundClaims, line_starts
from kg.reading.markdown import Block, RunningText, running_text
from kg.reading.source import Source

_ID = re.compile(
    r"\(\s*(?:claim[-\u2010\u2011 ]?|C)0*(?P<boxed>\d{1,4})\s*\)"
    r"|(?<![\w-])(?:claim[-\u2010\u2011]|C)0*(?P<open>\d{1,4})(?!\w)(?![\u2013-]\w)(?P<mark>\s*[:\u2014\u2013]\s*|\s+-\s+|\s+\w+s\s+that\s+)"
    r"|\((?P<bare>\d{1,2})\)\s*",
)
_CLAIMS_WORD = re.compile(r"\bclaims?\b", re.IGNORECASE)
_INTRO = re.compile(r"\bclaims?\b[^.;:]{0,400}?(?::|\bare(?!\w):?)\s*", re.IGNORECASE)
_TRACE = re.compile(r"\bclaims\s+(?:\w+s?)\s+(?:that\s+)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+(?:\w+\s+)?claims\b[^.;:]{0,400}?"
    r"(?::|\bare:?(?!\w))\s*",
    re.IGNORECASE,
)
_SAYS_COUNT = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+(?:\w+\s+)?claims\b", re.IGNORECASE
)
_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SENTENCE_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bal)(?<!\bvs)[.!?][\"\u201d')\]]?(?=\s+[A-Z\u00c0-\u00de\"\u201c(`]|\s*\Z)"
)
_LEAD = re.compile(r"[\s;,.:]*(?:(?:and|but|while|finally)\s+(?:that\s+)?)?", re.IGNORECASE)
_TAIL = re.compile(r"[;,]\s*(?:and|but|while|finally)\Z", re.IGNORECASE)
_NEXT = re.compile(r"(?:[;,.:]|\band)\s*\Z", re.IGNORECASE)
_THESIS = re.compile(r"Thesis\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    start: int
    end: int
    kind: str

    def alike(self, other: "_Mark") -> bool:
        """Whether both stand in brackets, or both don't."""
        return (self.kind == "open") == (other.kind == "open")


def read_prose(source: Source, blocks: list[Block], section: int, found: FoundClaims) -> Thesis | None:
    """Read the claims that paragraphs or bullets name, and a thesis that is labelled so.

    Shape: the thesis or None; the claims go to `found`, each with the number of the section.
    Errors: KG016 claims told apart by semicolons alone; KG017 claims spoken of that can't be told apart.
    """
    thesis: Thesis | None = None
    before = len(found.claims)
    spoken: tuple[RunningText, int] | None = None
    for block in blocks:
        if block.kind == "List":
            _bullets(source, block, section, found)
        if block.kind != "Paragraph":
            continue
        running = running_text([block])
        begun = _paragraph(source, running, section, found) if len(found.claims) == before else None
        if thesis is None:
            thesis = _thesis(source, running, section, begun)
        if spoken is None and (at := _unread(running.value)) is not None:
            spoken = running, at
    if len(found.claims) == before and spoken is not None:
        found.diagnostics.append(_cannot_tell(source, *spoken))
    return thesis


def _thesis(source: Source, running: RunningText, section: int, claims: int | None) -> Thesis | None:
    """What is labelled as the thesis, as far as the sentence or line in which the claims begin."""
    match = _THESIS.match(running.value)
    if match is None or match.end() == len(running.value):
        return None
    end = len(running.value)
    if claims is not None:
        ends = [m.end() for m in _SENTENCE_END.finditer(running.value, match.end(), claims)]
        ends += [start for start in line_starts(source, running) if match.end() < start <= claims]
        end = max(ends, default=end)
    return Thesis(running.part(source, match.end(), end), section)


def _bullets(source: Source, block: Block, section: int, found: FoundClaims) -> None:
    for item in block.children:
        running = running_text([child for child in item.children if child.kind != "List"])
        if head := claim_id(running.value):
            at = source.location(running.offset)
            found.add(source, head[0], running.part(source, head[1]), at, section=section)


def _unread(text: str) -> int | None:
    """Where a text speaks of claims that can't be told apart: by their number, or by ids that don't count 1, 2, 3."""
    if match := _SAYS_COUNT.search(text):
        return match.start()
    return next((mark.start for mark in _strays(text)), None)


def _cannot_tell(source: Source, running: RunningText, index: int) -> Diagnostic:
    message = "the text speaks of claims that can't be told apart"
    help = "write them as bullets with ids under a heading Claims, or number them in the text: (C1), (C2) …"
    return source.problem(running.offset_at(index), "KG017", message, help)


def _paragraph(source: Source, running: RunningText, section: int, found: FoundClaims) -> int | None:
    """Read the claims of a paragraph; return where they begin."""
    marks = _run(running.value)
    if marks and not _strays(running.value):
        clauses = _clauses(running.value, marks)
        for mark, start, end in clauses:
            at = source.location(running.offset_at(mark.start))
            found.add(source, mark.number, running.part(source, start, end), at, section=section)
        return min(marks[0].start, clauses[0][1])
    if match := _COUNTED.search(running.value):
        clauses_only = _split_clauses(running.value, match.end())
        if len(clauses_only) == _count(match["count"]):
            for start, end in clauses_only:
                found.unnumbered.append((running.part(source, start, end), ()))
            found.number_the_rest(source, section)
            return match.start()
    return None


def _marks(text: str) -> list[_Mark]:
    """All ids in a text."""
    found = []
    for match in _ID.finditer(text):
        number = int(match["boxed"] or match["open"] or match["bare"])
        kind = next(kind for kind in ("boxed", "open", "bare") if match[kind])
        found.append(_Mark(number, match.start(), match.end(), kind))
    return found


def _run(text: str) -> list[_Mark]:
    """The first ids of a text that count 1, 2, 3 …; a mere mention ends no run and begins none."""
    run: list[_Mark] = []
    for mark in _marks(text):
        if mark.number == len(run) + 1 and (not run or mark.alike(run[0])):
            run.append(mark)
    return run if len(run) > 1 or (run and _CLAIMS_WORD.search(text[: run[0].start])) else []


def _strays(text: str) -> list[_Mark]:
    """The ids among several that the run leaves out: those out of order, or behind a gap."""
    marks, run = _marks(text), _run(text)
    kind = run[0] if run else next((mark for mark in marks if mark.kind != "bare"), None)
    alike = [mark for mark in marks if kind and mark.alike(kind)]
    numbers = {mark.number for mark in alike}
    if len(numbers) < 2:
        return []
    highest = len(numbers) + 1 if kind and kind.kind == "bare" else max(numbers)  # (30) need be no id
    return [mark for mark in alike if len(run) < mark.number <= highest]


def holds_run(text: str) -> bool:
    """Whether a text begins with an id and goes on to further ones, each behind a mark or the word and.

    >>> holds_run("(C1) rye keeps; (C2) salt slows."), holds_run("(C1) rests on (C2).")
    (True, False)
    """
    marks = sorted([*_run(text), *_strays(text)], key=lambda mark: mark.start)
    return (
        len(marks) > 1
        and not text[: marks[0].start]
        and all(_NEXT.search(text, before.end, mark.start) for before, mark in itertools.pairwise(marks))
    )


def _clauses(text: str, marks: list[_Mark]) -> list[tuple[_Mark, int, int]]:
    """Each id with the stretch of text that it names: before it where text stands before the first, else behind it."""
    lead = _intro_end(text, marks[0].start)
    trailing = marks[0].kind != "open" and _stand_behind(text, lead, marks)
    clauses = []
    for index, mark in enumerate(marks):
        if trailing:
            start = marks[index - 1].end if index else lead
            start, end = _last_sentence(text, start, mark.start), mark.start
        else:
            start = mark.end
            limit = marks[index + 1].start if index + 1 < len(marks) else len(text)
            ended = _SENTENCE_END.search(text, start, limit)
            end = ended.start() if ended and (index + 1 == len(marks) or ended.end() < limit - 1) else limit
        start, end = _pared(text, start, end)
        clauses.append((mark, start, end))
    return clauses


def _stand_behind(text: str, lead: int, marks: list[_Mark]) -> bool:
    """Whether ids stand behind their claims: words stand before the first, and no whole sentence that others follow."""
    before, after = text[lead : marks[0].start].rstrip(), text[marks[-1].end :]
    whole = before.endswith((".", "!", "?")) and re.search(r"\w", after)
    return bool(_LEAD.sub("", before, count=1)) and not whole


def _intro_end(text: str, first: int) -> int:
    """Where the words that announce the claims end."""
    intro = [match for match in _INTRO.finditer(text, 0, first) if match.end() <= first]
    sentence = _last_sentence(text, 0, first)
    if intro and intro[-1].end() >= sentence:
        return intro[-1].end()
    if match := _TRACE.search(text, sentence, first):
        return match.end()
    return sentence


def _last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence before an index begins."""
    words_end = start + len(text[start:end].rstrip())
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < words_end:
            start = match.end()
    return start


def _pared(text: str, start: int, end: int) -> tuple[int, int]:
    if match := _LEAD.match(text, start, end):
        start = match.end()
    end = start + len(text[start:end].rstrip(" ;,"))
    if tail := _TAIL.search(text, max(start, end - 12), end):
        end = start + len(text[start : tail.start()].rstrip(" ;,"))
    return start, end


def _split_clauses(text: str, start: int) -> list[tuple[int, int]]:
    ended = _SENTENCE_END.search(text, start)
    stop = ended.start() if ended else len(text)
    cuts = [start, *(i + 1 for i in range(start, stop) if text[i] == ";"), stop + 1]
    return [_pared(text, a, b - 1) for a, b in itertools.pairwise(cuts)]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 2
