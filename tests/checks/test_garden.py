"""Each check over a garden, on the facts that it is about; and what holds for all of them."""

import json
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from kg.checks import Facts, check_garden, facts_of
from kg.checks.acceptance import Accepted
from kg.checks.facts import RelatedFact, SeriesFact, SourceFact
from kg.checks.garden.rings import rings
from tests.checks.sample import article, codes

BASE = "https://garden.example/"


def facts(
    slug: str,
    *,
    sources: dict[str, str] | None = None,
    related: Iterable[str] = (),
    order: int | None = None,
    season: str | None = None,
    maturity: str = "seed",
    status: str = "published",
) -> Facts:
    return Facts(
        slug,
        f"articles/{slug}/",
        f"{slug}/artifact.json",
        2,
        3,
        status=status,
        maturity=maturity,
        sources=tuple(SourceFact(name, target, 9, 5) for name, target in (sources or {}).items()),
        related=tuple(RelatedFact(other, f"articles/{other}/", 8, 5) for other in related),
        series=None if order is None else SeriesFact("shore", season, order),
    )


def cites(slug: str, *others: str) -> Facts:
    return facts(slug, sources={other: f"articles/{other}/" for other in others})


GOOD: dict[str, list[Facts]] = {
    "one id, one work": [facts("a", sources={"s": "works/x"}), facts("b", sources={"s": "works/x"})],
    "an id without a work": [replace(facts("a"), sources=(SourceFact("s", None, 9, 5),)), cites("b")],
    "related both ways": [facts("a", related=["b"]), facts("b", related=["a"])],
    "related to itself": [facts("a", related=["a"])],
    "one of two is archived": [facts("a", order=1), facts("b", order=1, status="archived")],
    "orders of two seasons": [facts("a", order=1, season="1"), facts("b", order=1, season="2")],
    "two superseded ones": [facts(s, related=[o], maturity="superseded") for s, o in ("ab", "ba")],
    "a chain of citations": [cites("a", "b", "c"), cites("b", "c"), cites("c")],
}
BAD: list[tuple[list[Facts], list[tuple[str, str]]]] = [
    ([facts("a", sources={"s": "works/x"}), facts("b", sources={"s": "works/y"})], [("KG122", "a")]),
    ([facts("a", sources={"s": "works/x"}), facts("b", sources={"t": "works/x"})], [("KG123", "a")]),
    ([facts("a", related=["gone"])], [("KG124", "a")]),
    ([facts("a", related=["b"]), facts("b")], [("KG125", "a")]),
    ([facts("a", order=5), facts("b", order=1), facts("c", order=3)], [("KG126", "b")]),
    ([facts("a", order=1), facts("b", order=10**9)], [("KG126", "a")]),
    ([facts("a", order=1, season="Season \x1b[31m"), facts("b", order=3, season="Season \x1b[31m")], [("KG126", "a")]),
    ([facts("a", order=1), facts("b", order=1), facts("c", order=1)], [("KG127", "b"), ("KG127", "c")]),
    ([facts("a", related=["b"]), facts("b", related=["a"], maturity="superseded")], [("KG128", "a")]),
    ([cites("a", "b"), replace(cites("b"), maturity="superseded")], [("KG128", "a")]),
    ([cites("a", "b"), cites("b", "c"), cites("c", "a", "d"), cites("d")], [("KG129", "a")]),
    ([cites("a", "a")], [("KG129", "a")]),
]


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_found(name: str) -> None:
    assert check_garden(GOOD[name], BASE) == []


@pytest.mark.parametrize(("garden", "expected"), BAD)
def test_each_rule_finds_what_it_is_about(garden: list[Facts], expected: list[tuple[str, str]]) -> None:
    found = check_garden(garden, BASE)
    assert [(finding.code, finding.path.split("/")[0]) for finding in found] == expected
    assert all(node.startswith(BASE) for finding in found for node in finding.nodes)


def test_a_finding_is_accepted_where_it_is_told() -> None:
    first = replace(facts("a", related=["gone"]), accepted=(Accepted("dangling-related", "article", "To be written."),))
    found = check_garden([first, facts("b", related=["gone"])], BASE)
    assert [finding.accepted for finding in found] == ["To be written.", None]


def _many(number: int) -> list[Facts]:
    """A garden with some of everything."""
    return [
        facts(
            f"a{n}",
            sources={f"s{n % 7}": f"works/{n % 5}", f"t{n}": f"articles/a{(n * 3 + 1) % number}/"},
            related=[f"a{(n + 1) % number}", f"a{n * 2}"],
            order=n // 2 * 3,
            maturity="superseded" if n % 11 == 0 else "seed",
        )
        for n in range(number)
    ]


def test_order_does_not_matter() -> None:
    garden = _many(60)
    expected = check_garden(garden, BASE)
    assert set(codes(expected)) == {f"KG{number}" for number in range(122, 130)}
    for seed in range(5):
        random.Random(seed).shuffle(garden)
        assert check_garden(garden, BASE) == expected


def test_json_holds_the_facts() -> None:
    for found in (facts_of(article()), facts("a", order=3), *_many(3)):
        assert Facts.read(json.loads(json.dumps(found.plain()))) == found


def test_a_chain_of_thousands_is_no_ring() -> None:
    chain = {str(n): [str(n + 1)] for n in range(20_000)} | {"20000": []}
    assert rings(chain) == []
    assert len(rings(chain | {"20000": ["0"]})[0]) == 20_001
