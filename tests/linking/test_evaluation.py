"""Measures over labelled pairs, against numbers worked out by hand."""

import numpy as np
import pytest

from kg.linking.evaluation import LabelledPair, apart, average_precision, evaluate
from tests.linking.examples import key


def _pairs(*labels: str) -> list[LabelledPair]:
    return [LabelledPair(key(f"a-{n}"), key(f"b-{n}"), label, n % 2 == 0) for n, label in enumerate(labels)]


def test_the_measures_of_five_pairs() -> None:
    found = evaluate(_pairs("same", "none", "related", "none", "contradicts"), [0.9, 0.8, 0.7, 0.6, 0.5])
    assert (found.pairs, found.linked, found.same) == (5, 3, 1)
    assert found.average_precision == pytest.approx((1 / 1 + 2 / 3 + 3 / 5) / 3)
    assert found.average_precision_same == 1
    assert found.best_f1 == pytest.approx(2 * (3 / 5) / (3 / 5 + 1))
    assert found.precision_at_50 is None
    assert found.recall_at_precision_90 == pytest.approx(1 / 3)


def test_pairs_of_one_score_count_together() -> None:
    one = evaluate(_pairs("same", "none"), [0.5, 0.5])
    other = evaluate(_pairs("none", "same"), [0.5, 0.5])
    assert one.average_precision == other.average_precision == 0.5


def test_precision_at_a_number_of_pairs() -> None:
    labels = ["same"] * 40 + ["none"] * 80
    found = evaluate(_pairs(*labels), [1 - n / 1000 for n in range(120)])
    assert found.precision_at_50 == 0.8
    assert found.precision_at_100 == 0.4


def test_pairs_within_and_across_series_are_measured_apart() -> None:
    found = apart(_pairs("same", "none", "none", "related"), [0.9, 0.8, 0.7, 0.6])
    assert [(name, part.pairs, part.linked) for name, part in found.items()] == [
        ("all", 4, 2),
        ("within series", 2, 1),
        ("across series", 2, 1),
    ]
    assert found["across series"].average_precision == 0.5


def test_a_set_without_linked_pairs_has_no_average_precision() -> None:
    found = evaluate(_pairs("none"), [0.1])
    assert found.average_precision is None
    assert found.best_f1 is None
    assert evaluate([], []).pairs == 0


def test_average_precision_of_a_perfect_order_is_1() -> None:
    assert average_precision(np.array([True, True, False]), np.array([3.0, 2.0, 1.0])) == 1
