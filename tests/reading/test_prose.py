"""Claims and thesis in running text."""

import pytest

from tests.reading.briefs import listed, read


@pytest.mark.parametrize(
    ("text", "thesis"),
    [
        ("Thesis: X holds. The claims are: (1) a is so; (2) b is so.", "X holds."),
        ("Thesis: X holds. (1) a is so; (2) b is so.", "X holds."),
        ("Thesis: X holds\nThe claims are: (C1) a is so; (C2) b is so.", "X holds"),
        ("Thesis: X holds. The two claims are: a is so; b is so.", "X holds."),
        ("Thesis: X holds. A is so (C1); b is so (C2).", "X holds."),
    ],
)
def test_the_thesis_ends_where_the_claims_begin(text: str, thesis: str) -> None:
    brief, _ = read(text)
    assert brief.thesis is not None
    assert brief.thesis.text.value == thesis
    assert [claim.casefold() for claim in listed(brief)] == ["1 a is so", "2 b is so"]
    assert [section.markdown for section in brief.sections] == [text]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("The claims: (C2) a is so; (C1) b is so.", 13),
        ("The claims: (C1) a is so; (C3) b is so.", 27),
        ("claim-002: a is so. claim-003: b is so.", 1),
        ("The claims are (3) a, (1) b, and (2) c.", 16),
    ],
)
def test_ids_that_do_not_count_up_are_reported(text: str, column: int) -> None:
    brief, found = read(text)
    assert brief.claims == ()
    assert found == [f"12:{column}: warning[KG017]: the text speaks of claims that can't be told apart"]


def test_a_number_beyond_the_run_is_no_id() -> None:
    assert listed(read("The claims: (1) a takes (30) days; (2) b is so.")[0]) == ["1 a takes (30) days", "2 b is so"]


def test_a_claim_without_words_is_reported_at_its_id() -> None:
    assert read("The claims are: (C1) ; (C2) b is so.")[1] == ["12:17: error[KG015]: claim-001 has no text"]
