"""Texts as rows of a sparse matrix: counts, weights, cosines."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.intc]
"""Half the size of Indices, for what is as long as the garden's text."""
Vocabulary: TypeAlias = dict[str, int]
_PAIRS_AT_ONCE = 50_000


def numbered(texts: Iterable[list[str]]) -> tuple[Numbers, Numbers, Vocabulary]:
    """The number of every word, text after text, in order of first appearance; and the length of each text."""
    known: Vocabulary = defaultdict(count().__next__)
    columns, lengths = array("i"), array("i")
    for text in texts:
        columns.extend(map(known.__getitem__, text))
        lengths.append(len(text))
    return np.frombuffer(columns, dtype=np.intc), np.frombuffer(lengths, dtype=np.intc), dict(known)


def counted(texts: Iterable[list[str]]) -> tuple[csr_array, Vocabulary]:
    """How often each word stands in each text: texts × words."""
    columns, lengths, known = numbered(texts)
    return tallied(_row_of(lengths), columns, (len(lengths), len(known))), known


def counted_with_pairs(texts: Iterable[list[str]]) -> csr_array:
    """How often each word and each pair of neighbours stands in each text: texts × (words, then pairs)."""
    columns, lengths, known = numbered(texts)
    rows = _row_of(lengths)
    together = rows[1:] == rows[:-1]
    pairs, places = np.unique((columns[:-1].astype(np.int64) * len(known) + columns[1:])[together], return_inverse=True)
    shape = len(lengths), len(known) + len(pairs)
    rows = np.concatenate((rows, rows[1:][together]))
    return tallied(rows, np.concatenate((columns, (places + len(known)).astype(np.intc))), shape)


def _row_of(lengths: Numbers) -> Numbers:
    """For every word the number of its text."""
    return np.repeat(np.arange(len(lengths), dtype=np.intc), lengths)


def tallied(rows: Numbers, columns: Numbers, shape: tuple[int, int]) -> csr_array:
    """How often each pair of row and column occurs."""
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)


def document_frequency(counts: csr_array) -> Indices:
    """In how many texts each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def weighted(counts: csr_array) -> csr_array:
    """Tf-idf rows of length one: 1 + log of the count, times 1 + log((1 + n) / (1 + document frequency))."""
    texts = counts.shape[0]
    rarity = 1 + np.log((1 + texts) / (1 + document_frequency(counts)))
    data = (1 + np.log(counts.data)) * rarity[counts.indices]
    row_of = np.repeat(np.arange(texts, dtype=np.intc), np.diff(counts.indptr))
    data /= np.sqrt(np.bincount(row_of, weights=data**2, minlength=texts))[row_of]
    return csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


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
