"""What kg says of what can't lie in a checkout: other encodings, links, paths that can't be opened."""

import os
from pathlib import Path

import pytest

from kg.build import check
from kg.diagnostics import CODES
from kg.garden import locate
from tests.companions.test_reading import WORDS
from tests.diagnostics.test_golden import GOLDEN

_TIDES = """\
---
schemaVersion: 1
id: agent-brief:tides
articleId: article:tides
slug: tides
title: "Café tides"
tokenBudget: 1200
status: published
updated: 2026-05-04
---

## Thesis

Tide tables can be made by hand.

## Claims

- `claim-001`: Spring tides follow the full moon.
"""
_BYTES = {
    "latin-1": (
        _TIDES.encode("latin-1"),
        "tides/agent.md:6:12: error[KG005]: the file is not UTF-8: byte 0xe9 at offset 91\n"
        "  help: save the file as UTF-8",
    ),
    "utf-16": (
        b"\xff\xfe" + _TIDES.encode("utf-16-le"),
        "tides/agent.md:1:1: error[KG005]: the file is not UTF-8: byte 0xff at offset 0\n"
        "  help: save the file as UTF-8",
    ),
    "byte-order mark, Windows line ends, the wrong byte behind a wide letter": (
        b"\xef\xbb\xbf" + _TIDES.replace("\n", "\r\n").encode().replace(b' tides"', b' t\x92des"'),
        "tides/agent.md:6:15: error[KG005]: the file is not UTF-8: byte 0x92 at offset 103\n"
        "  help: save the file as UTF-8",
    ),
    "cut within a letter": (
        _TIDES.encode() + b"\xc3",
        "tides/agent.md:19:1: error[KG005]: the file is not UTF-8: byte 0xc3 at offset 268\n"
        "  help: save the file as UTF-8",
    ),
    "byte-order mark and Windows line ends": (b"\xef\xbb\xbf" + _TIDES.replace("\n", "\r\n").encode(), ""),
}


def _printed(*paths: Path) -> str:
    report = check(locate(tuple(str(path) for path in paths), None))
    return "\n".join(str(diagnostic) for diagnostic in report.diagnostics)


def _write(garden: Path, slug: str, text: str | bytes) -> Path:
    path = garden / slug / "agent.md"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", _BYTES)
def test_bytes(name: str, tmp_path: Path) -> None:
    data, words = _BYTES[name]
    _write(tmp_path, "tides", data)
    assert _printed(tmp_path) == words


def test_a_file_of_null_bytes_is_told_in_no_time(tmp_path: Path) -> None:
    _write(tmp_path, "tides", bytes(3_000_000))
    assert _printed(tmp_path).splitlines() == [
        "tides/agent.md:1:1: error[KG002]: the file has no front matter",
        "  help: begin the file with a line of three hyphens, the keys, and a second such line",
        "tides/agent.md:1:1: warning[KG019]: control character U+0000",
        "  help: delete it; RDF/XML and GraphML can't hold it",
    ]


def test_a_folder_that_cannot_be_opened(tmp_path: Path) -> None:
    """Its path is longer than the system takes, which stops root as well, as permissions would not."""
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(24):
        os.mkdir("t" * 200, dir_fd=here)
        below = os.open("t" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    assert _printed(tmp_path).replace("t" * 200, "t").replace("t/", "").splitlines() == [
        "t:1:1: error[KG006]: the folder can't be read: File name too long",
        "  help: see that it can be opened, or move it elsewhere",
    ]


def test_slugs_that_differ_only_in_case(tmp_path: Path) -> None:
    _write(tmp_path, "tides", _TIDES)
    _write(tmp_path, "x/Tides", _TIDES.replace(":tides", ":Tides").replace("slug: tides", "slug: Tides"))
    assert _printed(tmp_path).splitlines() == [
        'x/Tides/agent.md:5:1: error[KG013]: the slug "Tides" differs only in case from "tides", which is taken; '
        "this file is not built",
        "  help: the other is tides/agent.md; give one of the two another slug",
    ]


def test_slugs_that_differ_in_more_than_case(tmp_path: Path) -> None:
    _write(tmp_path, "tides", _TIDES)
    _write(tmp_path, "tides.", _TIDES.replace(":tides", ":tides.").replace("slug: tides", "slug: tides."))
    assert _printed(tmp_path).splitlines()[0] == (
        'tides/agent.md:5:1: error[KG013]: the slug "tides" counts as the same as "tides.", which is taken; '
        "this file is not built"
    )


def test_links(tmp_path: Path) -> None:
    path = _write(tmp_path, "tides", _TIDES)
    (tmp_path / "a-folder").symlink_to("tides")
    (tmp_path / "b-file.md").symlink_to(path)
    (tmp_path / "c-round").symlink_to(".")
    (tmp_path / "d-nowhere").symlink_to("gone")
    (tmp_path / "e-picture.png").symlink_to(path)
    help = "name its target on the command line, or move the files into the garden"
    words = f"the symbolic link is not followed\n  help: {help}"
    expected = [f"{name}:1:1: note[KG023]: {words}" for name in ("a-folder", "b-file.md", "c-round")]
    expected.append("d-nowhere:1:1: note[KG023]: the symbolic link leads nowhere\n  help: mend or delete it")
    assert _printed(tmp_path) == "\n".join(expected)


def test_every_code_is_reached() -> None:
    """By a golden file, by a test of exact words, or by the example of its own page alone."""
    reached = {path.stem[:5] for path in GOLDEN} | {"KG005", "KG006", "KG013", "KG023"}
    reached |= {code for code in CODES for _, words in WORDS.values() if code in words}
    findings = {code for code, kind in CODES.items() if kind.rule} | {"KG043"}  # tests/checks, and each page's example
    assert set(CODES) - reached - findings == {"KG028", "KG033", "KG041", "KG042", "KG045", "KG046", "KG047", "KG099"}
