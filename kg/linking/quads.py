"""Links between claims → the triples of the graph of links.

Source: SSSOM (a standard for mappings between things) for what a link's record says.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kg import namespaces as ns
from kg.linking.bands import Band
from kg.linking.clusters import clusters
from kg.linking.decisions import Decision
from kg.linking.material import Key
from kg.mapping import terms as t

if TYPE_CHECKING:
    from kg.linking.links import ClaimLink, Linker

_SHOWN = (Band.NEAR_CERTAIN, Band.SHOWN)


def claim_iri(key: Key, base: str) -> str:
    """The IRI of a claim."""
    return f"{ns.article(base, key.article)}#{key.claim}"


def pair_name(first: str, second: str) -> str:
    """The name of what is said of two claims: a hash of their IRIs, whatever their order."""
    return _hash("\n".join(sorted((first, second))))


def link_lines(
    linker: "Linker", links: Iterable["ClaimLink"], base: str, decisions: Collection[Decision] = ()
) -> list[str]:
    """All that the graph says of links and clusters: sorted N-Triples without the final dot.

    Shape: one kg:ClaimLink a pair, whatever its band; the two claims point to each other with kg:similarTo where the
    link is shown or near certain. A sign of tension is told, and asserts no contradiction.
    """
    listed = list(links)
    lines = {line for link in listed for line in _lines(linker, link, base)}
    for members in clusters(listed, decisions):
        lines.update(_cluster([claim_iri(key, base) for key in members], base))
    return sorted(lines)


def _lines(linker: "Linker", link: "ClaimLink", base: str) -> Iterator[str]:
    first, second = claim_iri(link.first, base), claim_iri(link.second, base)
    node = t.iri(f"{base}links/{pair_name(first, second)}")
    reasons = linker.reasons(link)
    said = [
        (t.A, t.CLAIM_LINK),
        (t.ANNOTATED_SOURCE, t.iri(first)),
        (t.ANNOTATED_PROPERTY, t.SIMILAR_TO),
        (t.ANNOTATED_TARGET, t.iri(second)),
        (t.SIMILARITY, t.literal(f"{link.score:.4f}", t.DECIMAL)),
        (t.JUSTIFICATION, t.LEXICAL),
        (t.BAND, t.literal(link.band or "")),
        *((t.SHARED_PHRASE, t.literal(phrase)) for phrase in reasons.phrases),
        *((t.SHARED_SNIPPET, t.literal(snippet)) for snippet in reasons.snippets),
        *((t.SHARED_FIGURE, t.literal(figure)) for figure in reasons.figures),
        *((t.TENSION, t.literal(sign)) for sign in link.tensions),
    ]
    yield from (f"{node} {predicate} {value}" for predicate, value in said)
    if link.band in _SHOWN:
        yield f"{t.iri(first)} {t.SIMILAR_TO} {t.iri(second)}"
        yield f"{t.iri(second)} {t.SIMILAR_TO} {t.iri(first)}"


def _cluster(members: list[str], base: str) -> Iterator[str]:
    node = t.iri(f"{base}clusters/{_hash(min(members))}")
    yield f"{node} {t.A} {t.CLAIM_CLUSTER}"
    yield from (f"{node} {t.MEMBER} {t.iri(member)}" for member in members)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
