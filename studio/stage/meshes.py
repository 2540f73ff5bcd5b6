"""Mesh and strand objects in Blender from numpy arrays."""

from collections.abc import Sequence

import bpy
import numpy as np
from mathutils import Matrix

from studio.stage.data import Floats, Ints


def mesh(
    name: str,
    points: Floats,
    faces: Ints,
    materials: Sequence[bpy.types.Material],
    slots: Ints | None = None,
    paint: Floats | None = None,
    smooth: bool = True,
) -> bpy.types.Object:
    """An object in the scene: points (n, 3), faces (m, 3 or 4), a slot per face, paint (n, 3 or 4) linear."""
    data = bpy.data.meshes.new(name)
    m, corners = faces.shape
    data.vertices.add(len(points))
    data.loops.add(m * corners)
    data.polygons.add(m)
    data.vertices.foreach_set("co", np.ascontiguousarray(points, np.float32).ravel())
    data.loops.foreach_set("vertex_index", np.ascontiguousarray(faces, np.int32).ravel())
    data.polygons.foreach_set("loop_start", np.arange(0, m * corners, corners, dtype=np.int32))
    for material in materials:
        data.materials.append(material)
    if slots is not None:
        data.polygons.foreach_set("material_index", np.ascontiguousarray(slots, np.int32))
    data.polygons.foreach_set("use_smooth", np.full(m, smooth))
    if paint is not None:
        layer = data.attributes.new("paint", "FLOAT_COLOR", "POINT")
        rgba = paint if paint.shape[1] == 4 else np.column_stack([paint, np.ones(len(paint))])
        layer.data.foreach_set("color", np.ascontiguousarray(rgba, np.float32).ravel())
    data.update(calc_edges=True)
    return _linked(bpy.data.objects.new(name, data))


def set_points(item: bpy.types.Object, points: Floats) -> None:
    """New places (n, 3) for a mesh's points."""
    item.data.vertices.foreach_set("co", np.ascontiguousarray(points, np.float32).ravel())
    item.data.update()


def strands(name: str, curves: Floats, root: float, tip: float, material: bpy.types.Material) -> bpy.types.Object:
    """Hair (count, points, 3), radii in metres from root to tip."""
    count, points, _ = curves.shape
    data = bpy.data.hair_curves.new(name)
    data.add_curves([points] * count)
    data.attributes["position"].data.foreach_set("vector", np.ascontiguousarray(curves, np.float32).ravel())
    radius = data.attributes.get("radius") or data.attributes.new("radius", "FLOAT", "POINT")
    radius.data.foreach_set("value", np.tile(np.linspace(root, tip, points), count).astype(np.float32))
    data.materials.append(material)
    return _linked(bpy.data.objects.new(name, data))


def place(item: bpy.types.Object, matrix: Floats) -> None:
    """Put an object at a (4, 4) placement."""
    item.matrix_world = Matrix(np.asarray(matrix, float).tolist())


def _linked(item: bpy.types.Object) -> bpy.types.Object:
    bpy.context.scene.collection.objects.link(item)
    return item
