"""Every shared case: its steps through the command line, its checks, and what its prose expects.

To drive one more: move its number from `LATER` to `EXPECTED`, give it a function there, one in `steps.STEPS` where it
does more than build ``briefs`` once, and one in `checks.CHECKS` for each key that is new.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cases import checks, expect_export, expect_graph, expect_reading, expect_values
from tests.cases.case import Outcome, load_case
from tests.cases.steps import perform
from tests.shared import SHARED, need

EXPECTED: dict[str, Callable[[Outcome], None]] = {
    "01": expect_reading.norway_slug,
    "02": expect_reading.colon_in_title,
    "03": expect_reading.duplicate_yaml_key,
    "04": expect_reading.bom_and_crlf,
    "05": expect_reading.thematic_break_in_body,
    "06": expect_reading.alias_bomb_and_long_line,
    "07": expect_reading.impossible_dates,
    "08": expect_reading.blank_title_empty_sections,
    "09": expect_reading.heading_inside_fence,
    "10": expect_reading.html_comments,
    "11": expect_reading.lazy_continuation,
    "12": expect_reading.nfc_and_nfd,
    "13": expect_graph.illegal_iri_characters,
    "14": expect_reading.duplicate_claim_in_file,
    "15": expect_graph.delete_and_rename,
    "16": expect_graph.symlink_loop,
    "17": expect_reading.not_utf8,
    "20": expect_export.quotes_and_backslashes,
    "21": expect_export.control_characters,
    "22": expect_export.same_bytes_every_time,
    "23": expect_export.jsonld_offline,
    "26": expect_values.injection_by_argument,
    "27": expect_values.csv_formula,
}
LATER = {
    "18": "tests/cases/test_store.py drives it; its server part needs the server",
    "19": "tests/cases/test_store.py drives it",
    "24": "tests/cases/test_store.py drives it; its server part needs the server",
    "25": "tests/cases/test_store.py drives it; its server part needs the server",
    "28": "needs the pages",
}
"""The cases that are not driven here, each with its reason."""


@pytest.mark.parametrize("number", EXPECTED)
def test_case(number: str, tmp_path: Path) -> None:
    outcome = perform(load_case(number, tmp_path))
    try:
        assert checks.problems(outcome) == []
    finally:  # so that one run shows both
        EXPECTED[number](outcome)


def test_every_case_is_driven_or_stands_in_the_table() -> None:
    numbers = {folder.name[:2] for folder in need(SHARED / "cases").iterdir() if (folder / "case.json").is_file()}
    assert numbers == EXPECTED.keys() | LATER.keys()
    assert not EXPECTED.keys() & LATER.keys()


def test_an_unknown_check_is_a_problem(tmp_path: Path) -> None:
    case = replace(load_case("01", tmp_path), checks={"no_such_check": 1})
    assert checks.problems(Outcome(case)) == ["no_such_check: no such check is known"]
