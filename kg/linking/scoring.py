"""How near two claims are: the mean of four cosines.

Two texts stand for a claim, the claim alone and the claim in its context (its evidence, what is said against it, its
article's thesis), and each is compared in two ways, by words and by meaning. All four weigh the same.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from scipy.sparse import csr_array

from kg.linking.counting import (
    Floats,
    Indices,
    Vocabulary,
    counted,
    counted_with_pairs,
    dense_cosines,
    sparse_cosines,
    weighted,
)
from kg.linking.material import Key, LinkedArticle, LinkedClaim, claims_of, in_order
from kg.linking.texts import Stems, sections, words
from kg.linking.vectors import of_length_one, text_vectors, word_vectors

FEATURES = ("words", "words in context", "meaning", "meaning in context")
DECIMALS = 4
"""Features and scores are rounded, so that they don't depend on how a machine adds."""
CONTEXT_WEIGHT = 0.5
"""Of each text around a claim, in its meaning; the claim itself weighs 1."""
WORDS_TO_LEARN_FROM = 1_000_000
"""Above this the word vectors are learned from a sample of articles, the same one however the files lie."""


@dataclass(frozen=True, slots=True)
class Space:
    """The claims of a garden, ready to be compared; row for row in the order of `keys`."""

    keys: tuple[Key, ...]
    claims: tuple[LinkedClaim, ...]
    article_of: Indices
    """The number of each claim's article."""
    folded: tuple[str, ...]
    """Each claim's words in lower case, without marks: equal for claims that say the same in the same words."""
    words: csr_array
    words_in_context: csr_array
    meaning: Floats
    meaning_in_context: Floats


def learn(articles: Iterable[LinkedArticle], language: str = "english") -> Space:
    """The claims with their words weighed and their meanings learned, from all the articles at once."""
    ordered = in_order(articles)
    stems = Stems(language)
    claims = claims_of(ordered)
    place = {article.slug: number for number, article in enumerate(ordered)}
    article_of = np.array([place[key.article] for key, _ in claims], dtype=np.int64)
    views, vocabulary = _views(ordered, claims, stems)
    vectors = _vectors(ordered, stems, vocabulary)
    meanings = [text_vectors(view, vectors) for view in views]
    context = csr_array(views[0] + views[1] + views[2] + views[3][article_of])
    del views  # the largest of all by far
    return Space(
        tuple(key for key, _ in claims),
        tuple(claim for _, claim in claims),
        article_of,
        tuple(" ".join(words(claim.text)) for _, claim in claims),
        weighted(counted_with_pairs(stems(claim.text) for _, claim in claims)),
        weighted(context),
        meanings[0],
        of_length_one(meanings[0] + CONTEXT_WEIGHT * (meanings[1] + meanings[2] + meanings[3][article_of])),
    )


def _views(
    articles: list[LinkedArticle], claims: list[tuple[Key, LinkedClaim]], stems: Stems
) -> tuple[list[csr_array], Vocabulary]:
    """The words of each claim, of each one's evidence, of what is said against each, and of each article's thesis."""
    texts = chain(
        (claim.text for _, claim in claims),
        ("\n".join(claim.evidence) for _, claim in claims),
        ("\n".join(claim.counter) for _, claim in claims),
        (article.thesis for article in articles),
    )
    counts, vocabulary = counted(map(stems, texts))
    number = len(claims)
    ends = 0, number, 2 * number, 3 * number, counts.shape[0]
    return [csr_array(counts[low:high]) for low, high in pairwise(ends)], vocabulary


def _vectors(articles: list[LinkedArticle], stems: Stems, vocabulary: Vocabulary) -> Floats:
    """The vectors of a vocabulary's words; zeros for those that stand in no text that was learned from."""
    learned, known = word_vectors(stems(text) for article in _sample(articles) for text in _texts(article))
    vectors = np.zeros((len(vocabulary), learned.shape[1]))
    rows = [(row, known[word]) for word, row in vocabulary.items() if word in known]
    if rows:
        to, source = np.array(rows).T
        vectors[to] = learned[source]
    return vectors


def features(space: Space, left: Sequence[int] | Indices, right: Sequence[int] | Indices) -> Floats:
    """The four cosines of each pair of claims, given by their rows: pairs × features, from 0 to 1, rounded."""
    rows, others = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    found = [
        sparse_cosines(space.words, rows, others),
        sparse_cosines(space.words_in_context, rows, others),
        dense_cosines(space.meaning, rows, others),
        dense_cosines(space.meaning_in_context, rows, others),
    ]
    return np.asarray(np.round(np.clip(np.stack(found, axis=1), 0, 1), DECIMALS), dtype=np.float64)


def scores(found: Floats) -> Floats:
    """The mean of each pair's features, rounded."""
    return np.asarray(np.round(found.mean(axis=1), DECIMALS))


def _texts(article: LinkedArticle) -> Iterable[str]:
    """Stretches of text that speak of one thing each."""
    yield f"{article.title}\n{article.thesis}"
    for claim in article.claims:
        if claim.evidence or claim.counter or not article.sections:
            yield "\n".join((claim.text, *claim.evidence, *claim.counter))
    for section in article.sections:
        yield from sections(section)
    yield from sections(article.body)


def _sample(articles: list[LinkedArticle]) -> list[LinkedArticle]:
    """All articles; or, of a large garden, those whose slugs' hashes come first, up to a number of words."""
    sizes = {article.slug: sum(len(text) for text in _texts(article)) // 6 for article in articles}
    if sum(sizes.values()) <= WORDS_TO_LEARN_FROM:
        return articles
    taken, room = [], WORDS_TO_LEARN_FROM
    for article in sorted(articles, key=lambda article: hashlib.sha256(article.slug.encode()).digest()):
        room -= sizes[article.slug]
        if room < 0:
            break
        taken.append(article)
    return in_order(taken)
