"""The search for pairs in a large garden finds what comparing all pairs finds."""

import numpy as np
import pytest

from kg.linking import candidates as searching
from kg.linking.candidates import by_rare_terms, candidates
from kg.linking.counting import count, sparse_cosines, weighted
from kg.linking.scoring import features, learn, scores
from tests.linking.examples import GARDEN


def test_all_pairs_of_different_articles_each_once() -> None:
    space = learn(GARDEN)
    left, right = candidates(space)
    assert len(left) == 10 * 9 // 2 - 5
    assert np.all(left < right)
    assert np.all(space.article_of[left] != space.article_of[right])


def test_the_search_finds_the_strong_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "ALL_PAIRS_UP_TO", 0)
    monkeypatch.setattr(searching, "RARE_SHARE", 0.4)
    space = learn(GARDEN)
    left, right = np.triu_indices(len(space.keys), 1)
    strong = {
        (a, b)
        for a, b, score in zip(left, right, scores(features(space, left, right)), strict=True)
        if score > 0.3 and space.article_of[a] != space.article_of[b]
    }
    assert strong
    assert strong <= set(zip(*candidates(space), strict=True))


def test_a_claim_keeps_no_more_than_its_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "RARE_SHARE", 1)
    space = learn(GARDEN)
    whole = len(by_rare_terms(space)[0])
    monkeypatch.setattr(searching, "NEAREST", 1)
    assert len(by_rare_terms(space)[0]) <= len(space.keys) < whole


def test_cosines_are_the_same_pair_by_pair_and_at_once() -> None:
    rows = weighted(count([["a", "b"], ["b", "c"], ["a", "b", "b"], []])[0])
    left, right = np.triu_indices(4, 1)
    one_by_one = [float(sparse_cosines(rows, left[n : n + 1], right[n : n + 1])[0]) for n in range(len(left))]
    assert np.allclose(sparse_cosines(rows, left, right), one_by_one)
