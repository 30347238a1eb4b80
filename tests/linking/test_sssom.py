"""links.sssom.tsv: read as it is written, stable, and no bad line costs another."""

import csv
import io
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.decisions import Decision, Relation, ordered
from kg.linking.material import Key
from kg.linking.sssom import COLUMNS, Reviewed, read, write
from tests.linking.examples import key

BASE = "https://sea.example/"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_SLUG = st.text(st.sampled_from("ab c/#%é\t-"), min_size=1, max_size=6)
_KEY = st.builds(lambda slug, number: Key(slug, f"claim-{number:03d}"), _SLUG, st.integers(1, 1200))
DECISION = st.builds(
    Decision,
    first=_KEY,
    second=_KEY,
    predicate=st.sampled_from(Relation),
    rejected=st.booleans(),
    by=_TEXT,
    on=st.none() | st.dates(),
    why=_TEXT,
    first_text=_TEXT,
    second_text=_TEXT,
    more=_TEXT.filter(bool).map(lambda text: (("confidence", text),)) | st.just(()),
)
MANY = st.lists(DECISION.filter(lambda d: d.first != d.second), max_size=4, unique_by=lambda decision: decision.pair)


@given(MANY, st.randoms())
def test_what_is_written_is_read(decisions: list[Decision], random: Random) -> None:
    text = write(Reviewed(tuple(decisions)), BASE)
    reviewed, problems = read(text.encode(), "links.sssom.tsv", BASE)
    assert problems == []
    assert reviewed.decisions == tuple(sorted(map(ordered, decisions), key=lambda decision: decision.pair))
    assert write(reviewed, BASE) == text
    assert write(Reviewed(tuple(random.sample(decisions, len(decisions)))), BASE) == text
    assert read(text.replace("\n", "\r\n").encode(), "links.sssom.tsv", BASE) == (reviewed, [])


@given(MANY)
def test_a_pair_is_a_line_that_any_reader_of_tables_takes(decisions: list[Decision]) -> None:
    lines = [line for line in write(Reviewed(tuple(decisions)), BASE).split("\n")[:-1] if not line.startswith("#")]
    assert len(lines) == len(decisions) + 1
    rows = list(csv.DictReader(io.StringIO("\n".join(lines), newline=""), delimiter="\t"))
    assert [row["mapping_justification"] for row in rows] == ["semapv:ManualMappingCuration"] * len(decisions)


_HEAD = "# curie_map:\n#   garden: https://sea.example/articles/\n" + "\t".join(COLUMNS[:5]) + "\treviewer_label\n"
_GOOD = "garden:moon/#claim-001\t\tkg:sameClaimAs\tgarden:tides/#claim-002\t\tAda\n"
_SAME = Decision(key("moon"), key("tides", 2), Relation.SAME, False, by="Ada")


def _told(text: str | bytes) -> tuple[list[Decision], list[str]]:
    reviewed, problems = read(text if isinstance(text, bytes) else text.encode(), "t.tsv", BASE)
    return list(reviewed.decisions), [f"{d.line}:{d.column}: {d.message}" for d in problems]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("garden:moon/\t\tkg:sameClaimAs\tgarden:bay/#claim-001", '1: subject_id names no claim: "garden:moon/"'),
        ("garden:moon/#claim-001\t\tkg:same\tbay#claim-001", '25: the predicate is unknown: "kg:same"'),
        ("moon#claim-001\tno\tkg:sameClaimAs\tbay#claim-001", '16: the modifier is unknown: "no"'),
        ("moon#claim-001\t\tkg:sameClaimAs\tmoon#claim-001", "32: the claim is compared with itself"),
        ("moon#claim-001\t\tkg:sameClaimAs", '1: object_id names no claim: ""'),
        ("a\tb\tc\td\te\tf\tg", "13: the line has 7 cells, and there are 6 columns"),
        ("tides#claim-002\tNot\tkg:contradicts\tmoon#claim-001", "1: the pair was decided before"),
        ("https://else.example/articles/moon/#claim-001\t\tkg:contradicts\tbay#claim-001", "1: subject_id names no"),
        (
            "moon#claim-001\t\tkg:contradicts\tbay#claim-001\tsemapv:LexicalMatching",
            '46: nobody decided this: its justification is "semapv:LexicalMatching"',
        ),
        ("<<<<<<< HEAD", '1: subject_id names no claim: "<<<<<<< HEAD"'),
        (b"moon#claim-001\t\xff", "16: the line is not UTF-8"),
    ],
)
def test_a_bad_line_is_told_and_costs_no_other(line: str | bytes, problem: str) -> None:
    bad = line if isinstance(line, bytes) else line.encode()
    after = b"bay#claim-001\t\tcito:supports\tAda#claim-009\n"
    decisions, problems = _told(_HEAD.encode() + _GOOD.encode() + bad + b"\n" + after)
    assert decisions == [_SAME, ordered(Decision(key("bay"), key("Ada", 9), Relation.SUPPORTS, False))]
    assert [text.startswith(f"5:{problem}") for text in problems] == [True], problems


def test_a_date_is_a_day() -> None:
    text = "subject_id\tpredicate_id\tobject_id\tmapping_date\na#claim-001\tkg:contradicts\tb#claim-001\tin May\n"
    assert _told(text) == ([], ['2:40: no date: "in May"'])


def test_without_its_columns_nothing_is_read() -> None:
    assert _told("") == _told("\n") == _told("# curie_map:\n") == ([], [])
    assert _told(_GOOD) == ([], ["1:1: there is no column subject_id, predicate_id, object_id"])
    assert _told("# a: [\n" + "\t".join(COLUMNS))[1] == ["1:1: the lines above the columns are not YAML"]
    assert _told("subject_id\tpredicate_id\tobject_id\tsubject_id\n")[1] == ["1:1: a column is named twice"]


def test_prefixes_are_those_of_the_file_and_what_others_added_stays() -> None:
    head = '#mapping_set_title: "Tides"\n#curie_map:\n#  a: https://sea.example/articles/\n#  k: ' + (
        "https://w3id.org/claimgraph/ns#\n"
    )
    text = (
        head
        + "object_id\tsubject_id\tpredicate_id\tconfidence\tauthor_label\na:b/#claim-001\ta#claim-001\t"
        + ("k:sameClaimAs\t0.8\tBo\n")
    )
    reviewed, problems = read(text.encode(), "t.tsv", BASE)
    assert problems == []
    assert reviewed.decisions == (
        Decision(key("a"), key("b"), Relation.SAME, False, by="Bo", more=(("confidence", "0.8"),)),
    )
    written = write(replace(reviewed, decisions=reviewed.decisions), BASE)
    assert written.startswith(head + "subject_id\t")
    assert "\na:a/#claim-001\t\tk:sameClaimAs\ta:b/#claim-001\thttps://w3id.org/semapv" in written
    assert written.endswith("\t0.8\n")
    assert read(written.encode(), "t.tsv", BASE)[0].decisions == reviewed.decisions
