"""The figures in a text, as ranges with their units and the words beside them."""

import re
from dataclasses import dataclass

from kg.linking.texts import Stems

_MAGNITUDES = r"hundred|thousand|lakh|million|crore|billion|trillion"
_NUMBER = r"\d+(?:,\d{2,3})*(?:\.\d+)?"
_FIGURE = re.compile(
    rf"(?<!\w)(?<!\w-)(?P<low>{_NUMBER})(?!\w)(?:\s*(?:[-–—]|to)\s*(?P<high>{_NUMBER})(?!\w))?"
    rf"\s*(?P<unit>%|per\s?cent\b|percent\b|(?:{_MAGNITUDES})\b)?",
    re.IGNORECASE,
)
_BESIDE = 40
"""Characters on either side in which the words stand that say what is counted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a range of numbers."""

    written: str
    low: float
    high: float
    unit: str
    """``%``, a magnitude as ``million``, ``year``, or empty."""
    beside: frozenset[str]
    """The stems of the words around it."""

    @property
    def value(self) -> tuple[float, float, str]:
        """What two figures have in common that say the same."""
        return self.low, self.high, self.unit


def figures(text: str, stems: Stems) -> tuple[Figure, ...]:
    """The figures of a text in order; digits within a name (``H2O``, ``GPT-3``) are none.

    >>> [(f.low, f.high, f.unit) for f in figures("In 2024, 4–5 of 1,200 loaves (12.5%)", Stems())]
    [(2024.0, 2024.0, 'year'), (4.0, 5.0, ''), (1200.0, 1200.0, ''), (12.5, 12.5, '%')]
    """
    return tuple(_figure(match, text, stems) for match in _FIGURE.finditer(text))


def _figure(match: re.Match[str], text: str, stems: Stems) -> Figure:
    low = _number(match["low"])
    high = _number(match["high"]) if match["high"] else low
    start, end = match.span()
    around = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    beside = frozenset(stem for part in around for stem in stems(part) if not stem.isdigit())
    return Figure(match[0].strip(), low, high, _unit(match, low), beside)


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def _unit(match: re.Match[str], low: float) -> str:
    unit = (match["unit"] or "").lower()
    if unit.startswith("per"):
        return "%"
    plain_year = not unit and "," not in match["low"] and "." not in match["low"] and 1500 <= low < 2100
    return "year" if plain_year else unit
