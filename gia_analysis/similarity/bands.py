"""Which sets may be alike: min-hash signatures in bands, so that few of all pairs need to be compared."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from gia_analysis.similarity.masking import Shingles, distinct

Pairs = npt.NDArray[np.int64]

NEIGHBOURS = 16

_SEED = 20190515
_SIGNATURE = 1024
_RECALL = 0.98
_BATCH = 256


def candidate_pairs(sets: Sequence[Shingles], least: float) -> Pairs:
    """Return the pairs of sets that may be as similar as ``least``: ``one * len(sets) + other``, sorted.

    Bands of the signatures are taken one after another; a set that is in 16 pairs or more is not looked for in further
    bands. However many sets are alike, their pairs are at most some dozens for each.
    """
    jaccard = least / (2 - least)
    signatures = _signatures(sets)
    enough = _SIGNATURE * jaccard - 4 * np.sqrt(_SIGNATURE * jaccard * (1 - jaccard))
    keys = list(_band_keys(signatures, _rows_of_a_band(jaccard)))
    found = np.empty(0, dtype=np.int64)
    pairs_of = np.zeros(len(sets), dtype=np.int64)
    for band, key in enumerate(keys):
        searched = np.flatnonzero(pairs_of < NEIGHBOURS)
        order = searched[np.lexsort((keys[band - 1][searched], key[searched]))]
        new = np.setdiff1d(neighbours(order, key[order], len(sets)), found, assume_unique=True)
        new = new[_agreeing(signatures, new) >= enough]
        found = distinct(np.concatenate([found, new]))
        pairs_of += np.bincount(np.concatenate(np.divmod(new, len(sets))), minlength=len(sets))
    return found


def _rows_of_a_band(jaccard: float) -> int:
    """Return the most rows with which enough of the pairs that are just so similar agree in a whole band."""
    fitting = [rows for rows in range(1, 17) if 1 - (1 - jaccard**rows) ** (_SIGNATURE // rows) >= _RECALL]
    return max(fitting, default=1)


def _signatures(sets: Sequence[Shingles]) -> npt.NDArray[np.uint32]:
    found = np.empty((len(sets), _SIGNATURE), dtype=np.uint32)
    for start in range(0, len(sets), _BATCH):
        part = sets[start : start + _BATCH]
        offsets = np.cumsum([0, *map(len, part)], dtype=np.uint64)
        digests = RMinHash.digest_matrix_from_flat_token_hashes(
            _mixed(np.concatenate(part)), offsets, _SIGNATURE, _SEED
        )
        found[start : start + len(part)] = digests.to_rows()
    return found


def _mixed(values: Shingles) -> Shingles:
    """Spread numbers over all 64 bits, as the signatures expect them."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _band_keys(signatures: npt.NDArray[np.uint32], rows: int) -> Iterator[Shingles]:
    for start in range(0, _SIGNATURE - rows + 1, rows):
        key = np.zeros(len(signatures), dtype=np.uint64)
        for column in range(start, start + rows):
            key = _mixed(key ^ signatures[:, column])
        yield key


def neighbours(order: npt.NDArray[np.intp], keys: npt.NDArray[np.generic], size: int) -> Pairs:
    """Return the pairs of members with the same key that stand at most 16 apart in the order given."""
    found = []
    for step in range(1, NEIGHBOURS + 1):
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        pair = np.sort(np.column_stack([order[:-step][same], order[step:][same]]), axis=1)
        found.append(pair[:, 0] * size + pair[:, 1])
    return distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _agreeing(signatures: npt.NDArray[np.uint32], pairs: Pairs) -> npt.NDArray[np.int64]:
    """Return for each pair in how many places both signatures are the same."""
    agreeing = np.empty(len(pairs), dtype=np.int64)
    for start in range(0, len(pairs), 8192):
        one, other = np.divmod(pairs[start : start + 8192], len(signatures))
        agreeing[start : start + 8192] = (signatures[one] == signatures[other]).sum(axis=1)
    return agreeing
