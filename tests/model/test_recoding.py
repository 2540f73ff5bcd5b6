"""Two versions of a scheme compared, a plan from one to the other, and the events that come of it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model.coding import Certainty, CodingPass, Event
from coder.model.recoded import recoded
from coder.model.recoding import Recoding, Word, propose
from coder.model.scheme import OUTCOME, RATING, Scheme
from coder.model.scheme_changes import Aspect, compare_schemes
from coder.model.time import SECOND_US, Span
from coder.model.version import next_version, version_order
from tests.workflows.versions import CALL, CALM, GLAD, SAD, drawn, letters, rated, version, with_details

OLD = version("1.0")
SAME = version("1.1")
NO_SAD = version(
    "1.1",
    ('[[tiers.codes]]\nid = "sad"\nlabel = "Sad"\nkey = "3"\ndefinition = "The child cries."\n\n', ""),
)
WIDER_GLAD = version("1.1", ('"The child smiles."', '"The child smiles or laughs."'))
RENAMED = version("1.1", ('id = "glad"\nlabel = "Glad"', 'id = "happy"\nlabel = "Glad and happy"'))
NO_TOUCH = version(
    "1.1",
    ('[[tiers.codes]]\nid = "touch"\nlabel = "Touch"\nkey = "E"\ndefinition = "The parent touches."\n\n', ""),
)
ALL_MOMENTS = version(
    "1.1",
    (
        'label = "Mood"\nstream = "child"\nkind = "state"\nexclusive = true\nexhaustive = true',
        'label = "Mood"\nstream = "child"\nkind = "point"',
    ),
)
TO_SEVEN = version("1.1", ('high = 5, anchors = { 1 = "None.", 5', 'high = 7, anchors = { 1 = "None.", 7'))
NOT_SHRILL = version("1.1", ('    { id = "shrill", label = "Shrill", key = "I" },\n', ""))
ONE_WITH = version("1.1", ('label = "With what"\nkind = "multi"', 'label = "With what"\nkind = "single"'))


def numbered() -> Callable[[], str]:
    """Ids as they can be read: n1, n2, n3 …"""
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def made(coding: CodingPass, plan: Recoding) -> tuple[Event, ...]:
    assert not plan.unsettled
    return recoded(coding, plan, numbered()).events


@pytest.mark.parametrize(
    ("older", "newer"),
    [("1.0", "1.1"), ("1.9", "1.10"), ("1", "1.1"), ("0.9", "1"), ("2", "10"), ("1.1", "1.1.1"), ("1.0", "1.0b")],
)
def test_versions_are_sorted_by_their_numbers(older: str, newer: str) -> None:
    assert version_order(older) < version_order(newer)


def test_a_version_with_more_zeros_is_the_same_one() -> None:
    assert version_order("1") == version_order("1.0") == version_order("1.0.0")


@pytest.mark.parametrize(
    ("before", "after"),
    [("1.0", "1.1"), ("1", "1.1"), ("1.9", "1.10"), ("1.0-b2", "1.0-b3"), ("first", "first.1")],
)
def test_the_next_version_raises_the_last_number(before: str, after: str) -> None:
    assert next_version(before) == after
    assert version_order(before) < version_order(after)


def test_equal_schemes_differ_in_nothing() -> None:
    assert compare_schemes(OLD, SAME) == ()


def test_differences_name_the_place_and_both_words() -> None:
    new = version(
        "1.1",
        ('"The child smiles."', '"The child smiles or laughs."'),
        (
            'label = "Mood"\nstream = "child"\nkind = "state"\nexclusive = true\nexhaustive = true',
            'label = "Mood"\nstream = "child"\nkind = "state"\nexclusive = true',
        ),
        ('key = "Q"', 'key = "Z"'),
        ("window_ms = 3000", "window_ms = 5000"),
        ("prompt_ms = 1000", "prompt_ms = 2000"),
        ('id = "lap"\nlabel = "On the lap"', 'id = "on_lap"\nlabel = "On the lap"'),
        ('label = "On the floor"\nkey = "5"\n', 'label = "On the floor"\nkey = "5"\nmin_ms = 500\n'),
        ('    { id = "toy", label = "Toy", key = "P" },\n', ""),
    )
    told = [(one.aspect, one.tier, one.code, one.before, one.after) for one in compare_schemes(OLD, new)]
    assert told == [
        (Aspect.EXHAUSTIVE, "mood", "", "yes", "no"),
        (Aspect.DEFINITION, "mood", "glad", "The child smiles.", "The child smiles or laughs."),
        (Aspect.DETAIL, "mood", "glad", "With what: Hand, Toy+", "With what: Hand+"),
        (Aspect.KEY, "mood", "glad", "O P", "O"),
        (Aspect.RENAMED, "place", "lap", "lap", "on_lap"),
        (Aspect.MIN, "place", "floor", "", "0.5 s"),
        (Aspect.PROMPT, "calls", "", "1 s", "2 s"),
        (Aspect.WINDOW, "calls", "call", "3 s", "5 s"),
        (Aspect.KEY, "calls", "call", "Q", "Z"),
    ]


def test_a_key_and_a_target_change_no_meaning_and_a_definition_does() -> None:
    new = version(
        "1.1", ('key = "1"\ndefinition = "The child smiles."', 'key = "6"\ndefinition = "The child smiles."')
    )
    assert [one.meaning for one in compare_schemes(OLD, new)] == [False]
    assert [one.meaning for one in compare_schemes(OLD, WIDER_GLAD)] == [True]


def test_a_code_that_is_the_same_needs_nobody() -> None:
    plan = propose(drawn("ggccss"), OLD, SAME)
    assert [(step.old, step.new, step.events) for step in plan.steps] == [
        (GLAD, GLAD, 1),
        (CALM, CALM, 1),
        (SAD, SAD, 1),
    ]
    assert not plan.unsettled


def test_only_words_that_occur_are_in_the_plan() -> None:
    assert [step.old for step in propose(drawn("gg"), OLD, NO_SAD).steps] == [GLAD]


def test_a_code_that_is_gone_is_open_until_somebody_decides() -> None:
    coding = drawn("ggccss")
    plan = propose(coding, OLD, NO_SAD)
    assert [step.old for step in plan.unsettled] == [SAD]
    assert letters(coding, "mood", made(coding, plan.chosen(SAD, None))) == "ggcc  "
    assert letters(coding, "mood", made(coding, plan.chosen(SAD, CALM, confirmed=True))) == "ggcccc"


def test_a_changed_meaning_waits_for_confirmation() -> None:
    coding = drawn("ggccgg")
    plan = propose(coding, OLD, WIDER_GLAD)
    assert [(step.old, step.events) for step in plan.unsettled] == [(GLAD, 2)]
    assert letters(coding, "mood", made(coding, plan.confirmed(GLAD))) == "ggccgg"
    assert plan.confirmed(GLAD).confirmed(GLAD, read=False).unsettled


def test_a_renamed_code_is_proposed_by_its_label_and_waits_for_confirmation() -> None:
    plan = propose(drawn("gg"), OLD, RENAMED)
    assert plan.step(GLAD).new == Word("mood", "happy")
    assert [step.old for step in plan.unsettled] == [GLAD]


def test_another_choice_asks_for_confirmation_anew() -> None:
    plan = propose(drawn("gg"), OLD, WIDER_GLAD).confirmed(GLAD).chosen(GLAD, CALM)
    assert [step.old for step in plan.unsettled] == [GLAD]


def test_states_that_the_plan_makes_one_are_one() -> None:
    coding = with_details(with_details(drawn("ggccssgg"), "c2", note="looks up"), "s4", note="sobs")
    plan = propose(coding, OLD, NO_SAD).chosen(SAD, CALM, confirmed=True)
    result = recoded(coding, plan, numbered())
    row = CodingPass.of(coding.header, result.events).row("mood")
    assert [(event.code, event.span.start_us // SECOND_US, event.note) for event in row] == [
        ("glad", 0, ""),
        ("calm", 2, "looks up; sobs"),
        ("glad", 6, ""),
    ]
    assert [event.id for event in result.joined] == ["s4"]
    assert result.moved == 4


def test_states_that_followed_each_other_before_are_left_to_the_coder() -> None:
    coding = drawn("gg|gg".replace("|", ""))
    two = [replace(event, id=name, span=span) for event in coding for name, span in _halves(event)]
    coding = CodingPass.of(coding.header, two)
    assert len(made(coding, propose(coding, OLD, SAME))) == 2


def _halves(event: Event) -> list[tuple[str, Span]]:
    middle = (event.onset_us + event.offset_us) // 2
    return [("one", Span(event.onset_us, middle)), ("two", Span(middle, event.offset_us))]


def test_a_state_becomes_a_moment_only_if_somebody_says_so() -> None:
    coding = drawn("ggcc")
    plan = propose(coding, OLD, ALL_MOMENTS)
    assert [step.old for step in plan.unsettled] == [GLAD, CALM]
    assert (Word("mood", "glad"), True) in plan.choices(GLAD)
    chosen = plan.chosen(GLAD, GLAD, confirmed=True).chosen(CALM, None)
    assert chosen.step(GLAD).onset_only
    (event,) = made(coding, chosen)
    assert event.span == Span.moment(0)


def test_a_moment_never_becomes_a_state() -> None:
    plan = propose(drawn("t"), OLD, SAME)
    talk = Word("replies", "talk")
    assert {word.tier for word, _ in plan.choices(talk)} == {"calls", "replies"}
    with pytest.raises(ValueError, match="cannot become"):
        plan.chosen(talk, GLAD)


def test_an_option_that_is_gone_is_decided_apart() -> None:
    coding = with_details(drawn("C  C"), "C0", loud="shrill")
    plan = propose(coding, OLD, NOT_SHRILL).confirmed(CALL)
    shrill = replace(CALL, modifier="loud", value="shrill")
    assert [step.old for step in plan.unsettled] == [shrill]
    as_soft = made(coding, plan.chosen(shrill, replace(shrill, value="soft"), confirmed=True))
    assert [event.modifiers for event in as_soft] == [(("loud", "soft"),), ()]
    assert [step.old for step in plan.chosen(shrill, None).chosen(CALL, CALL, confirmed=True).unsettled] == [
        shrill
    ]
    without = recoded(coding, plan.chosen(shrill, None))
    assert [event.modifiers for event in without.events] == [(), ()]
    assert [event.id for event in without.shed] == ["C0"]


def test_details_of_a_code_that_is_left_out_need_no_decision() -> None:
    coding = with_details(drawn("C"), "C0", loud="shrill")
    assert not propose(coding, OLD, NOT_SHRILL).chosen(CALL, None).unsettled


def test_several_values_where_one_can_stand_are_told_with_their_event() -> None:
    coding = with_details(drawn("ggccgg"), "g0", **{"with": "hand,toy"})
    coding = with_details(coding, "g4", **{"with": "toy"})
    plan = propose(coding, OLD, ONE_WITH).confirmed(GLAD)
    result = recoded(coding, plan)
    assert [event.id for event in result.crowded] == ["g0"]
    hand = replace(GLAD, modifier="with", value="hand")
    mended = recoded(coding, plan.chosen(hand, None))
    assert not mended.crowded
    assert [event.modifiers for event in mended.events if event.code == "glad"] == [(("with", "toy"),)] * 2


def test_ratings_of_another_scale_are_decided_number_by_number() -> None:
    coding = rated(drawn("gg"), "4", "He hums.")
    plan = propose(coding, OLD, TO_SEVEN).confirmed(Word("warmth", "warm"))
    four = Word("warmth", "warm", RATING, "4")
    assert [step.old for step in plan.unsettled] == [four]
    assert len(plan.choices(four)) == 7
    rating = [
        event for event in made(coding, plan.chosen(four, replace(four, value="6"))) if event.tier == "warmth"
    ]
    assert rating[0].modifier(RATING) == "6"
    assert (rating[0].note, rating[0].moments) == ("He hums.", (Span(0, SECOND_US),))


def answered(coding: CodingPass) -> CodingPass:
    """C0 is answered by the touch, C3 by the talk, C6 by nothing."""
    coding = with_details(coding, "C0", outcome="fits", answer="T1", loud="soft")
    coding = with_details(coding, "C3", outcome="fits", answer="t4")
    return with_details(coding, "C6", outcome="none")


def test_answers_point_at_the_right_acts_under_their_new_ids() -> None:
    coding = answered(drawn("CT Ct C  "))
    events = {event.id: event for event in made(coding, propose(coding, OLD, SAME))}
    told = {
        (cue.onset_us // SECOND_US, events[cue.answer].code if cue.answer else "")
        for cue in events.values()
        if cue.tier == "calls"
    }
    assert told == {(0, "touch"), (3, "talk"), (6, "")}
    assert not {"C0", "T1", "C3", "t4", "C6"} & set(events)


def test_a_cue_whose_answer_is_left_out_is_to_be_judged_again_and_keeps_its_own_details() -> None:
    coding = answered(drawn("CT Ct C  "))
    result = recoded(coding, propose(coding, OLD, NO_TOUCH).chosen(Word("replies", "touch"), None), numbered())
    cues = [event for event in sorted(result.events, key=lambda one: one.onset_us) if event.tier == "calls"]
    assert [(cue.modifier(OUTCOME), bool(cue.answer)) for cue in cues] == [
        (None, False),
        ("fits", True),
        ("none", False),
    ]
    assert cues[0].modifier("loud") == "soft"
    assert result.unjudged == (cues[0],)


def test_an_outcome_that_says_the_opposite_is_judged_again() -> None:
    coding = answered(drawn("CT Ct C  "))
    fits, none = (replace(CALL, modifier=OUTCOME, value=value) for value in ("fits", "none"))
    result = recoded(coding, propose(coding, OLD, SAME).chosen(fits, none))
    assert len(result.unjudged) == 2


SECONDS = 12
SPANS = st.lists(st.integers(0, SECONDS), min_size=2, max_size=8, unique=True).map(sorted)
NOTES, SURE = st.sampled_from(["", "looks up", "„ä“\n2"]), st.sampled_from(list(Certainty))


@st.composite
def codings(draw: st.DrawFn) -> CodingPass:
    """Any pass that version 1.0 allows, details, notes, answers and ratings included."""
    events: list[Event] = []
    for tier in OLD.tiers[:2]:
        bounds = draw(SPANS)
        for number, (start, end) in enumerate(pairwise(bounds)):
            if draw(st.booleans()):
                code = draw(st.sampled_from(tier.codes))
                tools = draw(st.sampled_from([(), (("with", "hand"),), (("with", "hand,toy"),)]))
                details = tools if code.id == "glad" else ()
                span = Span(start * SECOND_US, end * SECOND_US)
                events.append(
                    Event(f"{tier.id}{number}", tier.id, code.id, span, details, draw(NOTES), draw(SURE))
                )
    acts = [
        Event(f"act{at}", "replies", draw(st.sampled_from(["talk", "touch"])), Span.moment(at * SECOND_US))
        for at in draw(st.sets(st.integers(0, SECONDS - 1)))
    ]
    for at in draw(st.sets(st.integers(0, SECONDS - 1))):
        answer = draw(st.sampled_from([*(act.id for act in acts), ""]))
        outcome = draw(st.sampled_from([(), ((OUTCOME, "fits" if answer else "none"),)]))
        loud = draw(st.sampled_from([(), (("loud", "soft"),)]))
        events.append(
            Event(
                f"cue{at}",
                "calls",
                "call",
                Span.moment(at * SECOND_US),
                (*loud, *outcome),
                draw(NOTES),
                reaction_us=draw(st.sampled_from([0, 300_000])),
                answer=answer if outcome else "",
            )
        )
    coding = CodingPass.of(replace(drawn("g").header, window=Span(0, SECONDS * SECOND_US)), [*events, *acts])
    return rated(coding, draw(st.sampled_from("12345")), draw(NOTES)) if draw(st.booleans()) else coding


def told(events: tuple[Event, ...] | CodingPass) -> list[Event]:
    """Events without what tells them from their copies: an answer is told by where and what the act is."""
    acts = {event.id: f"{event.tier} {event.code} {event.onset_us}" for event in events}
    bare = [replace(event, id="", answer=acts.get(event.answer, event.answer)) for event in events]
    return sorted(bare, key=lambda event: (event.tier, event.onset_us, event.offset_us, event.code))


@given(codings())
def test_the_same_scheme_under_another_number_gives_the_same_events(coding: CodingPass) -> None:
    plan = propose(coding, OLD, SAME)
    assert not plan.unsettled
    assert all(step.plain for step in plan.steps)
    result = recoded(coding, plan)
    assert told(result.events) == told(coding)
    assert (result.left_out, result.joined, result.shed, result.unjudged, result.crowded) == ((),) * 5


@given(
    codings(), st.sampled_from([NO_SAD, WIDER_GLAD, RENAMED, NO_TOUCH, ALL_MOMENTS, TO_SEVEN, ONE_WITH]), st.data()
)
def test_whatever_is_decided_nothing_is_lost_untold(coding: CodingPass, new: Scheme, data: st.DataObject) -> None:
    plan = propose(coding, OLD, new)
    for step in plan.steps:
        choices = [None, *(word for word, _ in plan.choices(step.old))]
        plan = plan.chosen(step.old, data.draw(st.sampled_from(choices)), confirmed=True)
    assert not plan.unsettled
    result = recoded(coding, plan)
    assert result.moved + len(result.left_out) == len(coding)
    assert len(result.events) == result.moved - len(result.joined)
    ids = {event.id for event in result.events}
    assert len(ids) == len(result.events)
    assert {event.answer for event in result.events} <= {*ids, ""}
    for event in result.events:
        code = new.code(event.tier, event.code)
        assert {name for name, _ in event.modifiers} <= {modifier.id for modifier in code.modifiers}


def test_codes_that_are_as_right_follow_their_words() -> None:
    glad = replace(next(iter(drawn("gg"))), either=("", "calm", "sad"))
    coding = CodingPass.of(drawn("gg").header, [glad])
    plan = propose(coding, OLD, RENAMED)
    assert [(step.old, step.events) for step in plan.steps] == [(GLAD, 1), (CALM, 0), (SAD, 0)]
    assert plan.covers(coding)
    assert not propose(drawn("gg"), OLD, RENAMED).covers(coding)
    settled = plan.chosen(CALM, Word("mood", "happy"), confirmed=True).confirmed(GLAD)
    result = recoded(coding, settled, numbered())
    assert [(one.code, one.either) for one in result.events] == [("happy", ("", "sad"))]
    assert result.shed == ()  # calm became what the event is: nothing was lost


def test_a_code_as_right_that_has_no_place_any_more_is_told() -> None:
    glad = replace(next(iter(drawn("gg"))), either=("sad",))
    coding = CodingPass.of(drawn("gg").header, [glad])
    plan = propose(coding, OLD, NO_SAD)
    assert [step.old for step in plan.unsettled] == [SAD]
    result = recoded(coding, plan.chosen(SAD, None), numbered())
    assert [one.either for one in result.events] == [()]
    assert result.shed == (glad,)
