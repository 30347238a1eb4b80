"""An incremental build equals a clean one, after any sequence of events; and only what changed is read."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from kg.build import Report, build
from kg.cli.common import open_store
from kg.export.selection import select
from kg.garden import locate
from kg.namespaces import DEFAULT_BASE
from kg.origin import build_lines

FILES = ("a/agent.md", "b/agent.md", "c/agent.md", "d/note.md", "e.txt", "a/artifact.json", "z/artifact.json")
_TEXT = """\
---
schemaVersion: 1
id: agent-brief:{slug}
articleId: article:{slug}
slug: {slug}
title: "Brief {number}"
tokenBudget: 1200
status: {status}
updated: 2026-05-04
---

## Thesis

Thesis {number}.

## Claims

- `claim-001`: Claim {number}.
{extra}
## Source Families

- {kind}: {work}; Own work {number}.
"""


def _brief(slug: str, status: str, number: int) -> str:
    words = {
        "slug": slug,
        "status": status,
        "number": number,
        "extra": "- `claim-001`: Again.\n" if number % 5 == 0 else "",
        "kind": ("Textbook", "textbook", "TEXTBOOK")[number % 3],
        "work": ("Tides for Beginners", "tides for beginners", "Tides For Beginners.")[number // 3 % 3],
    }
    return _TEXT.format(**words)


def _companion(slug: str, status: str, number: int) -> str:
    source = {"id": "s", "url": f"https://works.example/{number % 3}", "title": f"Title {number}"}
    claim = {"id": "claim-001", "claim": f"Claim {number}.", "evidence": [{"sourceId": "s", "snippet": "a" * number}]}
    whole: dict[str, object] = {
        "slug": slug,
        "status": status,
        "topics": [("Tides", "tides")[number % 2]],
        "claims": [claim],
    }
    whole["related"] = [{"type": "article", "id": f"article:{'abc'[number % 3]}"}]
    whole["diagnostics"] = {"accepted": [{"rule": "no-direct-evidence", "rationale": "R"}] * (number % 2)}
    return json.dumps({**whole, "sources": [source] * (1 + (number % 5 == 0))})


FILE = st.sampled_from(FILES)
STEP = st.one_of(
    st.tuples(
        st.just("write"),
        FILE,
        st.sampled_from(["a", "b", "c", "A", "x y"]),
        st.sampled_from(["published", "published", "draft", "gone"]),
        st.integers(0, 12),
    ),
    st.tuples(st.just("delete"), FILE),
    st.tuples(st.just("move"), FILE, FILE),
    st.tuples(st.just("touch"), FILE),
    st.tuples(
        st.just("break"),
        FILE,
        st.sampled_from([b"---\nslug: a\n", b"\xff\xfe", b"# No brief\n", b"", b'{"slug": "a", "claims": 3}']),
    ),
    st.tuples(st.just("decide"), st.sampled_from(["kg:sameClaimAs", "cito:supports", "kg:no"]), st.integers(0, 12)),
    st.tuples(st.just("undecide")),
    st.tuples(st.just("build")),
)


def _decisions(predicate: str, number: int) -> str:
    line = f"{'abc'[number % 3]}#claim-001\t{predicate}\tb#claim-001\t{'Not' * (number % 2)}\tClaim {number}.\n"
    return "subject_id\tpredicate_id\tobject_id\tpredicate_modifier\tsubject_label\n" + line


def _do(garden: Path, step: tuple[object, ...]) -> None:
    kind, *rest = step
    paths = [garden / str(name) for name in rest if name in FILES]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "write":
        text = (_companion if paths[0].suffix == ".json" else _brief)(str(rest[1]), str(rest[2]), int(str(rest[3])))
        paths[0].write_text(text, encoding="utf-8")
    elif kind == "decide":
        (garden / "links.sssom.tsv").write_text(_decisions(str(rest[0]), int(str(rest[1]))), encoding="utf-8")
    elif kind == "undecide":
        (garden / "links.sssom.tsv").unlink(missing_ok=True)
    elif kind == "delete":
        paths[0].unlink(missing_ok=True)
    elif kind == "move" and paths[0].exists() and paths[0] != paths[-1]:
        paths[0].replace(paths[-1])
    elif kind == "touch" and paths[0].exists():
        os.utime(paths[0])
    elif kind == "break" and isinstance(rest[1], bytes):
        paths[0].write_bytes(rest[1])


def _state(garden: Path, store: Path, full: bool = False) -> tuple[Report, list[str], list[str]]:
    report = build(locate((str(garden),), str(store)), full)
    opened, base = open_store(str(store))
    quads = [line for status in ("all", "published") for line in select(opened, base, status).quads()]
    quads += sorted((opened.dump(format=RdfFormat.N_QUADS) or b"").decode().split("\n"))
    return report, quads, [str(diagnostic) for diagnostic in (*report.diagnostics, *report.accepted)]


@given(st.lists(STEP, min_size=1, max_size=12))
@settings(max_examples=60)
def test_incremental_equals_clean(steps: list[tuple[object, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        garden, store = Path(folder) / "garden", Path(folder) / "store"
        garden.mkdir()
        _state(garden, store)
        for step in [*steps, ("build",)]:
            _do(garden, step)
            if step[0] == "build":
                _, quads, found = _state(garden, store)
                clean = Path(folder) / f"clean{len(os.listdir(folder))}"
                _, clean_quads, clean_found = _state(garden, clean)
                assert build_lines(store, DEFAULT_BASE) == build_lines(clean, DEFAULT_BASE)
                assert quads == clean_quads
                assert found == clean_found


def test_a_brief_that_loses_its_slug_is_linked_no_more(tmp_path: Path) -> None:
    store, garden = tmp_path / "store", tmp_path / "garden"
    for name, slug, number in (("c", "a", 0), ("b", "b", 0), ("a", "a", 1)):
        (garden / name).mkdir(parents=True)
        (garden / name / "agent.md").write_text(_brief(slug, "published", number), encoding="utf-8")
        quads = _state(garden, store)[1]
    assert quads == _state(garden, store, full=True)[1]


def _garden(folder: Path, count: int = 8) -> Path:
    garden = folder / "garden"
    for number in range(count):
        path = garden / f"s{number}" / "agent.md"
        path.parent.mkdir(parents=True)
        path.write_text(_brief(f"s{number}", "published", number + 1), encoding="utf-8")
        _age(path)
    return garden


def _age(path: Path) -> None:
    """Give a file an old time, so that its stamp can be trusted (its ctime can't be set: see `_settled`)."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def test_only_what_changed_is_read_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.intake._RACY", 0)
    garden, store = _garden(tmp_path), tmp_path / "store"
    place = locate((str(garden),), str(store))
    first = build(place)
    assert (first.files_read, first.graphs_written, len(first.added)) == (8, 8, 8)
    still = build(place)
    assert (still.files_read, still.graphs_written, still.unchanged) == (0, 0, 8)
    path = garden / "s3" / "agent.md"
    path.write_text(path.read_text("utf-8").replace("Claim 4", "Claim four"), encoding="utf-8")
    one = build(place)
    assert (one.files_read, one.graphs_written, one.changed) == (1, 1, ["s3"])
    os.utime(path)
    touched = build(place)
    assert (touched.files_read, touched.graphs_written, touched.unchanged) == (1, 0, 8)
    shutil.rmtree(garden / "s5")
    gone = build(place)
    assert (gone.files_read, gone.graphs_written, gone.removed) == (0, 0, ["s5"])


def test_a_companion_alone_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.intake._RACY", 0)
    garden = _garden(tmp_path)
    place = locate((str(garden),), str(tmp_path / "store"))
    path = garden / "s3" / "artifact.json"
    path.write_text(_companion("s3", "published", 4), encoding="utf-8")
    assert build(place).files_read == 9
    assert build(place).files_read == 0
    path.write_text(_companion("s3", "draft", 7), encoding="utf-8")
    again = build(place)
    assert (again.files_read, again.graphs_written, again.changed) == (2, 1, ["s3"])
    path.unlink()
    gone = build(place)
    assert (gone.files_read, gone.graphs_written, gone.changed) == (1, 1, ["s3"])


def test_file_order_never_matters(tmp_path: Path) -> None:
    def renamed(name: Callable[[int], str]) -> list[str]:
        folder = tmp_path / name(0)
        for number in range(8):
            path = folder / "garden" / name(number) / "note.md"
            path.parent.mkdir(parents=True)
            path.write_text(_brief(f"s{number}", "published", number + 1), encoding="utf-8")
        return _state(folder / "garden", folder / "store")[1]

    assert renamed(lambda n: f"up{n}") == renamed(lambda n: f"down{9 - n}")


def test_a_narrowed_build_leaves_the_rest_of_the_garden(tmp_path: Path) -> None:
    garden = _garden(tmp_path)
    (garden / "kg.toml").write_text('base = "https://e.example/"\n', encoding="utf-8")
    build(locate((str(garden),), None))
    for name in ("s1", "s2"):
        path = garden / name / "agent.md"
        path.write_text(path.read_text("utf-8").replace("Claim", "Fresh claim"), encoding="utf-8")
    report = build(locate((str(garden / "s1"),), None))
    assert (report.changed, report.articles) == (["s1"], 8)
    assert build(locate((str(garden),), None)).changed == ["s2"]
