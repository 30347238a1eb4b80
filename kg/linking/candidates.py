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
LEAST_MEANING = 0.7
"""Of both meanings' cosines together; a pair below it becomes a link only by words, and so is found by them."""
_ROWS_AT_ONCE = 500
_DECIMALS = 6
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
            apart = space.article_of[others] != space.article_of[start + offset]
            others, values = others[apart], products.data[low:high][apart]
            yield _codes(space, start + offset, others[_largest(values, NEAREST)])


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
            products = np.round(points[rows] @ points[members].T, _DECIMALS)
            left, right = np.nonzero(products >= LEAST_MEANING)
            apart = space.article_of[rows[left]] != space.article_of[members[right]]
            left, right = left[apart], right[apart]
            best = _best_of_each(left, right, products[left, right])
            yield _codes(space, rows[left[best]], members[right[best]])


def _regions(points: Floats) -> Indices:
    """The regions that each claim lies in, claims × regions: those of the nearest among √n claims spread evenly."""
    centres = points[:: max(1, int(np.sqrt(len(points))))]
    kept = min(REGIONS_OF_A_CLAIM, len(centres))
    found = [np.empty((0, kept), dtype=np.int64)]
    for start in range(0, len(points), _ROWS_AT_ONCE):
        products = np.round(points[start : start + _ROWS_AT_ONCE] @ centres.T, _DECIMALS)
        found.append(np.argsort(-products, axis=1, kind="stable")[:, :kept])
    return np.concatenate(found)


def _codes(space: Space, rows: Indices | int, others: Indices) -> Indices:
    """Pairs as single numbers: smaller row × n + larger row."""
    return np.asarray(np.minimum(rows, others) * len(space.keys) + np.maximum(rows, others))


def _largest(values: Floats, number: int) -> Indices:
    """The places of the largest values; of equal ones, those that come first."""
    if len(values) <= number:
        return np.arange(len(values))
    least = np.partition(values, -number)[-number]
    above = np.flatnonzero(np.round(values, _DECIMALS) >= np.round(least, _DECIMALS))
    return above[np.argsort(-np.round(values[above], _DECIMALS), kind="stable")[:number]]


def _best_of_each(rows: Indices, columns: Indices, values: Floats) -> Indices:
    """The places of each row's largest values, as many as are kept; rows come in order."""
    order = np.lexsort((columns, -values, rows))
    sizes = np.unique(rows, return_counts=True)[1]
    rank = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return order[rank < NEAREST]
