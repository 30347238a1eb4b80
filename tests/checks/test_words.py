"""The exact words of findings, those of each variant, in a golden file. ``KG_GOLDEN=write`` writes them anew."""

import os
from datetime import date
from pathlib import Path

from kg.checks import check_article, check_dates, check_garden, check_wording
from kg.diagnostics import CODES, Diagnostic
from tests.checks.sample import BRIEF, Change, article
from tests.checks.test_article import BAD
from tests.checks.test_garden import BAD as BAD_GARDENS
from tests.checks.test_garden import BASE, facts

GOLDEN = Path(__file__).with_name("golden") / "words.txt"
_LONG = [facts(f"a{n}", sources={f"s{n}": "works/x"}, order=n * 2) for n in range(12)]
_RING = [facts(f"a{n}", sources={f"s{n}": f"articles/a{(n + 1) % 8}/"}) for n in range(8)]


def _of_articles() -> list[Diagnostic]:
    changes: list[Change] = [change for change, _ in BAD]
    found = [finding.diagnostic() for change in changes for finding in check_article(article(change))]
    small = article(brief=BRIEF.replace("1200", "12").replace("full moon", "new moon"))
    found += [finding.diagnostic() for finding in check_article(small)]
    found += [finding.diagnostic() for finding in check_dates(small, date(2029, 1, 1))]
    return found + check_wording(small)


def _told() -> str:
    gardens = [*(garden for garden, _ in BAD_GARDENS), _LONG, _RING]
    found = _of_articles() + [f.diagnostic() for garden in gardens for f in check_garden(garden, BASE)]
    words = {f"{d.severity}[{d.code}]: {d.message}\n  help: {d.help}" for d in found}
    return "\n".join(sorted(words, key=lambda text: text.partition("[")[2])) + "\n"


def test_exact_words() -> None:
    if os.environ.get("KG_GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(_told(), encoding="utf-8")
    assert _told() == GOLDEN.read_text(encoding="utf-8")


def test_every_code_has_words() -> None:
    text = GOLDEN.read_text(encoding="utf-8")
    assert [code for code in CODES if (CODES[code].rule or code == "KG043") and f"[{code}]" not in text] == []
