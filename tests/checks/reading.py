"""A folder of briefs and companions → what kg says of them, without a store."""

from datetime import date
from pathlib import Path

from kg.checks import Article, Finding, check_article, check_dates, check_garden, check_wording, facts_of
from kg.diagnostics import Diagnostic
from kg.namespaces import DEFAULT_BASE
from kg.reading import read_brief
from kg.reading.companion import read_companion


def articles_in(folder: Path, base: str = DEFAULT_BASE) -> list[Article]:
    """The articles of the folders ``*/agent.md``, each with its ``artifact.json``."""
    return [article for path in sorted(folder.glob("*/agent.md")) if (article := _article(path, folder, base))]


def _article(path: Path, folder: Path, base: str) -> Article | None:
    brief, _ = read_brief(path.read_bytes(), path.relative_to(folder).as_posix())
    beside = path.with_name("artifact.json")
    companion = None
    if beside.exists():
        companion, _ = read_companion(beside.read_bytes(), beside.relative_to(folder).as_posix())
    return Article(brief, companion, base) if brief else None


def findings_of(articles: list[Article], base: str = DEFAULT_BASE, today: date | None = None) -> list[Finding]:
    """All that the checks find, sorted by place."""
    found = [finding for article in articles for finding in check_article(article)]
    found += check_garden(map(facts_of, articles), base)
    found += [finding for article in articles if today for finding in check_dates(article, today)]
    return sorted(found, key=lambda finding: finding.sort_key)


def told(articles: list[Article], today: date | None = None) -> list[Diagnostic]:
    """Findings that are not accepted, and differences of wording, as problems at their places."""
    found = [finding.diagnostic() for finding in findings_of(articles, today=today) if not finding.accepted]
    found += [problem for article in articles for problem in check_wording(article)]
    return sorted(found, key=lambda problem: problem.sort_key)
