"""Each habit at its threshold, in drawings of one letter a second."""

import random
from dataclasses import replace

import pytest

from coder.model.coding import CodingPass
from coder.model.scheme import RATING, Scale
from coder.model.time import SECOND_US, Span
from coder.training.differences import timing_us
from coder.training.habits import CHANCE, LEAST, Habit
from coder.training.habits_of_ratings import is_turned
from coder.training.patterns import Beside, patterns
from coder.training.trends import trends
from tests.reliability.drawn import CUES, SCHEME, a_pass
from tests.training.sampled import a_scheme, master


def habits(master_row, trainee_row, tier="cues", shift_ms=(0,)):
    """Habit -> (count, of). shift_ms: by how much the trainee's events are moved, in turn."""
    a, b = a_pass("a", **{tier: master_row}), a_pass("b", **{tier: trainee_row})
    moved = [
        replace(event, span=event.span.shifted(1_000 * shift_ms[at % len(shift_ms)])) for at, event in enumerate(b)
    ]
    found = patterns([Beside(a, CodingPass.of(b.header, moved))], SCHEME, [tier])
    return {one.habit: (one.count, one.of) for one in found}


def every_four(letter, count):
    return (letter + "...") * count


def test_a_pass_like_the_master_shows_nothing():
    assert habits(every_four("v", 20), every_four("v", 20)) == {}


@pytest.mark.parametrize(
    ("marks", "late_ms", "expected"),
    [
        (5, 400, {Habit.LATE: (5, 5)}),
        (4, 400, {}),  # four of four come by chance once in sixteen
        (20, 160, {Habit.LATE: (20, 20)}),
        (20, 150, {}),  # half of how far marks may lie apart
        (5, -400, {Habit.EARLY: (5, 5)}),
    ],
)
def test_late_and_early(marks, late_ms, expected):
    row = "...." + every_four("v", marks)
    assert habits(row, row, shift_ms=[late_ms]) == expected


def test_late_says_how_much():
    row = every_four("v", 11)
    a, b = a_pass("a", cues=row), a_pass("b", cues=row)
    late = [replace(event, span=event.span.shifted(50_000 * at + 100_000)) for at, event in enumerate(b)]
    (one,) = patterns([Beside(a, CodingPass.of(b.header, late))], SCHEME)
    # 100, 150, 200 … 600 ms: the middle one is 350 ms late, all but the first two by more than 150 ms
    assert (one.habit, one.by, one.count, one.of) == (Habit.LATE, 0.35, 9, 11)


def test_unsteady():
    row = "...." + every_four("v", 20)
    assert habits(row, row, shift_ms=[0, 0, 0, 600, -600]) == {Habit.UNSTEADY: (8, 20)}
    assert habits(row, row, shift_ms=[0, 0, 0, 250, -250]) == {}


@pytest.mark.parametrize(
    ("misses", "of", "expected"),
    [
        (2, 4, {}),  # fewer than three cases
        (3, 5, {Habit.MISSED: (3, 5)}),
        (3, 10, {}),  # 3 of 10 happen to who misses one in ten: p = .07
        (4, 10, {Habit.MISSED: (4, 10)}),
    ],
)
def test_missed(misses, of, expected):
    found = habits(every_four("v", of), "...." * misses + every_four("v", of - misses))
    found.pop(Habit.BUNCHED, None)
    assert found == expected


def test_as_many_codes_as_are_tried_are_taken_into_account():
    # 3 of 8 is p = .04 for one code, and as one of two p = .08; both together are told of as the tier
    a = every_four("v", 8) + every_four("g", 8)
    b = "...." * 3 + every_four("v", 5) + every_four("g", 5) + "...." * 3
    assert habits(a, b)[Habit.MISSED] == (6, 16)
    alone = "...." * 3 + every_four("v", 5) + every_four("g", 8)
    assert habits(a, alone)[Habit.MISSED] == (3, 8)


@pytest.mark.parametrize(("marks", "told"), [(5, []), (6, [(Habit.LATE, "cues", 6)])])
def test_as_many_tiers_as_are_tried_are_taken_into_account(marks, told):
    """Looks are on time, cues late: nothing scatters. Five of five are p = .03 alone, .06 as one tier of two."""
    cues, looks = "...." + every_four("v", marks), "pppptttt" * 6
    a, b = a_pass("a", cues=cues, look=looks), a_pass("b", cues=cues, look=looks)
    late = [replace(one, span=one.span.shifted(400_000)) if one.tier == "cues" else one for one in b]
    found = patterns([Beside(a, CodingPass.of(b.header, late))], SCHEME, ["cues", "look"])
    assert [(one.habit, one.tier, one.count) for one in found] == told


def test_extra():
    assert habits(every_four("v", 5) + "...." * 4, every_four("v", 9)) == {Habit.EXTRA: (4, 9)}
    assert habits(every_four("v", 30) + "...." * 4, every_four("v", 34)) == {}


def test_confused_either_way():
    a = every_four("v", 10) + every_four("g", 10)
    b = every_four("g", 3) + every_four("v", 8) + every_four("g", 9)
    (one,) = patterns([Beside(a_pass("a", cues=a), a_pass("b", cues=b))], SCHEME)
    assert (one.habit, one.code, one.other, one.count, one.of) == (Habit.CONFUSED, "v", "g", 4, 20)
    assert habits(a, every_four("g", 1) + every_four("v", 9) + every_four("v", 1) + every_four("g", 9)) == {}


def test_a_state_that_may_have_been_missed_or_confused_is_not_said_to_be_confused():
    # t lies between two p: under p it simply runs on
    a, b = "ppppttttpppp" * 5, "pppppppppppp" * 5
    assert Habit.CONFUSED not in habits(a, b, "look")
    assert Habit.MISSED in habits(a, b, "look")


def short_looks(short, missed_short, missed_long):
    """States a of half a second and of two seconds between p, some of them missed."""
    a, b = [], []
    letters = [("s", at < missed_short) for at in range(short)] + [("l", at < missed_long) for at in range(24)]
    random.Random(3).shuffle(letters)
    at_us = 0
    base = next(iter(a_pass("a", look="p")))
    for kind, missed in letters:
        for code, length_us in (("p", 4 * SECOND_US), ("a", SECOND_US // 2 if kind == "s" else 2 * SECOND_US)):
            event = replace(base, id=f"{at_us}", code=code, span=Span(at_us, at_us + length_us))
            a.append(event)
            if (code == "a" and missed) or (b and b[-1].code == code):
                b[-1] = replace(b[-1], span=Span(b[-1].onset_us, event.offset_us))
            else:
                b.append(event)
            at_us = event.offset_us
    header = replace(a_pass("a", look="p").header, window=Span(0, at_us))
    found = patterns([Beside(CodingPass.of(header, a), CodingPass.of(header, b))], SCHEME, ["look"])
    return {one.habit: (one.count, one.of) for one in found}


def test_six_of_eight_misses_are_short():
    assert short_looks(short=8, missed_short=6, missed_long=2)[Habit.SHORT_MISSED] == (6, 8)
    # as many long ones are missed
    assert Habit.SHORT_MISSED not in short_looks(short=8, missed_short=6, missed_long=14)
    # two only
    assert Habit.SHORT_MISSED not in short_looks(short=8, missed_short=2, missed_long=0)


def test_misses_that_lie_close_together():
    row = every_four("v", 40)
    bunched = every_four("v", 20) + "...." * 4 + every_four("v", 16)
    assert habits(row, bunched)[Habit.BUNCHED] == (4, 4)
    # three neighbours of sixteen: p = .007 for one stretch, but three were tried, and after the fact
    assert Habit.BUNCHED not in habits(every_four("v", 16), every_four("v", 6) + "...." * 3 + every_four("v", 7))
    apart = "".join("...." if at % 10 == 0 else "v..." for at in range(40))
    assert Habit.BUNCHED not in habits(row, apart)


def test_misses_where_something_else_begins_at_once():
    # a look changes at each fourth cue, and just these cues are missed
    cues = every_four("v", 24)
    looks = ("p" * 16 + "t" * 16) * 3
    missed = "".join("...." if at % 4 == 0 else "v..." for at in range(24))
    a, b = a_pass("a", look=looks, cues=cues), a_pass("b", look=looks, cues=missed)
    busy = [one for one in patterns([Beside(a, b)], SCHEME) if one.habit is Habit.BUSY]
    assert [(one.count, one.of) for one in busy] == [(6, 6)]
    # three of four misses are p = .04, which is not enough for what is looked for after the fact
    mostly = "".join("...." if at in (0, 4, 8, 10) else "v..." for at in range(24))
    b = a_pass("b", look=looks, cues=mostly)
    assert Habit.BUSY not in {one.habit for one in patterns([Beside(a, b)], SCHEME)}
    elsewhere = "".join("...." if at % 4 == 2 else "v..." for at in range(24))
    b = a_pass("b", look=looks, cues=elsewhere)
    assert Habit.BUSY not in {one.habit for one in patterns([Beside(a, b)], SCHEME)}


def test_used_too_little_is_said_where_nothing_else_explains_it():
    # 6 of 40 are lost: not more than one in ten by more than chance, but never gained
    found = habits(every_four("v", 40), "".join("...." if at % 7 == 3 else "v..." for at in range(40)))
    assert found == {Habit.UNDERUSED: (34, 40)}
    # under a tenth it does not matter
    assert habits(every_four("v", 60), "".join("...." if at % 12 == 3 else "v..." for at in range(60))) == {}


def test_gaps_are_counted():
    right = master("first-practice", "gaze-near")
    row = [event for event in right if event.tier != "cg"]
    kept = right.row("cg")[:5]
    attempt = CodingPass.of(right.header, [*row, *kept])
    (gap,) = [one for one in patterns([Beside(right, attempt)], a_scheme("gaze-near")) if one.habit is Habit.GAPS]
    assert (gap.count, gap.tier) == (1, "cg")
    assert gap.by == pytest.approx((right.window.end_us - kept[-1].offset_us) / SECOND_US)


def rated(change):
    """The habits of one who rates every item otherwise, over all sample clips."""
    found = []
    for clip in ("first-practice", "shared-play", "cues-responses"):
        right = master(clip, "ratings")
        own = []
        for event in right:
            value = event.modifier(RATING)
            number = int(value) if value and value != "na" else None
            rating = value if number is None else str(change(number))
            own.append(replace(event, modifiers=((RATING, rating or ""),)))
        found.append(Beside(right, CodingPass.of(right.header, own)))
    return [one.habit for one in patterns(found, a_scheme("ratings"))]


def test_ratings():
    assert rated(lambda value: value) == []
    assert rated(lambda value: min(value + 1, 7)) == [Habit.HIGHER]
    assert rated(lambda value: max(value - 1, 1)) == [Habit.LOWER]
    # 14 of 18 are a point higher, but by a third of a point on average
    assert rated(lambda value: 3 if value == 5 else value + 1) == []
    assert rated(lambda _: 4) == [Habit.MIDDLE]
    assert set(rated(lambda value: 8 - value)) == {Habit.TURNED}


def test_a_scale_turned_round_lies_far_on_the_other_side():
    scale = Scale(1, 7)
    assert is_turned(1, 7, scale)
    assert is_turned(2, 5, scale)
    assert not is_turned(3, 5, scale)
    assert not is_turned(1, 4, scale)


def test_trends_need_attempts_and_cases():
    row = every_four("v", 8)
    a, b = a_pass("a", cues=row), a_pass("b", cues=row)
    late = [
        Beside(a, CodingPass.of(b.header, [replace(one, span=one.span.shifted(80_000 * at)) for one in b]))
        for at in range(5)
    ]
    (one,) = trends(late, SCHEME)
    assert (one.habit, one.by, one.until, one.count) == (Habit.LATER, 0.0, 0.32, 5)
    assert trends(late[:3], SCHEME) == ()
    assert trends(late[::-1], SCHEME) == ()
    # as regular, but by half of the target for timing bias in all or less: no more than anybody's
    slightly = [
        Beside(a, CodingPass.of(b.header, [replace(one, span=one.span.shifted(step * at)) for one in b]))
        for step in (37_000, 38_000)
        for at in range(5)
    ]
    assert timing_us(SCHEME.tier("cues")) == 300_000
    assert trends(slightly[:5], SCHEME) == ()
    assert [one.habit for one in trends(slightly[5:], SCHEME)] == [Habit.LATER]
    fading = [Beside(a, a_pass("b", cues="...." * at + every_four("v", 8 - at))) for at in range(5)]
    (one,) = trends(fading, SCHEME)
    assert (one.habit, one.code, one.by, one.until) == (Habit.BLINDER, "v", 0.0, 0.5)


def faded(of, both=False):
    """Habits over four attempts, of which each misses one v more, or one v and one g."""
    a = a_pass("a", cues=every_four("v", of) + every_four("g", of))
    rows = [
        "...." * at + every_four("v", of - at) + "...." * at * both + every_four("g", of - at * both)
        for at in range(4)
    ]
    return [(one.habit, one.code) for one in trends([Beside(a, a_pass("b", cues=row)) for row in rows], SCHEME)]


def test_a_code_that_fades_is_told_beyond_chance_and_by_a_tenth_or_more():
    assert faded(8) == [(Habit.BLINDER, "v")]  # 0, 1, 2 and 3 of 8: p = .034
    assert faded(8, both=True) == []  # two codes were tried
    assert faded(40) == []  # p = .047, and 7.5 % in all


def test_every_habit_that_is_named_is_beyond_chance_and_has_its_places():
    cues, missed = every_four("v", 10), "...." * 4 + every_four("v", 6)
    found = patterns([Beside(a_pass("a", cues=cues), a_pass("b", cues=missed))], SCHEME)
    assert found
    for one in found:
        assert one.chance < CHANCE
        assert one.count >= LEAST
        assert len(one.places) == one.count


def test_the_weightiest_comes_first():
    a = a_pass("a", look="ppppttttpppp" * 6, cues=every_four("v", 18))
    b = a_pass("b", look="ppppaaaapppp" * 6, cues="...." * 5 + every_four("v", 13))
    found = patterns([Beside(a, b)], SCHEME)
    assert found[0].habit is Habit.CONFUSED
    assert [one.weight_us for one in found] == sorted((one.weight_us for one in found), reverse=True)


def test_where_many_codes_of_a_tier_are_missed_the_tier_is_named():
    a, b = [], []
    for at, code in enumerate("jklmn" * 6):
        one = next(iter(a_pass("a", cues="v")))
        event = replace(one, id=str(at), tier="many", code=code, span=Span.moment(at * 4 * SECOND_US))
        a.append(event)
        b += [event] if at >= 20 else []
    codes = tuple(replace(CUES.codes[0], id=letter) for letter in "jklmn")
    scheme = replace(SCHEME, tiers=(replace(CUES, id="many", codes=codes),))
    header = replace(a_pass("a", cues="v").header, window=Span(0, 120 * SECOND_US))
    found = patterns([Beside(CodingPass.of(header, a), CodingPass.of(header, b))], scheme)
    assert [(one.code, one.count, one.of) for one in found if one.habit is Habit.MISSED] == [(None, 20, 30)]
