"""Reviewed decisions → the triples of the graph of decisions.

Source: SSSOM for what the record of a mapping says, and of one that does not hold.
"""

from collections.abc import Collection, Iterable, Iterator

from kg.linking.decisions import Decision, Relation
from kg.linking.material import Key
from kg.linking.quads import claim_iri, pair_name
from kg.linking.sssom import PREDICATES
from kg.mapping import terms as t


def decision_lines(decisions: Iterable[Decision], base: str, known: Collection[Key]) -> list[str]:
    """All that the graph says of decisions: sorted N-Triples without the final dot.

    Shape: one kg:ClaimLink a pair, and the relation itself where it was accepted, both ways unless it has a direction.
    Nothing is said of a claim that is not `known`, for the graph does not hold it.
    """
    told = (each for each in decisions if each.first in known and each.second in known)
    return sorted(line for decision in told for line in _lines(decision, base))


def _lines(decision: Decision, base: str) -> Iterator[str]:
    first, second = (claim_iri(key, base) for key in (decision.first, decision.second))
    predicate = t.iri(PREDICATES[decision.predicate])
    node = t.iri(f"{base}decisions/{pair_name(first, second)}")
    said = [
        (t.A, t.CLAIM_LINK),
        (t.ANNOTATED_SOURCE, t.iri(first)),
        (t.ANNOTATED_PROPERTY, predicate),
        (t.ANNOTATED_TARGET, t.iri(second)),
        (t.JUSTIFICATION, t.REVIEWED),
        *([(t.MODIFIER, t.NEGATED)] if decision.rejected else ()),
        *([(t.DAY, t.literal(decision.on.isoformat(), t.DATE))] if decision.on else ()),
        *_texts(decision),
    ]
    yield from (f"{node} {name} {value}" for name, value in said)
    if not decision.rejected:
        yield f"{t.iri(first)} {predicate} {t.iri(second)}"
        if decision.predicate is not Relation.SUPPORTS:
            yield f"{t.iri(second)} {predicate} {t.iri(first)}"


def _texts(decision: Decision) -> Iterator[tuple[str, str]]:
    told = (
        (t.REVIEWER, decision.by),
        (t.COMMENT, decision.why),
        (t.SUBJECT_LABEL, decision.first_text),
        (t.OBJECT_LABEL, decision.second_text),
    )
    return ((name, t.literal(text)) for name, text in told if text)
