"""Scores: near for what says the same, whatever the order of files and of the two claims."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from kg.linking.links import linker
from kg.linking.material import LinkedArticle, LinkedClaim
from kg.linking.scoring import DECIMALS, FEATURES, features, learn, scores
from tests.linking.examples import BREAD, GARDEN, article, key


def test_a_restated_claim_is_nearer_than_any_other() -> None:
    found = linker(GARDEN)
    restated = found.pair(key("cold-proof"), key("slow-bread")).score
    others = [
        found.pair(key("cold-proof"), key(slug, number)).score for slug in ("wheels", "tyres") for number in (1, 2)
    ]
    assert restated > 2 * max(others)


def test_a_score_is_the_mean_of_its_features() -> None:
    link = linker(GARDEN).pair(key("cold-proof"), key("slow-bread"))
    assert len(link.features) == len(FEATURES)
    assert link.score == round(sum(link.features) / len(FEATURES), DECIMALS)


def test_the_order_of_files_and_of_the_two_claims_does_not_matter() -> None:
    first = linker(GARDEN)
    for shuffled in itertools.islice(itertools.permutations(GARDEN), 0, 120, 17):
        assert linker(shuffled).links() == first.links()
    pair = key("cold-proof"), key("slow-bread")
    assert first.pair(*pair) == first.pair(*reversed(pair))


def test_features_lie_between_0_and_1_and_are_rounded() -> None:
    space = learn(GARDEN)
    left, right = np.triu_indices(len(space.keys), 1)
    found = features(space, left, right)
    assert found.min() >= 0
    assert found.max() <= 1
    assert np.array_equal(found, np.round(found, DECIMALS))
    assert np.array_equal(scores(found), np.round(scores(found), DECIMALS))


def test_what_machines_add_differently_is_rounded_away() -> None:
    space = learn(GARDEN)
    noise = np.random.RandomState(1).random_sample(space.meaning.shape) * 1e-12
    left, right = np.triu_indices(len(space.keys), 1)
    other = replace(space, meaning=space.meaning + noise, meaning_in_context=space.meaning_in_context - noise)
    assert np.array_equal(features(other, left, right), features(space, left, right))


def test_evidence_that_two_claims_share_brings_them_nearer() -> None:
    quoted = "The panel tasted forty loaves blind and named the cold ones by their acids."
    plain = linker([*GARDEN[2:], article("a", BREAD), article("b", "Tasters can tell a slow loaf.")])
    backed = linker(
        [
            *GARDEN[2:],
            LinkedArticle("a", (LinkedClaim("claim-001", BREAD, evidence=(quoted,)),)),
            LinkedArticle("b", (LinkedClaim("claim-001", "Tasters can tell a slow loaf.", evidence=(quoted,)),)),
        ]
    )
    assert backed.pair(key("a"), key("b")).score > plain.pair(key("a"), key("b")).score


def test_the_body_of_an_article_teaches_what_its_words_mean() -> None:
    pair = article("a", "Leaven needs feeding."), article("b", "Starter wants flour daily.")
    body = "Leaven is starter. Feed the leaven flour daily: a starter, or leaven, wants feeding with flour. "
    without = linker([*pair, *GARDEN]).pair(key("a"), key("b"))
    taught = linker([*pair, article("c", "Bakers keep jars.", body=body * 3), *GARDEN]).pair(key("a"), key("b"))
    meaning = FEATURES.index("meaning")
    assert taught.features[meaning] > without.features[meaning]


@pytest.mark.parametrize(
    "garden",
    [
        [],
        [article("alone")],
        [article("alone", "One claim.")],
        [article("a", "Same."), article("b", "Same.")],
        [article("a", ""), article("b", "")],
        [article("a", "…"), article("b", "Words.")],
        [article("a", "注意力"), article("b", "ध्यान")],
    ],
)
def test_gardens_too_small_to_learn_from_have_links_all_the_same(garden: list[LinkedArticle]) -> None:
    for link in linker(garden).links():
        assert link.duplicate


def test_a_claim_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        linker(GARDEN).pair(key("cold-proof"), key("nowhere"))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        linker(GARDEN, language="klingon")
