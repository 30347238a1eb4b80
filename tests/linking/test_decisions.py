"""What people decided about pairs of claims: kept whatever links come, told where claims changed, as triples."""

from dataclasses import replace
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.linking.bands import Band, Bands
from kg.linking.clusters import clusters
from kg.linking.decision_quads import decision_lines
from kg.linking.decisions import Decision, Relation, apply, looks, ordered
from kg.linking.links import ClaimLink
from kg.linking.material import Key
from tests.linking.examples import key

KEYS = [key(slug, number) for slug in "abcd" for number in (1, 2)]
_PAIRS = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1])


def _link(one: Key, other: Key, score: float = 0.1) -> ClaimLink:
    first, second = sorted((one, other))
    return ClaimLink(first, second, score, Bands().band(score), (score,), False, ())


def _decision(one: Key, other: Key, relation: Relation = Relation.SAME, rejected: bool = False) -> Decision:
    return ordered(Decision(one, other, relation, rejected))


DECISIONS = st.lists(
    st.builds(lambda pair, *rest: _decision(*pair, *rest), _PAIRS, st.sampled_from(Relation), st.booleans()),
    unique_by=lambda decision: decision.pair,
)
LINKS = st.lists(
    st.builds(
        lambda pair, score: _link(pair[0], pair[1], score), _PAIRS.filter(lambda p: p[0][0] != p[1][0]), st.floats(0, 1)
    ),
    unique_by=lambda link: (link.first, link.second),
)


@given(LINKS, DECISIONS, st.randoms())
def test_a_rejected_pair_stays_away_and_an_accepted_one_is_there(
    links: list[ClaimLink], decisions: list[Decision], random: Random
) -> None:
    found = apply(links, decisions, KEYS, _link)
    pairs = [(link.first, link.second) for link in found]
    rejected = {each.pair for each in decisions if each.rejected}
    accepted = {d.pair for d in decisions if not d.rejected and d.first.article != d.second.article}
    assert rejected.isdisjoint(pairs)
    assert accepted <= set(pairs)
    assert len(pairs) == len(set(pairs))
    mixed_links, mixed = random.sample(links, len(links)), random.sample(decisions, len(decisions))
    assert apply(mixed_links, mixed, KEYS, _link) == found
    assert clusters(mixed_links, mixed) == clusters(links, decisions)


@given(LINKS, DECISIONS)
def test_no_cluster_holds_two_claims_that_people_put_apart(links: list[ClaimLink], decisions: list[Decision]) -> None:
    groups = clusters(apply(links, decisions, KEYS, _link), decisions)
    for each in decisions:
        if each.rejected or each.predicate is Relation.CONTRADICTS:
            assert not [group for group in groups if set(each.pair) <= set(group)]
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))


def test_what_people_found_the_same_is_one_cluster_whatever_its_score() -> None:
    same = [_decision(key("a"), key("b")), _decision(key("c"), key("b"))]
    assert clusters([], same) == [(key("a"), key("b"), key("c"))]
    near = [_link(key("a"), key("d"), 0.9)]
    assert clusters(near, same) == [(key("a"), key("b"), key("c"))]
    apart = _decision(key("a"), key("c"), Relation.CONTRADICTS)
    assert clusters([], [*same, apart]) == [(key("a"), key("b"))]


def test_an_accepted_pair_below_the_bands_is_a_link_of_its_own_band() -> None:
    decisions = [_decision(key("b"), key("a"), Relation.RELATED), _decision(key("a"), key("gone"))]
    (link,) = apply([], decisions, KEYS, _link)
    assert (link.first, link.second, link.band) == (key("a"), key("b"), Band.ACCEPTED)
    shown = _link(key("a"), key("b"), 0.4)
    assert apply([shown], decisions, KEYS, _link) == [shown]


def test_only_support_has_a_direction() -> None:
    one, other = key("a"), key("b")
    for relation in Relation:
        turned = Decision(other, one, relation, False, first_text="other", second_text="one")
        straight = Decision(one, other, relation, False, first_text="one", second_text="other")
        assert (ordered(turned) == ordered(straight)) == (relation is not Relation.SUPPORTS)
        assert turned.pair == straight.pair


def test_what_changed_is_told() -> None:
    decision = Decision(key("a"), key("b"), Relation.SAME, True, first_text="Tides follow the full moon.", line=7)
    texts = {key("a"): "Tides follow the full moon.", key("b"): "Anything."}

    def told(text: str | None) -> list[str]:
        now = {**texts, key("a"): text} if text else {key("b"): "Anything."}
        return [f"{d.line}: {d.message}" for d in looks([decision], {k: v for k, v in now.items() if v}, "t.tsv")]

    start = "7: a#claim-001 is worded otherwise since it was reviewed; "
    assert told("Tides  follow the full\nmoon.") == []
    assert told("Tides follow the new moon.") == [start + '"full" is now "new"']
    assert told("Tides follow the very full moon.") == [start + 'added: "very"']
    assert told("Tides follow the moon.") == [start + 'left out: "full"']
    assert told("Tides follow the full full moon.") == [start + 'added: "full"']
    assert told(None) == ['7: a#claim-001 is not in the garden; it was "Tides follow the full moon."']


def test_a_rejected_pair_asserts_nothing_and_a_gone_claim_is_not_spoken_of() -> None:
    base, (one, other) = "https://e.example/", (key("a"), key("b"))
    first, second = (f"<{base}articles/{slug}/#claim-001>" for slug in "ab")

    def between(decision: Decision) -> list[str]:
        lines = decision_lines([decision], base, KEYS)
        return [line for line in lines if line.startswith((first, second))]

    both = list(permutations((first, second)))
    for relation in Relation:
        decision = _decision(one, other, relation)
        assert between(replace(decision, rejected=True)) == []
        ways = [(line.split()[0], line.split()[2]) for line in between(decision)]
        assert ways == (both[:1] if relation is Relation.SUPPORTS else both)
    assert decision_lines([_decision(one, key("gone"))], base, KEYS) == []
