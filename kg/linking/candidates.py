"""Which pairs of claims are worth a comparison: all in a small garden; in a large one, those that share rare words."""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

from kg.linking.counting import Indices, document_frequency
from kg.linking.scoring import Space

ALL_PAIRS_UP_TO = 2_000
"""Claims; beyond it pairs are searched for."""
RARE_SHARE = 0.02
RARE_AT_MOST = 200
"""A term of more claims than this, or than the share of all, is left out of the search (not of the scores)."""
NEAREST = 40
"""Pairs that the search keeps for each claim."""
_ROWS_AT_ONCE = 500


def candidates(space: Space) -> tuple[Indices, Indices]:
    """Pairs of claims of different articles, as rows of the space, each once and the smaller row first."""
    number = len(space.keys)
    if number <= ALL_PAIRS_UP_TO:
        left, right = np.triu_indices(number, 1)
    else:
        left, right = by_rare_terms(space)
    apart = space.article_of[left] != space.article_of[right]
    return left[apart], right[apart]


def by_rare_terms(space: Space) -> tuple[Indices, Indices]:
    """For each claim its nearest by the terms of claim and context that few claims have."""
    number = len(space.keys)
    rare = _rare_columns(space.words_in_context)
    turned = csr_array(rare.T)
    pairs = [np.empty(0, dtype=np.int64)]
    for start in range(0, number, _ROWS_AT_ONCE):
        block = csr_array(rare[start : start + _ROWS_AT_ONCE] @ turned)
        rows, columns = _nearest(block, start, space.article_of)
        pairs.append(np.unique(np.minimum(rows, columns) * number + np.maximum(rows, columns)))
    codes = np.unique(np.concatenate(pairs))
    return codes // number, codes % number


def _rare_columns(rows: csr_array) -> csr_array:
    frequency = document_frequency(rows)
    limit = min(RARE_AT_MOST, max(2, RARE_SHARE * rows.shape[0]))
    return csr_array(rows[:, np.flatnonzero((frequency > 1) & (frequency <= limit))])


def _nearest(block: csr_array, start: int, article_of: Indices) -> tuple[Indices, Indices]:
    """The entries of a block of products that are the largest of their rows and lead to other articles."""
    rows, columns = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for row, found in _rows(block, start, article_of):
        rows.append(np.full(len(found), row, dtype=np.int64))
        columns.append(found)
    return np.concatenate(rows), np.concatenate(columns)


def _rows(block: csr_array, start: int, article_of: Indices) -> Iterable[tuple[int, Indices]]:
    for offset in range(block.shape[0]):
        part = slice(block.indptr[offset], block.indptr[offset + 1])
        columns = block.indices[part].astype(np.int64)
        apart = article_of[columns] != article_of[start + offset]
        columns, values = columns[apart], block.data[part][apart]
        if len(columns) > NEAREST:
            columns = columns[np.lexsort((columns, -np.round(values, 6)))[:NEAREST]]
        yield start + offset, columns
