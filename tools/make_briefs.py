"""Many briefs made from the sample garden: each seed again and again under another slug, its words a little varied.

python tools/make_briefs.py FOLDER NUMBER
"""

import random
import re
import sys
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_WORD = re.compile(r"\b[a-z]{5,}\b")


def seed_briefs() -> list[tuple[str, str]]:
    """The slug and text of each brief of the sample garden."""
    files = sorted([*SEEDS.glob("*/agent.md"), *SEEDS.glob("*.txt")])
    found = [(re.search(r"\"?slug\"?\s*:\s*\"?([\w-]+)", text := f.read_text(encoding="utf-8")), text) for f in files]
    return [(match[1], text) for match, text in found if match]


def varied(slug: str, text: str, number: int) -> tuple[str, str]:
    """A brief under another slug, a few of its words replaced, always the same for the same number."""
    chance = random.Random(number)
    fresh = f"{slug}-{number:05d}"
    head, fence, body = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    head = head.replace(slug, fresh)
    body = _WORD.sub(lambda m: m[0] if chance.random() > 0.02 else f"{m[0]}{chance.randrange(1000)}", body)
    return fresh, head + fence + body


def make(folder: Path, count: int) -> None:
    """Write `count` briefs, a folder each."""
    seeds = seed_briefs()
    for number in range(count):
        slug, text = varied(*seeds[number % len(seeds)], number)
        path = folder / slug / "agent.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
