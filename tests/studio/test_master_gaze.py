"""Masters of gaze-near. One letter is a tenth of a second; what is expected follows from its sentences."""

import numpy as np

from studio.masters.gaze import gaze_near
from studio.masters.material import Material
from studio.masters.nearness import untouched
from tests.studio.scenes import act
from tests.studio.truths import drawn

ON_CHILD = "f" * 200
"""A parent who looks at the child's face all the time: never at the toys."""


def line(material: Material, tier: str) -> list[tuple[str, float]]:
    """(code, onset in s) of one line; each lasts until the next."""
    return [(one.code, one.span.start_us / 1e6) for one in gaze_near(material) if one.tier == tier]


def child(text: str, **given: object) -> list[tuple[str, float]]:
    """The child's line while the parent looks at its face."""
    return line(drawn(text, ON_CHILD[: len(text)], **given), "cg")  # type: ignore[arg-type]  # drawn takes the fields of an act by name


def test_a_look_begins_where_the_eyes_come_to_rest_and_the_way_belongs_to_the_look_before() -> None:
    assert child("bbbbbFFffff") == [("cg_obj", 0.0), ("cg_face", 0.7)]


def test_an_interruption_below_300_ms_that_returns_does_not_end_a_look() -> None:
    assert child("fffffbbfffff") == [("cg_face", 0.0)]
    assert child("fffffbbbfffff") == [("cg_face", 0.0), ("cg_obj", 0.5), ("cg_face", 0.8)]


def test_a_sweep_across_the_face_that_does_not_rest_is_no_look() -> None:
    assert child("bbbbbffaaaaa") == [("cg_obj", 0.0), ("cg_away", 0.7)]


def test_without_a_target_for_300_ms_or_longer_the_look_is_elsewhere() -> None:
    assert child("bbbbbFFFFffff") == [("cg_obj", 0.0), ("cg_away", 0.5), ("cg_face", 0.9)]


def test_lids_down_for_a_second_are_closed_eyes_and_shorter_a_blink() -> None:
    assert child("fffff" + "x" * 9 + "fffff") == [("cg_face", 0.0)]
    assert child("fffff" + "x" * 10 + "fffff") == [("cg_face", 0.0), ("cg_closed", 0.5), ("cg_face", 1.5)]


def test_a_parent_with_closed_eyes_looks_elsewhere() -> None:
    material = drawn("f" * 20, "fffff" + "x" * 10 + "fffff")
    assert line(material, "pg") == [("pg_face", 0.0), ("pg_away", 0.5), ("pg_face", 1.5)]


def test_hands_are_body_and_the_camera_is_another_object() -> None:
    assert child("hhhhmmmm") == [("cg_body", 0.0), ("cg_obj", 0.4)]


def test_a_toy_is_shared_from_the_moment_the_other_touches_it() -> None:
    found = child("b" * 20, holder={"ball": "n" * 8 + "p" * 6 + "n" * 6})
    assert found == [("cg_obj", 0.0), ("cg_shared", 0.8), ("cg_obj", 1.4)]


def test_a_toy_is_shared_until_two_seconds_after_the_other_looked_at_it() -> None:
    material = drawn("b" * 40, "f" * 5 + "b" * 5 + "f" * 30)
    assert line(material, "cg") == [("cg_obj", 0.0), ("cg_shared", 0.5), ("cg_obj", 3.0)]


def test_a_glance_of_the_other_below_300_ms_is_no_look_and_shares_nothing() -> None:
    assert line(drawn("b" * 40, "f" * 5 + "b" * 2 + "f" * 33), "cg") == [("cg_obj", 0.0)]


def test_taps_of_the_other_on_the_table_touch() -> None:
    taps = act("parent", "play", 1.0, seconds=1.0, target="ball")
    assert line(drawn("b" * 30, "f" * 30, taps), "cg") == [("cg_obj", 0.0), ("cg_shared", 1.0), ("cg_obj", 2.0)]


def test_a_face_out_of_sight_for_a_second_cannot_be_coded() -> None:
    assert child("fffff" + "-" * 9 + "bbbbb") == [("cg_face", 0.0), ("cg_obj", 1.4)]
    assert child("fffff" + "-" * 10 + "bbbbb") == [("cg_face", 0.0), ("unc", 0.5), ("cg_obj", 1.5)]


def test_what_nobody_could_see_the_parent_look_at_is_not_shared() -> None:
    material = drawn("b" * 40, "b" * 5 + "-" * 35)
    assert line(material, "pg") == [("pg_shared", 0.0), ("unc", 0.5)]
    assert line(material, "cg") == [("cg_shared", 0.0), ("cg_obj", 2.5)]


def test_eyes_out_of_sight_are_judged_from_the_head() -> None:
    half = np.array([1.0] * 10 + [0.3] * 10)
    found = gaze_near(drawn("f" * 10 + "b" * 10, "f" * 20, child_is={"face_visible": half}))
    given = [(one.code, dict(one.modifiers)) for one in found if one.tier == "cg"]
    assert given == [("cg_face", {"from": "eyes"}), ("cg_obj", {"from": "head"})]


def test_who_hides_behind_the_own_hands_is_seen_to_and_looks_with_the_head() -> None:
    hides = act("child", "hide", 1.0, seconds=2.0)
    found = gaze_near(drawn("f" * 10 + "-" * 20 + "f" * 10, "f" * 40, hides))
    assert [one.code for one in found if one.tier == "cg"] == ["cg_face"]


def test_touch_is_coded_where_act_and_truth_agree() -> None:
    strokes = act("parent", "touch", 0.5, seconds=1.5, target="arm", kind="affectionate")
    near = np.array([200.0] * 8 + [2.0] * 10 + [200.0] * 12)
    material = drawn("f" * 30, "f" * 30, strokes, parent_is={"hand_to_other_mm": near})
    assert line(material, "touch") == [("t_none", 0.0), ("t_kind", 0.8), ("t_none", 1.8)]
    assert line(material, "dist") == [("d_reach", 0.0), ("d_touch", 0.8), ("d_reach", 1.8)]
    assert untouched(material) == []


def test_brushing_past_below_300_ms_is_no_touch() -> None:
    strokes = act("parent", "touch", 0.5, seconds=1.5, target="arm", kind="care")
    near = np.array([200.0] * 8 + [2.0] * 2 + [200.0] * 20)
    material = drawn("f" * 30, "f" * 30, strokes, parent_is={"hand_to_other_mm": near})
    assert line(material, "touch") == [("t_none", 0.0)]
    assert line(material, "dist") == [("d_reach", 0.0)]
    assert [one.verb for one in untouched(material)] == ["touch"]


def test_of_two_kinds_of_touch_the_first_in_the_order_is_taken() -> None:
    care = act("parent", "touch", 0.0, seconds=2.0, target="arm", kind="care")
    holding = act("parent", "touch", 1.0, seconds=1.0, target="hand", kind="holding")
    near = np.array([0.0] * 24 + [200.0] * 6)
    material = drawn("f" * 30, "f" * 30, care, holding, parent_is={"hand_to_other_mm": near})
    # the last touch lasts until the hand is off, 0.4 s after the script's act
    assert line(material, "touch") == [("t_care", 0.0), ("t_hold", 1.0), ("t_none", 2.4)]


def test_a_child_that_touches_the_parent_is_near_but_the_parent_does_not_touch() -> None:
    near = np.array([200.0] * 10 + [0.0] * 10)
    material = drawn("f" * 20, "f" * 20, child_is={"hand_to_other_mm": near})
    assert line(material, "dist") == [("d_reach", 0.0), ("d_touch", 1.0)]
    assert line(material, "touch") == [("t_none", 0.0)]


def test_a_change_of_distance_is_marked_when_the_movement_has_ended() -> None:
    # from 0.8 m the parent moves off at 200 mm/s from 1.0 s to 3.0 s, crossing 0.9 m at 1.6 s
    going = np.interp(np.arange(50) / 10, [1.0, 3.0], [800, 1200])
    material = drawn("f" * 50, "f" * 50, distance_mm=going)
    assert line(material, "dist") == [("d_reach", 0.0), ("d_room", 3.0)]


def test_who_leaves_the_picture_is_out_of_view() -> None:
    leaves = act("parent", "leave", 1.0, seconds=3.0)
    x = np.array([30.0] * 15 + [900.0] * 15 + [30.0] * 20)
    material = drawn("f" * 50, "f" * 15 + "-" * 15 + "f" * 20, leaves, parent_is={"face_x_px": x})
    assert line(material, "dist") == [("d_reach", 0.0), ("d_out", 1.5), ("d_reach", 3.0)]
    assert line(material, "pg") == [("pg_face", 0.0), ("unc", 1.5), ("pg_face", 3.0)]
