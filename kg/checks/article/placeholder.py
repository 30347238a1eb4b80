"""KG119: words of a template that nobody replaced."""

import re
from collections.abc import Iterator

from kg.checks.finding import Article, Finding
from kg.checks.wordings import in_brief, in_companion
from kg.diagnostics import visible

SCAFFOLD = (
    "Say in one paragraph what the article holds.",
    "Who it is for, and what they know already.",
    "One claim of the article, in one sentence that can be true or false.",
    "Textbook: Author, Title (what it is used for).",
    "Say what agents did and what a person decided.",
    "A question that the article answers?",
    "What the article leaves out or can't show.",
)
"""What ``kg new`` writes, to be replaced."""
_MARK = re.compile(
    r"\b(?:TODO|TBD|FIXME)\b|(?i:\blorem ipsum\b|\[(?:insert|your|add|fill in|placeholder)\b[^\]\n]{0,200}\])"
    r"|\{\{[^{}\n]{0,200}\}\}|" + "|".join(map(re.escape, SCAFFOLD))
)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)


def check(article: Article) -> Iterator[Finding]:
    """The first placeholder in each text of an article that is past its draft; code may hold any."""
    if article.status in (None, "draft"):
        return
    help = "write what belongs there, or delete it"
    for node, text, at in in_brief(article.brief):
        if match := _left(text):
            yield article.in_brief("KG119", f"a placeholder is left: {visible(match[0])}", node, at, help)
    for node, text, place in in_companion(article.companion):
        if match := _left(text):
            yield article.in_companion("KG119", f"a placeholder is left: {visible(match[0])}", node, place, help)


def _left(text: str) -> re.Match[str] | None:
    """The first placeholder outside of code; code is only looked for where there is one at all, for that takes long."""
    return _MARK.search(_CODE.sub("", text)) if _MARK.search(text) else None
