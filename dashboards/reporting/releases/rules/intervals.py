"""Runs of days whose number follows, by adding and subtracting, from those of other runs."""

from collections.abc import Hashable, Sequence

import numpy as np

TOLERANCE = 1e-6
Piece = Hashable


def intervals(
    pieces: Sequence[Piece], spans: Sequence[tuple[list[Piece], bool]], *, with_own: bool = False
) -> list[tuple[list[Piece], np.ndarray, bool]]:
    """Return the runs of pieces whose number follows from those of the spans: the pieces, the weight of each span, and
    whether the earlier releases are enough. Those of one span are left out, since they are printed.
    """
    if len(spans) < 2 and not with_own:
        return []
    matrix = np.array([[1.0 if piece in span else 0.0 for piece in pieces] for span, _ in spans])
    if not matrix.size:
        return []
    old = np.array([is_old for _, is_old in spans])
    printed = {tuple(row) for row in matrix}
    found = []
    for start in range(len(pieces)):
        for end in range(start + 1, len(pieces) + 1):
            wanted = np.array([1.0 if start <= place < end else 0.0 for place in range(len(pieces))])
            if tuple(wanted) in printed and not with_own:
                continue
            weights = _weights(matrix, wanted)
            if weights is not None:
                is_old = bool(old.any()) and _weights(matrix[old], wanted) is not None
                found.append((list(pieces[start:end]), weights, is_old))
    return found


def _weights(matrix: np.ndarray, wanted: np.ndarray) -> np.ndarray | None:
    weights = np.linalg.lstsq(matrix.T, wanted, rcond=None)[0]
    return weights if np.abs(matrix.T @ weights - wanted).max() < TOLERANCE else None
