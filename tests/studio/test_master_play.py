"""Masters of shared-play. One letter is a tenth of a second; what is expected follows from its sentences."""

import pytest

from coder.model.time import Span
from studio.acts import Act
from studio.masters.engagement import engagement
from studio.masters.games import bids, turns
from studio.masters.material import Material
from studio.masters.sharing import mutual_spans
from tests.studio.scenes import act
from tests.studio.truths import drawn


def engaged(material: Material, *turns_us: int) -> list[tuple[str, float]]:
    """(state, onset in s)."""
    return [(one.code, one.span.start_us / 1e6) for one in engagement(material, list(turns_us))]


def scene(seconds: int, *acts: Act, child: str = "b", parent: str = "f", **given: object) -> Material:
    """Both look at the same thing all the time."""
    return drawn(child * 10 * seconds, parent * 10 * seconds, *acts, **given)  # type: ignore[arg-type]  # drawn takes the fields of an act by name


def ball(who: str, verb: str, at_s: float, seconds: float = 1.0, **given: object) -> Act:
    """An act with the ball."""
    return act(who, verb, at_s, seconds=seconds, target="ball", **given)


def test_eyes_that_rest_on_nothing_are_not_engaged() -> None:
    assert engaged(scene(3, child="a")) == [("en_off", 0.0)]


def test_a_glance_away_below_a_second_does_not_end_play() -> None:
    assert engaged(drawn("b" * 20 + "a" * 9 + "b" * 20, "f" * 49)) == [("en_object", 0.0)]
    assert engaged(drawn("b" * 20 + "a" * 10 + "b" * 20, "f" * 50)) == [
        ("en_object", 0.0), ("en_off", 2.0), ("en_object", 3.0),
    ]  # fmt: skip


def test_face_to_face_with_a_parent_who_attends_is_with_the_person() -> None:
    assert engaged(scene(3, child="f", parent="f")) == [("en_person", 0.0)]


def test_to_look_at_a_parent_who_attends_to_something_else_is_watching() -> None:
    assert engaged(scene(3, child="f", parent="c")) == [("en_watch", 0.0)]


def test_to_look_at_what_the_parent_has_in_hand_is_watching() -> None:
    assert engaged(scene(3, parent="b", holder={"ball": "p" * 30})) == [("en_watch", 0.0)]


def test_to_play_while_the_parent_looks_on_is_alone_with_the_object() -> None:
    assert engaged(scene(5, ball("child", "play", 0.0, 5.0), parent="b")) == [("en_object", 0.0)]


def test_sharing_begins_with_the_childs_act_that_builds_on_the_parents() -> None:
    acts = (
        ball("parent", "roll", 1.0),
        ball("child", "roll", 3.0),
        ball("parent", "roll", 6.0),
        ball("child", "play", 8.0, 2.0),
    )
    # until then the child watches the parent roll, and examines the ball that lies there
    states = [("en_object", 0.0), ("en_watch", 1.0), ("en_object", 2.0), ("en_mutual", 3.0), ("en_object", 10.0)]
    assert engaged(scene(12, *acts)) == states


def test_an_act_more_than_five_seconds_after_the_parents_builds_on_nothing() -> None:
    before = [("en_object", 0.0), ("en_watch", 1.0), ("en_object", 2.0)]
    rolls = ball("parent", "roll", 1.0)
    assert engaged(scene(12, rolls, ball("child", "play", 7.1, 4.0))) == before
    shared = [("en_shared", 7.0), ("en_object", 11.0)]
    assert engaged(scene(12, rolls, ball("child", "play", 7.0, 4.0))) == before + shared


def test_sharing_shorter_than_three_seconds_does_not_count() -> None:
    acts = (ball("parent", "play", 0.0, 1.0), ball("child", "play", 2.0, 2.9))
    assert engaged(scene(8, *acts, parent="f")) == [("en_watch", 0.0), ("en_object", 1.0)]


def test_ten_seconds_without_a_sign_are_carried_by_the_parent_from_the_last_sign_on() -> None:
    second = 1_000_000
    stretch = Span(0, 30 * second)
    signs = [Span(5 * second, 6 * second), Span(17 * second, 18 * second), Span(28 * second, 28 * second)]
    # 6 to 17 s is longer than ten seconds; 18 to 28 s is not
    assert mutual_spans(stretch, signs) == [Span(0, 6 * second), Span(17 * second, 30 * second)]
    assert mutual_spans(stretch, []) == []
    assert mutual_spans(stretch, [Span(11 * second, 12 * second)]) == [Span(11 * second, 12 * second)]


def test_a_sharing_tells_who_started_it_and_what_filled_it() -> None:
    acts = (
        ball("child", "offer", 0.0),
        ball("parent", "take", 1.0),
        ball("parent", "offer", 3.0, 3.0),
        ball("child", "take", 4.0),
        ball("child", "offer", 6.0, 2.0),
    )
    [state] = [
        one for one in engagement(scene(12, *acts), []) if one.code.startswith("en_s") or one.code == "en_mutual"
    ]
    assert dict(state.modifiers) == {"who_started": "child", "play_kind": "give-take"}


def test_the_first_offer_invites_and_what_answers_it_are_turns() -> None:
    material = scene(20, ball("child", "roll", 1.0), ball("parent", "roll", 4.0), ball("child", "roll", 9.9))
    assert [(one.code, one.span.start_us / 1e6) for one in turns(material)] == [("turn_p", 4.0), ("turn_c", 9.9)]
    assert [one.code for one in bids(material)] == ["bid_c"]


def test_a_move_more_than_five_seconds_later_answers_nothing() -> None:
    material = scene(20, ball("child", "roll", 1.0), ball("parent", "roll", 7.1))
    assert turns(material) == []
    assert [one.code for one in bids(material)] == ["bid_c", "bid_p"]


def test_quick_acts_of_one_person_are_one_turn() -> None:
    sounds = (
        act("child", "babble", 1.0),
        act("child", "babble", 2.2),
        act("parent", "say", 4.0, words="ba", echo=True),
    )
    found = [(one.code, one.span.start_us / 1e6) for one in turns(scene(8, *sounds))]
    assert found == [("turn_c", 1.0), ("turn_p", 4.0)]


def test_talk_that_copies_nothing_is_no_turn() -> None:
    assert turns(scene(8, act("child", "babble", 1.0), act("parent", "say", 3.0, words="Good"))) == []


def test_repeats_within_two_seconds_belong_to_the_same_invitation() -> None:
    shows = ball("parent", "show", 1.0)
    near, far = (act("parent", "say", at, words="The ball?", kind="invite") for at in (4.0, 4.1))
    assert len(bids(scene(12, shows, near, child="a"))) == 1
    assert len(bids(scene(12, shows, far, child="a"))) == 2


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (ball("child", "take", 5.9), "taken"),
        (act("child", "shake", 2.0), "declined"),
        (act("child", "babble", 2.0), "ignored"),  # a sound is no act on what is offered
        (ball("child", "take", 6.1), "ignored"),  # five seconds are over
    ],
)
def test_what_came_of_an_offer_within_five_seconds(answer: Act, result: str) -> None:
    [bid] = bids(scene(12, ball("parent", "offer", 1.0, 3.0), answer, child="a"))
    assert (bid.span.start_us, dict(bid.modifiers)) == (1_000_000, {"result": result})


def test_who_notices_an_offer_and_does_not_join_declines() -> None:
    [bid] = bids(scene(12, ball("parent", "offer", 1.0, 3.0), child="b"))
    assert dict(bid.modifiers) == {"result": "declined"}


def test_what_is_shown_is_taken_up_by_looking() -> None:
    [bid] = bids(drawn("a" * 30 + "b" * 60, "f" * 90, ball("parent", "show", 1.0)))
    assert dict(bid.modifiers) == {"result": "taken"}


def test_the_result_stays_open_if_the_other_cannot_be_seen_or_the_film_ends() -> None:
    offer = ball("parent", "offer", 1.0, 3.0)
    [unseen] = bids(drawn("a" * 20 + "-" * 60, "f" * 80, offer))
    [cut] = bids(scene(5, offer, child="a"))
    assert unseen.modifiers == cut.modifiers == ()
