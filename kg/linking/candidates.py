"""Which pairs of claims are worth a comparison.

All of them in a small garden. In a large one a claim is compared with those that share its rarest words and with those
whose meaning lies in the same regions, so that the work grows far slower than the number of pairs.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
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
    everyone = np.arange(rare.shape[0])
    for start in range(0, rare.shape[0], _ROWS_AT_ONCE):
        products = csr_array(rare[start : start + _ROWS_AT_ONCE] @ turned)
        ends = products.indptr
        for offset in range(products.shape[0]):
            part = slice(ends[offset], ends[offset + 1])
            yield _codes(space, start + offset, everyone[products.indices[part]], products.data[part])


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
            for row, products in zip(rows, points[rows] @ points[members].T, strict=True):
                yield _codes(space, int(row), members, products)


def _regions(points: Floats) -> Indices:
    """The regions that each claim lies in, claims × regions: those of the nearest among √n claims spread evenly."""
    number = len(points)
    centres = points[:: max(1, int(np.sqrt(number)))]
    kept = min(REGIONS_OF_A_CLAIM, len(centres))
    found = [np.empty((0, kept), dtype=np.int64)]
    for start in range(0, number, _ROWS_AT_ONCE):
        found.append(_largest(points[start : start + _ROWS_AT_ONCE] @ centres.T, kept))
    return np.concatenate(found)


def _codes(space: Space, row: int, others: Indices, products: Floats) -> Indices:
    """The row's pairs with the largest products among claims of other articles; the smaller row × n + the larger."""
    apart = space.article_of[others] != space.article_of[row]
    others, products = others[apart], products[apart]
    nearest = others[_largest(products[None, :], NEAREST)[0]] if len(others) > NEAREST else others
    return np.asarray(np.minimum(nearest, row) * len(space.keys) + np.maximum(nearest, row))


def _largest(products: NDArray[np.float64], number: int) -> Indices:
    """The columns of each row's largest products; of equal ones, those that come first."""
    return np.asarray(np.argsort(-np.round(products, _DECIMALS), axis=1, kind="stable")[:, :number])
