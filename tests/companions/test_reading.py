"""Bad companions beside the exact words shown, and what of them is kept."""

import json

import pytest

from kg.reading.companion import read_companion, slug_in

KEPT = "as it stands it is kept unread"
WORDS: dict[str, tuple[str | bytes, str]] = {
    "fine": ('{"slug": "tides"}', ""),
    "byte order mark and line ends": (b'\xef\xbb\xbf{\r\n"slug": "tides"\r\n}', ""),
    "empty": ("", "1:1: error[KG040]: not valid JSON: expecting value\n  help: mend it here or just before"),
    "a comma too many": (
        '{\n "slug": "tides",\n}',
        "3:1: error[KG040]: not valid JSON: expecting a key in double quotes\n  help: mend it here or just before",
    ),
    "a comma too few": (
        '{"slug": "tides" "title": "T"}',
        "1:18: error[KG040]: not valid JSON: expecting ',' or '}'\n  help: mend it here or just before",
    ),
    "never closes": (
        '{"slug": "tides", "claims": [{"id": "claim-001"}',
        "1:49: error[KG040]: not valid JSON: expecting ',' or ']'\n  help: mend it here or just before",
    ),
    "two values": (
        '{"slug": "tides"} {}',
        "1:19: error[KG040]: not valid JSON: text behind the end of the value\n  help: mend it here or just before",
    ),
    "a list": ("[]", "1:1: error[KG040]: not a JSON object\n  help: begin it with { and write keys and values"),
    "no number": (
        '{"slug": "tides", "x": NaN}',
        "1:24: error[KG040]: not valid JSON: NaN, which is no JSON\n  help: mend it here or just before",
    ),
    "a huge number": (
        '{"slug": "tides", "x": [1e999]}',
        "1:24: error[KG040]: not valid JSON: a number too large to hold\n  help: mend it here or just before",
    ),
    "very deep": (
        '{"slug": "tides", "x": ' + "[" * 100_000,
        "1:1: error[KG009]: JSON nested too deeply\n  help: nest less",
    ),
    "not UTF-8": (
        b'{"slug": "tides",\n "title": "\xe9"}',
        "2:12: error[KG005]: the file is not UTF-8: byte 0xe9 at offset 29\n  help: save the file as UTF-8",
    ),
    "no slug": (
        '{"title": "T"}',
        "1:1: error[KG010]: slug is missing\n  help: write the slug of the brief that it belongs to",
    ),
    "a key twice": (
        '{"slug": "tides",\n "claims": [{"id": "claim-001", "claim": "A", "claim": "B"}]}',
        '2:56: error[KG003]: the key "claim" is given twice; the second is left out: "B"\n  help: keep one of the two',
    ),
    "half a pair": (
        '{"slug": "tides", "title": "a\\ud83d b\\\\ud83d \\ud83d\\ude00"}',
        "1:30: warning[KG019]: half of a surrogate pair, read as U+FFFD\n  help: write the character",
    ),
    "control character": (
        '{"slug": "tides", "title": "a\\u0007b"}',
        "1:30: warning[KG019]: control character U+0007\n  help: delete it",
    ),
    "a number for a text": (
        '{"slug": "tides", "title": 5}',
        f"1:28: error[KG011]: title is 5, not text in double quotes\n  help: write text in double quotes; {KEPT}",
    ),
    "no date": (
        '{"slug": "tides", "updatedAt": "2026-02-30"}',
        '1:32: error[KG011]: updatedAt is "2026-02-30", not a date as YYYY-MM-DD\n'
        f"  help: write a date as YYYY-MM-DD; {KEPT}",
    ),
    "unknown status": (
        '{"slug": "tides", "status": "done"}',
        '1:29: error[KG011]: status is "done", not one of draft, review, published, archived\n'
        f"  help: write one of draft, review, published, archived; {KEPT}",
    ),
    "claims that are no list": (
        '{"slug": "tides", "claims": {}}',
        f"1:29: error[KG011]: claims is {{}}, not a list of objects\n  help: write a list of objects; {KEPT}",
    ),
    "a claim that is no object": (
        '{"slug": "tides", "claims": ["A"]}',
        '1:29: error[KG011]: claims is ["A"], not a list of objects alone\n'
        f"  help: write a list of objects alone; {KEPT}",
    ),
    "a claim without id": (
        '{"slug": "tides", "claims": [{"claim": "A"}]}',
        '1:30: error[KG011]: the claim has no id\n  help: write "id": "claim-001", counting up',
    ),
    "a claim without text": (
        '{"slug": "tides", "claims": [{"id": "claim-001", "claim": " "}]}',
        "1:30: error[KG015]: claim-001 has no text\n  help: write the claim behind its id",
    ),
    "a claim twice": (
        '{"slug": "tides", "claims": [{"id": "claim-001", "claim": "A"},\n{"id": "C1", "claim": "B"}]}',
        "2:1: error[KG014]: claim-001 is defined twice; this one is kept unread\n"
        "  help: first defined on line 1; give the second its own number",
    ),
    "a source without id": (
        '{"slug": "tides", "sources": [{"url": "https://a.example/"}]}',
        '1:31: error[KG010]: id is missing\n  help: write "id": "source-…"',
    ),
    "a source twice": (
        '{"slug": "tides", "sources": [{"id": "s"}, {"id": "s"}]}',
        '1:44: error[KG044]: the source "s" is listed twice; this one is kept unread\n'
        "  help: first listed on line 1; give the second its own id",
    ),
    "related to nothing known": (
        '{"slug": "tides", "related": [{"type": "book", "id": "book:1"}]}',
        '1:31: error[KG011]: related to {"type": "book", "id": "book:1"}\n'
        '  help: write {"type": "article", "id": "article:…"}, or topic',
    ),
    "accepted without rule": (
        '{"slug": "tides", "diagnostics": {"accepted": [{"scope": "article"}]}}',
        "1:48: error[KG010]: rule is missing\n  help: name the finding that is accepted",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_exact_words(name: str) -> None:
    text, words = WORDS[name]
    data = text if isinstance(text, bytes) else text.encode()
    companion, found = read_companion(data, "artifact.json")
    assert "\n".join(str(diagnostic) for diagnostic in found) == (f"artifact.json:{words}" if words else "")
    refused = any(code in words for code in ("KG040", "KG009", "KG005", "slug is missing"))
    assert (companion is None) == refused


@pytest.mark.parametrize("name", WORDS)
def test_the_slug_alone_is_that_of_the_whole(name: str) -> None:
    text, _ = WORDS[name]
    data = text if isinstance(text, bytes) else text.encode()
    companion, _ = read_companion(data, "artifact.json")
    assert companion is None or slug_in(data) == companion.slug


def test_places_count_characters() -> None:
    text = json.dumps(
        {"slug": "tides", "title": "Gezeiten é 😀", "claims": [{"id": "claim-001", "claim": "Ä"}]}, indent=1
    )
    companion, _ = read_companion(json.loads(json.dumps(text)).encode(), "x")
    assert companion is not None
    (claim,) = companion.claims
    assert (claim.location, claim.text_location) == ((5, 3), (7, 13))
