"""KG118: briefs that are longer than they say."""

from collections.abc import Iterator

from kg.checks.finding import Article, Finding


def tokens(words: int) -> int:
    """An estimate of a text's tokens: 1.35 a word, rounded up.

    >>> tokens(20), tokens(21)
    (27, 29)
    """
    return -(-words * 135 // 100)


def check(article: Article) -> Iterator[Finding]:
    """A brief whose words below the front matter come to more tokens than its budget."""
    brief = article.brief
    needed = tokens(brief.words)
    if brief.token_budget is not None and needed > brief.token_budget:
        message = f"the brief has about {needed} tokens, over its budget of {brief.token_budget}"
        yield article.in_brief("KG118", message, "brief", brief.location, "shorten it, or raise tokenBudget")
