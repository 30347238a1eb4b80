"""Exports: the same bytes whatever came before, and a small change makes a small difference."""

import difflib
import shutil
from pathlib import Path

import networkx
import pytest

from kg.cli.export import _ENDINGS
from tests.cli import kg
from tests.shared import ROOT

SLUG = "sourdough-starters-as-ecosystems"


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    """A copy of the sample garden, built."""
    folder = tmp_path / "garden"
    shutil.copytree(ROOT / "seeds", folder, ignore=shutil.ignore_patterns(".kg"))
    assert kg("build", str(folder)).exit_code == 0
    return folder


def _export(garden: Path, form: str, *options: str) -> str:
    result = kg("export", form, "--store", str(garden / ".kg"), *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld"])
def test_a_changed_claim_changes_its_own_lines_alone(form: str, garden: Path) -> None:
    before = _export(garden, form)
    text = (garden / SLUG / "agent.md").read_text("utf-8")
    words = text.partition("- `claim-002`: ")[2][:30]
    for path in (garden / SLUG / "agent.md", garden / SLUG / "artifact.json"):
        path.write_text(path.read_text("utf-8").replace(words, "CHANGED " + words), encoding="utf-8")
    kg("build", str(garden))
    changed = [
        line for line in difflib.ndiff(before.splitlines(), _export(garden, form).splitlines()) if line[0] in "+-"
    ]
    assert len(changed) == 2
    assert "CHANGED" in changed[1]


@pytest.mark.parametrize("form", sorted(_ENDINGS))
def test_the_way_there_leaves_no_trace(form: str, garden: Path, tmp_path: Path) -> None:
    wanted = _export(garden, form)
    moved = garden / SLUG
    moved.rename(garden / "elsewhere")
    (garden / "what-humus-was" / "agent.md").write_text("broken", encoding="utf-8")
    kg("build", str(garden))
    shutil.copy(ROOT / "seeds" / "what-humus-was" / "agent.md", garden / "what-humus-was" / "agent.md")
    (garden / "elsewhere").rename(moved)
    kg("build", str(garden))
    assert _export(garden, form) == wanted


@pytest.mark.parametrize("form", sorted(_ENDINGS))
def test_verified_by_a_second_parser(form: str, garden: Path) -> None:
    assert _export(garden, form, "--verify", "--status", "all")
    assert _export(garden, form, "--verify", "--article", SLUG)


def test_one_file_an_article(garden: Path, tmp_path: Path) -> None:
    result = kg("export", "turtle", "--per-article", "--out", str(tmp_path / "out"), "--store", str(garden / ".kg"))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert result.stderr == f"{len(names)} files in {tmp_path / 'out'}\n"
    assert f"{SLUG}.ttl" in names
    assert (tmp_path / "out" / f"{SLUG}.ttl").read_text("utf-8") == _export(garden, "turtle", "--article", SLUG)
    assert f"{SLUG}:claim-001 a kg:Claim ;" in _export(garden, "turtle", "--article", SLUG)


def test_gephi_gets_labels_and_kinds(garden: Path, tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    kg("export", "graphml", "--out", str(path), "--store", str(garden / ".kg"))
    graph = networkx.read_graphml(path)
    kinds = {data["kind"] for _, data in graph.nodes(data=True)}
    assert {"schema:Article", "kg:Claim", "kg:NamedWork"} <= kinds
    assert all(data["label"] for _, _, data in graph.edges(data=True))


def test_the_graphs_outside_are_exported_when_named(garden: Path) -> None:
    assert "kg:Claim a owl:Class" in _export(garden, "turtle", "--graph", "urn:kg:ontology")
    origin = _export(garden, "ntriples", "--graph", "urn:kg:build")
    assert f'"{SLUG}/agent.md"' in origin
    assert f"{SLUG}/#claim-001> <https://w3id.org/claimgraph/ns#line>" in origin
    query = "SELECT ?line { GRAPH <urn:kg:build> { ?c kg:line ?line } ?c a kg:Claim } LIMIT 1"
    assert '"value": "' in kg("query", "-e", query, "--store", str(garden / ".kg")).stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--article", SLUG, "--query", "articles"],
        ["--article", SLUG, "--graph", "urn:kg:build"],
        ["--query", "articles", "--graph", "urn:kg:build"],
        ["--per-article", "--out", "x", "--graph", "urn:kg:build"],
        ["--per-article", "--out", "x", "--article", SLUG],
        ["--per-article"],
        ["-p", "article=x"],
        ["--article", SLUG, "-p", "article=x"],
        ["turtle", "-f", "jsonld"],
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], garden: Path) -> None:
    assert kg("export", "--store", str(garden / ".kg"), *options).exit_code == 2
    assert kg("export", "ttl", "-f", "turtle", "--store", str(garden / ".kg")).exit_code == 0


def test_a_query_of_an_export_is_about_the_articles_alone(garden: Path, tmp_path: Path) -> None:
    query = tmp_path / "q.rq"
    query.write_text("CONSTRUCT { ?s ?p ?o } { GRAPH <urn:kg:build> { ?s ?p ?o } }", encoding="utf-8")
    refused = kg("export", "--query", str(query), "--store", str(garden / ".kg"))
    assert refused.exit_code == 2
    assert "holds articles alone" in refused.stderr


def test_a_slug_too_long_for_a_file_name_is_shortened(tmp_path: Path) -> None:
    for number in (1, 2):
        slug = "ä" * 124 + f"-{number}"
        brief = f"---\nid: agent-brief:{slug}\nslug: {slug}\ntitle: A\nstatus: published\n---\n\n## Thesis\n\nB.\n"
        (tmp_path / f"{number}.md").write_text(brief, encoding="utf-8")
    assert kg("build", str(tmp_path), "--store", str(tmp_path / ".kg")).exit_code == 0
    written = kg("export", "--per-article", "--out", str(tmp_path / "out"), "--store", str(tmp_path / ".kg"))
    assert written.exit_code == 0, written.stderr
    assert sorted(len(path.name.encode()) for path in (tmp_path / "out").iterdir()) == [81, 81]
