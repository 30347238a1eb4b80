"""What words mean, learned from the garden's own text, and what a text means by its words.

Words that stand in the same passages get vectors that point the same way (latent semantic analysis of pointwise mutual
information), so that "the cost of drafts collapsed" comes near "drafts are cheap" where the garden speaks of both.
"""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array, vstack

from kg.linking.counting import Floats, Vocabulary, numbered, tallied, weighted

DIMENSIONS = 64
PASSAGE_SIZES = (100, 400)
"""In words: near neighbours and a wider theme."""
_SPARE = 16
_ROUNDS = 3
_SMOOTHING = 0.75
_SEED = 0


def word_vectors(texts: Iterable[list[str]]) -> tuple[Floats, Vocabulary]:
    """A vector of length one for each word of the texts; words × dimensions."""
    counts, vocabulary = _passages(texts)
    return of_length_one(_reduced(_mutual_information(counts))), vocabulary


def _passages(texts: Iterable[list[str]]) -> tuple[csr_array, Vocabulary]:
    """The texts cut into pieces of each size: passages × words."""
    columns, lengths, vocabulary = numbered(texts)
    place = np.arange(len(columns)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    tables = []
    for size in PASSAGE_SIZES:
        pieces = -(-lengths // size)
        rows = (np.repeat(np.cumsum(pieces) - pieces, lengths) + place // size).astype(np.intc)
        tables.append(tallied(rows, columns, (int(pieces.sum()), len(vocabulary))))
    return csr_array(vstack(tables)), vocabulary


def _mutual_information(counts: csr_array) -> csr_array:
    """How much oftener than by chance a word stands in a passage, words × passages; what is rarer counts as nothing."""
    table = csr_array(counts.T)
    table.data = 1 + np.log(table.data)
    words = np.asarray(table.sum(axis=1)).ravel() ** _SMOOTHING
    passages = np.asarray(table.sum(axis=0)).ravel()
    row_of = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    chance = words[row_of] / words.sum() * passages[table.indices]
    table.data = np.maximum(np.log(table.data / chance), 0)
    table.eliminate_zeros()
    return table


def _reduced(table: csr_array) -> Floats:
    """The rows along the main directions of the table (a randomised singular value decomposition).

    Only products of the result with itself matter, so that signs and order of the directions need no fixing. The start
    is drawn as signs from a generator whose stream is frozen.
    """
    width = min(DIMENSIONS + _SPARE, *table.shape)
    if width == 0:
        return np.zeros((table.shape[0], 1))
    turned = csr_array(table.T)
    start = np.random.RandomState(_SEED).randint(0, 2, size=(table.shape[1], width)) * 2.0 - 1.0
    basis = np.linalg.qr(table @ start)[0]
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(table @ (turned @ basis))[0]
    along = turned @ basis
    squares, directions = np.linalg.eigh(along.T @ along)
    main = slice(-DIMENSIONS, None)
    return np.asarray(basis @ (directions[:, main] * np.sqrt(np.maximum(squares[main], 0))))


def text_vectors(counts: csr_array, vectors: Floats) -> Floats:
    """A vector of length one for each text: its words' vectors by weight, less what all texts share.

    Shapes: counts are texts × words, in the order of `vectors`; the result is texts × dimensions.
    A text without a known word gets zeros.
    """
    rows = of_length_one(weighted(counts) @ vectors)
    return of_length_one(_without_common_part(rows))


def _without_common_part(rows: Floats) -> Floats:
    """The rows without their mean and the direction in which they differ most: that tells topics, not points."""
    known = np.any(rows != 0, axis=1)
    centred = np.where(known[:, None], rows - rows[known].mean(axis=0), 0) if known.any() else rows
    direction = np.linalg.eigh(centred.T @ centred)[1][:, -1]
    return np.asarray(centred - np.outer(centred @ direction, direction))


def of_length_one(rows: Floats) -> Floats:
    """The rows scaled to length one; what is as good as zero stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths < 1e-9, 1, lengths))
