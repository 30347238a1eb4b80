"""Reading takes time in proportion to a file's length, whatever is in it."""

import gc
import time

import pytest

from kg.reading import read_brief
from tests.properties.test_laws import front

_SECTIONS = {
    "thesis": "## Thesis\n\n{}\n",
    "claim": "## Claims\n\n- `claim-001`: {}\n",
    "family": "## Source Families\n\n- Kind: {}\n",
    "bare family": "## Source Families\n\n- {}\n",
    "section": "## Notes\n\n{}\n",
    "prose": "{}\n",
}
_REPEATED = {
    "family": [
        *("Smith, ", "a (b), ", "*a*; ", "b of c, ", '"a", ', "A (2001), ", "A et al., ", "*T*, ", "(", "\u201ca "),
        *("a,", "[a](u), ", "\u00a0", "and A, ", "\u00c9, "),
    ],
    "bare family": ["(is) ", "(a: b) ", "*a* is "],
    "thesis": ["a  ", "\u00e9\t", "[a](u) ", "<a ", "&amp;", "`", "[", "*a_", "<?", "<![CDATA[", "\n<!-- x -->\na"],
    "claim": [" )", "\u00a0", "claim-001 ", "[a](", "(C1) "],
    "section": ["a <!-- x --> ", "<b>a</b> ", "\n\n## Claims\n\n", "\n\n## Audience\n\n- a\n", "\n\n[r]\n\n[r]: u\n\n"],
    "prose": ["three claims ", "(C1) a. ", "a. ", "C1: a; ", "claims are "],
}
_CASES = [(section, words) for section, repeated in _REPEATED.items() for words in repeated]
_ENOUGH = 0.05  # seconds of computing, so that the clock's grain and the start don't matter
_LONGEST = 1_500_000


def _seconds(section: str, words: str, times: int) -> float:
    """Seconds of computing, without the collector: how long that takes is told by all that other tests left behind."""
    data = (front() + _SECTIONS[section].format(words * times)).encode()
    gc.collect()
    gc.disable()  # as a build does
    try:
        start = time.process_time()
        read_brief(data, "x.md")
        return time.process_time() - start
    finally:
        gc.enable()


def _least(section: str, words: str, times: int) -> float:
    return min(_seconds(section, words, times) for _ in range(3))


@pytest.mark.parametrize(("section", "words"), _CASES, ids=[f"{s}-{w.strip()}" for s, w in _CASES])
def test_four_times_the_text_takes_no_sixteen_times_the_time(section: str, words: str) -> None:
    times = 250
    while _seconds(section, words, times) < _ENOUGH and times * len(words) < _LONGEST:
        times *= 2
    # in proportion the ratio is 4, by squares 16; the least of some runs is what no other program disturbed
    ratios = (_least(section, words, 4 * times) / _least(section, words, times) for _ in range(3))
    assert any(ratio < 9 for ratio in ratios)
