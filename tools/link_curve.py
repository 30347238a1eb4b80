"""Time and memory of linking synthetic gardens: ``python -m tools.link_curve 1000 10000 100000``.

The gardens are seeded: words by Zipf's law, themes that share words, five claims an article, and one claim in ten
restates an earlier one with a quarter of its words changed. Each size runs in a process of its own.
"""

import resource
import sys
import time
from multiprocessing import get_context

import numpy as np

from kg.linking.clusters import clusters
from kg.linking.links import linker
from kg.linking.material import LinkedArticle, LinkedClaim

_CLAIMS = 5
_THEME_WORDS = 60


class Writer:
    """Makes texts from one stream of random words."""

    def __init__(self, claims: int, seed: int = 0) -> None:
        self._random = np.random.RandomState(seed)
        size = 20_000 + claims // 2
        self._words = [self._word() for _ in range(size)]
        share = 1 / np.arange(1, size + 1)
        self._pool = self._random.choice(size, 4_000_000, p=share / share.sum())
        self._themes = self._random.randint(0, size, (max(20, claims // 15), _THEME_WORDS))
        self._place = 0

    def theme(self) -> int:
        return int(self._random.randint(len(self._themes)))

    def text(self, theme: int, length: int) -> str:
        """Words of the language, a fifth of them the theme's own."""
        start = self._place if self._place + length <= len(self._pool) else 0
        self._place = start + length
        numbers = self._pool[start : self._place].copy()
        own = self._random.random_sample(length) < 0.2
        numbers[own] = self._random.choice(self._themes[theme], int(own.sum()))
        return " ".join(self._words[number] for number in numbers)

    def restated(self, text: str) -> str:
        """The text with a quarter of its words changed."""
        words = text.split()
        for place in self._random.choice(len(words), len(words) // 4, replace=False):
            words[place] = self._words[self._pool[self._random.randint(len(self._pool))]]
        return " ".join(words)

    def chance(self, share: float) -> bool:
        return bool(self._random.random_sample() < share)

    def pick(self, texts: list[str]) -> str:
        return texts[self._random.randint(len(texts))]

    def _word(self) -> str:
        syllables = self._random.randint(1, 5)
        return "".join(self._random.choice(list(kind)) for _ in range(syllables) for kind in ("bdfgklmnprst", "aeiou"))


def garden(claims: int) -> list[LinkedArticle]:
    """A garden of so many claims, the same at every run."""
    writer = Writer(claims)
    said: list[str] = []
    articles = []
    for number in range(claims // _CLAIMS):
        theme = writer.theme()
        found = []
        for claim in range(1, _CLAIMS + 1):
            again = said and writer.chance(0.1)
            said.append(writer.restated(writer.pick(said)) if again else writer.text(theme, 22))
            around = (writer.text(theme, 28),), (writer.text(theme, 25),)
            found.append(LinkedClaim(f"claim-{claim:03d}", said[-1], *around))
        texts = writer.text(theme, 6), writer.text(theme, 30), (writer.text(theme, 250),), writer.text(theme, 300)
        articles.append(LinkedArticle(f"article-{number:06d}", tuple(found), *texts))
    return articles


def _measure(claims: int) -> str:
    articles = garden(claims)
    before, start = _peak(), time.perf_counter()
    found = linker(articles)
    learned = time.perf_counter()
    links = found.links()
    groups = len(clusters(links))
    ended = time.perf_counter()
    peaks = f"{_peak() - before} | {_peak()}"
    return f"| {claims:,} | {learned - start:.1f} | {ended - learned:.1f} | {peaks} | {len(links):,} | {groups:,} |"


def _peak() -> int:
    """The most memory that the process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(sizes: list[int]) -> None:
    print("| claims | learn, s | link, s | peak MiB beyond the texts | peak MiB | links | clusters |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with get_context("spawn").Pool(1) as pool:
            print(pool.apply(_measure, (size,)), flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
