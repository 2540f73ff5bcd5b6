"""Masters of cue-response and their links; what is expected follows from the scheme's sentences."""

import numpy as np
import pytest

from coder.model.time import SECOND_US, Span
from studio.acts import Act
from studio.heard import Segment
from studio.masters.cues import cues
from studio.masters.links import Answered, answers, first_answers
from studio.masters.material import Material
from studio.masters.responses import acts, cue_response
from studio.masters.signs import Sign
from tests.studio.scenes import act
from tests.studio.truths import drawn


def scene(seconds: int, *script: Act, child: str = "b", parent: str = "f", **given: object) -> Material:
    """Both look at the same thing all the time; voices are heard as the script has them."""
    voices = tuple(
        Segment(one.who, place, one.start_us, one.end_us or 0)
        for place, one in enumerate(script)
        if one.verb in ("say", "babble", "coo", "squeal", "fuss", "cry", "laugh")
    )
    n = 10 * seconds
    return drawn(child * n, parent * n, *script, voices=voices, **given)  # type: ignore[arg-type]  # drawn takes the fields of an act by name


def marks(signs: list[Sign]) -> list[tuple[str, float]]:
    """(code, time in s)."""
    return [(sign.code, sign.at_us / 1e6) for sign in signs]


def looked(text: str) -> list[tuple[str, float]]:
    """The cues of a child who only looks."""
    return marks(cues(drawn(text, "f" * len(text))))


def test_a_look_to_the_face_is_a_cue_after_a_second_elsewhere() -> None:
    assert looked("b" * 10 + "f" * 5) == [("cue_look", 1.0)]
    assert looked("b" * 9 + "f" * 5) == []
    assert looked("f" * 9) == []


def test_a_short_glance_down_does_not_end_the_look_to_the_face() -> None:
    assert looked("b" * 10 + "f" * 10 + "b" * 5 + "f" * 10) == [("cue_look", 1.0)]


def test_a_look_after_time_that_nobody_saw_is_no_cue() -> None:
    assert looked("f" * 5 + "-" * 20 + "f" * 10) == []


def test_sounds_less_than_a_second_apart_are_one_cue() -> None:
    first, near, far = (act("child", "babble", at, seconds=1.0) for at in (1.0, 2.9, 4.9))
    assert marks(cues(scene(9, first, near, far))) == [("cue_voice", 1.0), ("cue_voice", 4.9)]


def test_a_cough_is_no_cue_and_a_laugh_brightens() -> None:
    script = (act("child", "cough", 1.0), act("child", "laugh", 4.0))
    assert marks(cues(scene(8, *script))) == [("cue_smile", 4.0)]


def test_to_reach_and_take_asks_for_nothing_and_to_reach_in_vain_does() -> None:
    reach = act("child", "reach", 1.0, seconds=1.0, target="cup")
    take = act("child", "take", 2.5, target="cup")
    assert ("cue_gesture", 1.0) in marks(cues(scene(6, reach)))
    assert marks(cues(scene(6, reach, take))) == [("cue_newact", 2.5)]


def test_a_new_act_is_of_another_kind_or_after_three_seconds() -> None:
    def plays(*at: float) -> list[Act]:
        return [act("child", "play", one, seconds=1.0, target="ball") for one in at]

    assert marks(cues(scene(9, *plays(1.0, 4.9)))) == [("cue_newact", 1.0)]
    assert marks(cues(scene(9, *plays(1.0, 5.0)))) == [("cue_newact", 1.0), ("cue_newact", 5.0)]
    rolled = act("child", "roll", 2.5, target="ball")
    assert marks(cues(scene(9, *plays(1.0), rolled))) == [("cue_newact", 1.0), ("cue_newact", 2.5)]


def test_distress_needs_three_seconds_of_calm_to_begin_anew() -> None:
    first, near, far = (act("child", "fuss", at, seconds=1.0) for at in (1.0, 4.9, 8.9))
    assert marks(cues(scene(12, first, near, far))) == [("cue_distress", 1.0), ("cue_distress", 8.9)]


def test_to_turn_away_asks_for_a_break_only_from_something() -> None:
    turns = act("child", "turn_away", 5.0)
    tickles = act("parent", "tickle", 1.0, seconds=2.0, kind="playful")
    assert marks(cues(scene(9, turns))) == []
    assert marks(cues(scene(9, turns, tickles))) == [("cue_away", 5.0)]


def test_an_act_that_the_script_excepts_is_no_cue() -> None:
    assert cues(scene(9, act("child", "babble", 1.0, cue=False))) == []


def test_a_smile_is_marked_where_it_shows() -> None:
    smile = np.array([0.0] * 14 + [0.8] * 16 + [0.0] * 30)
    assert marks(cues(scene(6, act("child", "smile", 1.0), child_is={"smile": smile}))) == [("cue_smile", 1.4)]


def test_an_utterance_begins_anew_after_a_second() -> None:
    first, near, far = (act("parent", "say", at, seconds=1.0, words="So") for at in (1.0, 2.9, 4.9))
    assert marks(acts(scene(9, first, near, far))) == [("act_talk", 1.0), ("act_talk", 4.9)]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"words": "Ba ba", "echo": True}, "act_echo"),
        ({"words": "And the ball"}, "act_join"),  # named while the child looks at it
        ({"words": "And the cup"}, "act_talk"),
        ({"words": "Where is the cup?", "kind": "steer"}, "act_redirect"),
        ({"words": "Shh", "kind": "comfort"}, "act_talk"),  # nobody is in distress
    ],
)
def test_one_utterance_has_the_more_telling_code(said: dict[str, object], code: str) -> None:
    assert marks(acts(scene(5, act("parent", "say", 1.0, **said)))) == [(code, 1.0)]


def test_comfort_is_what_calms_during_distress_or_in_the_ten_seconds_after() -> None:
    fusses = act("child", "fuss", 1.0, seconds=2.0)
    for at, code in ((13.0, "act_soothe"), (13.1, "act_talk")):
        hush = act("parent", "say", at, words="Shh", kind="comfort")
        assert marks(acts(scene(16, fusses, hush))) == [(code, at)]


@pytest.mark.parametrize(
    ("toy", "look", "code"), [("ball", "b", "act_join"), ("cup", "b", "act_redirect"), ("cup", "a", "act_join")]
)
def test_a_toy_joins_or_steers_by_what_the_child_attends_to(toy: str, look: str, code: str) -> None:
    script = (
        act("parent", "take", 1.0, seconds=1.0, target=toy),
        act("parent", "show", 2.5, seconds=1.0, target=toy),
        act("parent", "put_down", 4.0, seconds=1.0, target=toy),
    )
    assert marks(acts(scene(6, *script, child=look))) == [(code, 1.0)]  # one act that goes on


def test_to_take_a_thing_away_imposes() -> None:
    take = act("parent", "take", 1.0, target="ball", kind="away")
    assert marks(acts(scene(4, take))) == [("act_impose", 1.0)]


def test_stimulation_that_goes_on_a_second_after_the_child_withdrew_imposes() -> None:
    near = np.zeros(80)
    for end_s, expected in ((3.0, []), (3.2, [("act_impose", 3.1)])):
        tickles = act("parent", "tickle", 0.0, seconds=end_s, kind="playful")
        turns = act("child", "turn_away", 2.1)
        material = scene(8, tickles, turns, parent_is={"hand_to_other_mm": near})
        assert marks(acts(material)) == [("act_touch", 0.0), *expected]


def test_a_touch_is_marked_at_contact_and_needs_one() -> None:
    touch = act("parent", "touch", 1.0, seconds=2.0, target="hand", kind="affectionate")
    near = np.array([200.0] * 15 + [0.0] * 15 + [200.0] * 10)
    assert marks(acts(scene(4, touch, parent_is={"hand_to_other_mm": near}))) == [("act_touch", 1.5)]
    assert marks(acts(scene(4, touch))) == []


FILM = Span(0, 60 * SECOND_US)


def answered(found: list[Sign], replies: list[Sign]) -> dict[int, Sign]:
    """Place of a cue -> its first answer, in a film of a minute."""
    return first_answers(found, replies, FILM)


def test_an_answer_belongs_to_the_nearest_earlier_unanswered_cue_and_answers_one() -> None:
    first, second = Sign("cue_look", 0), Sign("cue_voice", 1_000_000)
    replies = [Sign("act_talk", at_us) for at_us in (1_000_000, 1_500_000, 2_000_000)]
    # the first begins with the second cue, so it answers the first; the next the second; the last is “more”
    assert answered([first, second], replies) == {0: replies[0], 1: replies[1]}
    assert answered([first, second], replies[1:]) == {1: replies[1], 0: replies[2]}


def test_windows_are_three_seconds_and_five_for_distress() -> None:
    late = [Sign("act_talk", 3_000_001)]
    assert answered([Sign("cue_voice", 0)], [Sign("act_talk", 3_000_000)]) != {}
    assert answered([Sign("cue_voice", 0)], late) == {}
    assert answered([Sign("cue_distress", 0)], late) != {}
    assert answered([Sign("cue_distress", 0)], [Sign("act_talk", 5_000_001)]) == {}


def judged(*script: Act, seconds: int = 9, **given: object) -> Answered:
    """What came of the only cue."""
    material = scene(seconds, *script, **given)
    [cue] = answers(material, cues(material), acts(material))
    return cue


def outcome(*script: Act, seconds: int = 9, **given: object) -> tuple[str, str]:
    """Outcome and reason of the only cue."""
    cue = judged(*script, seconds=seconds, **given)
    return cue.outcome, cue.reason


CALL = act("child", "babble", 1.0, seconds=0.5, id="call")


@pytest.mark.parametrize(
    ("reply", "expected", "why"),
    [
        (
            act("parent", "say", 3.0, words="Yes"),
            "o_match",
            "2.0 s later the parent says “Yes”; this kind of act fits",
        ),
        (act("parent", "say", 4.1, words="Yes"), "o_none", "no act of the parent begins in the 3 s after it"),
        (act("parent", "smile", 2.0), "o_part", "fits this cue loosely"),
        (act("parent", "show", 2.0, target="cup"), "o_mis", "on something else"),
        (act("parent", "say", 2.0, words="Yes", answers="call", fit="part"), "o_part", "only in part"),
        (act("parent", "say", 2.0, answers="call", fit="match", note="gladly"), "o_match", "says; gladly"),
    ],
)
def test_the_fit_is_the_authors_or_follows_from_the_kind_of_act(reply: Act, expected: str, why: str) -> None:
    found, reason = outcome(CALL, reply)
    assert found == expected
    assert why in reason


def test_what_cannot_be_told_is_said_so() -> None:
    assert outcome(CALL, seconds=3) == ("o_na", "the film ends before the time for an answer is over")
    hidden = np.array([1.0] * 20 + [0.0] * 70)
    found = outcome(CALL, parent_is={"face_visible": hidden})
    assert found == ("o_na", "the parent cannot be seen for half of the time")


def test_a_cue_carries_its_outcome_and_what_answers_it() -> None:
    coded = judged(CALL, act("parent", "say", 2.2, words="Yes")).coded("a call")
    assert (coded.tier, coded.code, coded.answer) == ("cues", "cue_voice", "act_talk@2.200000")
    assert coded.modifiers == (
        ("channel", "voice"),
        ("follows", "keeps"),
        ("outcome", "o_match"),
        ("tone", "neutral"),
    )
    assert coded.note.startswith("A call. Answered, and it fits: 1.2 s later")
    alone = judged(CALL).coded("a call")
    assert (alone.answer, alone.modifiers) == ("", (("outcome", "o_none"),))


@pytest.mark.parametrize(
    ("replies", "channel", "tone", "follows"),
    [
        ([act("parent", "smile", 2.0), act("parent", "say", 2.4, words="Yes")], "face,voice", "neutral", "keeps"),
        ([act("parent", "smile", 2.0), act("parent", "say", 2.6, words="Yes")], "face", "neutral", "keeps"),
        ([act("parent", "say", 2.0, words="La", kind="sing")], "voice", "warm", "keeps"),
        ([act("parent", "show", 2.0, target="cup")], "object", "neutral", "changes"),
        ([act("parent", "show", 2.0, target="ball")], "object", "neutral", "keeps"),
        ([act("parent", "take", 2.0, target="ball", kind="away")], "object", "neutral", "changes"),
        ([act("parent", "lean_in", 2.0, kind="loom")], "movement", "neutral", "keeps"),
        ([act("parent", "rock", 2.0)], "movement,touch", "neutral", "keeps"),
    ],
)
def test_how_an_answer_is_given_follows_from_the_acts_that_begin_with_it(
    replies: list[Act], channel: str, tone: str, follows: str
) -> None:
    assert dict(judged(CALL, *replies).details) == {"channel": channel, "tone": tone, "follows": follows}


def test_an_answer_is_warm_where_a_smile_can_be_seen() -> None:
    smile = np.array([0.0] * 20 + [0.8] * 20 + [0.0] * 50)
    assert dict(judged(CALL, act("parent", "smile", 2.0), parent_is={"smile": smile}).details)["tone"] == "warm"


def test_time_in_which_a_person_cannot_be_seen_has_lines_of_its_own() -> None:
    material = drawn("b" * 10 + "-" * 20 + "b" * 10, "f" * 40)
    found = [
        (one.tier, one.code, one.span.start_us / 1e6, one.span.end_us / 1e6) for one in cue_response(material)
    ]
    assert found == [("child_view", "unc", 1.0, 3.0)]


def noted(tier: str, *script: Act, seconds: int = 9, **given: object) -> list[tuple[str, tuple[str, ...], str]]:
    """Code, what is as right, and the reason, of one line."""
    found = cue_response(scene(seconds, *script, **given))
    return [(one.code, one.either, one.note) for one in found if one.tier == tier]


def test_every_cue_and_act_says_why_it_is_one() -> None:
    script = (act("child", "cough", 0.5), CALL, act("parent", "say", 2.0, words="Ba ba", echo=True))
    [(cue, _, why_cue)] = noted("cues", *script)
    [(reply, _, why_act)] = noted("acts", *script)
    assert (cue, reply) == ("cue_voice", "act_echo")
    assert "the child babbles" in why_cue
    assert "“Copies or expands” comes before “Talks”" in why_act


def test_of_two_acts_of_one_kind_that_begin_together_one_is_enough() -> None:
    taken = act("parent", "take", 3.0, target="cup")
    said = act("parent", "say", 2.8, words="See the cup?", kind="steer")
    late = act("parent", "say", 2.4, words="See the cup?", kind="steer")
    assert [either for _, either, _ in noted("acts", said, taken)] == [(), ("",)]
    assert [either for _, either, _ in noted("acts", late, taken)] == [(), ()]


def test_a_smile_that_follows_a_laugh_at_once_may_be_the_same() -> None:
    laughs = act("child", "laugh", 1.0, seconds=1.0)
    for at, either in ((2.9, ("",)), (3.1, ())):
        smiles = act("child", "smile", at, seconds=1.0)
        assert [found for _, found, _ in noted("cues", laughs, smiles)] == [(), either]


def test_an_invitation_to_another_thing_is_talk_or_steering() -> None:
    for words, either in (("Look, a cup.", ("act_redirect",)), ("Look, a ball.", ()), ("Look here.", ())):
        found = noted("acts", act("parent", "say", 1.0, words=words, kind="invite"))
        assert [one[1] for one in found] == [either]
