"""The ways in which people write a list of claims, and what is read."""

import pytest

from tests.graphs import graph_of
from tests.reading.briefs import FRONT, claims, read

_BOTH = ["1 Alpha", "2 Beta"]


@pytest.mark.parametrize(
    "body",
    [
        "- `claim-001`: Alpha\n- `claim-002`: Beta",
        "- **claim-001** — Alpha\n- **claim-002** – Beta",
        "- claim-001. Alpha\n- claim-002. Beta",
        "- **C1.** Alpha\n- **C2.** Beta",
        "- **Claim 1:** Alpha\n- **Claim 2**: Beta",
        "- Claim #1: Alpha\n- Claim no. 2: Beta",
        "- C1) Alpha\n- C2) Beta",
        "- [claim-001] Alpha\n- (claim-002) Beta",
        "- claim-001 | Alpha\n- claim-002 -> Beta",
        "- claim:001 Alpha\n- claim-002, Beta",
        "- [ ] claim-001: Alpha\n- [x] claim-002: Beta",
        "- Alpha (claim-001)\n- Beta [C2]",
        "- Alpha — claim-001\n- Beta – `claim-002`.",
        "1. Alpha\n2. Beta",
        "1. claim-001: Alpha\n2. claim-002: Beta",
        "claim-001: Alpha\n\nclaim-002: Beta",
        "`claim-001`: Alpha\n`claim-002`: Beta",
        "(C1) Alpha; and (C2) Beta.",
        "Alpha (C1)\n\nBeta [claim-002]",
        "**claim-001**\nAlpha\n\n**claim-002**\nBeta",
        "### claim-001\n\nAlpha\n\n### claim-002\n\nBeta",
        "### Claim 1: Alpha\n\n### Claim 2: Beta",
        "- **claim-001**\n  - Claim: Alpha\n- claim-002:\n  - *Text*: Beta",
        "### Core\n\n- claim-001: Alpha\n\n### Other\n\n- claim-002: Beta",
        "| id | claim |\n|---|---|\n| claim-001 | Alpha |\n| claim-002 | Beta |",
        "| claim-001 | Alpha |\n|---|---|\n| claim-002 | Beta |",
        "| # | Claim |\n|---|---|\n| 1 | Alpha |\n| 2 | Beta |",
        "| Claim | ID |\n|---|---|\n| Alpha | C1. |\n| Beta | C2. |",
    ],
)
def test_layouts(body: str) -> None:
    assert claims(body) == _BOTH


def test_an_id_within_a_wrapped_paragraph_is_a_reference() -> None:
    text = "claim-001: Alpha, which goes on\nclaim-002 only in part"
    assert claims(text) == ["1 Alpha, which goes on claim-002 only in part"]


@pytest.mark.parametrize("text", ["claim-001–003: Alpha", "claim-001 and claim-002: Alpha", "claim-1, claim-2: Alpha"])
def test_several_ids_before_a_claim_are_none_of_its_own(text: str) -> None:
    assert claims(f"- {text}") == [f"1 {text}"]


@pytest.mark.parametrize("text", ["(C1) Alpha; (C3) Beta.", "(C2) Alpha; (C1) Beta."])
def test_ids_in_one_paragraph_that_do_not_count_up_are_told(text: str) -> None:
    brief, found = read(f"## Thesis\n\nT.\n\n## Claims\n\n{text}\n")
    assert (brief.claims, brief.sections[0].markdown) == ((), text)
    assert found[0] == "18:1: warning[KG017]: the text speaks of claims that can't be told apart"


def test_bullets_below_a_heading_with_an_id_are_its_notes() -> None:
    assert claims("### claim-001\n\nAlpha.\n\n- Confidence: high") == ["1 Alpha. (Confidence: high)"]
    assert claims("### claim-001: Alpha\n\n- claim-002: Beta") == _BOTH


def test_further_columns_are_notes_and_the_header_is_kept() -> None:
    brief, found = read(
        "## Claims\n\n| ID | Confidence | Claim | Why |\n|:-:|---|---|---|\n"
        "| C1. | high | Alpha | seen |\n| C2. | low | Beta | |\n"
    )
    notes = [[note.value for note in claim.notes] for claim in brief.claims]
    assert [claim.text.value for claim in brief.claims] == ["Alpha", "Beta"]
    assert notes == [["Confidence: high", "Why: seen"], ["Confidence: low"]]
    assert [section.markdown for section in brief.sections] == ["| ID | Confidence | Claim | Why |\n|:-:|---|---|---|"]
    assert [words for words in found if "KG021" in words] == []


@pytest.mark.parametrize(
    "table",
    [
        "| id | claim |\n|---|---|\n| claim-001 | Alpha | beyond |",
        "| year | claim |\n|---|---|\n| 1 | Alpha |",
        "| id | claim |\n|---|---|\n| claim-001 | Alpha |\n| | Beta |",
    ],
    ids=["more cells than columns", "numbers of something else", "a row without id"],
)
def test_a_table_that_is_not_wholly_understood_is_kept(table: str) -> None:
    brief, found = read(f"## Claims\n\n{table}\n")
    assert (brief.claims, brief.sections[0].markdown) == ((), table)
    assert any("KG021" in words for words in found)


def test_what_is_refused_stands_in_the_message_whole() -> None:
    long = " ".join(f"w{number}" for number in range(900))
    body = f"## Claims\n\n- claim-001: A\n- claim-001: {long} [b](/c)\n  - d\n- claim-002:\n  - {long} e\n"
    refused, empty = (words for words in read(body)[1] if "KG014" in words or "KG015" in words)
    assert refused.endswith(f'is left out: "{long} b (link: /c); d"')
    assert empty.endswith(f'is left out: "{long} e"')


def test_a_claim_never_mentions_itself() -> None:
    body = "## Claims\n\n- claim-001: A, as claim-001 says\n  - claim-1 again, and claim-002\n- claim-002: B\n"
    graph = graph_of(FRONT + body)
    assert graph is not None
    mentions = [line.split("#")[1:] for line in graph.lines if "ns#mentions" in line]
    assert [(subject[:9], target[:9]) for subject, _, target in mentions] == [("claim-001", "claim-002")]


@pytest.mark.parametrize("word", ["None", "None yet.", "N/A", "TBD", "(to be written)", "—"])
def test_a_word_for_nothing_is_no_item(word: str) -> None:
    brief, _ = read(f"## Audience\n\n{word}\n\n## Claims\n\n- {word}\n\n## Source Families\n\n- {word}\n")
    assert (brief.audience, brief.claims, brief.families) == ((), (), ())
    assert [section.markdown for section in brief.sections] == [word, f"- {word}", f"- {word}"]
