"""kg links on a small garden: what is listed, explained and measured; drafts and large gardens."""

import io
import json
from pathlib import Path

import pytest

from tests.briefs import write_brief
from tests.cli import Result, kg

_CLAIMS = {
    "tides": ["Spring tides follow the full and the new moon.", "Gusts can be left out of a tide table."],
    "buoys": ["Spring tides follow the full and the new moon.", "Gusts cannot be left out of a tide table."],
    "bread": ["Rye dough rises slowly and keeps for a week."],
    "notes": ["Spring tides follow the full and the new moon."],
}


@pytest.fixture
def garden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four articles, the last a draft, built."""
    for slug, texts in _CLAIMS.items():
        write_brief(tmp_path / slug, slug, *texts, status="draft" if slug == "notes" else "published")
    (tmp_path / "kg.toml").write_text('base = "https://sea.example/"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert kg("build").exit_code == 0
    return tmp_path


def _listed(*words: str) -> list[tuple[str, str, str]]:
    found = json.loads(kg("links", "list", "--format", "json", *words).stdout)
    return [(link["first"], link["second"], link["band"]) for link in found]


@pytest.mark.usefixtures("garden")
def test_what_says_the_same_is_near_certain_and_drafts_are_left_out() -> None:
    same = ("buoys#claim-001", "tides#claim-001", "near-certain")
    assert _listed("--kind", "near-certain") == [same]
    drafts = [
        ("buoys#claim-001", "notes#claim-001", "near-certain"),
        ("notes#claim-001", "tides#claim-001", "near-certain"),
    ]
    assert _listed("--kind", "near-certain", "--status", "all") == sorted([same, *drafts])
    assert _listed("--article", "bread") == []
    assert kg("links", "list").stdout.count("spring tides") == 1


@pytest.mark.usefixtures("garden")
def test_what_says_the_opposite_is_a_tension_in_no_cluster() -> None:
    ((first, second, band),) = _listed("--kind", "tension")
    assert (first, second) == ("buoys#claim-002", "tides#claim-002")
    assert band != "near-certain"
    query = "SELECT ?c WHERE { ?c a kg:ClaimCluster ; skos:member ?a , ?b FILTER(STRENDS(STR(?a), '002')) }"
    assert json.loads(kg("query", "-e", query).stdout)["results"]["bindings"] == []


@pytest.mark.usefixtures("garden")
def test_any_pair_is_explained() -> None:
    text = kg("links", "explain", "tides#C2", "bread#claim-1").stdout
    assert "Gusts can be left out" in text
    assert "no link" in text
    found = json.loads(kg("links", "explain", "buoys#claim-002", "tides#claim-002", "--format", "json").stdout)
    assert found["tensions"]
    assert round(sum(found["measures"].values()) / len(found["measures"]), 3) == round(found["score"], 3)


@pytest.mark.usefixtures("garden")
def test_a_misspelt_claim_is_told() -> None:
    wrong = kg("links", "explain", "tide#claim-001", "bread#claim-001")
    assert wrong.exit_code == 2
    assert "did you mean tides?" in wrong.stderr
    wrong = kg("links", "explain", "tides#claim-009", "bread#claim-001")
    assert wrong.exit_code == 2
    assert "its claims are claim-001, claim-002" in wrong.stderr
    assert kg("links", "list", "--article", "tide").exit_code == 2


def test_labelled_pairs_are_measured(garden: Path) -> None:
    head = "a_article,a_claim,b_article,b_claim,label\n"
    pairs = garden / "pairs.csv"
    pairs.write_text(
        head + "tides,claim-001,buoys,claim-001,same\ntides,claim-001,bread,claim-001,none\n", encoding="utf-8"
    )
    found = json.loads(kg("links", "evaluate", str(pairs), "--scores", "out.csv", "--format", "json").stdout)
    assert found["all"]["average_precision"] == found["all"]["average_precision_same"] == 1
    scores = [line.split(",") for line in (garden / "out.csv").read_text("utf-8").splitlines()]
    assert scores[0] == ["a_article", "a_claim", "b_article", "b_claim", "score"]
    assert float(scores[1][4]) > float(scores[2][4])
    pairs.write_text(head + "tides,claim-007,buoys,claim-001,same\n", encoding="utf-8")
    assert "pairs.csv:2: tides has no claim" in kg("links", "evaluate", str(pairs)).stderr
    pairs.write_text("a,b\n", encoding="utf-8")
    assert "no column a_article" in kg("links", "evaluate", str(pairs)).stderr


def test_a_large_garden_links_when_asked(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.build.LINKED_AT_MOST", 2)
    assert "[links] compute = true" in kg("build", "--full").stdout
    assert _listed("--status", "all") == []
    (garden / "kg.toml").write_text('base = "https://sea.example/"\n[links]\ncompute = true\n', "utf-8")
    kg("build")
    assert _listed("--kind", "near-certain")


def test_thresholds_come_from_the_settings(garden: Path) -> None:
    (garden / "kg.toml").write_text('base = "https://sea.example/"\n[links]\nnear-certain = 0.9\n', "utf-8")
    kg("build")
    assert _listed("--kind", "near-certain") == [("buoys#claim-001", "tides#claim-001", "near-certain")]
    (garden / "kg.toml").write_text("[links]\nshown = 0.1\nsuggested = 0.5\n", "utf-8")
    assert "out of order" in kg("build").stderr


def test_the_body_beside_a_brief_counts(garden: Path) -> None:
    words = "Tides and bread have gusts of a kind: dough rises as spring tides follow the moon. " * 40
    (garden / "bread" / "article.md").write_text(words, "utf-8")
    report = json.loads(kg("build", "--format", "json").stdout)
    assert (report["changed"], report["graphsWritten"]) == ([], 0)
    query = ("query", "-e", "SELECT * WHERE { ?link sssom:similarity_score ?score } ORDER BY ?link")
    with_body = kg(*query).stdout
    kg("build", "--full")
    assert kg(*query).stdout == with_body
    (garden / "bread" / "article.md").unlink()
    kg("build")
    assert kg(*query).stdout != with_body


_DECISIONS = """\
subject_id\tpredicate_id\tobject_id\tpredicate_modifier\tsubject_label
tides#claim-001\tkg:sameClaimAs\tbuoys#claim-001\tNot\tSpring tides follow the full and the new moon.
bread#claim-001\tcito:supports\tbuoys#claim-002\t\tRye dough rises.
"""


def test_decisions_are_read_by_every_build(garden: Path) -> None:
    def asked(pattern: str) -> bool:
        return bool(json.loads(kg("query", "-e", f"ASK {{ {pattern} }}").stdout)["boolean"])

    articles = "<https://sea.example/articles/{}/#claim-00{}>".format
    supports = f"{articles('bread', 1)} cito:supports {articles('buoys', 2)}"
    same = ("buoys#claim-001", "tides#claim-001", "near-certain")
    assert same in _listed()
    (garden / "links.sssom.tsv").write_text(_DECISIONS, "utf-8")
    told = kg("build").stderr
    assert told.count("[KG047]") == 1
    assert "links.sssom.tsv:3:1: note[KG047]: bread#claim-001" in told
    assert "[KG047]" in kg("build").stderr
    assert same not in _listed()
    assert ("bread#claim-001", "buoys#claim-002", "accepted") in _listed()
    assert asked(supports)
    assert asked("?decision sssom:predicate_modifier sssom:NegatedPredicate")
    assert not asked("?one kg:sameClaimAs ?other")
    notes = garden / "notes" / "agent.md"
    notes.write_text(notes.read_text("utf-8").replace("Spring", "High"), "utf-8")
    kg("build")
    assert same not in _listed()
    assert asked(supports)
    (garden / "bread" / "agent.md").unlink()
    assert "bread#claim-001 is not in the garden" in kg("build").stderr
    assert not asked(supports)
    (garden / "links.sssom.tsv").unlink()
    kg("build")
    assert same in _listed()
    assert not asked("?decision sssom:mapping_justification semapv:ManualMappingCuration")


def test_decisions_count_where_no_links_are_computed(garden: Path) -> None:
    (garden / "kg.toml").write_text('base = "https://sea.example/"\n[links]\ncompute = false\n', "utf-8")
    kg("build")
    (garden / "links.sssom.tsv").write_text(_DECISIONS, "utf-8")
    kg("build")
    assert kg("query", "-e", "SELECT * { ?one cito:supports ?other }").stdout.count("bread") == 1


def test_decisions_that_cannot_be_read_stop_a_build(garden: Path) -> None:
    (garden / "links.sssom.tsv").mkdir()
    wrong = kg("build")
    assert wrong.exit_code == 3
    assert "says which links people rejected" in wrong.stderr


def _file(garden: Path) -> list[str]:
    lines = (garden / "links.sssom.tsv").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_a_decision_is_written_and_replaces_an_earlier_one(garden: Path) -> None:
    done = kg("links", "accept", "tides#c2", "buoys#claim-002", "--as", "contradicts", "--by", "Ada", "--why", 'a "b"')
    assert (done.exit_code, "kg build puts it into the graph" in done.stderr) == (0, True)
    kg("links", "reject", "tides#claim-001", "buoys#claim-001", "--by", "Ada")
    first = _file(garden)
    assert first[1].startswith("garden:buoys/#claim-001\tNot\tdcterms:relation\tgarden:tides/#claim-001\t")
    assert first[2].startswith("garden:buoys/#claim-002\t\tkg:contradicts\tgarden:tides/#claim-002\t")
    assert first[2].endswith(
        '\t"a ""b"""\tGusts cannot be left out of a tide table.\tGusts can be left out of a tide table.'
    )
    kg("links", "accept", "tides#claim-001", "buoys#claim-001", "--as", "supports", "--by", "Bo")
    assert _file(garden)[1].startswith("garden:tides/#claim-001\t\tcito:supports\tgarden:buoys/#claim-001\t")
    assert _file(garden)[2:] == first[2:]
    built = kg("build")
    assert "KG04" not in built.stderr
    query = "ASK { ?one kg:contradicts ?other . ?other kg:contradicts ?one . ?a cito:supports ?b }"
    assert json.loads(kg("query", "-e", query).stdout)["boolean"]
    assert sorted(path.name for path in garden.iterdir() if path.is_file()) == ["kg.toml", "links.sssom.tsv"]


def test_a_decision_that_cannot_be_noted_is_told(garden: Path) -> None:
    wrong = kg("links", "reject", "tide#claim-001", "bread#claim-001", "--by", "Ada")
    assert (wrong.exit_code, "did you mean tides?" in wrong.stderr) == (2, True)
    assert kg("links", "reject", "tides#claim-001", "tides#C1", "--by", "Ada").exit_code == 2
    assert kg("links", "reject", "tides#claim-001", "buoys#claim-001", "--by", " ").exit_code == 2
    assert not (garden / "links.sssom.tsv").exists()
    (garden / "links.sssom.tsv").write_text("subject_id\n", "utf-8")
    wrong = kg("links", "reject", "tides#claim-001", "buoys#claim-001", "--by", "Ada")
    assert (wrong.exit_code, "links.sssom.tsv:1:1: error[KG046]" in wrong.stderr) == (2, True)
    assert (garden / "links.sssom.tsv").read_text("utf-8") == "subject_id\n"


def test_links_are_reviewed_one_after_another(garden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reviewed(answers: str, *words: str) -> Result:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(answers.encode()), encoding="utf-8"))
        return kg("links", "review", "--by", "Ada", *words)

    found = reviewed("\nwhat?\ns\nword for word\n")
    assert found.exit_code == 0
    kinds = ("near-certain", "shown", "suggested")
    count = sum(len(_listed("--kind", kind, "--status", "all")) for kind in kinds)
    assert f"1 of {count}: near-certain" in found.stdout
    assert "answer with one letter" in found.stdout
    assert "Spring tides follow the full and the new moon." in found.stdout
    assert "both have phrases: spring tides" in found.stdout
    assert f"1 decision noted, {count - 1} left open" in found.stderr
    assert [line.split("\t")[2:8:5] for line in _file(garden)[1:]] == [["kg:sameClaimAs", "word for word"]]
    assert f"1 of {count - 1}:" in reviewed("q\n").stdout
    assert "0 decisions noted" in reviewed("").stderr
    assert "sign of tension" in reviewed("b\n\n", "--article", "buoys", "--kind", "shown").stdout
    assert any(line.startswith("garden:tides/#claim-002\t\tcito:supports\tgarden:buoys/") for line in _file(garden))
    assert reviewed("q\n", "--article", "tide").exit_code == 2
