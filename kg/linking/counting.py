"""Texts as rows of a sparse matrix: counts, weights, cosines."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array, hstack

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
Vocabulary: TypeAlias = dict[str, int]
_PAIRS_AT_ONCE = 50_000


def numbered(texts: Sequence[list[str]]) -> tuple[Indices, Vocabulary]:
    """The number of every word, text after text, in order of first appearance."""
    known: Vocabulary = defaultdict(count().__next__)
    total = sum(map(len, texts))
    return np.fromiter(map(known.__getitem__, chain.from_iterable(texts)), np.int64, total), dict(known)


def terms(texts: Sequence[list[str]]) -> tuple[csr_array, Vocabulary]:
    """How often each word and each pair of neighbours stands in each text: texts × (words, then pairs).

    The vocabulary has the words alone, in order of appearance.
    """
    columns, known = numbered(texts)
    rows = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    together = rows[1:] == rows[:-1]
    pairs, places = np.unique((columns[:-1] * len(known) + columns[1:])[together], return_inverse=True)
    words = tallied(rows, columns, (len(texts), len(known)))
    return csr_array(hstack([words, tallied(rows[1:][together], places, (len(texts), len(pairs)))])), known


def tallied(rows: Indices, columns: Indices, shape: tuple[int, int]) -> csr_array:
    """How often each pair of row and column occurs."""
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def document_frequency(counts: csr_array) -> Indices:
    """In how many texts each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def weighted(counts: csr_array) -> csr_array:
    """Tf-idf rows of length one: 1 + log of the count, times 1 + log((1 + n) / (1 + document frequency))."""
    texts = counts.shape[0]
    rarity = 1 + np.log((1 + texts) / (1 + document_frequency(counts)))
    rows = counts.copy()
    rows.data = (1 + np.log(rows.data)) * rarity[rows.indices]
    return _of_length_one(rows)


def _of_length_one(rows: csr_array) -> csr_array:
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_array(diags_array(1 / np.where(lengths == 0, 1, lengths)) @ rows)


def sparse_cosines(rows: csr_array, left: Indices, right: Indices) -> Floats:
    """The products of the rows named by `left` with those named by `right`, pair by pair."""
    if len(left) * 4 > rows.shape[0] ** 2:
        return np.asarray((rows @ rows.T).toarray()[left, right])
    found = np.empty(len(left))
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        found[part] = np.asarray(rows[left[part]].multiply(rows[right[part]]).sum(axis=1)).ravel()
    return found


def dense_cosines(rows: Floats, left: Indices, right: Indices) -> Floats:
    """The same for rows without gaps."""
    found = np.empty(len(left))
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        found[part] = np.einsum("ij,ij->i", rows[left[part]], rows[right[part]])
    return found
