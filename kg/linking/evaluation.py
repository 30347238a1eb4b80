"""How well scores find the pairs that people have labelled."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.linking.counting import Floats, Indices
from kg.linking.material import Key

UNLINKED = "none"
SAME = "same"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two claims and what they are to each other: same, supports, contradicts, related or none."""

    first: Key
    second: Key
    label: str
    within_series: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures of one set of pairs, from 0 to 1; None where the set can't tell."""

    pairs: int
    linked: int
    """Pairs with any label but none."""
    same: int
    average_precision: float | None
    """Of linked pairs."""
    average_precision_same: float | None
    best_f1: float | None
    precision_at_50: float | None
    precision_at_100: float | None
    recall_at_precision_90: float | None


def evaluate(pairs: Sequence[LabelledPair], scores: Sequence[float]) -> Evaluation:
    """All pairs by score; pairs of equal score count together, so that their order in the file doesn't matter."""
    linked = np.array([pair.label != UNLINKED for pair in pairs], dtype=bool)
    same = np.array([pair.label == SAME for pair in pairs], dtype=bool)
    values = np.asarray(scores, dtype=np.float64)
    found, precision, recall = _curve(linked, values)
    return Evaluation(
        len(pairs),
        int(linked.sum()),
        int(same.sum()),
        average_precision(linked, values),
        average_precision(same, values),
        float(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-12))) if linked.any() else None,
        _precision_at(50, found, precision),
        _precision_at(100, found, precision),
        float(np.max(recall[precision >= 0.9], initial=0)) if linked.any() else None,
    )


def apart(pairs: Sequence[LabelledPair], scores: Sequence[float]) -> dict[str, Evaluation]:
    """The same for all pairs, for those within one series and for those across."""
    inside = [row for row, pair in enumerate(pairs) if pair.within_series]
    across = [row for row, pair in enumerate(pairs) if not pair.within_series]
    rows = {"all": range(len(pairs)), "within series": inside, "across series": across}
    return {name: evaluate([pairs[row] for row in part], [scores[row] for row in part]) for name, part in rows.items()}


def average_precision(positive: np.ndarray, values: Floats) -> float | None:
    """The mean of the precision over the recall that each score adds; None without a positive pair."""
    if not positive.any():
        return None
    _, precision, recall = _curve(positive, values)
    return float(np.sum(precision * np.diff(recall, prepend=0)))


def _curve(positive: np.ndarray, values: Floats) -> tuple[Indices, Floats, Floats]:
    """Number of pairs, precision and recall at each score, the highest first."""
    order = np.argsort(-values, kind="stable")
    ends = np.flatnonzero(np.diff(values[order], append=-np.inf))
    hits = np.cumsum(positive[order])[ends]
    return ends + 1, hits / (ends + 1), hits / max(1, int(positive.sum()))


def _precision_at(number: int, found: Indices, precision: Floats) -> float | None:
    """At the first score that brings at least this many pairs."""
    reached = np.flatnonzero(found >= number)
    return float(precision[reached[0]]) if len(reached) else None
