"""Which spellings of an address lead to an article of the garden."""

import pytest

from kg.addresses import slug_of_address
from tests.graphs import graph_of
from tests.reading.briefs import FRONT

_BASE = "https://garden.example/notes/"


@pytest.mark.parametrize(
    "address",
    [
        "https://garden.example/notes/articles/moon/",
        "https://garden.example/notes/articles/moon",
        "HTTPS://Garden.Example:443/notes/articles/moon/",
        "http://www.garden.example/notes/articles/moon/",
        "//garden.example/notes/articles/moon/",
        "/notes/articles/moon/#claim-001",
        "/notes/articles/moon?from=tides",
        "../moon/",
        "./../moon",
        "%2E%2E/%6Doon/",
        "https://garden.example/notes/x/../articles/./moon/",
    ],
)
def test_an_article_by_any_spelling(address: str) -> None:
    assert slug_of_address(_BASE, f"{_BASE}articles/tides/", address) == "moon"


@pytest.mark.parametrize(
    "address",
    [
        "https://garden.example/articles/moon/",
        "https://garden.example:8443/notes/articles/moon/",
        "https://other.example/notes/articles/moon/",
        "https://garden.example/notes/articles/",
        "https://garden.example/notes/articles/moon/picture.png",
        "https://garden.example/notes/articles/a%2Fb/c",
        "/notes/Articles/moon/",
        "moon/",
        "mailto:moon@garden.example",
        "https://[moon/",
        "https://garden.example:x/notes/articles/moon/",
        "",
    ],
)
def test_other_addresses(address: str) -> None:
    assert slug_of_address(_BASE, f"{_BASE}articles/tides/", address) in (None, "tides")


def test_letters_of_any_script_are_one_slug_with_their_escapes() -> None:
    assert slug_of_address(_BASE, "", f"{_BASE}articles/été/") == "été"
    assert slug_of_address(_BASE, "", f"{_BASE}articles/%C3%A9t%c3%a9/") == "été"


def test_a_link_to_another_article_is_a_citation() -> None:
    graph = graph_of(FRONT + "## Thesis\n\nT, see [moon](../moon/), [more](#claim-001), [same](/articles/moon).\n")
    assert graph is not None
    cited = [line.split()[-1] for line in graph.lines if "schema.org/citation" in line]
    assert cited == ["<https://garden.example/articles/moon/>"]
