"""KG121: acceptances that can accept nothing."""

import difflib
from collections.abc import Iterator

from kg.checks.acceptance import WHOLE
from kg.checks.finding import Article, Finding
from kg.companion import Acceptance
from kg.diagnostics import CODES, visible

RULES = sorted({code.rule for code in CODES.values() if code.rule})


def check(article: Article) -> Iterator[Finding]:
    """Each acceptance without a reason, of a rule that there is not, or for what is not in the article."""
    if article.companion is None:
        return
    scopes = [WHOLE, *(claim.id for claim in article.claims), *article.sources]
    for number, accepted in enumerate(article.companion.accepted, 1):
        if wrong := _wrong(accepted, scopes):
            yield article.in_companion("KG121", wrong[0], f"accepted-{number:02d}", accepted.location, wrong[1])


def _wrong(accepted: Acceptance, scopes: list[str]) -> tuple[str, str] | None:
    if accepted.rule not in RULES and not (accepted.rule in CODES and CODES[accepted.rule].rule):
        message = f"there is no rule {visible(accepted.rule)} to accept"
        return message, _nearest(accepted.rule, RULES, "name a rule as its page does; kg explain lists the pages")
    if accepted.scope is not None and accepted.scope not in scopes:
        message = f"there is nothing called {visible(accepted.scope)} to accept"
        return message, _nearest(accepted.scope, scopes, "write article, or the id of a claim or source")
    if not accepted.reason:
        return f"no reason is given for accepting {visible(accepted.rule)}", 'write "rationale"'
    return None


def _nearest(word: str, known: list[str], otherwise: str) -> str:
    near = difflib.get_close_matches(word, known, 1)
    return f"did you mean {near[0]}?" if near else otherwise
