"""Catmull-Clark smoothing as one sparse matrix: made once per mesh, applied to the posed points of every frame."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, diags, identity, vstack

from studio.stage.data import Ints


@dataclass(frozen=True)
class Smoothed:
    """matrix (fine, coarse) takes coarse points to the finer mesh's; quads (4 m, 4) are the finer faces."""

    matrix: csr_matrix
    quads: Ints


def edges_of(quads: Ints) -> tuple[Ints, Ints, Ints]:
    """Edges (e, 2) of quads (m, 4), each quad's four edge numbers (m, 4), and the faces on each edge (e,)."""
    sides = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    edges, number, count = np.unique(sides, axis=0, return_inverse=True, return_counts=True)
    return edges, number.reshape(-1, 4), count


def _entries(rows: Ints, cols: Ints, shape: tuple[int, int]) -> csr_matrix:
    return csr_matrix((np.ones(rows.size), (rows.ravel(), cols.ravel())), shape=shape)


def catmull_clark(quads: Ints, n: int) -> Smoothed:
    """One step of Catmull-Clark over n points; a border is kept as a smooth curve."""
    m = len(quads)
    edges, number, faces_on = edges_of(quads)
    e = len(edges)
    face = _entries(np.repeat(np.arange(m), 4), quads, (m, n)) / 4
    ends = _entries(np.repeat(np.arange(e), 2), edges, (e, n))
    beside = _entries(number, np.repeat(np.arange(m), 4).reshape(m, 4), (e, m))
    border = faces_on == 1
    edge = diags(np.where(border, 0.5, 0.25)) @ ends + diags(np.where(border, 0.0, 0.25)) @ (beside @ face)

    valence = np.maximum(np.asarray(ends.sum(0)).ravel(), 1)
    around = _entries(quads, np.repeat(np.arange(m), 4).reshape(m, 4), (n, m))
    inner = (
        diags(1 / valence**2) @ (around @ face)
        + diags(1 / valence**2) @ (ends.T @ ends)
        + diags((valence - 3) / valence) @ identity(n)
    )
    rim = ends[border]
    on_rim = np.asarray(rim.sum(0)).ravel() > 0
    # a border point keeps three quarters: an eighth comes from each neighbour on the border (and itself twice)
    outer = 0.125 * (rim.T @ rim) + 0.5 * identity(n)
    used = np.asarray(ends.sum(0)).ravel() > 0
    point = diags(np.where(used & ~on_rim, 1.0, 0.0)) @ inner + diags(np.where(on_rim, 1.0, 0.0)) @ outer
    point = point + diags(np.where(used, 0.0, 1.0)) @ identity(n)

    corners = quads
    after, before = n + number, n + np.roll(number, 1, 1)
    centre = np.repeat(n + e + np.arange(m)[:, None], 4, 1)
    fine = np.stack([corners, after, centre, before], -1).reshape(-1, 4)
    return Smoothed(csr_matrix(vstack([point, edge, face])), fine)
