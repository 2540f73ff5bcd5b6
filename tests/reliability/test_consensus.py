"""Consensus: what both agree on, what was settled, and what is left open; rules and properties."""

from dataclasses import replace
from itertools import combinations, count
from pathlib import Path

import numpy as np
import pytest

from coder.annotate.answering import faults
from coder.annotate.linked import Linked
from coder.annotate.rules import broken
from coder.formats.events_csv import read_events
from coder.formats.scheme_file import find_scheme, read_scheme
from coder.model.codable import union
from coder.model.coding import NOTHING, CodingPass, order
from coder.model.disagreement import DisagreementKind, Settlement, Verdict
from coder.model.edit import Change, Edit
from coder.model.scheme import OUTCOME
from coder.model.time import SECOND_US
from coder.reliability import consensus, disagreements
from coder.reliability.disagreements import turned
from coder.settings.shipped import shipped
from studio.coders import frame_times, read_master
from tests.reliability.detailed import DETAILED, a_pass, ev

_NUMBERS = count()


def settle(one, verdict, a="a", b="b"):
    return Settlement(f"st{next(_NUMBERS)}", a, b, one, verdict, "", "super", "2026-01-01T10:00:00Z")


def made(events_a, events_b, verdict=None, **by_kind):
    """The consensus of two rows of events; verdicts for all differences, or for those of a kind."""
    a, b = a_pass("a", events_a), a_pass("b", events_b)
    chosen = [
        settle(one, by_kind.get(one.kind.value, verdict))
        for one in disagreements(a, b, DETAILED)
        if by_kind.get(one.kind.value, verdict) is not None
    ]
    return consensus(a, b, DETAILED, chosen)


def shown(events):
    """Events without their ids: (tier, code, onset, offset in s, details, either), in order of time."""
    rows = [
        (one.tier, one.code, one.onset_us / SECOND_US, one.offset_us / SECOND_US, dict(one.modifiers), one.either)
        for one in events
    ]
    return sorted(rows, key=lambda row: (row[0], row[2], row[1]))


# ── states ───────────────────────────────────────────────────────────────────────────────────────────────────────

LOOK_A = [ev("a1", "look", "p", 0, 10), ev("a2", "look", "t", 10, 30)]
LOOK_B = [ev("b1", "look", "p", 0, 14), ev("b2", "look", "t", 14, 30)]


def test_a_boundary_lies_where_it_was_settled():
    assert shown(made(LOOK_A, LOOK_B, Verdict.A).events) == shown(LOOK_A)
    assert shown(made(LOOK_A, LOOK_B, Verdict.B).events) == shown(LOOK_B)


def test_what_is_not_settled_is_left_empty_and_told():
    for verdict in (None, Verdict.NEITHER, Verdict.UNCLEAR, Verdict.UNKNOWN):
        draft = made(LOOK_A, LOOK_B, verdict)
        assert shown(draft.events) == [("look", "p", 0, 10, {}, ()), ("look", "t", 14, 30, {}, ())]
        assert [one.kind for one in draft.open] == [DisagreementKind.LATE]
        assert draft.within == ()


def test_either_is_a_stretch_of_its_own():
    draft = made(LOOK_A, LOOK_B, Verdict.EITHER)
    assert shown(draft.events) == [
        ("look", "p", 0, 10, {}, ()),
        ("look", "t", 10, 14, {}, ("p",)),
        ("look", "t", 14, 30, {}, ()),
    ]
    assert draft.open == ()
    # whoever sees it as A or as B does agrees with it
    master = replace(a_pass("m", draft.events))
    assert disagreements(master, a_pass("a", LOOK_A), DETAILED) == ()
    assert disagreements(master, a_pass("b", LOOK_B), DETAILED) == ()


def test_a_boundary_within_the_unit_is_as_a_has_it_unless_it_was_settled():
    near = [ev("b1", "look", "p", 0, 10.4), ev("b2", "look", "t", 10.4, 30)]
    draft = made(LOOK_A, near)
    assert shown(draft.events) == shown(LOOK_A)
    assert draft.open == ()
    assert [one.kind for one in draft.within] == [DisagreementKind.LATE]
    assert shown(made(LOOK_A, near, Verdict.B).events) == shown(near)
    unclear = made(LOOK_A, near, Verdict.UNCLEAR)
    assert [one.span.duration_us for one in unclear.open] == [400_000]
    assert unclear.within == ()


def test_a_state_that_goes_on_past_a_verdict_stays_one_state():
    a = [ev("a1", "look", "p", 0, 10), ev("a2", "look", "t", 10, 12), ev("a3", "look", "p", 12, 30)]
    b = [ev("b1", "look", "p", 0, 30)]
    assert shown(made(a, b, Verdict.B).events) == shown(b)
    assert shown(made(a, b, Verdict.A).events) == shown(a)


def test_details_of_states_follow_their_own_verdict():
    a = [ev("a1", "look", "p", 0, 20, source="eyes")]
    b = [ev("b1", "look", "p", 4, 20, source="head")]
    assert shown(made(a, b, missed=Verdict.A, modifier=Verdict.B).events) == [
        ("look", "p", 0, 20, {"source": "head"}, ())
    ]
    open_detail = made(a, b, missed=Verdict.B)
    assert shown(open_detail.events) == [("look", "p", 4, 20, {}, ())]
    assert [one.detail for one in open_detail.open] == ["source"]


def test_time_that_either_calls_uncodable_is_uncodable():
    a = [ev("a1", "look", "p", 0, 30)]
    b = [ev("b1", "look", "p", 0, 10), ev("b2", "look", "u", 10, 20), ev("b3", "look", "p", 20, 30)]
    draft = made(a, b)
    assert shown(draft.events) == shown(b)
    assert draft.open == ()


def test_notes_and_certainty_come_with_the_event_and_a_new_onset_has_no_reaction_time():
    a = [replace(ev("a1", "look", "p", 5, 20), note="sure", reaction_us=200_000)]
    kept = made(a, [ev("b1", "look", "p", 5, 20)]).events[0]
    assert (kept.note, kept.reaction_us) == ("sure", 200_000)
    moved = made(a, [ev("b1", "look", "p", 2, 20)], Verdict.B).events[0]
    assert (moved.onset_us, moved.note, moved.reaction_us) == (2 * SECOND_US, "sure", 0)


def test_intervals_stay_intervals():
    a = [ev(f"a{at}", "slots", code, 2 * at, 2 * at + 2) for at, code in enumerate("xxyy")]
    b = [ev(f"b{at}", "slots", code, 2 * at, 2 * at + 2) for at, code in enumerate("yxyx")]
    assert shown(made(a, b, Verdict.A).events) == shown(a)
    assert shown(made(a, b, Verdict.B).events) == shown(b)
    assert [one.onset_us // SECOND_US for one in made(a, b).events] == [2, 4]


# ── point events ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_matched_moments_lie_where_a_marked_them():
    draft = made([ev("a", "cues", "v", 5)], [ev("b", "cues", "v", 5.6)])
    assert shown(draft.events) == [("cues", "v", 5, 5, {}, ())]
    assert draft.open == ()


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.A, [("w", 9, ()), ("v", 5, ())]),
        (Verdict.B, [("g", 5.5, ())]),
        (Verdict.EITHER, [("w", 9, (NOTHING,)), ("v", 5, ("g",))]),
        (Verdict.NEITHER, []),
        (None, []),
    ],
)
def test_moments_that_only_one_has_or_that_are_called_otherwise(verdict, expected):
    draft = made([ev("a", "cues", "v", 5), ev("a2", "acts", "w", 9)], [ev("b", "cues", "g", 5.5)], verdict)
    assert [(code, onset_s, either) for _, code, onset_s, _, _, either in shown(draft.events)] == expected
    assert len(draft.open) == (0 if expected else 2)


def test_what_only_b_has_and_may_be_there_or_not():
    draft = made([], [ev("b", "cues", "v", 5)], Verdict.EITHER)
    assert [(one.code, one.either) for one in draft.events] == [("v", (NOTHING,))]
    master = a_pass("m", draft.events)
    assert disagreements(master, a_pass("a", []), DETAILED) == ()
    assert disagreements(master, a_pass("b", [ev("b", "cues", "v", 5)]), DETAILED) == ()


# ── answers ──────────────────────────────────────────────────────────────────────────────────────────────────────


def cue(name, at_s, answer="", **details):
    return ev(name, "cues", "v", at_s, answer=answer, **details)


def judgement(draft):
    """(outcome, details, onset of the act) of each cue."""
    acts = {one.id: one.onset_us / SECOND_US for one in draft.events if one.tier == "acts"}
    return [
        (dict(one.modifiers), acts[one.answer] if one.answer else None)
        for one in draft.events
        if one.tier == "cues"
    ]


def test_an_answer_names_the_act_by_its_new_id():
    a = [cue("a", 5, "aw", outcome="fits", tone="warm"), ev("aw", "acts", "w", 7)]
    b = [cue("b", 5.2, "bw", outcome="fits", tone="warm"), ev("bw", "acts", "w", 7.4)]
    draft = made(a, b)
    assert judgement(draft) == [({"outcome": "fits", "tone": "warm"}, 7)]
    assert not {one.id for one in draft.events} & {one.id for one in (*a, *b)}


def test_the_outcome_and_its_details_follow_the_verdict():
    a = [cue("a", 5, outcome="none"), ev("aw", "acts", "w", 7)]
    b = [cue("b", 5, "bw", outcome="fits", tone="cold"), ev("bw", "acts", "w", 7)]
    assert judgement(made(a, b, Verdict.B)) == [({"outcome": "fits", "tone": "cold"}, 7)]
    assert judgement(made(a, b, Verdict.A)) == [({"outcome": "none"}, None)]
    open_ = made(a, b)
    assert judgement(open_) == [({}, None)]
    assert [one.detail for one in open_.open] == ["outcome"]


def test_details_of_an_answer_are_ruled_one_by_one():
    a = [cue("a", 5, "aw", outcome="fits", tone="warm"), ev("aw", "acts", "w", 7)]
    b = [cue("b", 5, "bw", outcome="fits", tone="cold"), ev("bw", "acts", "w", 7)]
    assert judgement(made(a, b)) == [({"outcome": "fits"}, 7)]
    assert judgement(made(a, b, Verdict.B)) == [({"outcome": "fits", "tone": "cold"}, 7)]


def test_a_judgement_whose_act_is_gone_waits_for_the_review():
    a = [cue("a", 5, "aw", outcome="fits", tone="warm"), ev("aw", "acts", "w", 7)]
    b = [cue("b", 5, outcome="none")]
    assert judgement(made(a, b, missed=Verdict.B, modifier=Verdict.A)) == [({}, None)]
    both = [cue("b", 5, "bw", outcome="fits", tone="warm"), ev("bw", "acts", "w", 9.9)]
    assert judgement(made(a, both, missed=Verdict.B, extra=Verdict.B)) == [
        ({"outcome": "fits", "tone": "warm"}, 9.9)
    ], "both say that it was answered, and B's act is the one that is there"


def test_an_act_answers_one_cue():
    a = [cue("a", 5, "aw", outcome="fits"), ev("aw", "acts", "w", 8)]
    b = [cue("b", 6.5, "bw", outcome="fits"), ev("bw", "acts", "w", 8)]
    draft = made(a, b, missed=Verdict.A, extra=Verdict.B)
    assert judgement(draft) == [({"outcome": "fits"}, 8), ({}, None)]


# ── ratings, settlements ─────────────────────────────────────────────────────────────────────────────────────────


def test_ratings_follow_the_verdict():
    a = [ev("a", "items", "j", 0, 100, rating="2"), ev("a2", "items", "k", 0, 100, rating="3")]
    b = [ev("b", "items", "j", 0, 100, rating="5"), ev("b2", "items", "k", 0, 100, rating="3")]
    agreed = ("items", "k", 0, 100, {"rating": "3"}, ())
    assert shown(made(a, b).events) == [agreed]
    for verdict, rating in ((Verdict.A, "2"), (Verdict.B, "5"), (Verdict.EITHER, "2")):
        rated = ("items", "j", 0, 100, {"rating": rating}, ())
        assert shown(made(a, b, verdict).events) == [rated, agreed]


def test_the_newest_verdict_holds_and_can_be_taken_back():
    a, b = a_pass("a", LOOK_A), a_pass("b", LOOK_B)
    (one,) = disagreements(a, b, DETAILED)
    changed = consensus(a, b, DETAILED, [settle(one, Verdict.A), settle(one, Verdict.B)])
    assert shown(changed.events) == shown(LOOK_B)
    assert consensus(a, b, DETAILED, [settle(one, Verdict.A), settle(one, None)]).open == (one,)
    assert consensus(a, b, DETAILED, [settle(one, Verdict.A, "a", "c")]).open == (one,)


def test_a_settlement_made_with_a_and_b_changed_over_holds():
    a, b = a_pass("a", LOOK_A), a_pass("b", LOOK_B)
    (one,) = disagreements(a, b, DETAILED)
    other_way = settle(turned(one), Verdict.A, "b", "a")  # B's
    assert shown(consensus(a, b, DETAILED, [other_way]).events) == shown(LOOK_B)


def test_passes_that_cannot_be_compared_have_no_consensus():
    a, b = a_pass("a", LOOK_A), a_pass("b", LOOK_B)
    other = replace(b, header=replace(b.header, session_id="s2"))
    with pytest.raises(ValueError, match="different sessions"):
        consensus(a, other, DETAILED, [])


# ── properties, on passes drawn at random ────────────────────────────────────────────────────────────────────────


def random_pass(who, seed, marked=None):
    """A pass that keeps the rules; or `marked` (another pass) seen by a sloppy coder."""
    draw = np.random.default_rng([seed, ord(who)])
    number = count()

    def name():
        return f"{who}{next(number)}"

    events, at = [], 0.0
    before = ""
    for _ in range(int(draw.integers(0, 12))):
        at += float(draw.choice([0, 0, 1.5, 4]))
        code = str(draw.choice([x for x in "pt" if x != before or draw.random() < 0.3]))
        long = float(draw.choice([0.4, 2, 5, 9]))
        details = {} if draw.random() < 0.4 else {"source": str(draw.choice(["eyes", "head"]))}
        events.append(ev(name(), "look", code, at, at + long, **details))
        at, before = at + long, code
    for tier, codes in (("cues", "vg"), ("acts", "w")):
        times = sorted(set(draw.integers(0, 180, int(draw.integers(0, 14))).tolist()))
        events += [ev(name(), tier, str(draw.choice(list(codes))), at_s / 2) for at_s in times]
    slots = [slot for slot in range(6) if draw.random() < 0.8]
    events += [ev(name(), "slots", str(draw.choice(["x", "y"])), 2 * slot, 2 * slot + 2) for slot in slots]
    items = [item for item in "jk" if draw.random() < 0.8]
    ratings = ["1", "4", "7", "na"]
    events += [ev(name(), "items", item, 0, 100, rating=str(draw.choice(ratings))) for item in items]
    return a_pass(who, judged(events, draw))


def judged(events, draw):
    """Some cues judged: those with an act in their window that no other cue has."""
    taken, found = set(), []
    for one in sorted(events, key=lambda one: one.onset_us):
        acts = [
            act
            for act in events
            if act.tier == "acts" and one.onset_us < act.onset_us <= one.onset_us + 5 * SECOND_US
        ]
        free = [act for act in acts if act.id not in taken]
        if one.tier == "cues" and draw.random() < 0.8:
            if free and draw.random() < 0.7:
                act = free[int(draw.integers(len(free)))]
                taken.add(act.id)
                details = {"outcome": "fits"} | ({} if draw.random() < 0.5 else {"tone": "warm"})
                found.append(replace(one, answer=act.id, modifiers=tuple(sorted(details.items()))))
                continue
            found.append(replace(one, modifiers=(("outcome", "none"),)))
            continue
        found.append(one)
    return found


def all_settled(a, b, verdict):
    return consensus(a, b, DETAILED, [settle(one, verdict) for one in disagreements(a, b, DETAILED)])


SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
def test_settled_all_as_one_coder_nothing_differs_from_that_coder(seed):
    a, b = random_pass("a", seed), random_pass("b", seed)
    for verdict, source in ((Verdict.A, a), (Verdict.B, b)):
        draft = all_settled(a, b, verdict)
        assert draft.open == draft.within == ()
        result = a_pass("c", draft.events)
        left = disagreements(source, result, DETAILED)
        lost = [one for one in left if one.detail not in ("outcome", "tone")]
        assert lost == []
        if verdict is Verdict.A:
            assert left == ()
            plain = [one for one in source if one.tier != "cues"]
            assert shown(one for one in result if one.tier != "cues") == shown(plain)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_a_consensus_keeps_the_rules_whatever_the_verdicts(seed, verdict):
    a, b = random_pass("a", seed), random_pass("b", seed)
    draw = np.random.default_rng(seed)
    found = disagreements(a, b, DETAILED)
    mixed = [settle(one, list(Verdict)[int(draw.integers(6))]) for one in found if draw.random() < 0.8]
    draft = (
        consensus(a, b, DETAILED, [settle(one, verdict) for one in found])
        if verdict
        else consensus(a, b, DETAILED, mixed)
    )
    result = a_pass("c", draft.events)
    assert len({one.id for one in result}) == len(result) == len(draft.events)
    assert not {one.id for one in result} & {one.id for one in (*a, *b)}
    edit = Edit.of("all", *(Change(None, one) for one in result))
    assert broken(result, DETAILED, edit, Linked(result, DETAILED)) == []
    for one in result:
        assert one.code not in one.either
        assert list(one.either) == sorted(set(one.either))
        assert [fault.what for fault in faults(result, DETAILED, one) if fault.hinders] == []
    for tier in ("look", "slots"):
        for one, other in combinations(result.row(tier), 2):
            assert not one.span.overlaps(other.span)


def allowing_more(coding, seed):
    """The pass with codes that are as right beside some of its own, nothing among them."""
    draw = np.random.default_rng([seed, 77, ord(coding.header.id)])
    codes = {tier.id: [code.id for code in tier.codes if not code.uncodable] for tier in DETAILED.tiers}
    events = []
    for one in coding:
        right = [code for code in (*codes[one.tier], NOTHING) if code != one.code]
        chosen = one.tier != "items" and draw.random() < 0.35
        either = tuple(sorted(set(draw.choice(right, 2).tolist()))) if chosen else ()
        events.append(replace(one, either=either))
    return CodingPass.of(coding.header, events)


@pytest.mark.parametrize("seed", [*SEEDS, 40, 213])
def test_a_consensus_of_passes_that_allow_more_keeps_the_rules_and_each_coder(seed):
    """Such as one of a master and a coder; what one of them need not have marked is no difference."""
    a, b = (allowing_more(random_pass(who, seed), seed) for who in "ab")
    for verdict, source in ((Verdict.A, a), (Verdict.B, b), *((one, None) for one in (*Verdict, None))):
        found = disagreements(a, b, DETAILED)
        draft = consensus(a, b, DETAILED, [settle(one, verdict) for one in found] if verdict else [])
        result = a_pass("c", draft.events)
        if source is not None:
            left = [
                one for one in disagreements(source, result, DETAILED) if one.detail not in ("outcome", "tone")
            ]
            assert (left, draft.open) == ([], ())
        edit = Edit.of("all", *(Change(None, one) for one in result))
        assert broken(result, DETAILED, edit, Linked(result, DETAILED)) == []
        ids = {one.id for one in result}
        assert all(one.answer in ids for one in result if one.answer)
        assert all(one.code not in one.either for one in result)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_passes_that_agree_are_their_own_consensus(seed):
    a = random_pass("a", seed)
    same = a_pass("b", [replace(one, id=f"b{one.id}", answer=one.answer and f"b{one.answer}") for one in a])
    draft = consensus(a, same, DETAILED, [])
    assert (draft.open, draft.within) == ((), ())
    assert shown(a_pass("c", draft.events)) == shown(a)
    by_id = {one.id: one for one in draft.events}
    answers = [by_id[one.answer].span for one in a_pass("c", draft.events) if one.answer]
    theirs = {one.id: one for one in a}
    assert answers == [theirs[one.answer].span for one in a if one.answer]


@pytest.mark.parametrize("seed", SEEDS)
def test_differences_account_for_all_time_that_is_not_agreed(seed):
    """Where states are open the consensus holds nothing, and it leaves no agreed time out."""
    a, b = random_pass("a", seed), random_pass("b", seed)
    draft = consensus(a, b, DETAILED, [])
    for one in draft.open:
        if one.tier == "look" and one.kind is not DisagreementKind.MODIFIER:
            assert not [event for event in draft.events if event.tier == "look" and event.span.overlaps(one.span)]
    result = CodingPass.of(replace(a.header, id="c"), draft.events)
    empty = union(one.span for one in draft.open if one.tier == "look")
    left = disagreements(a, result, DETAILED)
    missing = [one for one in left if one.tier == "look" and one.kind is not DisagreementKind.MODIFIER]
    for one in missing:
        assert any(span.start_us <= one.span.start_us and one.span.end_us <= span.end_us for span in empty)


def test_events_come_in_the_order_of_the_scheme_and_of_time():
    a, b = random_pass("a", 5), random_pass("b", 5)
    events = all_settled(a, b, Verdict.EITHER).events
    tiers = [tier.id for tier in DETAILED.tiers]
    assert len(events) > 10
    assert [order(one)[:2] for one in events if one.tier == "look"] == sorted(
        order(one)[:2] for one in events if one.tier == "look"
    )
    assert [tiers.index(one.tier) for one in events] == sorted(tiers.index(one.tier) for one in events)


# ── the simulated coders ─────────────────────────────────────────────────────────────────────────────────────────

SAMPLES = Path(__file__).parents[2] / "sample_media"
MASTERS = sorted(path.name.removesuffix(".master.csv") for path in SAMPLES.glob("*.master.csv"))


@pytest.mark.parametrize("name", MASTERS)
def test_of_the_sample_clips_either_coder_can_be_had_whole(name):
    clip, scheme_name = name.split(".")
    scheme = read_scheme(find_scheme(scheme_name, shipped("schemes")))
    master = read_master(SAMPLES / f"{name}.master.csv", scheme, frame_times(clip, SAMPLES))
    for coder in ("careful", "hasty", "confused"):
        events = read_events(SAMPLES / "passes" / f"{name}.{coder}.csv", scheme)
        other = CodingPass.of(replace(master.header, id=coder, coder_id=coder), events)
        found = disagreements(master, other, scheme)
        for verdict, source in ((Verdict.A, master), (Verdict.B, other)):
            settled = [settle(one, verdict, master.header.id, coder) for one in found]
            draft = consensus(master, other, scheme, settled)
            result = CodingPass.of(replace(master.header, id="made", coder_id="made"), draft.events)
            judged = {OUTCOME} | {detail.id for link in scheme.links for detail in link.details}
            left = [one for one in disagreements(source, result, scheme) if one.detail not in judged]
            assert (draft.open, left) == ((), []), (coder, verdict)
            edit = Edit.of("all", *(Change(None, one) for one in result))
            assert broken(result, scheme, edit, Linked(result, scheme)) == []
            wrong = [fault.what for one in result for fault in faults(result, scheme, one)]
            assert [what for what in wrong if "no outcome yet" not in what] == []
