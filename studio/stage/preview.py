"""A quick look at the acting: flat-shaded figures, a fraction of a second a frame, before hours of rendering."""

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.acts import PEOPLE
from studio.scenario import Scenario
from studio.stage import plan
from studio.stage.acting import Acting, Moment
from studio.stage.bones import unit
from studio.stage.data import Floats

BODY = 13380
_LIGHT = unit(np.array([-0.4, -0.8, 0.6]))
_SKIN = {"parent": (150, 175, 220), "child": (140, 190, 235)}
_TOYS = {"ball": (60, 60, 220), "cup": (200, 150, 40), "block": (60, 180, 60)}


def draw(scenario: Scenario, acting: Acting, moment: Moment, camera: plan.Camera) -> NDArray[np.uint8]:
    """One frame as a BGR picture."""
    picture = np.full((camera.height, camera.width, 3), 215, np.uint8)
    polygons: list[tuple[float, Floats, tuple[float, ...]]] = []
    angle = np.linspace(0, 2 * np.pi, 40)
    rim = np.stack([np.cos(angle), np.sin(angle)], 1) * plan.TABLE_RADII + plan.TABLE_CENTRE
    table = camera.project(np.column_stack([rim, np.full(len(rim), plan.TABLE_TOP)]))
    dots: list[tuple[float, Floats, float, tuple[int, ...]]] = []
    for who in PEOPLE:
        human = acting.actors[who].human
        posed = human.posed(moment.frame.parent if who == "parent" else moment.frame.child)
        quads = human.groups["body"].corners
        points = posed.verts[quads]
        normals = unit(np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1]))
        seen = camera.project(points)
        facing = np.einsum("ij,ij->i", normals, camera.position - points.mean(1)) > 0
        share = 0.45 + 0.55 * np.clip(normals @ _LIGHT, 0, 1)
        for k in np.flatnonzero(facing):
            colour = tuple(float(share[k] * c) for c in _SKIN[who])
            polygons.append((float(seen[k, :, 2].mean()), seen[k, :, :2], colour))
        for eye in posed.eyes.values():
            x, y, depth = camera.project(eye.iris)
            if float((eye.iris - eye.centre) @ (camera.position - eye.iris)) > 0:
                dots.append((float(depth) - 0.004, np.array([x, y]), 0.0058 / float(depth), (30, 20, 20)))
    for toy, centre in moment.toys.items():
        x, y, depth = camera.project(centre)
        radius = 0.5 * float(plan.TOY_SIZES[toy].min()) / float(depth)
        dots.append((float(depth), np.array([x, y]), radius, _TOYS.get(toy, (0, 0, 0))))
    drawn: list[tuple[float, object]] = [(d, ("p", p, c)) for d, p, c in polygons]
    drawn += [(d, ("o", p, r, c)) for d, p, r, c in dots]
    if scenario.room.seating == "table":
        drawn.append((float(table[:, 2].mean()) + 0.2, ("p", table[:, :2], (150, 190, 225))))
    for _, shape in sorted(drawn, key=lambda item: -item[0]):
        if shape[0] == "p":
            cv2.fillConvexPoly(picture, np.round(shape[1] * 16).astype(np.int32), shape[2], cv2.LINE_AA, 4)
        else:
            radius = max(1, round(shape[2] * camera.focal_px))
            cv2.circle(picture, tuple(int(v) for v in shape[1]), radius, shape[3], -1, cv2.LINE_AA)
    return picture


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
