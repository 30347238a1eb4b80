"""Words by which an author says that there is nothing to write."""

import re

_NOTHING = re.compile(
    r"(?:none|nothing|n/?a|not applicable|tb[ad]|to be (?:added|decided|determined|done|written)|to-?do|-|\u2013|\u2014"
    r"|\?|\u2026|\.{3})(?: (?:yet|so far|known|at present|for now))?[\s.!]*\Z",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether a text only holds the place of what is to be written, or says that there is none.

    >>> says_nothing("None yet."), says_nothing("TBD"), says_nothing("None of the tides was watched.")
    (True, True, False)
    """
    return _NOTHING.match(text.strip("()[] ")) is not None
