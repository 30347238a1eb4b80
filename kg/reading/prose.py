"""Claims that stand in running text, told apart by their ids, or by semicolons where their number is said."""

import itertools
import re
from dataclasses import dataclass

from kg.diagnostics import Diagnostic
from kg.model import Claim, Text, Thesis
from kg.reading.claims import FoundClaims, claim_id
from kg.reading.markdown import Block, RunningText, running_text
from kg.reading.source import Source

_ID = re.compile(
    r"\(\s*(?:claim[-\u2010\u2011 ]?|C)0*(?P<boxed>\d{1,4})\s*\)"
    r"|(?<![\w-])(?:claim[-\u2010\u2011]|C)0*(?P<open>\d{1,4})(?!\w)(?![\u2013-]\w)(?P<mark>\s*[:\u2014\u2013]\s*|\s+-\s+|\s+\w+s\s+that\s+)"
    r"|\((?P<bare>\d{1,2})\)\s*",
)
_CLAIMS_WORD = re.compile(r"\bclaims?\b", re.IGNORECASE)
_INTRO = re.compile(r"\bclaims?\b[^.;:]*?(?::|\bare(?!\w):?)\s*", re.IGNORECASE)
_TRACE = re.compile(r"\bclaims\s+(?:\w+s?)\s+(?:that\s+)?", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s+(?:\w+\s+)?claims\b[^.;:]*?"
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
_THESIS = re.compile(r"Thesis\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mark:
    number: int
    start: int
    end: int
    boxed: bool


def read_prose(source: Source, blocks: list[Block], section: int, found: FoundClaims) -> Thesis | None:
    """Read the claims that paragraphs or bullets name, and a thesis that is labelled so.

    Shape: the thesis or None; the claims go to `found`, each with the number of the section.
    Errors: KG016 claims told apart by semicolons alone; KG017 claims spoken of that can't be told apart.
    """
    thesis: Thesis | None = None
    before = len(found.claims)
    spoken: RunningText | None = None
    for block in blocks:
        if block.kind == "List":
            _bullets(source, block, section, found)
        if block.kind != "Paragraph":
            continue
        running = running_text([block])
        if thesis is None and (match := _THESIS.match(running.value)) and match.end() < len(running.value):
            thesis = Thesis(running.part(source, match.end()), section)
        if len(found.claims) == before:
            _paragraph(source, running, section, found)
        if spoken is None and _SAYS_COUNT.search(running.value):
            spoken = running
    if len(found.claims) == before and spoken is not None:
        found.diagnostics.append(_cannot_tell(source, spoken))
    return thesis


def _bullets(source: Source, block: Block, section: int, found: FoundClaims) -> None:
    for item in block.children:
        running = running_text([child for child in item.children if child.kind != "List"])
        if head := claim_id(running.value):
            _add(source, found, head[0], running.part(source, head[1]), section)


def _cannot_tell(source: Source, running: RunningText) -> Diagnostic:
    match = _SAYS_COUNT.search(running.value)
    assert match is not None
    message = "the text speaks of claims that can't be told apart"
    help = "write them as bullets with ids under a heading Claims, or number them in the text: (C1), (C2) …"
    return source.problem(running.offset_at(match.start()), "KG017", message, help)


def _paragraph(source: Source, running: RunningText, section: int, found: FoundClaims) -> None:
    marks = _run(running.value)
    if marks:
        for mark, start, end in _clauses(running.value, marks):
            text = running.part(source, start, end)
            _add(source, found, mark.number, text, section)
        return
    if match := _COUNTED.search(running.value):
        clauses = _split_clauses(running.value, match.end())
        if len(clauses) == _count(match["count"]):
            for start, end in clauses:
                found.unnumbered.append((running.part(source, start, end), ()))
            found.number_the_rest(source, section)


def _add(source: Source, found: FoundClaims, number: int, text: Text, section: int) -> None:
    known = len(found.claims)
    found.add(source, number, text, text.location)
    if len(found.claims) > known:
        found.claims[-1] = Claim(number, text, (), section)


def _run(text: str) -> list[_Mark]:
    """The first ids of a text that count 1, 2, 3 …; a mere mention ends no run and begins none."""
    run: list[_Mark] = []
    for match in _ID.finditer(text):
        number = int(match["boxed"] or match["open"] or match["bare"])
        mark = _Mark(number, match.start(), match.end(), match["open"] is None)
        same_kind = not run or (run[0].boxed == mark.boxed)
        if number == len(run) + 1 and same_kind:
            run.append(mark)
    return run if len(run) > 1 or (run and _CLAIMS_WORD.search(text[: run[0].start])) else []


def _clauses(text: str, marks: list[_Mark]) -> list[tuple[_Mark, int, int]]:
    """Each id with the stretch of text that it names: before it where text stands before the first, else behind it."""
    lead = _intro_end(text, marks[0].start)
    trailing = marks[0].boxed and bool(_LEAD.sub("", text[lead : marks[0].start], count=1).strip())
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
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end and text[match.end() : end].strip():
            start = match.end()
    return start


def _pared(text: str, start: int, end: int) -> tuple[int, int]:
    if match := _LEAD.match(text, start, end):
        start = match.end()
    end = len(text[:end].rstrip(" ;,"))
    if tail := _TAIL.search(text, max(start, end - 12), end):
        end = len(text[: tail.start()].rstrip(" ;,"))
    return start, max(start, end)


def _split_clauses(text: str, start: int) -> list[tuple[int, int]]:
    ended = _SENTENCE_END.search(text, start)
    stop = ended.start() if ended else len(text)
    cuts = [start, *(i + 1 for i in range(start, stop) if text[i] == ";"), stop + 1]
    return [_pared(text, a, b - 1) for a, b in itertools.pairwise(cuts)]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 2
