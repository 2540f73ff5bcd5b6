"""A quick look at the acting: flat-shaded figures, a fraction of a second a frame, before hours of rendering."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.acts import PEOPLE
from studio.scenario import Scenario
from studio.stage import plan
from studio.stage.acting import Acting, Moment
from studio.stage.body import Human
from studio.stage.bones import unit
from studio.stage.data import Floats

_LIGHT = unit(np.array([-0.4, -0.8, 0.6]))
_SKIN = {"parent": (150, 175, 220), "child": (140, 190, 235)}
_TOYS = {"ball": (60, 60, 220), "cup": (200, 150, 40), "block": (60, 180, 60)}


@dataclass(frozen=True)
class _Shape:
    """Something to paint: a polygon (n, 2) or, with a radius, a disc around one point; far ones first."""

    depth: float
    points: Floats
    colour: tuple[float, ...]
    radius_px: float = 0.0


def draw(scenario: Scenario, acting: Acting, moment: Moment, camera: plan.Camera) -> NDArray[np.uint8]:
    """One frame as a BGR picture."""
    shapes = [shape for who in PEOPLE for shape in _figure(acting.actors[who].human, who, moment, camera)]
    if scenario.room.seating == "table":
        angle = np.linspace(0, 2 * np.pi, 40)
        rim = np.stack([np.cos(angle), np.sin(angle)], 1) * plan.TABLE_RADII + plan.TABLE_CENTRE
        seen = camera.project(np.column_stack([rim, np.full(len(rim), plan.TABLE_TOP)]))
        shapes.append(_Shape(float(seen[:, 2].mean()) + 0.2, seen[:, :2], (150, 190, 225)))
    for toy, centre in moment.toys.items():
        x, y, depth = camera.project(centre)
        radius = 0.5 * float(plan.TOY_SIZES[toy].min()) / float(depth) * camera.focal_px
        shapes.append(_Shape(float(depth), np.array([x, y]), _TOYS[toy], radius))
    picture = np.full((camera.height, camera.width, 3), 215, np.uint8)
    for shape in sorted(shapes, key=lambda shape: -shape.depth):
        if shape.radius_px:
            x, y = (int(value) for value in shape.points)
            cv2.circle(picture, (x, y), max(1, round(shape.radius_px)), shape.colour, -1, cv2.LINE_AA)
        else:
            corners = np.round(shape.points * 16).astype(np.int32)
            cv2.fillConvexPoly(picture, corners, shape.colour, cv2.LINE_AA, 4)
    return picture


def _figure(human: Human, who: str, moment: Moment, camera: plan.Camera) -> Iterator[_Shape]:
    posed = human.posed(moment.frame.parent if who == "parent" else moment.frame.child)
    points = posed.verts[human.groups["body"].corners]
    normals = unit(np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1]))
    seen = camera.project(points)
    facing = np.einsum("ij,ij->i", normals, camera.position - points.mean(1)) > 0
    share = 0.45 + 0.55 * np.clip(normals @ _LIGHT, 0, 1)
    for k in np.flatnonzero(facing):
        colour = tuple(float(share[k] * part) for part in _SKIN[who])
        yield _Shape(float(seen[k, :, 2].mean()), seen[k, :, :2], colour)
    for eye in posed.eyes.values():
        x, y, depth = camera.project(eye.iris)
        if float((eye.iris - eye.centre) @ (camera.position - eye.iris)) > 0:
            radius = human.iris_radius / float(depth) * camera.focal_px
            yield _Shape(float(depth) - 0.004, np.array([x, y]), (30, 20, 20), radius)


def sheet(scenario: Scenario, acting: Acting, camera: plan.Camera, times_us: Sequence[int], path: Path) -> None:
    """A contact sheet of some moments."""
    tiles = []
    for at_us in times_us:
        tile = draw(scenario, acting, acting.at(at_us), camera)
        cv2.putText(tile, f"{at_us / 1e6:.2f} s", (8, 26), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0, 0, 0), 2)
        tiles.append(tile)
    columns = 4 if camera.width > camera.height else 8
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    cv2.imwrite(str(path), np.vstack(rows))
