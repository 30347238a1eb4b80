"""Speed and memory of kg beside a floor and two peers, measured in one run.

    python -m tools.bench [NUMBER …]     # briefs; 1000 and 10000 if none is given

The floor reads the same files and bulk-loads the same N-Quads into Oxigraph. The plain script is tools/plain_script.py.
lokf converts notes: the briefs as one note each, and, for the smallest number only, a note for each node with text.
Every row is a process of its own; seconds are wall time, memory is the peak resident size.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.make_briefs import make

ROOT = Path(__file__).resolve().parent.parent
KG = [sys.executable, "-m", "kg"]
_FLOOR = """
import sys, pathlib
from pyoxigraph import RdfFormat, Store
for path in pathlib.Path(sys.argv[1]).glob("*/agent.md"):
    path.read_bytes()
store = Store(sys.argv[3])
store.bulk_load(path=sys.argv[2], format=RdfFormat.N_QUADS, lenient=True)
"""
_READ = "import sys, pathlib; [path.read_bytes() for path in pathlib.Path(sys.argv[1]).glob('*/agent.md')]"
_STEPS = """
import gc, sys, time
gc.disable()
from pathlib import Path
from kg.mapping import map_article
from kg.mapping.article_graph import Garden
from kg.reading import read_brief
from kg.reading.frontmatter import read_front_matter
from kg.reading.markdown import parse_blocks
from kg.reading.source import decode
paths = sorted(Path(sys.argv[1]).glob("*/agent.md"))[:2000]
def timed(name, function, items):
    start = time.perf_counter()
    found = [function(*item) for item in items]
    print(f"{name}\t{(time.perf_counter() - start) / len(items) * 1e6:.0f}")
    return found
data = timed("read the file", lambda p: p.read_bytes(), [(p,) for p in paths])
sources = timed("decode", lambda d: decode(d, "x.md")[0], [(d,) for d in data])
fronts = timed("front matter", lambda s: read_front_matter(s)[0], [(s,) for s in sources])
timed("Markdown", lambda s, f: parse_blocks(s, f.body), list(zip(sources, fronts)))
briefs = timed("all of reading", lambda d: read_brief(d, "x.md")[0], [(d,) for d in data])
mapped = timed("emit", lambda b: map_article(b, None, Garden()), [(b,) for b in briefs])
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
chunks = ["".join(f"{line} <urn:g{n}> .\\n" for n, m in enumerate(mapped[i:i + 500], i) for line in m.lines).encode()
          for i in range(0, len(mapped), 500)]
start = time.perf_counter()
for chunk in chunks:
    store.bulk_load(chunk, RdfFormat.N_QUADS, lenient=True)
print(f"load in chunks\t{(time.perf_counter() - start) / len(mapped) * 1e6:.0f}")
start = time.perf_counter()
store.optimize()
print(f"optimize\t{(time.perf_counter() - start) / len(mapped) * 1e6:.0f}")
"""
_WATCH = """
import subprocess, sys, time
from pathlib import Path
from kg.store import StoreFolder
garden, store = Path(sys.argv[1]), Path(sys.argv[2])
words = [sys.executable, "-m", "kg", "build", str(garden), "--store", str(store), "--watch"]
process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
time.sleep(4)
path, folder, times = sorted(garden.glob("*/agent.md"))[7], StoreFolder(store), []
for number in range(15):
    before = folder.generation()
    path.write_text(path.read_text("utf-8") + f"\\nLine {number}.\\n", encoding="utf-8")
    start = time.perf_counter()
    while folder.generation() == before and time.perf_counter() - start < 10:
        time.sleep(0.001)
    times.append(time.perf_counter() - start)
    time.sleep(0.3)
process.terminate()
process.wait()
print(f"{sorted(times)[7] * 1000:.0f} ms (the median of 15)")
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One process."""

    seconds: float
    mebibytes: float


def measure(*words: str | Path) -> Measured:
    """Run a command and wait for it."""
    began = time.perf_counter()
    process = subprocess.Popen([str(w) for w in words], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(map(str, words))}")
    return Measured(time.perf_counter() - began, usage.ru_maxrss / 1024)


def row(name: str, measured: Measured, floor: Measured) -> str:
    """A row of the table."""
    ratio = measured.seconds / floor.seconds
    return f"| {name} | {measured.seconds:.2f} | {ratio:.2f} × | {measured.mebibytes:.0f} |"


def bench(count: int, folder: Path, small: bool) -> list[str]:
    """All rows for a number of briefs."""
    garden, store, quads = folder / "garden", folder / "store", folder / "all.nq"
    make(garden, count)
    clean = measure(*KG, "build", garden, "--store", store, "-q")
    measure(*KG, "export", "nquads", "--status", "all", "--store", store, "-o", quads)
    floor = measure(sys.executable, "-c", _FLOOR, garden, quads, folder / "floor")
    lines = [
        f"## {count:,} briefs, {sum(1 for _ in quads.open('rb')):,} quads, store {_size(store):.0f} MiB",
        "",
        "| what | seconds | to the floor | peak MiB |",
        "| --- | --- | --- | --- |",
        row("floor: read the files, one bulk load", floor, floor),
        row("kg build, clean", clean, floor),
    ]
    time.sleep(2.5)  # until the files' times are old enough to be trusted
    measure(*KG, "build", garden, "--store", store, "-q")
    lines.append(row("kg build, nothing changed", measure(*KG, "build", garden, "--store", store, "-q"), floor))
    path = sorted(garden.glob("*/agent.md"))[count // 2]
    path.write_text(path.read_text("utf-8") + "\nOne line more.\n", encoding="utf-8")
    lines.append(row("kg build, one file changed", measure(*KG, "build", garden, "--store", store, "-q"), floor))
    lines.append(
        row("plain script", measure(sys.executable, ROOT / "tools/plain_script.py", garden, folder / "p.ttl"), floor)
    )
    lines += _lokf(garden, quads, folder, floor, small) + _steps(garden)
    words = [sys.executable, "-c", _WATCH, str(garden), str(store)]
    saved = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    return [*lines, f"From a save to the published graph, `kg build --watch`: {saved}.", ""]


def _size(folder: Path) -> float:
    """MiB on disk, files with several names counted once."""
    seen = {(stat := path.stat()).st_ino: stat.st_size for path in folder.rglob("*") if path.is_file()}
    return sum(seen.values()) / 2**20


def _lokf(garden: Path, quads: Path, folder: Path, floor: Measured, small: bool) -> list[str]:
    program = Path(sys.executable).with_name("lokf")
    if not program.exists():
        return ["| lokf | not installed | | |"]
    notes = folder / "notes"
    for path in garden.glob("*/agent.md"):
        _, _, body = path.read_text("utf-8").partition("\n---\n")
        _note(notes / f"{path.parent.name}.md", path.parent.name, body)
    words = (program, "convert", notes, "-f", "nt", "-o", folder / "lokf.nt")
    found = [row("lokf convert, a note a brief", measure(*words), floor)]
    if small:
        nodes = folder / "nodes"
        for number, text in enumerate(_texts(quads)):
            _note(nodes / f"{number % 100:02d}" / f"n{number}.md", f"n{number}", text)
        words = (program, "convert", nodes, "-f", "nt", "-o", folder / "lokf2.nt")
        found.append(row("lokf convert, a note a node", measure(*words), floor))
    return found


def _note(path: Path, name: str, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntype: Concept\ntitle: {name}\ndescription: {name}\n---\n\n{text}\n", encoding="utf-8")


def _texts(quads: Path) -> list[str]:
    mark = "<https://schema.org/text> "
    return [line.split(mark)[1].rpartition(" <")[0].strip('"') for line in quads.open(encoding="utf-8") if mark in line]


def _steps(garden: Path) -> list[str]:
    words = [sys.executable, "-c", _STEPS, str(garden), str(garden.parent / "steps")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return ["", "| step | µs a brief |", "| --- | --- |", *(f"| {name} | {micro} |" for name, micro in rows), ""]


def _startup() -> list[str]:
    """``kg --help`` beside an empty click command, the best of ten."""
    empty = "import click\n@click.command()\ndef c(): pass\nc(['--help'])"
    kg = min(measure(*KG, "--help").seconds for _ in range(10))
    bare = min(measure(sys.executable, "-c", empty).seconds for _ in range(10))
    return [f"`kg --help` takes {kg / bare:.2f} × an empty click command ({kg * 1000:.0f} ms).", ""]


def main(counts: list[int]) -> None:
    """Print the page."""
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"Measured on {machine}.\n")
    print("\n".join(_startup()))
    for count in counts:
        folder = Path(tempfile.mkdtemp())
        try:
            print("\n".join(bench(count, folder, small=count == min(counts))), flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1_000, 10_000])
