"""The ids of claims as people write them: before a claim, behind it, and in running text."""

import re

_WORD = "(?:claim(?:\\s?#|\\s(?:no|nr|number)\\.?\\s|[-\u2010\u2011\u2013_ :.])?)"
_MARK = "(?::|[\u2013\u2014\u2192|;]|[-=]>|[-.,](?=\\s|\\Z))"
_SEVERAL = "[-\u2010\u2011\u2013]\\d|\\s*(?:,|&|/|and|or|to)\\s*claim"
"""What goes on to a second id: ``claim-001–003``, ``claim-001 and claim-002``."""
_LEADING = re.compile(
    rf"(?:\[[ x]\]\s+)?(?:[\[(]?{_WORD}0*(?P<word>\d{{1,6}})(?!\w|\.\w|{_SEVERAL})[\])]?\s*{_MARK}?\s*"
    rf"|[\[(]C0*(?P<boxed>\d{{1,6}})[\])]\s*{_MARK}?\s*"
    r"|C0*(?P<letter>\d{1,6})\s*(?::|[\u2013\u2014]|[-.)](?=\s|\Z))\s*"
    r"|\((?P<bare>\d{1,3})\)\s*:?\s*)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf"(?<!\s)\s*[\[(]\s*(?:{_WORD}|C)0*(?P<boxed>\d{{1,6}})\s*[\])]\s*(?P<stop>\.?)\Z"
    r"|(?:(?<=[.!?])|(?<!\s)\s*[-\u2013\u2014])\s+claim[-\u2010\u2011]0*(?P<open>\d{1,6})\s*\.?\Z",
    re.IGNORECASE,
)
_BOXED = re.compile(rf"[\[(]\s*(?:{_WORD}|C)0*\d{{1,6}}\s*[\])]", re.IGNORECASE)
MENTION = re.compile(r"(?<![\w-])claim[-\u2010\u2011]0*(\d{1,6})(?!\w)", re.IGNORECASE)
"""A claim named in running text."""


def claim_id(text: str, start: int = 0) -> tuple[int, int] | None:
    """The number of a claim id that text begins with (at an index), and the index where the claim's words begin.

    ``claim-1``, ``C1:`` and ``claim-001`` are one id; ``C4 plants`` is none.

    >>> claim_id("claim-001: Salt slows yeast."), claim_id("C4 plants thrive."), claim_id("(2) Rye keeps.")
    ((1, 11), None, (2, 4))
    """
    match = _LEADING.match(text, start)
    return (int(next(number for number in match.groups() if number)), match.end()) if match else None


def trailing_id(text: str) -> tuple[int, int, str] | None:
    """The number of a claim id that text ends with, the index where the claim's words end, and their full stop.

    >>> trailing_id("Salt slows yeast (C2)."), trailing_id("It rests on claim-002.")
    ((2, 16, '.'), None)
    """
    match = _TRAILING.search(text)
    return (int(match["boxed"] or match["open"]), match.start(), match["stop"] or "") if match else None


def only_trailing_id(text: str) -> bool:
    """Whether text ends with a claim's id in brackets and holds no other.

    >>> only_trailing_id("Rye keeps (C1)."), only_trailing_id("Rye keeps (C1); salt slows (C2).")
    (True, False)
    """
    return trailing_id(text) is not None and len(_BOXED.findall(text)) == 1


def claims_named(text: str) -> tuple[int, ...]:
    """The numbers of the claims that running text names as ``claim-…``, each once, in order.

    >>> claims_named("What would weaken claim-004, or claim-2?")
    (4, 2)
    """
    if "laim" not in text and "LAIM" not in text:
        return ()
    return tuple(dict.fromkeys(int(number) for number in MENTION.findall(text)))
