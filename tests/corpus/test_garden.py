"""The 66 briefs of a real garden: read whole, and written back."""

import json
import re
import shutil
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from pyoxigraph import RdfFormat, parse

from kg.model import HEADINGS
from kg.render import render_brief
from tests.cli import kg
from tests.graphs import Graph, graph_of
from tests.shared import REQUIRED, SHARED, need

CORPUS = SHARED / "corpus" / "garden"
PATHS = sorted(CORPUS.glob("*/agent.md"))
_BULLET = re.compile(r"^- `?(claim-\d+)`?: (.*(?:\n  \S.*)*)", re.MULTILINE)
_MARKS = re.compile(r"[*`]|</?em>")
_WORD = re.compile(r"[^\W_]+")

PROSE = {
    "ai-could-make-extraction-cheaper-too": [
        "generative AI dramatically",
        "AI-powered recommendation can",
        "deepfakes and synthetic",
        "the same technology",
    ],
    "friction-chronological-feeds-user-chosen-algorithms": [
        "chronological feeds reduce",
        "friction before sharing",
        "user-chosen algorithm modes",
        "the changes are",
    ],
    "historical-analogies-of-missed-transitions": [
        "the pattern of",
        "the PC and",
        "AI's compounding potential",
        "India's narrowing but",
    ],
    "historical-hinges-access-is-not-benefit": [
        "the printing press",
        "the industrial revolution",
        "the PC and",
        "smartphones plus AI",
    ],
    "open-questions-the-series-leaves-unresolved": [
        "the causal effect",
        "different cultures may",
        "the right level",
        "India's path will",
    ],
    "the-familys-garden": [
        "parent screen use",
        "device-free meals and",
        "age-appropriate boundaries work",
        "families that create",
    ],
    "the-green-revolution-trade-off": [
        "the Green Revolution",
        "it also produced",
        "these costs were",
        "universal digital access",
    ],
    "user-migration-and-the-exit-problem": [
        "network effects make",
        "switching costs include",
        "data portability and",
        "federated protocols like",
    ],
    "business-models-that-reward-substance": [],
}
"""The first three words of each claim of a brief in prose; the last one only speaks of its claims."""


def test_there_are_66() -> None:
    need(CORPUS)
    assert len(PATHS) == 66
    assert not REQUIRED or PATHS


def _graph(path: Path) -> Graph:
    graph = graph_of(path.read_bytes(), f"{path.parent.name}/agent.md")
    assert graph is not None
    return graph


def _slug(path: Path) -> str:
    return path.parent.name


def test_all_build_from_the_command_line(tmp_path: Path) -> None:
    need(CORPUS)
    built = kg("build", str(CORPUS), "--store", str(tmp_path / "store"))
    assert built.exit_code in (0, 1)
    assert "66 briefs: 66 added" in built.stdout
    assert "Traceback" not in built.stderr


def test_a_brief_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    shutil.copy(need(CORPUS / "fine-tuning" / "agent.md"), tmp_path / "brief.txt")
    store = str(tmp_path / "store")
    assert kg("build", str(tmp_path / "brief.txt"), "--store", store).exit_code == 0
    alone = kg("export", "nquads", "--store", store).stdout
    kg("build", str(CORPUS / "fine-tuning" / "agent.md"), "--store", str(tmp_path / "other"))
    assert alone == kg("export", "nquads", "--store", str(tmp_path / "other")).stdout
    assert alone.count("ns#Claim>") == 4


@pytest.mark.parametrize("path", PATHS, ids=_slug)
def test_marked_claims_have_exactly_the_written_words(path: Path) -> None:
    written = {name: " ".join(_MARKS.sub("", text).split()) for name, text in _BULLET.findall(path.read_text("utf-8"))}
    read = {claim.id: claim.text.value for claim in _graph(path).brief.claims}
    assert {name: _MARKS.sub("", read[name]) for name in written} == written
    if path.parent.name in PROSE:
        starts = PROSE[path.parent.name]
        assert sorted(read) == [f"claim-{n:03d}" for n in range(1, len(starts) + 1)]
        assert [" ".join(read[name].split()[:3]) for name in sorted(read)] == starts
    else:
        assert read


@pytest.mark.parametrize("path", PATHS, ids=_slug)
def test_rendered_and_read_again_it_is_the_same_graph(path: Path) -> None:
    graph = _graph(path)
    again = graph_of(render_brief(graph.selection), f"{path.parent.name}/agent.md")
    assert again is not None
    assert again.selection.quads() == graph.selection.quads()


def _visible_words(markdown: str) -> list[str]:
    """The words that another Markdown reader shows, headings that a node's class stands for left out."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    words: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before is not None and before.type == "heading_open" and token.content in HEADINGS.values():
            continue
        if token.type in ("fence", "code_block"):
            words += _WORD.findall(token.content)
        for child in token.children or []:
            words += _WORD.findall(child.content) if child.type in ("text", "code_inline") else []
    return words


@pytest.mark.parametrize("path", PATHS, ids=_slug)
def test_every_visible_word_is_in_a_literal(path: Path) -> None:
    text = path.read_text("utf-8")
    body = re.sub(r"`?\bclaim-(\d+)\b`?:", " ", text.split("\n---\n", 1)[1])
    known = set(_WORD.findall(" ".join(_graph(path).literals())))
    assert [word for word in _visible_words(body) if word not in known] == []


@pytest.mark.parametrize("path", PATHS, ids=_slug)
def test_every_front_matter_value_is_in_the_graph(path: Path) -> None:
    graph = _graph(path)
    front = path.read_text("utf-8").split("\n---\n", 1)[0].removeprefix("---\n")
    values = json.loads(front) if front.startswith("{") else dict(line.split(": ", 1) for line in front.splitlines())
    literals = set(graph.literals())
    title = values.pop("title")
    assert (json.loads(title) if title.startswith('"') else title) in literals
    assert str(values.pop("schemaVersion")) in "".join(graph.lines)
    assert values.pop("articleId").removeprefix("article:") in literals
    assert [value for value in values.values() if str(value).strip('"') not in literals] == []


@pytest.mark.parametrize("path", PATHS, ids=_slug)
def test_nothing_is_kept_twice(path: Path) -> None:
    graph = _graph(path)
    kept, nodes, derived = [], [], set()
    for quad in parse("".join(f"{line} .\n" for line in graph.lines).encode(), RdfFormat.N_TRIPLES):
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if name in ("markdown", "markdownAfter"):
            kept.append(getattr(quad.object, "value", ""))
        elif name == "text":
            nodes.append((str(quad.subject), getattr(quad.object, "value", "")))
        elif name == "wasDerivedFrom":
            derived.add(str(quad.subject))
    assert [text for text in graph.literals() if re.search(r"^## ", text, re.MULTILINE)] == []
    assert [t for s, t in nodes if s not in derived and len(t) > 12 and any(t in markdown for markdown in kept)] == []
