"""Links with their bands, reasons and signs of tension, and the clusters that they make."""

import pytest

from kg.linking.bands import Band, Bands
from kg.linking.clusters import clusters
from kg.linking.links import ClaimLink, linker
from kg.linking.material import LinkedArticle, LinkedClaim
from kg.linking.reasons import Reasons
from kg.linking.tension import own_figures, tensions
from kg.linking.texts import Stems
from kg.linking.wording import Wording, wording
from tests.linking.examples import BREAD, GARDEN, article, key

STEMS = Stems()


def _read(text: str) -> Wording:
    return wording(LinkedClaim("claim-001", text), STEMS)


@pytest.mark.parametrize(
    ("first", "second", "signs"),
    [
        ("Cold water slows the yeast.", "Cold water doesn't slow the yeast.", ("negation: slow",)),
        ("No heap needs turning.", "A heap needs turning.", ("negation: heap",)),
        ("Turning never really cools a heap.", "Turning cools a heap.", ("negation: cool",)),
        ("Turning raises the losses of a heap.", "Turning lowers the losses.", ("opposites: raises / lowers",)),
        ("Salt is safe for cabbage.", "Salt is dangerous for cabbage.", ("opposites: safe / dangerous",)),
        (
            "Rye dough keeps longer than wheat dough.",
            "Wheat keeps a little longer than rye.",
            ("comparison turned round: rye / wheat",),
        ),
        ("The filter removes 40% of the dust.", "It removes 70 percent of the dust.", ("figures: 40% / 70 percent",)),
        ("It loses 1,200 grams a day.", "It loses 900 grams a day.", ("figures: 1,200 / 900",)),
    ],
)
def test_signs_of_tension_are_the_same_from_either_side(first: str, second: str, signs: tuple[str, ...]) -> None:
    assert tensions(_read(first), _read(second)) == signs
    assert len(tensions(_read(second), _read(first))) == len(signs)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Cold slows yeast.", "Cold slows yeast."),
        ("Cold does not stop yeast.", "Cold does not stop yeast at all."),
        ("It was sold in 1998 in the town.", "It was sold in 2004 in the town."),
        ("It removes 40–60% of the dust.", "It removes 50% of the dust."),
        ("Of 40 loaves 3 split.", "Of 70 wheels 2 broke."),
        ("More air, rising dough.", "Less water, falling rain."),
        ("Rye keeps longer than wheat.", "Rye dough keeps longer than wheat dough."),
    ],
)
def test_what_agrees_or_speaks_of_other_things_shows_no_sign(first: str, second: str) -> None:
    assert tensions(_read(first), _read(second)) == ()


def test_two_claims_with_figures_of_their_own_are_not_one() -> None:
    assert own_figures(_read("Of 40 loaves 3 split."), _read("Of 40 loaves 9 rose."))
    assert not own_figures(_read("Of 40 loaves 3 split."), _read("Of 40 loaves some split."))


def test_reasons_are_things_to_look_up_in_both() -> None:
    quote = "The panel named the cold loaves by their acids."
    common = tuple(article(f"other-{number}", "The bread of the town.") for number in range(8))
    works = "https://a.example/tasting", "https://b.example/handbook"
    first = LinkedClaim("claim-001", "The bread of 40% of bakers has a sour crumb.", (quote,), works=works)
    second = LinkedClaim("claim-001", "A sour crumb is in 40% of all bread.", (quote + " So it was.",), works=works[1:])
    found = linker([*common, LinkedArticle("a", (first,)), LinkedArticle("b", (second,))])
    assert found.reasons(found.pair(key("a"), key("b"))) == Reasons(
        ("sour crumb",), works[1:], ("the panel named the cold loaves by their acids",), ("40%",)
    )


def test_duplicates_are_near_certain_whatever_their_contexts_score() -> None:
    first = LinkedArticle("a", (LinkedClaim("claim-001", BREAD, ("Tasters agree.",)),), thesis="Bread wants time.")
    second = LinkedArticle("b", (LinkedClaim("claim-001", BREAD.upper(), ("Ovens vary.",)),), thesis="Yeast is slow.")
    link = linker([first, second, *GARDEN[2:]], Bands(near_certain=1)).pair(key("a"), key("b"))
    assert link.duplicate
    assert link.band is Band.NEAR_CERTAIN
    assert clusters([link]) == [(key("a"), key("b"))]


def test_what_shows_tension_is_never_near_certain() -> None:
    raised = article("a", "Turning a hot heap twice a week raises its losses of ammonia.")
    lowered = article("b", "Turning a hot heap twice a week lowers its losses of ammonia.")
    found = linker([raised, lowered, *GARDEN], Bands(near_certain=0.1, shown=0.1))
    link = found.pair(key("a"), key("b"))
    assert link.band is Band.SHOWN
    assert link.tensions == ("opposites: raises / lowers",)
    assert not [group for group in clusters(found.links()) if {key("a"), key("b")} <= set(group)]


def test_claims_of_one_article_are_not_linked() -> None:
    found = linker([article("a", BREAD, BREAD), article("b", BREAD)]).links()
    assert {(link.first, link.second) for link in found} == {(key("a"), key("b")), (key("a", 2), key("b"))}


def _link(first: str, second: str, score: float, *signs: str) -> ClaimLink:
    band = Band.SHOWN if signs else Bands().band(score)
    return ClaimLink(key(first), key(second), score, band, (score,), False, signs)


def test_a_chain_of_small_differences_does_not_join_its_ends() -> None:
    chain = [_link("a", "b", 0.8), _link("b", "c", 0.7)]
    assert clusters(chain) == [(key("a"), key("b"))]
    assert clusters([*chain, _link("a", "c", 0.4)]) == [(key("a"), key("b"), key("c"))]


def test_opposites_never_stand_in_one_cluster() -> None:
    links = [_link("a", "b", 0.8), _link("b", "c", 0.7), _link("a", "c", 0.6, "negation: cool")]
    assert clusters(links) == [(key("a"), key("b"))]
    assert clusters(reversed(links)) == [(key("a"), key("b"))]


def test_bands_meet_without_a_gap() -> None:
    bands = Bands()
    assert bands.band(bands.near_certain) is Band.NEAR_CERTAIN
    assert bands.band(bands.shown) is Band.SHOWN
    assert bands.band(bands.suggested) is Band.SUGGESTED
    assert bands.band(bands.suggested - 0.0001) is None
