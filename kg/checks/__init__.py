"""What is wrong with the evidence behind the claims: findings over values, article by article and over the garden.

One check a file; each is a pure function that yields `Finding`s. What a finding's code is called and how much it
matters stands in `kg.diagnostics.CODES`. Nothing here asks the store: docs/adr/0010 says why.
"""

from kg.checks.article import ARTICLE_CHECKS, check_article, check_dates
from kg.checks.facts import Facts, facts_of
from kg.checks.finding import Article, Finding
from kg.checks.found import Found
from kg.checks.garden import GARDEN_CHECKS, check_garden
from kg.checks.levels import Levels, graded
from kg.checks.quads import finding_lines
from kg.checks.wording import check_wording

__all__ = [
    "ARTICLE_CHECKS",
    "GARDEN_CHECKS",
    "Article",
    "Facts",
    "Finding",
    "Found",
    "Levels",
    "check_article",
    "check_dates",
    "check_garden",
    "check_wording",
    "facts_of",
    "finding_lines",
    "graded",
]
