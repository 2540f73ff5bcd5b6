"""Which act answers which cue: judging, and that no edit leaves a judgement without its act."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.annotate import amend, group
from coder.annotate.answering import (
    act_of,
    is_open,
    judge,
    latency_text,
    set_detail,
    unjudge,
    without_act,
)
from coder.annotate.asking import Asked, question
from coder.annotate.desk import Desk
from coder.annotate.keymap import Keymap
from coder.annotate.linked import Linked
from coder.annotate.live import LiveReview
from coder.annotate.reviewing import case_of, tie_of
from coder.annotate.rules import review
from coder.model.answers import proposals
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError
from coder.model.scheme import OUTCOME
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.linked import CALLS, LINKED, NOISES, REPLIES, REPLY, at_desk, event, judgement, lines, moment


def judged(coding: CodingPass, *judgements: str) -> Desk:
    """A desk at which cues were judged, each said like `C0 fits T2`."""
    desk = at_desk(coding)
    for said in judgements:
        cue, outcome, *act = said.split()
        held = event(desk.coding, act[0]) if act else None
        desk.apply(judging(desk.coding, event(desk.coding, cue), outcome, held))
    return desk


def judging(coding: CodingPass, cue: Event, outcome: str, act: Event | None) -> Edit:
    return judge(coding, LINKED, Linked(coding, LINKED), cue, outcome, act)


def refusal(make: Callable[[], object]) -> str:
    with pytest.raises(CodingError) as caught:
        make()
    return str(caught.value.problems[0])


def found(desk: Desk) -> list[str]:
    return [finding.problem.what for finding in review(desk.coding, LINKED)]


# ---- judging


def test_an_outcome_links_the_cue_to_the_act_and_can_be_taken_back() -> None:
    desk = judged(lines("C.....", "..T..."), "C0 fits T2")
    assert judgement(desk.coding, "C0") == "fits T2"
    assert desk.undo_label == "“Call” at 00:00:00.000: Fits"
    desk.apply(unjudge(LINKED, event(desk.coding, "C0")))
    assert judgement(desk.coding, "C0") == ""
    desk.undo()
    assert judgement(desk.coding, "C0") == "fits T2"
    desk.undo()
    assert judgement(desk.coding, "C0") == ""


@pytest.mark.parametrize("outcome", ["none", "dark"])
def test_an_outcome_without_an_answer_takes_no_act_and_clears_what_was_said_of_it(outcome: str) -> None:
    desk = judged(lines("C.....", "..T..."), "C0 fits T2")
    desk.apply(set_detail(LINKED, event(desk.coding, "C0"), "tone", "warm"))
    assert judgement(desk.coding, "C0") == "fits T2 tone=warm"
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), outcome, event(desk.coding, "T2")))
    assert judgement(desk.coding, "C0") == outcome


def test_details_stay_with_another_outcome_and_go_with_another_act() -> None:
    desk = judged(lines("C.....", "..TH.."), "C0 fits T2")
    for value in ("voice", "face"):
        desk.apply(set_detail(LINKED, event(desk.coding, "C0"), "channel", value))
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), "loose", event(desk.coding, "T2")))
    assert judgement(desk.coding, "C0") == "loose T2 channel=face,voice"
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), "loose", event(desk.coding, "H3")))
    assert judgement(desk.coding, "C0") == "loose H3"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (None, "“Fits” needs an act that begins within 3 s after the cue."),
        ("T0", "“Fits” needs an act that begins within 3 s after the cue."),  # it begins with the cue
        ("T7", "“Fits” needs an act that begins within 3 s after the cue."),
    ],
)
def test_an_answer_needs_an_act_in_the_window(act: str | None, said: str) -> None:
    coding = lines("C.........", "T.....TT..")
    held = event(coding, act) if act else None
    assert refusal(lambda: judging(coding, event(coding, "C0"), "fits", held)).startswith(said)
    at_the_edge = judging(coding, event(coding, "C0"), "fits", event(coding, "T6"))
    assert coding.applied(at_the_edge)


def test_an_act_answers_one_cue_and_the_refusal_names_it() -> None:
    desk = judged(lines("CC....", "..T..."), "C0 fits T2")
    second = event(desk.coding, "C1")
    said = refusal(lambda: judging(desk.coding, second, "fits", event(desk.coding, "T2")))
    assert said.startswith("“Replies: Talk” answers “Call” at 00:00:00.000 already.")
    desk.apply(unjudge(LINKED, event(desk.coding, "C0")))
    desk.apply(judging(desk.coding, second, "fits", event(desk.coding, "T2")))
    assert judgement(desk.coding, "C1") == "fits T2"


def test_what_cannot_be_judged_is_refused() -> None:
    coding = lines("C.....", "..T...")
    cue, act = event(coding, "C0"), event(coding, "T2")
    assert refusal(lambda: judging(coding, act, "fits", act)).startswith("“Replies: Talk” is nothing that")
    assert refusal(lambda: judging(coding, cue, "wow", act)) == "“Reply” has no outcome “wow”."
    assert refusal(lambda: unjudge(LINKED, cue)) == "“Call” at 00:00:00.000 is not judged."
    assert refusal(lambda: set_detail(LINKED, cue, "tone", "warm")).startswith(
        "“Call” at 00:00:00.000 has no answer"
    )
    done = coding.applied(judging(coding, cue, "fits", act))
    again = refusal(lambda: judging(done, event(done, "C0"), "fits", act))
    assert again == "This cue is judged “Fits” already."
    said = refusal(lambda: amend.toggle_option(LINKED, cue, OUTCOME, "fits"))
    assert said.startswith("“Reply” is judged in the review of answers.")


# ---- what is proposed


@pytest.mark.parametrize(
    ("cues", "acts", "dark", "outcome"),
    [
        ("C.........", "..........", None, "none"),
        ("......C...", "..........", None, "dark"),  # the coded window ends before that of the cue
        ("C.........", "..........", Span(0, 3 * S // 2), "dark"),  # half of the window
        ("C.........", "..........", Span(0, S), "none"),
        ("C.........", "..T.......", None, None),  # a person's to judge
        ("......C...", "........T.", None, None),
        ("CC........", "..T.......", None, "none"),  # the nearer cue has the act
    ],
)
def test_the_outcome_is_proposed_where_nobody_answers(
    cues: str, acts: str, dark: Span | None, outcome: str | None
) -> None:
    coding = lines(cues, acts, dark=dark)
    case = case_of(coding, LINKED, at_desk(coding).linked, coding.row("calls")[0].id)
    assert case is not None
    assert (case.proposed.id if case.proposed is not None else None) == outcome


def test_a_link_that_knows_no_darkness_proposes_that_nobody_answered() -> None:
    coding = lines("...C", "....")
    known = replace(REPLY, outcomes=REPLY.outcomes[:4])
    outcome = without_act(coding, LINKED, known, event(coding, "C3"))
    assert outcome is not None
    assert outcome.id == "none"


def test_a_case_shows_what_could_answer_and_what_answers_another_cue() -> None:
    desk = judged(lines("C.C......", ".T.H.T..."), "C0 fits T1", "C2 fits H3")
    case = case_of(desk.coding, LINKED, desk.linked, "C2")
    assert case is not None
    assert (case.number, case.act, case.answered, case.cut) == (2, event(desk.coding, "H3"), True, False)
    assert [(one.act.id, one.latency_us, one.prompt, one.outside) for one in case.choices] == [
        ("H3", S // 2, True, False),
        ("T5", 3 * S // 2, True, False),
    ]
    desk.apply(unjudge(LINKED, event(desk.coding, "C2")))
    first = case_of(desk.coding, LINKED, desk.linked, "C0")
    assert first is not None
    assert [one.act.id for one in first.choices] == ["T1", "H3", "T5"]
    second = case_of(desk.coding, LINKED, desk.linked, "C2")
    assert second is not None
    assert second.act == event(desk.coding, "H3")
    desk.apply(unjudge(LINKED, event(desk.coding, "C0")))
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), "fits", event(desk.coding, "H3")))
    taken = case_of(desk.coding, LINKED, desk.linked, "C2")
    assert taken is not None
    assert taken.act == event(desk.coding, "T5")
    assert [one.taken_by.id if one.taken_by else None for one in taken.choices] == ["C0", None]
    assert case_of(desk.coding, LINKED, desk.linked, "X9") is None


def test_prompt_is_computed_from_the_latency() -> None:
    assert latency_text(1_240_000, REPLY) == "1.24 s · prompt"
    assert latency_text(2_000_000, REPLY) == "2.00 s · prompt"
    assert latency_text(2_000_001, REPLY) == "2.00 s"


def test_the_next_open_cue_is_counted_round() -> None:
    desk = judged(lines("C.Y.C.", "......"), "Y2 none")
    cue = desk.linked.next_open(event(desk.coding, "C0"))
    assert cue is not None
    assert cue.id == "C4"
    cue = desk.linked.next_open(cue)
    assert cue is not None
    assert cue.id == "C0"
    assert (desk.linked.cues, desk.linked.open) == (3, 2)
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), "none", None))
    desk.apply(judging(desk.coding, event(desk.coding, "C4"), "none", None))
    assert desk.linked.next_open() is None
    assert desk.linked.open == 0


# ---- the one door


def test_deleting_an_act_opens_its_cue_again_and_undo_brings_both_back() -> None:
    desk = judged(lines("C.....", "..T..."), "C0 fits T2")
    desk.apply(amend.delete(LINKED, event(desk.coding, "T2")))
    assert judgement(desk.coding, "C0") == ""
    assert (
        desk.undo_label == "Delete “Replies: Talk” at 00:00:01.000; “Call” at 00:00:00.000 has no outcome any more"
    )
    desk.undo()
    assert judgement(desk.coding, "C0") == "fits T2"
    desk.redo()
    assert judgement(desk.coding, "C0") == ""


def test_deleting_both_or_the_cue_alone_touches_nothing_else() -> None:
    desk = judged(lines("C.C...", "..TH.."), "C0 fits T2", "C2 fits H3")
    desk.apply(group.delete(LINKED, [event(desk.coding, "C0"), event(desk.coding, "T2")]))
    assert desk.undo_label == "Delete 2 events"
    desk.apply(amend.delete(LINKED, event(desk.coding, "C2")))
    assert [one.id for one in desk.coding] == ["H3"]
    assert desk.linked.cue_of("H3") is None
    desk.undo()
    desk.undo()
    assert (judgement(desk.coding, "C0"), judgement(desk.coding, "C2")) == ("fits T2", "fits H3")


def test_several_acts_that_go_are_told_by_their_number() -> None:
    desk = judged(lines("C.C...", ".T.H.."), "C0 fits T1", "C2 fits H3")
    desk.apply(group.delete(LINKED, [event(desk.coding, "T1"), event(desk.coding, "H3")]))
    assert desk.undo_label == "Delete 2 events; 2 cues have no outcome any more"
    desk.undo()
    assert (judgement(desk.coding, "C0"), judgement(desk.coding, "C2")) == ("fits T1", "fits H3")


def test_an_act_that_leaves_its_tier_answers_no_more_and_a_cue_that_leaves_is_not_judged() -> None:
    desk = judged(lines("C.....", "..T..."), "C0 fits T2")
    desk.apply(group.to_tier(desk.coding, LINKED, [event(desk.coding, "T2")], "noises"))
    assert judgement(desk.coding, "C0") == ""
    desk.undo()
    cue = event(desk.coding, "C0")
    desk.apply(group.to_tier(desk.coding, LINKED, [cue], "noises", code="talk"))
    gone = event(desk.coding, "C0")
    assert (gone.tier, gone.modifiers, gone.answer) == ("noises", (), "")
    assert desk.linked.cue_of("T2") is None
    desk.undo()
    assert judgement(desk.coding, "C0") == "fits T2"


def test_another_code_keeps_the_judgement() -> None:
    desk = judged(lines("C.....", "..T..."), "C0 fits T2")
    desk.apply(amend.recode(LINKED, event(desk.coding, "C0"), "cry"))
    desk.apply(amend.recode(LINKED, event(desk.coding, "T2"), "hug"))
    assert judgement(desk.coding, "C0") == "fits T2"


def test_copies_of_a_cue_are_not_judged() -> None:
    desk = judged(lines("C...........", "..T........."), "C0 fits T2")
    desk.apply(group.paste(desk.coding, LINKED, [event(desk.coding, "C0")], 4 * S, lambda at_us: at_us))
    copy = next(one for one in desk.coding.row("calls") if one.onset_us == 4 * S)
    assert (copy.modifiers, copy.answer) == ((), "")
    desk.apply(group.to_tier(desk.coding, LINKED, [event(desk.coding, "C0")], "noises", code="talk", copy=True))
    (other,) = desk.coding.row("noises")
    assert (other.modifiers, other.answer) == ((), "")
    assert judgement(desk.coding, "C0") == "fits T2"


@pytest.mark.parametrize(("name", "to_us"), [("T2", 4 * S), ("C0", 3 * S // 2)])
def test_who_is_moved_out_of_the_window_is_told_and_found(name: str, to_us: int) -> None:
    desk = judged(lines("C...........", "..T........."), "C0 fits T2")
    desk.apply(set_detail(LINKED, event(desk.coding, "C0"), "tone", "warm"))
    live = LiveReview(desk)
    assert found(desk) == []
    desk.apply(amend.set_onset(desk.coding, LINKED, event(desk.coding, name), to_us))
    assert desk.undo_label is not None
    assert desk.undo_label.endswith("; what answers “Call” at 00:00:00.000 is not in its window any more")
    assert judgement(desk.coding, "C0") == "fits T2 tone=warm"
    assert found(desk) == ["The act that answers “Call” does not begin in its window."]
    assert [one.problem.what for one in live.findings] == found(desk)
    assert live.hindering == 1
    desk.apply(amend.set_onset(desk.coding, LINKED, event(desk.coding, "T2"), 2 * S))
    assert desk.undo_label == "Move “Replies: Talk” to 00:00:02.000"
    assert found(desk) == []
    assert len(live.findings) == 0


def test_an_edit_that_links_a_cue_to_nothing_is_refused() -> None:
    desk = at_desk(lines("C.....", "..T..."))
    cue = event(desk.coding, "C0")
    for wrong in ("X9", "C0"):
        edit = Edit.of("Link", Change(cue, replace(cue, answer=wrong, modifiers=((OUTCOME, "fits"),))))
        said = refusal(lambda edit=edit: desk.apply(edit))  # type: ignore[misc]  # a value bound for the loop
        assert said == "00:00:00.000: “Call” would be answered by an event that is not there."
    act = event(desk.coding, "T2")
    linked = Edit.of("Link", Change(act, replace(act, answer="C0")))
    assert "“Replies: Talk” would be answered" in refusal(lambda: desk.apply(linked))


def test_an_edit_that_gives_an_act_to_two_cues_is_refused_and_a_file_that_did_is_mended() -> None:
    desk = judged(lines("CC....", "..T..."), "C0 fits T2")
    second = event(desk.coding, "C1")
    twice = Edit.of("Link", Change(second, replace(second, answer="T2", modifiers=((OUTCOME, "fits"),))))
    assert refusal(lambda: desk.apply(twice)).endswith("What answers “Call” answers another cue already.")
    brought = at_desk(desk.coding.applied(twice))
    live = LiveReview(brought)
    assert found(brought).count("The act that answers “Call” answers another cue, too.") == 2
    brought.apply(unjudge(LINKED, event(brought.coding, "C0")))
    assert [one.problem.what for one in live.findings] == found(brought)
    assert "The act that answers “Call” answers another cue, too." not in found(brought)
    brought = at_desk(desk.coding.applied(twice))
    brought.apply(amend.delete(LINKED, event(brought.coding, "T2")))
    assert (judgement(brought.coding, "C0"), judgement(brought.coding, "C1")) == ("", "")


# ---- what is asked, and what is found


def test_nothing_is_asked_right_after_a_cue() -> None:
    coding = lines("C.....")
    cue = event(coding, "C0")
    assert question(Asked("C0"), cue, LINKED) is None
    keymap = Keymap(LINKED)
    assert keymap.problems == []
    assert keymap.meaning("4", cue) is None


def test_findings_say_what_an_answer_lacks() -> None:
    desk = at_desk(lines("C.....", "..T..."))
    live = LiveReview(desk)
    steps = [found(desk)]
    desk.apply(judging(desk.coding, event(desk.coding, "C0"), "fits", event(desk.coding, "T2")))
    steps.append(found(desk))
    desk.apply(set_detail(LINKED, event(desk.coding, "C0"), "tone", "warm"))
    steps.append(found(desk))
    assert steps == [["“Call” has no outcome yet."], ["The answer to “Call” lacks “Tone”."], []]
    assert len(live.findings) == 0
    desk.undo()
    assert [one.problem.what for one in live.findings] == steps[1]


def test_what_a_file_brought_in_wrongly_is_found() -> None:
    coding = lines("C.C.C.", ".T....")
    outcomes = {"C0": ("fits", ""), "C2": ("none", "T1"), "C4": ("wow", "")}
    wrong = [
        replace(one, modifiers=((OUTCOME, outcomes[one.id][0]),), answer=outcomes[one.id][1])
        if one.id in outcomes
        else one
        for one in coding
    ]
    assert found(at_desk(CodingPass.of(coding.header, wrong))) == [
        "“Call” is “Fits”, and no act answers it.",
        "“Call” is “No reply” and has an act that answers it.",
        "“Reply” of “Call” has the unknown value “wow”.",
    ]


def test_an_outcome_that_nobody_has_to_give_hinders_nothing() -> None:
    coding = lines("C.....")
    (finding,) = review(coding, replace(LINKED, links=(replace(REPLY, required=False),)))
    assert not finding.hinders


def test_what_is_selected_is_tied_to_its_answer() -> None:
    desk = judged(lines("C.C...", ".T.H.."), "C0 fits T1")
    coding, linked = desk.coding, desk.linked

    def tied(*names: str) -> tuple[str, str, bool] | None:
        tie = tie_of(coding, LINKED, linked, tuple(event(coding, name) for name in names))
        return (tie.cue.id, tie.act.id, tie.judged) if tie is not None else None

    assert tied("C0") == tied("T1") == tied("C0", "T1") == ("C0", "T1", True)
    assert tied("C2", "H3") == tied("H3", "C2") == ("C2", "H3", False)
    assert tied("C2") is tied("H3") is tied() is tied("C0", "C2", "T1") is None


# ---- whatever is done


@st.composite
def edits(draw: st.DrawFn, desk: Desk) -> Edit:
    """Anything that the bench does, and changes that no key makes."""
    events = list(desk.coding)
    chosen = draw(st.lists(st.sampled_from(events), min_size=1, max_size=3, unique_by=lambda one: one.id))
    first = chosen[0]
    at_us = draw(st.integers(0, 11)) * S // 2
    what = draw(st.sampled_from(["judge", "judge", "judge", "delete", "move", "tier", "raw"]))
    cues, acts = desk.coding.row("calls"), desk.coding.row("replies")
    if what == "judge" and cues:
        act = draw(st.sampled_from([None, *acts]))
        return judge(
            desk.coding,
            LINKED,
            desk.linked,
            draw(st.sampled_from(cues)),
            draw(st.sampled_from(["fits", "none"])),
            act,
        )
    if what == "move":
        return group.move(desk.coding, LINKED, chosen, at_us - first.onset_us, lambda time_us: time_us)
    if what == "tier":
        tier = draw(st.sampled_from(["calls", "replies", "noises"]))
        code = draw(st.sampled_from([one.id for one in LINKED.tier(tier).codes]))
        return group.to_tier(desk.coding, LINKED, chosen, tier, code=code, copy=draw(st.booleans()))
    if what == "raw":
        answer = draw(st.sampled_from(["", "X9", *(one.id for one in events)]))
        tier = draw(st.sampled_from(["calls", "replies", "noises"]))
        code = LINKED.tier(tier).codes[0].id
        return Edit.of("Raw", *(Change(one, replace(one, answer=answer, tier=tier, code=code)) for one in chosen))
    return group.delete(LINKED, chosen)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_cue_is_ever_answered_by_what_is_not_there(data: st.DataObject) -> None:
    numbers = count()
    with pytest.MonkeyPatch.context() as patched:  # copies of one moment lie in the same order in every run
        patched.setattr(group, "uuid4", lambda: f"copy-{next(numbers)}")
        _do_anything(data)


def _do_anything(data: st.DataObject) -> None:
    desk = at_desk(lines("C.CY.C......", ".T.H.T..T..."))
    live = LiveReview(desk)
    for _ in range(data.draw(st.integers(1, 12))):
        before, wish = desk.coding, data.draw(st.sampled_from(["do", "do", "do", "undo", "redo"]))
        try:
            if wish == "undo":
                desk.undo()
            elif wish == "redo":
                desk.redo()
            elif len(desk.coding):
                desk.apply(data.draw(edits(desk)))
        except CodingError:
            assert desk.coding is before
            continue
        for held in desk.coding:
            link = LINKED.link_of(held.tier)
            assert not held.answer or (link is not None and act_of(desk.coding, link, held) is not None)
            if held.answer:
                assert desk.linked.cue_of(held.answer) is not None
        cues = desk.coding.row("calls")
        assert (desk.linked.cues, desk.linked.open) == (len(cues), sum(is_open(LINKED, cue) for cue in cues))
        assert list(live.findings) == review(desk.coding, LINKED)
        _is_as_read_from_the_whole_pass(desk)


def _is_as_read_from_the_whole_pass(desk: Desk) -> None:
    """What the review of answers reads near a cue, or keeps up to date, is what all cues and acts say."""
    cues, proposed = desk.coding.row("calls"), proposals(desk.coding, LINKED, REPLY)
    for n, cue in enumerate(cues):
        case = case_of(desk.coding, LINKED, desk.linked, cue.id)
        assert case is not None
        assert (case.cue, case.number) == (cue, n + 1)
        assert case.outcome is not None or case.act == proposed.get(cue.id)
        following = [one for one in (*cues[n + 1 :], *cues[: n + 1]) if is_open(LINKED, one)]
        assert desk.linked.next_open(cue) == next(iter(following), None)


def test_the_proposal_for_one_cue_is_that_of_the_whole_pass() -> None:
    rng = Random(5)
    for _ in range(300):
        cues, acts = ("".join(rng.choices(some, [3, 1, 1], k=30)) for some in (".CY", ".TH"))
        coding = lines(cues, acts)
        desk = at_desk(coding)
        for cue in rng.sample(coding.row("calls"), len(coding.row("calls")) // 3):
            case = case_of(desk.coding, LINKED, desk.linked, cue.id)
            assert case is not None
            desk.apply(judge(desk.coding, LINKED, desk.linked, cue, "fits" if case.act else "none", case.act))
        _is_as_read_from_the_whole_pass(desk)


def test_an_act_may_answer_one_cue_of_each_link() -> None:
    """Calls are answered by replies, and so are noises: the reply at one second answers both."""
    noises = replace(
        NOISES, codes=tuple(replace(code, modifiers=CALLS.codes[0].modifiers) for code in NOISES.codes)
    )
    both = replace(LINKED, tiers=(CALLS, REPLIES, noises), links=(REPLY, replace(REPLY, id="n", cues="noises")))
    coding = lines("C.....", "..T...")
    noise = Event("N1", "noises", "talk", Span.moment(S // 2))
    desk = Desk(CodingPass.of(coding.header, (*coding, noise)), lambda _: None, both)
    for cue in ("C0", "N1"):
        case = case_of(desk.coding, both, desk.linked, cue)
        assert case is not None
        assert [choice.taken_by for choice in case.choices] == [None]
        desk.apply(judge(desk.coding, both, desk.linked, case.cue, "fits", case.act))
    assert judgement(desk.coding, "C0") == judgement(desk.coding, "N1") == "fits T2"
    desk.apply(amend.delete(both, event(desk.coding, "T2")))
    assert judgement(desk.coding, "C0") == judgement(desk.coding, "N1") == ""


def test_a_stroke_reads_no_more_in_a_long_pass_than_in_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the rows of cues and acts; only an act that goes may be looked up."""
    reads: list[str] = []
    row = CodingPass.row

    def counted(self: CodingPass, tier: str) -> tuple[Event, ...]:
        reads.append(tier)
        return row(self, tier)

    for many in (20, 2_000):
        desk = at_desk(lines("C.T." * many))
        with monkeypatch.context() as patched:
            patched.setattr(CodingPass, "row", counted)
            reads.clear()
            desk.linked.completed(desk.coding, Edit.of("Code", Change(None, moment("C", 3))))
            desk.linked.completed(desk.coding, amend.delete(LINKED, moment("T", 2)))
            assert reads == []
