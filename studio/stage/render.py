"""Pictures of a clip: fast settings, a still backdrop, shared pictures, and only what changed drawn anew."""

import ast
import hashlib
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bpy
import cv2
import numpy as np
from numpy.typing import NDArray

from studio.scenario import Camera, Scenario
from studio.stage import meshes, plan
from studio.stage.changes import Scene, area, changed, scene_of
from studio.stage.exposure import Box, Group, Shot, box_of
from studio.stage.room import Stage

Picture = NDArray[np.uint8]

_MOVING_SAMPLES, _STILL_SAMPLES = 4, 40
_DRAWN_BY = ("body", "brows", "cloth", "figure", "figures", "hair", "looks", "meshes", "props", "room", "smooth")
"""Modules that decide how things look: pictures made by other code than theirs of today are not used."""

_FEATHER_PX = 4
_HANGING = ("bob", "long")
_REMEMBERED, _MOST_PATCHES, _WORTH_PATCHING = 24, 5, 0.7
"""How many pictures can be the ground for the next, how often one may be patched, and up to what share of it."""


@dataclass(frozen=True)
class Quality:
    """Samples a pixel, bounces of light, strength of the denoiser."""

    samples: int
    bounces: int
    denoise: str


_MOVING = Quality(_MOVING_SAMPLES, 0, "FAST")
_STILL = Quality(_STILL_SAMPLES, 2, "HIGH")


def look_of(scenario: Scenario, camera: Camera) -> str:
    """Names all that does not move: when any of it changes, no older picture is taken."""
    view = plan.camera_of(scenario, camera)
    parts = [repr(scenario.parent), repr(scenario.child), repr(scenario.room), str(_MOVING_SAMPLES)]
    parts += [repr(value.tolist()) for value in (view.position, view.target, plan.TABLE_CENTRE, plan.TABLE_RADII)]
    parts += [repr((view.lens, view.width, view.height, plan.TABLE_TOP, plan.WALL_Y))]
    parts += [_code(Path(__file__).with_name(f"{name}.py")) for name in _DRAWN_BY]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


def _code(path: Path) -> str:
    """A module's code without comments, docstrings and layout, so that tidying it makes no picture stale."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [line for line in body if not _is_text(line)]  # type: ignore[attr-defined]  # has a body
    return ast.dump(tree)


def _is_text(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


@dataclass(frozen=True)
class _Taken:
    """A picture that others can be made from."""

    scene: Scene
    path: Path
    light: str
    patches: int


class Photographer:
    """Takes the pictures of one camera. `folder`: where backdrops and pictures are kept."""

    def __init__(self, stage: Stage, camera: plan.Camera, look: str, folder: Path, threads: int = 1) -> None:
        self.stage, self.camera, self.folder, self._look = stage, camera, folder, look
        folder.mkdir(parents=True, exist_ok=True)
        self._light: str | None = None
        self._empty: Picture = np.zeros((0, 0, 3), np.uint8)
        self._backdrop = _Backdrop(camera)
        self._humans = {who: figure.human for who, figure in stage.figures.items()}
        self._hanging = frozenset(who for who in stage.figures if stage.scenario.person(who).hair in _HANGING)
        self._taken: deque[_Taken] = deque(maxlen=_REMEMBERED)
        self._whole_area = camera.width * camera.height
        _settings(threads)
        stage.look_through(camera)

    def path(self, shot: Shot) -> Path:
        """Where a shot's picture is kept."""
        return self.folder / f"{shot.key}.png"

    def take(self, group: Group) -> None:
        """Make the group's pictures that are not there yet."""
        for shot in group.shots:
            if self.path(shot).exists():
                self._remember(shot, self._scene(shot), 0)
                continue
            self._set_light(shot.light)
            scene = self._scene(shot)
            picture, patches = self._patched(scene)
            if picture is None:
                picture, patches = self._whole(shot), 0
            _write(self.path(shot), picture)
            self._remember(shot, scene, patches)

    def _scene(self, shot: Shot) -> Scene:
        return scene_of(shot.frame, self._humans)

    def _remember(self, shot: Shot, scene: Scene, patches: int) -> None:
        self._taken.append(_Taken(scene, self.path(shot), shot.light, patches))

    def _patched(self, scene: Scene) -> tuple[Picture | None, int]:
        """The picture made from the most similar one taken lately by drawing only what differs; None if that is
        too much. The second value counts the generations since a whole picture."""
        best, boxes, least = None, list[Box](), self._whole_area * _WORTH_PATCHING
        for taken in self._taken:
            if taken.light != self._light or taken.patches >= _MOST_PATCHES:
                continue
            differing = changed(taken.scene, scene, self._humans, self._hanging, self.camera)
            cost = area(differing) + taken.patches * 0.03 * self._whole_area
            if cost < least:
                best, boxes, least = taken, differing, cost
        if best is None:
            return None, 0
        picture = _read(best.path)
        self.stage.show(scene.frame)
        for box in boxes:
            picture = _pasted(picture, box, self._render(box))
        return picture, best.patches + 1

    def _whole(self, shot: Shot) -> Picture:
        self.stage.show(shot.frame)
        points = [figure.posed.verts for figure in self.stage.figures.values() if figure.posed is not None]
        points.append(self.stage.around_toys())
        box = box_of(self.camera.project(np.concatenate(points)), self.camera, 20)
        return _pasted(self._empty, box, self._render(box), feather=14)

    def _render(self, box: Box) -> Picture:
        """A rectangle of the present scene."""
        render = bpy.context.scene.render
        w, h = self.camera.width, self.camera.height
        render.use_border = render.use_crop_to_border = True
        # Blender cuts the fraction off in single precision: a quarter of a pixel more keeps whole pixels whole
        render.border_min_x, render.border_max_x = ((x + 0.25) / w for x in (box[0], box[2]))
        render.border_min_y, render.border_max_y = ((h - y + 0.25) / h for y in (box[3], box[1]))
        return self._snap()

    def _snap(self) -> Picture:
        path = self.folder / f".{os.getpid()}.png"
        bpy.context.scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        picture = _read(path)
        path.unlink()
        return picture

    def _set_light(self, light: str) -> None:
        """Draw the empty room once for each light, then hang it behind the figures."""
        if light == self._light:
            return
        self.stage.light(light)
        still = self.folder / f"room-{self._look}-{light}.exr"
        if not still.exists():
            self._draw_room(still)
        self.stage.hide_room()
        self._backdrop.hang(still)
        self.stage.hide_movers(True)
        _quality(Quality(12, 0, "HIGH"))
        self._empty = self._render((0, 0, self.camera.width, self.camera.height))
        self.stage.hide_movers(False)
        _quality(_MOVING)
        self._light = light

    def _draw_room(self, still: Path) -> None:
        self._backdrop.take_down()
        self.stage.hide_movers(True)
        self.stage.hide_room(False)
        _quality(_STILL)
        scene = bpy.context.scene
        scene.render.use_border = False
        made = still.with_name(f".{os.getpid()}.exr")
        scene.render.image_settings.file_format = "OPEN_EXR"
        scene.render.filepath = str(made)
        bpy.ops.render.render(write_still=True)
        scene.render.image_settings.file_format = "PNG"
        os.replace(made, still)
        self.stage.hide_movers(False)


class _Backdrop:
    """The still room as a shining picture that fills the camera's view behind the figures."""

    def __init__(self, camera: plan.Camera) -> None:
        far = 6.0
        half = far * plan.SENSOR_MM / camera.lens / 2
        tall = half * camera.height / camera.width
        corners = np.array([[-half, -tall, -far], [half, -tall, -far], [half, tall, -far], [-half, tall, -far]])
        placed = corners @ camera.turn.T + camera.position
        self._material = bpy.data.materials.new("backdrop")
        self._material.use_nodes = True
        nodes, links = self._material.node_tree.nodes, self._material.node_tree.links
        nodes.clear()
        self._image, shine, out = (
            nodes.new(f"ShaderNode{kind}") for kind in ("TexImage", "Emission", "OutputMaterial")
        )
        links.new(self._image.outputs["Color"], shine.inputs["Color"])
        links.new(shine.outputs[0], out.inputs["Surface"])
        self._sheet = meshes.mesh("backdrop", placed, np.array([[0, 1, 2, 3]]), [self._material], smooth=False)
        layer = self._sheet.data.uv_layers.new(name="view")
        layer.data.foreach_set("uv", np.array([0, 0, 1, 0, 1, 1, 0, 1], np.float32))
        for ray in ("diffuse", "glossy", "transmission", "shadow", "volume_scatter"):
            setattr(self._sheet, f"visible_{ray}", False)
        self.take_down()

    def hang(self, still: Path) -> None:
        self._image.image = bpy.data.images.load(str(still), check_existing=True)
        self._sheet.hide_render = False

    def take_down(self) -> None:
        self._sheet.hide_render = True


def _settings(threads: int) -> None:
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    cycles, render = scene.cycles, scene.render
    cycles.device = "CPU"
    cycles.use_adaptive_sampling = False
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = "NONE"
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.use_light_tree = False
    cycles.transparent_max_bounces = 1
    cycles.debug_bvh_type = "DYNAMIC_BVH"
    cycles.debug_use_spatial_splits = False
    cycles.seed = 1
    scene.cycles_curves.shape, scene.cycles_curves.subdivisions = "RIBBONS", 1
    render.threads_mode, render.threads = "FIXED", threads
    render.use_persistent_data = True
    render.image_settings.file_format = "PNG"
    render.image_settings.color_mode = "RGB"
    render.image_settings.compression = 5
    scene.view_settings.view_transform = "AgX"
    scene.view_settings.look = "AgX - Medium High Contrast"


def _quality(quality: Quality) -> None:
    cycles = bpy.context.scene.cycles
    cycles.samples = quality.samples
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = quality.bounces
    cycles.transmission_bounces = 0
    cycles.denoising_quality = quality.denoise


def _pasted(base: Picture, box: Box, tile: Picture, feather: int = _FEATHER_PX) -> Picture:
    """The base with a tile at a box; its rim fades in, but not at the picture's own edge."""
    left, top, right, bottom = box
    picture = base.copy()
    h, w = tile.shape[:2]
    x, y = np.arange(w) + 1.0, np.arange(h) + 1.0
    from_left = x if left > 0 else np.full(w, np.inf)
    from_right = x[::-1] if right < base.shape[1] else np.full(w, np.inf)
    from_top = y if top > 0 else np.full(h, np.inf)
    from_bottom = y[::-1] if bottom < base.shape[0] else np.full(h, np.inf)
    across, down = np.minimum(from_left, from_right), np.minimum(from_top, from_bottom)
    share = np.clip(np.minimum(across[None], down[:, None]) / (feather + 1), 0, 1)[..., None]
    under = picture[top:bottom, left:right].astype(float)
    picture[top:bottom, left:right] = np.rint(under + share * (tile - under)).astype(np.uint8)
    return picture


def _read(path: Path) -> Picture:
    found = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if found is None:
        raise OSError(f"{path} is no picture; delete it and render again")
    return np.asarray(found, np.uint8)


def _write(path: Path, picture: Picture) -> None:
    """Write a PNG whole or not at all."""
    if path.exists():
        return
    made = path.with_name(f".{os.getpid()}.{path.name}")
    done, code = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 4])
    if not done:
        raise OSError(f"{path} could not be encoded")
    made.write_bytes(code.tobytes())
    os.replace(made, path)


def hand_out(pictures: Sequence[Path], folder: Path) -> int:
    """Link every frame's picture as 00000.png … into a folder; returns how many frames still miss theirs."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = 0
    for number, picture in enumerate(pictures):
        if not picture.exists():
            missing += 1
            continue
        made, frame = folder / f".{os.getpid()}.{number}", folder / f"{number:05d}.png"
        made.unlink(missing_ok=True)
        try:
            os.link(picture, made)
        except OSError:  # a file system without hard links
            made.write_bytes(picture.read_bytes())
        os.replace(made, frame)
    return missing
