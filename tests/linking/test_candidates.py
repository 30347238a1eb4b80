"""The search for pairs in a large garden finds what comparing all pairs finds."""

import numpy as np
import pytest

from kg.linking import candidates as searching
from kg.linking.candidates import candidates
from kg.linking.counting import counted, counted_with_pairs, sparse_cosines, weighted
from kg.linking.scoring import features, learn, scores
from tests.linking.examples import GARDEN


def test_all_pairs_of_different_articles_each_once() -> None:
    space = learn(GARDEN)
    left, right = candidates(space)
    assert len(left) == 10 * 9 // 2 - 5
    assert np.all(left < right)
    assert np.all(space.article_of[left] != space.article_of[right])


def test_the_search_finds_the_strong_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    space = learn(GARDEN)
    whole = set(zip(*candidates(space), strict=True))
    monkeypatch.setattr(searching, "ALL_PAIRS_UP_TO", 0)
    searched = set(zip(*candidates(space), strict=True))
    assert searched <= whole
    strong = {pair for pair in whole if scores(features(space, [pair[0]], [pair[1]]))[0] > 0.3}
    assert strong
    assert strong <= searched


def test_a_claim_keeps_no_more_than_its_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "ALL_PAIRS_UP_TO", 0)
    monkeypatch.setattr(searching, "NEAREST", 1)
    monkeypatch.setattr(searching, "REGIONS_OF_A_CLAIM", 1)
    space = learn(GARDEN)
    assert 0 < len(candidates(space)[0]) <= 2 * len(space.keys)


def test_of_equal_products_the_first_are_taken() -> None:
    products = np.array([0.5, 0.7, 0.5 + 1e-9, 0.7, 0.1])
    assert sorted(searching._largest(products, 3)) == [0, 1, 3]


def test_cosines_are_the_same_pair_by_pair_and_at_once() -> None:
    rows = weighted(counted([["a", "b"], ["b", "c"], ["a", "b", "b"], []])[0])
    left, right = np.triu_indices(4, 1)
    one_by_one = [float(sparse_cosines(rows, left[n : n + 1], right[n : n + 1])[0]) for n in range(len(left))]
    assert np.allclose(sparse_cosines(rows, left, right), one_by_one)


def test_pairs_of_neighbours_are_counted_within_a_text() -> None:
    texts = [["small", "habit"], [], ["habit", "small", "habit"]]
    counts, vocabulary = counted(texts)
    assert vocabulary == {"small": 0, "habit": 1}
    assert counts.toarray().tolist() == [[1, 1], [0, 0], [1, 2]]
    assert counted_with_pairs(texts).toarray().tolist() == [[1, 1, 1, 0], [0, 0, 0, 0], [1, 2, 1, 1]]
