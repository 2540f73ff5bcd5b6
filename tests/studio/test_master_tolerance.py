"""What masters allow: zones where the truth leaves a boundary open, codes that are as right, and words for it."""

import numpy as np

from studio.acts import Act
from studio.masters.engagement import engagement
from studio.masters.face import face_to_face
from studio.masters.games import bids
from studio.masters.gaze import gaze_near
from studio.masters.material import Coded
from studio.scenario import Episode
from tests.studio.scenes import act
from tests.studio.truths import drawn

Found = list[tuple[str, tuple[float, float] | None]]


def zones(found: list[Coded], tier: str) -> Found:
    """(code, zone of its onset in s) of one line."""
    return [
        (one.code, one.onset_zone and (one.onset_zone.start_us / 1e6, one.onset_zone.end_us / 1e6))
        for one in found
        if one.tier == tier
    ]


def looked(child: str, parent: str = "") -> Found:
    """The child's looks, where every letter is a tenth of a second and a capital is on the way."""
    return zones(gaze_near(drawn(child, parent or "m" * len(child))), "cg")


def test_while_the_eyes_are_on_their_way_every_frame_is_right() -> None:
    assert looked("b" * 10 + "FF" + "f" * 10) == [("cg_obj", None), ("cg_face", (1.0, 1.2))]
    assert looked("b" * 10 + "f" * 10) == [("cg_obj", None), ("cg_face", None)]


def test_where_the_partners_look_decides_the_partners_eyes_are_on_their_way() -> None:
    found = looked("b" * 30, "m" * 10 + "BB" + "b" * 18)
    assert found == [("cg_obj", None), ("cg_shared", (1.0, 1.2))]


def test_time_that_nobody_saw_has_no_zone() -> None:
    assert [zone for _, zone in looked("b" * 10 + "F" * 2 + "-" * 15 + "F" + "f" * 10)] == [None] * 3


def touched(*script: Act, mm: list[float]) -> Found:
    n = len(mm)
    return zones(
        gaze_near(drawn("f" * n, "f" * n, *script, parent_is={"hand_to_other_mm": np.array(mm)})), "touch"
    )


TOUCH = act("parent", "touch", 0.5, seconds=2.5, target="hand", kind="affectionate")


def test_while_a_hand_is_near_nobody_can_tell_whether_it_touches() -> None:
    found = touched(TOUCH, mm=[200] * 8 + [20, 12] + [0] * 10 + [200] * 20)
    assert found == [("t_none", None), ("t_kind", (0.8, 1.0)), ("t_none", None)]


def test_a_hand_that_rests_where_it_touched_touches_on() -> None:
    for rest_mm, codes in ((14.0, 2.0), (16.0, 1.4)):
        mm = [200.0] * 10 + [0.0] * 4 + [rest_mm] * 6 + [200.0] * 20
        found = gaze_near(drawn("f" * 40, "f" * 40, TOUCH, parent_is={"hand_to_other_mm": np.array(mm)}))
        [touch] = [one for one in found if one.code == "t_kind"]
        assert touch.span.end_us / 1e6 == codes


def test_hands_with_a_thing_in_them_are_looked_at_or_the_thing() -> None:
    for holder, either in (("p" * 20, ("cg_shared",)), ("n" * 20, ())):
        [look] = [one for one in gaze_near(drawn("h" * 20, "m" * 20, holder={"ball": holder})) if one.tier == "cg"]
        assert (look.code, look.either) == ("cg_body", either)


def ball(who: str, verb: str, at_s: float, seconds: float = 1.0, **given: object) -> Act:
    return act(who, verb, at_s, seconds=seconds, target="ball", **given)


def test_play_that_the_parent_only_began_is_sharing_or_play_alone() -> None:
    begun = ball("parent", "roll", 1.0), ball("child", "play", 3.0, 4.0)
    more = ball("parent", "play", 5.0)
    for script, either in ((begun, ("en_object",)), ((*begun, more), ())):
        found = engagement(drawn("b" * 120, "f" * 120, *script), [])
        [shared] = [one for one in found if one.code == "en_shared"]
        assert shared.either == either
        assert ("as right" in shared.note) == bool(either)


def test_a_state_that_is_half_another_broken_up_may_have_either_code() -> None:
    # eyes on the parent, who looks back, by turns of less than a second
    found = engagement(drawn("f" * 40, "c" * 8 + "f" * 6 + "c" * 4 + "f" * 6 + "c" * 16), [])
    assert [(one.code, one.either) for one in found] == [("en_watch", ())]
    found = engagement(drawn("f" * 30, "c" * 8 + "f" * 6 + "c" * 4 + "f" * 6 + "c" * 6), [])
    assert [(one.code, one.either) for one in found] == [("en_watch", ("en_person",))]


def test_to_give_what_was_reached_for_may_be_no_invitation() -> None:
    reach = ball("child", "reach", 1.0, 1.5)
    given = ball("parent", "put_down", 4.0, where="other")
    found = bids(drawn("b" * 120, "f" * 120, reach, given))
    assert [(one.code, one.either) for one in found] == [("bid_c", ("",)), ("bid_p", ("",))]
    [alone] = bids(drawn("b" * 120, "f" * 120, given))
    assert alone.either == ()


def test_a_question_about_something_else_invites_though_it_answers() -> None:
    call = act("child", "babble", 1.0, id="call")
    for fit, count in (("mismatch", 1), ("match", 0)):
        asks = act("parent", "say", 2.0, words="See the cup?", kind="steer", answers="call", fit=fit)
        assert len([one for one in bids(drawn("b" * 120, "f" * 120, call, asks)) if one.code == "bid_p"]) == count


def test_a_smile_that_shows_for_hardly_a_second_may_count() -> None:
    smile = np.array([0.0] * 21 + [0.8] * 8 + [0.0] * 31)
    for seconds, either in ((1.0, ("p_joy",)), (0.9, ())):
        script = (
            act("parent", "still_face", 0.0, seconds=2.0),
            act("parent", "smile", 2.0, seconds=seconds),
            act("parent", "still_face", 3.0, seconds=3.0),
        )
        found = face_to_face(
            drawn(
                "f" * 60, "f" * 60, *script,
                parent_is={"smile": smile}, episodes=(Episode("pause", 0, 6_000_000),),
            )
        )  # fmt: skip
        phases = [(one.code, one.either) for one in found if one.tier == "pp"]
        assert phases == [("p_still", ()), ("p_quiet", either), ("p_still", ())]


def test_a_smile_may_begin_while_it_is_faint() -> None:
    grows = np.array([0.0] * 20 + [0.2, 0.4, 0.6] + [0.8] * 37)
    found = face_to_face(
        drawn("f" * 60, "f" * 60, child_is={"smile": grows}, episodes=(Episode("play", 0, 6_000_000),))
    )
    assert zones(found, "cp") == [("cp_watch", None), ("cp_joy", (2.0, 2.3))]
