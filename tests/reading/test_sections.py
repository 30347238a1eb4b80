"""Headings and layouts of the other sections."""

import pytest

from kg.model import Role
from kg.reading.sections import ALIASES, section_name
from tests.reading.briefs import read

_KINDS = [("Textbook", ["Moon Book", "Sun Book"]), ("Research", ["Smith (2001)"])]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("The Claims", Role.CLAIMS),
        ("3. Main claims", Role.CLAIMS),
        ("Core Claims (12)", Role.CLAIMS),
        ("Central thesis", Role.THESIS),
        ("Intended audience:", Role.AUDIENCE),
        ("Suggested questions", Role.QUERIES),
        ("Caveats", Role.LIMITS),
        ("Key takeaways", None),
        ("Claims that were dropped", None),
    ],
)
def test_names_of_sections(heading: str, role: Role | None) -> None:
    assert ALIASES.get(section_name(heading)) is role


@pytest.mark.parametrize(
    "body",
    [
        "- Textbook: Moon Book; Sun Book\n- Research: Smith (2001)",
        "- Textbook\n  - Moon Book\n  - Sun Book\n- Research:\n  - Smith (2001)",
        "### Textbook\n\n- Moon Book\n- Sun Book\n\n### Research\n\n- Smith (2001)",
        "**Textbook**\n\n- Moon Book\n- Sun Book\n\n**Research**:\n- Smith (2001)",
    ],
)
def test_families_by_kind(body: str) -> None:
    brief, _ = read(f"## Source Families\n\n{body}\n")
    found = [(family.kind and family.kind.value, [work.value for work in family.works]) for family in brief.families]
    assert (found, brief.sections) == (_KINDS, ())


def test_a_heading_with_more_than_a_list_below_it_is_kept() -> None:
    brief, _ = read("## Source Families\n\n### Textbook\n\nAll old.\n\n- Moon Book\n")
    assert [family.text.value for family in brief.families] == ["Moon Book"]
    assert brief.sections[0].markdown == "### Textbook\n\nAll old."


@pytest.mark.parametrize("body", ["1. One.\n2. Two.", "- One.\n- Two.", "One.\n\nTwo."])
def test_items_as_numbers_bullets_or_paragraphs(body: str) -> None:
    brief, _ = read(f"## Known Limits\n\n{body}\n\n## Audience\n\n{body}\n")
    assert [item.text.value for item in (*brief.limits, *brief.audience)] == ["One.", "Two."] * 2


@pytest.mark.parametrize("body", ["```\nWhat moves?\n```", "| Query |\n|---|\n| What moves? |"])
def test_queries_in_code_or_a_table_are_kept_and_told(body: str) -> None:
    brief, found = read(f"## Thesis\n\nT.\n\n## Claims\n\n- C1: A\n\n## Recommended Queries\n\n{body}\n")
    assert (brief.queries, brief.sections[0].markdown) == ((), body)
    assert found == ['22:1: note[KG021]: text in "Recommended Queries" that is none of its items']


def test_the_same_section_twice_is_told() -> None:
    body = "## Audience\n\n- a\n\n## Claims\n\n- C1: b\n\n## Known Limits\n\n- c\n\n## Limitations\n\n- d\n"
    assert [words for words in read(body)[1] if "KG029" in words] == []
    assert '28:1: warning[KG029]: a second section "audience"' in read(body + "\n## **audience**\n\n- e\n")[1]
