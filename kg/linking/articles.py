"""What linking needs of one article, and its form in the build's record."""

import json
import re

from kg.checks import Article
from kg.checks.identity import target
from kg.linking.material import LinkedArticle, LinkedClaim

BODY = "article.md"
"""The article itself, where it stands beside its brief: its words are learned from, and are not in the graph."""
_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n---\s*(?:\n|\Z)", re.DOTALL)


def material_of(article: Article) -> LinkedArticle:
    """An article's claims and the texts around them, without its body."""
    brief, companion = article.brief, article.companion
    thesis = (companion.thesis if companion else None) or (brief.thesis.text.value if brief.thesis else "")
    title = (companion.title if companion else None) or (brief.title.value if brief.title else "")
    return LinkedArticle(
        slug=brief.slug,
        claims=tuple(_claims(article)),
        title=title,
        thesis=thesis,
        sections=_sections(article),
        series=companion.series.slug if companion and companion.series else "",
    )


def _claims(article: Article) -> list[LinkedClaim]:
    works = {source.id: name for source in article.sources.values() if (name := target(source, article))}
    told = [
        LinkedClaim(
            claim.id,
            claim.text,
            tuple(evidence.snippet for evidence in claim.evidence if evidence.snippet),
            tuple(filter(None, (f"{c.summary or ''} {c.snippet or ''}".strip() for c in claim.counterevidence))),
            tuple(sorted({works[e.source] for e in claim.evidence if e.source in works})),
        )
        for claim in article.claims
    ]
    known = {claim.id for claim in told}
    own = [LinkedClaim(claim.id, claim.text.value) for claim in article.brief.claims if claim.id not in known]
    return sorted(told + own, key=lambda claim: claim.id)


def _sections(article: Article) -> tuple[str, ...]:
    brief = article.brief
    said = [brief.thesis.text.value] if brief.thesis else []
    said += [claim.text.value for claim in brief.claims]
    items = (item.text.value for items in (brief.audience, brief.queries, brief.limits) for item in items)
    families = (family.text.value for family in brief.families)
    kept = (text for section in brief.sections for text in (section.markdown, section.markdown_after))
    return tuple(text for text in (*said, *items, *families, *kept) if text)


def body_of(data: bytes) -> str:
    """The words of an article.md, its front matter off."""
    return _FRONT_MATTER.sub("", data.decode("utf-8", "replace"), 1)


def dumped(article: LinkedArticle) -> str:
    """The material as JSON."""
    claims = [[c.id, c.text, c.evidence, c.counter, c.works] for c in article.claims]
    plain = [article.slug, article.title, article.thesis, article.sections, article.series, claims]
    return json.dumps(plain, ensure_ascii=False)


def all_of(materials: dict[str, str]) -> list[LinkedArticle]:
    """The articles of a garden from what was dumped of each file, by path; a body belongs to the brief beside it."""
    bodies = {path: json.loads(text) for path, text in materials.items() if text.startswith('"')}
    briefs = {path: text for path, text in materials.items() if path not in bodies}
    return [loaded(text, bodies.get(beside(path), "")) for path, text in sorted(briefs.items())]


def beside(path: str) -> str:
    """Where the body of a brief's article would be."""
    return path.removesuffix(path.rpartition("/")[2]) + BODY


def loaded(text: str, body: str = "") -> LinkedArticle:
    """The inverse of `dumped`, with the article's body."""
    slug, title, thesis, sections, series, claims = json.loads(text)
    found = (LinkedClaim(name, text, tuple(e), tuple(c), tuple(w)) for name, text, e, c, w in claims)
    return LinkedArticle(slug, tuple(found), title, thesis, tuple(sections), body, series)
