"""Laws of reading, writing back and exporting, over generated briefs."""

import json
import re
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import namespaces as ns
from kg.export.graphml import graphml
from kg.export.jsonld import json_ld
from kg.export.rdf import WRITERS, stand_in
from kg.reading import read_brief
from kg.render import _yaml, escape, render_brief
from tests.graphs import Graph, graph_of

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
MARKS = [
    "*",
    "_",
    "`",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "#",
    "-",
    "+",
    "1.",
    "&amp;",
    "\\",
    "|",
    "!",
    "~~~",
    "  ",
    "é",
    "“",
    ":",
    ";",
    ",",
]
MARKED = st.lists(
    st.one_of(
        st.sampled_from(MARKS), st.sampled_from(["a", "tide ", " moon", "C1", "claim-001", "Research: "]), ANY_TEXT
    ),
    max_size=8,
).map("".join)


def front(title: str = "Tides", **keys: str) -> str:
    """Front matter of the article tides."""
    values = {
        "schemaVersion": "1",
        "id": "agent-brief:tides",
        "articleId": "article:tides",
        "slug": "tides",
        "title": _yaml(title),
        "tokenBudget": "1200",
        "status": "published",
        "updated": "2026-05-04",
        **keys,
    }
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n\n"


def _one_line(text: str) -> str:
    return re.sub(r"[\r\n]", " ", text)


def _graph(text: str) -> Graph:
    graph = graph_of(text)
    assert graph is not None
    return graph


@given(ANY_TEXT, MARKED)
@example("\x01", "\x85")
@settings(max_examples=150)
def test_any_text_survives_into_every_format_and_back(title: str, text: str) -> None:
    words = escape(_one_line(text))
    body = f"## Thesis\n\n{words}\n\n## Claims\n\n- `claim-001`: {words}\n\n## Known Limits\n\n- {words}\n"
    selection = _graph(front(title) + body).selection
    wanted = {str(quad.triple) for quad in parse(WRITERS["ntriples"](selection), RdfFormat.N_TRIPLES)}
    assert len(wanted) == len(selection.triples())
    for form, parser, other in (
        ("turtle", RdfFormat.TURTLE, "turtle"),
        ("ntriples", RdfFormat.N_TRIPLES, "nt"),
        ("trig", RdfFormat.TRIG, "trig"),
        ("nquads", RdfFormat.N_QUADS, "nquads"),
    ):
        data = WRITERS[form](selection)
        assert {str(quad.triple) for quad in parse(data, parser)} == wanted
        assert _rdflib(data, other) == _rdflib(WRITERS["ntriples"](selection), "nt")
    _json_ld_survives(json_ld(selection), wanted, WRITERS["ntriples"](selection))


def _rdflib(data: bytes, form: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format=form)
    return {(str(s), str(p), str(o), str(getattr(o, "datatype", None))) for s, p, o, _ in dataset.quads()}


def _json_ld_survives(data: bytes, wanted: set[str], triples: bytes) -> None:
    assert {str(quad.triple) for quad in parse(data, RdfFormat.JSON_LD)} == wanted
    plain = {(s, p, o) for s, p, o, _ in _rdflib(triples, "nt")}
    assert {(s, p, o) for s, p, o, _ in _rdflib(data, "json-ld")} == plain
    quads = jsonld.to_rdf(json.loads(data))["@default"]
    assert {(q["subject"]["value"], q["predicate"]["value"], q["object"]["value"]) for q in quads} == plain


@given(ANY_TEXT)
@example("\x00\x1b[31m")
@example("\\u0001")
@settings(max_examples=100)
def test_any_text_survives_into_xml_with_stand_ins(text: str) -> None:
    words = escape(_one_line(text))
    graph = _graph(front() + f"## Claims\n\n- `claim-001`: x{words}\n")
    (claim,) = [claim.text.value for claim in graph.brief.claims] or [""]
    # XML readers make one line end of a carriage return, so it is compared as such
    wanted = stand_in(claim).replace("\r\n", "\n").replace("\r", "\n")
    root = ElementTree.fromstring(graphml(graph.selection))
    assert wanted in [(data.text or "") for data in root.iter("{http://graphml.graphdrawing.org/xmlns}data")]
    found = ElementTree.fromstring(WRITERS["rdfxml"](graph.selection))
    assert wanted in [(node.text or "").replace("\r", "\n") for node in found.iter(f"{{{ns.SCHEMA}}}text")]


@given(MARKED.filter(lambda text: bool(text.strip())))
@example("&amp;")
@example("0\x0c")
@example("a\u00a0")
@example("- x")
@settings(max_examples=400)
def test_escaped_text_reads_as_itself(text: str) -> None:
    plain = re.sub(r"[ \t\r\n]+", " ", text).strip(" ").replace("\x00", "")
    if not plain:
        return
    graph = _graph(front() + f"## Thesis\n\n{escape(plain)}\n")
    assert graph.brief.thesis is not None
    assert graph.brief.thesis.text.value == plain


INLINE = st.sampled_from(
    ["tide", "*moon*", "**two**", "`code`", "[a link](/articles/moon/)", "![im](x.png)", "<b>bold</b>",
     "<!-- off -->", "&amp;", "claim-001", "C1", "1.", "—", '"Quoted title"', "(2001)", "A, B, and C, *Title*;",
     '[a link](/u "Its *title* &amp;")', "![](y.png)", "[ref]", "a  b", "\\*", "<br>", "no: colon", "#"]
)  # fmt: skip
LINE = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"- {line}\n- {line}"),
    LINE.map(lambda line: f"- `claim-002`: {line}\n  more {line}\n  - nested {line}"),
    LINE.map(lambda line: f"1. {line}\n2. other"),
    LINE.map(lambda line: f"> {line}"),
    LINE.map(lambda line: f"```\n## {line}\n```"),
    LINE.map(lambda line: f"    indented {line}"),
    LINE.map(lambda line: f"### {line}"),
    LINE.map(lambda line: f"| a | b |\n|---|---|\n| claim-003 | {line} |"),
    LINE.map(lambda line: f"| # | sure | claim |\n|---|---|---|\n| 5 | {line} | {line} |\n| 6 | | tide |"),
    LINE.map(lambda line: f"### claim-007\n\n{line}\n\n- {line}"),
    LINE.map(lambda line: f"### Kind\n\n- {line}"),
    LINE.map(lambda line: f"**Kind**\n\n- {line}\n- {line}"),
    LINE.map(lambda line: f"- claim-008\n  - Text: {line}\n  - {line}"),
    LINE.map(lambda line: f"`claim-009`: {line}\n`claim-010`: {line}"),
    LINE.map(lambda line: f"Thesis: {line}. The claims are: (C1) {line}; (C2) {line}."),
    st.sampled_from(["- None", "None", "1. TBD", "- tide\n- None", "(C1) a; (C2) b."]),
    LINE.map(lambda line: f"<div>\n{line}\n</div>"),
    st.sampled_from(
        ["---", "***", "<!-- gone -->", "[ref]: http://e.example/x", "- ", "# Top", "The two claims are: a; and b."]
    ),
)
HEADING = st.sampled_from(
    ["## Thesis", "## Audience", "## Claims", "## Key Claims", "## Source Families", "## Agent Involvement",
     "## Known Limits", "## Recommended Queries", "## Instructions", "## Maturity", "## **Claims:**", "## ",
     "## [Claims](/u)", '## A [tide](/v "T") ![](z.png)']
)  # fmt: skip
PART = st.tuples(HEADING, st.lists(BLOCK, max_size=3)).map(lambda part: "\n\n".join([part[0], *part[1]]))
SOUP = st.tuples(st.lists(BLOCK, max_size=2), st.lists(PART, max_size=6)).map(
    lambda soup: "\n\n".join([*soup[0], *soup[1]])
)


@given(SOUP)
@example("## Audience\n\n## Audience\n\ntide\n\n<br>")
@example("## Source Families\n\n**two**\n\n### Kind\n\n- tide")
@example("## Claims\n\n- C1: tide\n  - [a link](/articles/moon/)\n  - [a link](/articles/moon/)")
@example("## Audience\n\n- <!-- off -->\n\n> tide\n\n## Audience")
@example("<!-- off --> [a link](/articles/moon/)")
@example("[ref]: http://e.example/x\n\n## Agent Involvement\n\n[ref]")
@example("## Claims\n\n## Claims\n\nThe two claims are: a; and b.\n\n- tide\n- tide")
@example("## Audience\n\n<!-- off --> <b>bold</b>")
@example("## Claims\n\n- [\u2003q](/x) tide")
@example("## Claims\n\n- [&#11;q](/x)")
@example("## Source Families\n\n# A\n\ntide")
@example("## Source Families\n\n)(*q*)")
@example("## Source Families\n\n\u00a0[*h:*](/x)")
@example("## Thesis\n\ne\n\n## Thesis\n\n- \n[ref]: /x\na")
@example("## Known Limits\n\n- tide\n  - see [moon](/u)\n  - a [tide](/v)\n- ![](x.png)")
@example("## Claims\n\n- `claim-001`: tide ![](x.png)\n  - see [moon](/u)")
@settings(max_examples=600)
def test_rendered_and_read_again_it_is_the_same_graph(body: str) -> None:
    graph = _graph(front() + body + "\n")
    again = _graph(render_brief(graph.selection))
    assert again.selection.quads() == graph.selection.quads(), render_brief(graph.selection)


@given(
    st.lists(st.sampled_from(["> ", "- ", "2. ", "+ `claim-003`: x\n\n  "]), max_size=4), st.integers(1, 600), HEADING
)
@example([">"], 1500, "## Thesis")
@example(["- "], 750, "## Claims")
@settings(max_examples=60, deadline=None)
def test_no_nesting_is_too_deep_to_keep(marks: list[str], times: int, heading: str) -> None:
    body = f"{heading}\n\n{''.join(marks) * times} moon\n\ntide\n"
    graph = _graph(front() + body)
    assert "moon" in " ".join(graph.literals())
    assert "tide" in " ".join(graph.literals())
    assert _graph(render_brief(graph.selection)).selection.quads() == graph.selection.quads()


@pytest.mark.parametrize(
    ("item", "rendered"),
    [
        ("[claim-001: tide](/x) moon", "- `claim-001`: [tide](/x) moon"),
        ("[claim-001](/x): tide", "- `claim-001`: [](/x)tide"),
        ("tide [and moon (C1)](/x)", "- `claim-001`: tide [and moon](/x)"),
        ("tide [(C1)](/x)", "- `claim-001`: [](/x)tide"),
    ],
)
def test_a_link_on_a_claims_id_is_kept(item: str, rendered: str) -> None:
    graph = _graph(front() + f"## Claims\n\n- {item}\n")
    assert rendered in render_brief(graph.selection)


def test_a_link_definition_is_written_once_a_section() -> None:
    body = "## Thesis\n\nx\n\n## Thesis\n\na[^1]\n\nb[^1]\n\n[^1]: /moon\n"
    assert render_brief(_graph(front() + body).selection).count("[^1]: /moon") == 1


@pytest.mark.parametrize("shape", ["![w](/x) ", "<http://e.example/{}> ", "![w{}](/x{}) ", "[w{}](/x{}) "])
def test_a_thousand_links_in_one_claim_are_rendered(shape: str) -> None:
    links = "".join(shape.replace("{}", str(number)) for number in range(1000))
    graph = _graph(front() + f"## Claims\n\n- `claim-001`: tide {links}\n")
    assert _graph(render_brief(graph.selection)).selection.quads() == graph.selection.quads()


@given(
    st.lists(
        st.sampled_from(
            [
                "{}",
                "*{}*",
                "`{}`",
                "[{}](/x)",
                "<b>{}</b>",
                "- {}",
                "\n\n- {}",
                "\n\n{}",
                "\n  {}",
                "\n\n> {}",
                "\n\n    {}",
                "\n\n### {}\n\n",
                "\n\n## {}\n\n",
                "\n\n## Claims\n\n- `claim-001`: {}",
                "\n\n## Source Families\n\n- {}: {}, {};",
                "\n\n## Audience\n\n{}",
                "\n\n| id | {} | sure |\n|---|---|---|\n| claim-001 | {} | {} |\n| C2 | {} | {} | {} |",
                "\n\n## Claims\n\n| id | {} | sure |\n|---|---|---|\n| claim-001 | {} | {} |\n",
                "\n\n### claim-002\n\n{}\n\n- {}",
                "\n\n- claim-003\n  - Text: {}\n  - {}",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=400)
def test_no_visible_word_is_lost(shapes: list[str]) -> None:
    words: list[str] = []

    def word(_: re.Match[str]) -> str:
        words.append(f"w{len(words):03d}w")
        return words[-1]

    body = re.sub(r"\{\}", word, " ".join(shapes)) + "\n\n<!-- hiddenword -->"
    text = front() + body + "\n"
    _, found = read_brief(text.encode(), "x.md")
    kept = " ".join(_graph(text).literals()) + " ".join(diagnostic.message for diagnostic in found)
    assert [name for name in words if name not in kept] == []
    assert "hiddenword" not in kept


_TARGETS = [
    "## Thesis\n\ntide {}",
    "## Known Limits\n\n- tide\n  - moon\n    - {}\n\n{}",
    "## Audience\n\n{}",
    "## Claims\n\n- `claim-001`: tide\n  - {}",
    "## Claims\n\n- `claim-001`: {}\n- {}",
    "## Claims\n\n| id | claim | source |\n|--|--|--|\n| claim-001 | tide | {} |",
    "## Source Families\n\n- Tables: {}, {}\n- {}",
    "## Source Families\n\n- Tables:\n  - {}",
    "## {}",
    "## Limits {}\n\n- tide",
    "## Claims\n\n### claim-001: tide {}\n\nmoon",
    "## Notes\n\n{}",
    "{}",
]
_WRITTEN = ["[a](/{} '{}')", "![](/{} '{}')", "[![a](/{})](/{})", "<http://{}.example/{}>", '<img src="{}" alt="{}">']


@given(st.lists(st.sampled_from(_TARGETS), min_size=1, max_size=4), st.sampled_from(_WRITTEN))
@settings(max_examples=200)
def test_no_target_nor_title_of_a_link_is_lost(shapes: list[str], link: str) -> None:
    body = "\n\n".join(shapes).replace("{}", link)
    words = [f"w{number:03d}w" for number in range(body.count("{}"))]
    text = front() + body.format(*words) + "\n"
    _, found = read_brief(text.encode(), "x.md")
    kept = " ".join(_graph(text).literals()) + " ".join(diagnostic.message for diagnostic in found)
    assert [word for word in words if word not in kept] == []


@given(st.one_of(st.binary(max_size=300), st.tuples(st.integers(0, 400), st.binary(max_size=6))))
@settings(max_examples=400)
def test_the_reader_never_raises(noise: bytes | tuple[int, bytes]) -> None:
    good = (
        front()
        + "## Thesis\n\nT\n\n## Claims\n\n- `claim-001`: C\n- x (C2)\n\n## Source Families\n\n- A: B, *C* (1999); D.\n"
    ).encode()
    data = noise if isinstance(noise, bytes) else good[: noise[0]] + noise[1] + good[noise[0] :]
    brief, found = read_brief(data, "x.md")
    assert brief is not None or found


@given(st.text(max_size=30), st.text(max_size=30))
@settings(max_examples=400)
def test_a_segment_is_legal_and_tells_names_apart(one: str, two: str) -> None:
    import unicodedata

    if any("\ud800" <= c <= "\udfff" for c in one + two):
        return
    NamedNode(f"https://e.example/{ns.segment(one)}/x")
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", two)
    assert (ns.segment(one) == ns.segment(two)) == same
