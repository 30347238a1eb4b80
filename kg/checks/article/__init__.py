"""The checks of one article, in the order of their codes."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeAlias

from kg.checks.acceptance import accept, accepted_in
from kg.checks.article import (
    bad_acceptance,
    claim_in_one_file,
    draft_claim,
    duplicate_evidence_source,
    duplicate_work,
    low_source_diversity,
    missing_counterevidence,
    missing_source,
    no_direct_evidence,
    no_evidence,
    no_human_approval,
    old_source,
    outdated_approval,
    over_budget,
    overconfident_claim,
    placeholder,
    snippet_length,
    unknown_word,
    unused_source,
    verified_without_evidence,
)
from kg.checks.finding import Article, Finding

Check: TypeAlias = Callable[[Article], Iterator[Finding]]

ARTICLE_CHECKS: tuple[Check, ...] = (
    no_evidence.check,
    missing_source.check,
    snippet_length.check,
    duplicate_evidence_source.check,
    low_source_diversity.check,
    no_direct_evidence.check,
    overconfident_claim.check,
    missing_counterevidence.check,
    unknown_word.check,
    draft_claim.check,
    verified_without_evidence.check,
    outdated_approval.check,
    no_human_approval.check,
    unused_source.check,
    duplicate_work.check,
    over_budget.check,
    placeholder.check,
    claim_in_one_file.check,
    bad_acceptance.check,
)


def check_article(article: Article) -> list[Finding]:
    """What is found in one article, accepted findings marked; sorted by place."""
    found = (finding for check in ARTICLE_CHECKS for finding in check(article))
    return _settled(article, found)


def check_dates(article: Article, today: date) -> list[Finding]:
    """What is found as of a day: it depends on more than the files, so it never stands in the graph."""
    return _settled(article, old_source.check(article, today))


def _settled(article: Article, found: Iterator[Finding]) -> list[Finding]:
    return sorted(accept(found, accepted_in(article.companion)), key=lambda finding: finding.sort_key)
