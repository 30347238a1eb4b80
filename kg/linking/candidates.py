"""Which pairs of claims are worth a comparison.

All of them in a small garden. In a large one a claim is compared with those that share its rarest words and with those
whose meaning lies in the same regions, so that the work grows far slower than the number of pairs.
"""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from kg.linking.counting import Floats, Indices, document_frequency
from kg.linking.scoring import Space

ALL_PAIRS_UP_TO = 2_000
"""Claims; beyond it pairs are searched for."""
RARE_SHARE = 0.02
RARE_AT_MOST = 200
"""A term of more claims than this, or than the share of all, is left out of the search (not of the scores)."""
NEAREST = 10
"""Pairs that each search keeps for a claim (the search by meaning: in each of its regions)."""
REGIONS_OF_A_CLAIM = 4
LEAST_MEANING = 0.6
"""Of both meanings' cosines together; a pair below it becomes a link only by words, and so is found by them."""
_ROWS_AT_ONCE = 500
_DECIMALS = 6
_TIE = 1e-12
"""Products are rounded before they are ranked, so that the ranks don't depend on how a machine adds."""


def candidates(space: Space) -> tuple[Indices, Indices]:
    """Pairs of claims of different articles, as rows of the space, each once and the smaller row first."""
    number = len(space.keys)
    if number <= ALL_PAIRS_UP_TO:
        left, right = np.triu_indices(number, 1)
    else:
        codes = np.unique(np.concatenate([*_by_rare_terms(space), *_by_meaning(space)]))
        left, right = codes // number, codes % number
    apart = space.article_of[left] != space.article_of[right]
    return left[apart], right[apart]


def _by_rare_terms(space: Space) -> Iterable[Indices]:
    """Codes of pairs: for each claim its nearest by the terms of claim and context that few claims have."""
    rare = _rare_columns(space.words_in_context)
    turned = csr_array(rare.T)
    for start in range(0, rare.shape[0], _ROWS_AT_ONCE):
        products = csr_array(rare[start : start + _ROWS_AT_ONCE] @ turned)
        for offset, (low, high) in enumerate(pairwise(products.indptr)):
            others = products.indices[low:high].astype(np.int64)
            yield _codes(space, np.array([start + offset]), others, products.data[None, low:high])


def _rare_columns(rows: csr_array) -> csr_array:
    frequency = document_frequency(rows)
    limit = min(RARE_AT_MOST, max(2, RARE_SHARE * rows.shape[0]))
    return csr_array(rows[:, np.flatnonzero((frequency > 1) & (frequency <= limit))])


def _by_meaning(space: Space) -> Iterable[Indices]:
    """Codes of pairs: for each claim its nearest by meaning, alone and in context, in each of its regions."""
    points = np.hstack([space.meaning, space.meaning_in_context])
    regions = _regions(points)
    for region in range(int(regions.max(initial=-1)) + 1):
        members = np.flatnonzero(np.any(regions == region, axis=1))
        for start in range(0, len(members), _ROWS_AT_ONCE):
            rows = members[start : start + _ROWS_AT_ONCE]
            products = points[rows] @ points[members].T
            yield _codes(space, rows, members, np.where(products < LEAST_MEANING, -np.inf, products))


def _regions(points: Floats) -> Indices:
    """The regions that each claim lies in, claims × regions: those of the nearest among √n claims spread evenly."""
    centres = points[:: max(1, int(np.sqrt(len(points))))]
    found = [np.empty((0, min(REGIONS_OF_A_CLAIM, len(centres))), dtype=np.int64)]
    for start in range(0, len(points), _ROWS_AT_ONCE):
        found.append(_largest(points[start : start + _ROWS_AT_ONCE] @ centres.T, REGIONS_OF_A_CLAIM))
    return np.concatenate(found)


def _codes(space: Space, rows: Indices, others: Indices, products: Floats) -> Indices:
    """The pairs with the largest products of each row among claims of other articles; smaller row × n + larger row.

    Shape of the products: rows × others.
    """
    apart = space.article_of[rows][:, None] != space.article_of[others]
    products = np.where(apart, products, -np.inf)
    columns = _largest(products, NEAREST)
    which, columns = np.repeat(np.arange(len(rows)), columns.shape[1]), columns.ravel()
    kept = np.isfinite(products[which, columns])
    left, right = rows[which[kept]], others[columns[kept]]
    return np.asarray(np.minimum(left, right) * len(space.keys) + np.maximum(left, right))


def _largest(products: Floats, number: int) -> Indices:
    """The columns of each row's largest products, in no order; of equal ones, those that come first."""
    if products.shape[1] <= number:
        return np.broadcast_to(np.arange(products.shape[1]), products.shape)
    ranked = np.arange(products.shape[1]) * _TIE - np.round(products, _DECIMALS)
    return np.asarray(np.argpartition(ranked, number, axis=1)[:, :number])
