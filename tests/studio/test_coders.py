"""Simulated coders: what was planted is found back by the product's own comparison, and nothing else is.

The masters are drawn here, an hour long. Limits are those of chance: four standard errors of a mean, or the range
that holds a binomial count in 9,999 of 10,000 draws.
"""

import csv
import shutil
from collections import Counter
from dataclasses import replace
from itertools import cycle, pairwise
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import binom

from coder.annotate.rules import review
from coder.formats.events_csv import read_events
from coder.formats.events_table import parse_events
from coder.formats.scheme_file import read_scheme
from coder.model import codable
from coder.model.agreement import Agreement
from coder.model.coding import CodingPass, Event, Modifiers, PassHeader
from coder.model.problem import CoderError
from coder.model.scheme import Code, Modifier, Option, Scale, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import MILLISECOND_US, SECOND_US, Span
from coder.reliability import compare
from studio import slips as slip
from studio.coders import ledger_text, pass_text, read_master, run, simulated
from studio.habits import (
    CAREFUL,
    CONFUSABLE,
    HASTY,
    REVERSED_ITEM,
    SESSIONS,
    SimulatedCoder,
    coders,
    confused,
    drifting,
)
from studio.slips import Slip

FRAME_US = 40_000
HOUR = Span(0, 3600 * SECOND_US)
FRAMES = range(0, HOUR.end_us, FRAME_US)
SEED = 7

HOW = Modifier("how", "How", "single", (Option("x", "X", "Y"), Option("y", "Y", "U")))
WHY = Modifier("why", "Why", "single", (Option("p", "P", "Y"), Option("q", "Q", "U")), required=True)

ROOT = Path(__file__).parents[2]
SCHEMES = ROOT / "schemes"


def codes(letters: str) -> tuple[Code, ...]:
    """Codes named by letters: `u` is uncodable, `a` may say how, `b` must say why."""
    asks = {"a": (HOW,), "b": (WHY,)}
    return tuple(Code(x, x, x, x, uncodable=x == "u", modifiers=asks.get(x, ())) for x in letters)


def state(name: str, letters: str, *, default: str | None = None) -> Tier:
    """An exclusive, exhaustive tier of states."""
    return Tier(name, name, Stream.CHILD, TierKind.STATE, codes(letters), True, True, default)


RATED = Modifier("rating", "Rating", "single", tuple(Option(one, one, "") for one in [*"1234567", "na"]), True)
ITEMS = Tier(
    *("items", "items", Stream.SESSION, TierKind.RATING),
    tuple(Code(x, x, x, x, modifiers=(RATED,)) for x in "jklmnp"),
    scale=Scale(1, 7, na="none"),
)
SCHEME = Scheme(
    SchemeId("drawn", "1", "0" * 64),
    *("Drawn", "", "CC0", "en", ""),
    (
        state("look", "abcu"),
        state("brief", "de"),
        state("near", "fgu", default="f"),
        Tier("hand", "hand", Stream.PARENT, TierKind.STATE, codes("qr")),
        Tier("cues", "cues", Stream.CHILD, TierKind.POINT, codes("vw")),
        ITEMS,
    ),
)


def master(
    events: list[tuple[str, str, int, int]], modifiers: dict[str, str] | None = None, window: Span = HOUR
) -> CodingPass:
    """The master pass of (tier, code, onset, offset in frames). modifiers: by code, as name=value."""
    given: dict[str, Modifiers] = {}
    for code, text in (modifiers or {}).items():
        name, _, value = text.partition("=")
        given[code] = ((name, value),)
    header = PassHeader("m", "film", SCHEME.id, "master", Purpose.TRAINING, window)
    return CodingPass.of(
        header,
        [
            Event(f"{at:06}", tier, code, Span(on * FRAME_US, off * FRAME_US), given.get(code, ()))
            for at, (tier, code, on, off) in enumerate(events)
        ],
    )


def states(tier: str, lengths: list[tuple[str, int, int]], seed: int = 1) -> list[tuple[str, str, int, int]]:
    """An hour of a tier: codes in turn, each lasting from so many to so many frames."""
    draw, at = np.random.default_rng(seed), 0
    found: list[tuple[str, str, int, int]] = []
    for code, least, most in cycle(lengths):
        end = at + int(draw.integers(least, most + 1))
        if end + most > len(FRAMES):
            return [*found, (tier, code, at, len(FRAMES))]
        found.append((tier, code, at, end))
        at = end
    raise AssertionError


def points(every: int = 100) -> list[tuple[str, str, int, int]]:
    """An hour of cues, v and w in turn, 4 s apart."""
    return [("cues", "vw"[at // every % 2], at, at) for at in range(every, len(FRAMES) - every, every)]


LONG = states("look", [("c", 100, 200), ("a", 100, 150), ("c", 100, 200), ("b", 100, 150)])
BRIEF = states("brief", [("d", 100, 200), ("e", 12, 24)])
MASTER = master(LONG + BRIEF + points(), {"b": "why=q"})


def passes(
    coder: SimulatedCoder, of: CodingPass = MASTER, seed: int = SEED
) -> tuple[CodingPass, tuple[Slip, ...]]:
    """What a coder makes of a master."""
    return simulated(of, SCHEME, coder, FRAMES, seed)


def found(coding: CodingPass, statistic: str, tier: str, of: CodingPass = MASTER) -> Agreement:
    """What the product says of a tier, A being the master."""
    (one,) = (a for a in compare(of, coding, SCHEME) if (a.statistic, a.tier, a.code) == (statistic, tier, None))
    return one


def by_chance(count: float, n: int, share: float) -> bool:
    """True if `count` of n is what a share gives by chance."""
    low, high = binom.interval(0.9999, n, share)
    return bool(low <= count <= high)


def standard_error_s(coder: SimulatedCoder, n: int) -> float:
    """Of the mean of n lags: the coder's own spread, and the rounding to whole frames."""
    rounding_ms = FRAME_US / MILLISECOND_US / sqrt(12)
    return sqrt(coder.spread_ms**2 + rounding_ms**2) / 1000 / sqrt(n)


@pytest.mark.parametrize("tier", ["look", "cues"])
@pytest.mark.parametrize(("coder", "late_s"), [(CAREFUL, 0.0), (HASTY, 0.4)])
def test_timing_bias_is_found_as_planted(coder: SimulatedCoder, late_s: float, tier: str) -> None:
    bias = found(passes(coder)[0], "timing bias", tier).estimate
    assert bias.value is not None
    assert bias.n > 400
    assert abs(bias.value - late_s) < 4 * standard_error_s(coder, bias.n)


def test_the_hasty_coder_misses_a_fifth_of_the_point_events() -> None:
    coding, ledger = passes(HASTY)
    counts = found(coding, "F1", "cues").counts
    assert by_chance(counts["only_a"], int(counts["events_a"]), 0.2)
    assert counts["only_a"] == sum(one.what == slip.MISSED and one.master.tier == "cues" for one in ledger)
    assert counts["only_b"] == 0


def test_the_hasty_coder_misses_a_fifth_of_the_short_states_and_no_long_one() -> None:
    coding, _ = passes(HASTY)
    counts = found(coding, "event kappa", "brief").counts
    missed = (counts["states_a"] - counts["states_b"]) / 2  # what lay on either side becomes one state
    assert by_chance(missed, sum(code == "e" for _, code, _, _ in BRIEF), 0.2)
    assert found(coding, "event kappa", "look").counts["states_b"] == len(LONG)


def test_the_careful_coder_rarely_misses() -> None:
    coding, _ = passes(CAREFUL)
    counts = found(coding, "F1", "cues").counts
    assert by_chance(counts["only_a"], int(counts["events_a"]), 0.02)


def test_only_the_two_codes_are_confused_at_the_planted_rate_both_ways() -> None:
    coder = replace(confused(MASTER, SCHEME), confuses=("a", "b"))
    confusion = found(passes(coder)[0], "event kappa", "look").confusion
    assert confusion is not None
    place = {code: at for at, code in enumerate(confusion.categories)}
    table = np.array(confusion.table)[:3, :3] / 2  # a link counts for both coders
    mixed = table[place["a"], place["b"]], table[place["b"], place["a"]]
    for count, code in zip(mixed, "ab", strict=True):
        assert by_chance(count, sum(it == code for _, it, _, _ in LONG), coder.confusion_rate)
    assert table.sum() - table.trace() == sum(mixed)


def test_a_code_that_was_confused_has_the_modifiers_it_needs_and_no_others() -> None:
    coding, ledger = passes(SimulatedCoder("c", confuses=("a", "b"), confusion_rate=1.0))
    assert {one.what for one in ledger if one.master.code in "ab"} == {slip.CONFUSED}
    assert {event.modifiers for event in coding.row("look") if event.code == "b"} == {(("why", "p"),)}
    assert {event.modifiers for event in coding.row("look") if event.code == "a"} == {()}


def test_drift_grows_session_by_session() -> None:
    short = states("look", [("c", 100, 200), ("a", 5, 60), ("b", 100, 150)])
    of = master(short + points())
    biases, unseen, faint = [], [], []
    for session in range(1, SESSIONS + 1):
        coder = drifting(session, "a")
        coding, ledger = passes(coder, of)
        bias = found(coding, "timing bias", "cues", of).estimate
        assert bias.value is not None
        assert abs(bias.value - 0.08 * session) < 4 * standard_error_s(coder, bias.n)
        biases.append(bias.value)
        dulled = {one.master.id for one in ledger if one.what == slip.DULLED}
        assert dulled == {e.id for e in of.row("look") if e.code == "a" and e.span.duration_us < session * 400_000}
        unseen.append(len(dulled))
        counts = found(passes(drifting(session, "v"), of)[0], "F1", "cues", of).counts
        faint.append(counts["only_a"])
        lost = 1 - (1 - 0.12 * session) * (1 - 0.02)  # of v; of w only what everybody misses
        assert by_chance(counts["only_a"], int(counts["events_a"]), (lost + 0.02) / 2)
    assert all(later > sooner for row in (biases, unseen, faint) for sooner, later in pairwise(row))


def test_what_a_drifting_coder_once_lost_stays_lost() -> None:
    lost = [{one.master.id for one in passes(drifting(k, "v"))[1] if one.what == slip.DULLED} for k in range(1, 6)]
    assert all(sooner < later for sooner, later in pairwise(lost))


@pytest.fixture(scope="module", params=[1, 2])
def anything(request: pytest.FixtureRequest) -> CodingPass:
    """Five minutes with everything: states of one frame, uncodable time, gaps, overlaps, cues close together."""
    draw = np.random.default_rng(request.param)
    window = Span(0, 300 * SECOND_US)
    frames = range(window.duration_us // FRAME_US)
    events = []
    for tier, letters in (("look", "abcu"), ("near", "fgu"), ("brief", "de")):
        at, last = 0, ""
        while at < len(frames):
            code = str(draw.choice([one for one in letters if one != last]))
            end = min(at + int(draw.choice([1, 2, 5, 20, 100])), len(frames))
            if not (code == "f" and draw.random() < 0.5):  # its default may stay open
                events.append((tier, code, at, end))
            at, last = end, code
    for code in "qr":
        cuts = np.sort(draw.choice(len(frames), 200, replace=False)).tolist()
        events += [("hand", code, on, off) for on, off in zip(cuts[::2], cuts[1::2], strict=True)]
    events += [("items", item, 0, len(frames)) for item in "jklmnp"]
    drawn = master(events, {"a": "how=y", "b": "why=q"} | dict.fromkeys("jklmnp", "rating=4"), window)
    lost = codable.uncodable(drawn, SCHEME, SCHEME.tier("cues"), window)
    cues = [
        Event(f"c{at}", "cues", "vw"[at % 2], Span.moment(at * FRAME_US))
        for at in frames[::3]
        if not any(span.contains(at * FRAME_US) for span in lost)
    ]
    return CodingPass.of(drawn.header, [*drawn, *cues])


def everybody(of: CodingPass) -> list[SimulatedCoder]:
    """All coders, and some who miss and confuse much."""
    mixing = [
        SimulatedCoder("mixing", 300, misses=0.5, confuses=pair) for pair in (("a", "b"), ("q", "r"), ("v", "w"))
    ]
    return [*coders(of, SCHEME), *mixing]


def test_every_pass_stays_valid(anything: CodingPass) -> None:
    for coder in everybody(anything):
        coding, _ = passes(coder, anything)
        assert coding.window == anything.window
        again = parse_events(pass_text(coding, SCHEME), coder.name, SCHEME, coding.window)
        assert [(e.tier, e.code, e.span, e.modifiers) for e in again] == [
            (e.tier, e.code, e.span, e.modifiers) for tier in SCHEME.tiers for e in coding.row(tier.id)
        ]
        assert not [one.problem for one in review(coding, SCHEME) if one.hinders], coder.name
        assert all(at % FRAME_US == 0 for event in coding for at in (event.onset_us, event.offset_us))


def test_uncodable_time_is_the_masters_and_no_cue_moves_into_it_or_past_it(anything: CodingPass) -> None:
    lost = codable.uncodable(anything, SCHEME, SCHEME.tier("cues"), anything.window)
    assert lost
    for coder in everybody(anything):
        coding, ledger = passes(coder, anything)
        for tier in SCHEME.tiers:
            blind = [[event.span for event in one.row(tier.id) if event.code == "u"] for one in (anything, coding)]
            assert blind[0] == blind[1]
        assert not any(span.contains(event.onset_us) for span in lost for event in coding.row("cues"))
        moved = [(one.master, one.coder) for one in ledger if one.coder and one.master.tier == "cues"]
        assert not any(
            min(a.onset_us, b.onset_us) < span.start_us <= max(a.onset_us, b.onset_us)
            for a, b in moved
            for span in lost
        )


def test_the_ledger_is_the_whole_difference(anything: CodingPass) -> None:
    for coder in everybody(anything):
        coding, ledger = passes(coder, anything)
        fates = Counter(one.what for one in ledger)
        gone = {one.master.id for one in ledger if one.what in (slip.MISSED, slip.DULLED, slip.JOINED)}
        assert len(coding) == len(anything) - len(gone)
        assert len(gone) == fates[slip.MISSED] + fates[slip.DULLED] + fates[slip.JOINED]
        named = {one.master.id for one in ledger if one.what != slip.ENDED}
        mine = {event.id: event for event in coding}
        for event in anything:
            if event.id not in named:
                same = mine[event.id]
                assert (same.code, same.onset_us, same.modifiers) == (event.code, event.onset_us, event.modifiers)
        for one in ledger:
            if one.coder is not None and one.shift_us is not None and one.what in (slip.SHIFTED, slip.ENDED):
                assert one.shift_us != 0
                assert mine[one.coder.id] == one.coder


def test_the_same_seed_gives_the_same_pass_and_another_gives_another() -> None:
    texts = [pass_text(passes(HASTY, seed=seed)[0], SCHEME) for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]
    elsewhere = CodingPass.of(replace(MASTER.header, session_id="another film"), MASTER)
    assert pass_text(passes(HASTY, elsewhere, 1)[0], SCHEME) not in texts


VALUES = {"j": "1", "k": "2", "l": "4", "m": "6", "n": "7", "p": "na"}


def ratings(coder: SimulatedCoder, segments: int = 1, seed: int = SEED) -> list[dict[str, str]]:
    """What a coder makes of the items j to p, rated 1, 2, 4, 6, 7 and not at all; one dict a segment."""
    spans = [Span(at * SECOND_US, (at + 1) * SECOND_US) for at in range(segments)]
    events = [
        Event(f"{at}{item}", "items", item, span, (("rating", value),), "Reason.")
        for at, span in enumerate(spans)
        for item, value in VALUES.items()
    ]
    coding, ledger = passes(coder, CodingPass.of(MASTER.header, events), seed)
    rated = [{e.code: e.modifier("rating") or "" for e in coding.row("items") if e.span == span} for span in spans]
    off = sum(one[item] != value for one in rated for item, value in VALUES.items())
    assert off == len(ledger) == sum(one.what == slip.RATED for one in ledger)
    assert "Reason." not in {event.note for event in coding}  # the master’s is not the coder’s
    return rated


def test_raters() -> None:
    still = SimulatedCoder("still", off_by_one=0.0)
    assert ratings(still)[0] == VALUES
    assert ratings(HASTY)[0] == VALUES | {"j": "3", "k": "3", "m": "5", "n": "5"}
    assert ratings(replace(still, reverses="k"))[0] == VALUES | {"k": "6"}
    assert ratings(replace(still, swaps=("j", "n")))[0] == VALUES | {"j": "7", "n": "1"}


def test_the_careful_rater_is_rarely_off_and_then_by_one() -> None:
    off = [
        abs(int(one[item]) - int(value))
        for one in ratings(CAREFUL, segments=200)
        for item, value in VALUES.items()
        if value != "na"
    ]
    assert set(off) == {0, 1}
    assert by_chance(sum(off), len(off), CAREFUL.off_by_one)


def test_the_drifting_rater_rates_higher_by_a_third_of_a_step_each_session() -> None:
    means, before = [], -np.inf
    for session in range(1, SESSIONS + 1):
        rated = ratings(drifting(session, None), segments=200)
        higher = np.array([int(one[item]) - int(VALUES[item]) for one in rated for item in "jkl"])
        part = 0.3 * session % 1
        assert abs(higher.mean() - 0.3 * session) <= 4 * sqrt(part * (1 - part) / len(higher)) + 1e-9
        assert higher.mean() > before
        before = higher.mean()
        means.append(before)
        assert {one["n"] for one in rated} == {"7"}
    assert len(means) == SESSIONS


def test_a_rating_that_needs_a_reason_has_one() -> None:
    scheme = read_scheme(SCHEMES / "ratings.toml")
    (tier,) = scheme.tiers
    segment = Span(0, tier.every_us)
    events = [Event(code.id, tier.id, code.id, segment, (("rating", "5"),)) for code in tier.codes]
    of = CodingPass.of(replace(MASTER.header, scheme=scheme.id, window=segment), events)
    for coder in coders(of, scheme):
        coding, ledger = simulated(of, scheme, coder, FRAMES, SEED)
        assert not review(coding, scheme)
        assert {one.master.code for one in ledger} >= ({"r_impose"} if coder.name == "confused" else set())


CUES = read_scheme(SCHEMES / "cue-response.toml")


def answered_cues() -> CodingPass:
    """An hour of cues, 8 s apart: of three, one is answered and it fits, one fits loosely, one is not answered."""
    events = []
    for at in range(8, 3580, 8):
        outcome = ("o_match", "o_part", "o_none")[at // 8 % 3]
        modifiers: Modifiers = (("outcome", outcome),)
        answer = "" if outcome == "o_none" else f"a{at:05}"
        if answer:
            modifiers = (("channel", "voice"), *modifiers)
            events.append(Event(answer, "acts", "act_talk", Span.moment(at * SECOND_US + SECOND_US)))
        events.append(
            Event(f"c{at:05}", "cues", "cue_look", Span.moment(at * SECOND_US), modifiers, "", answer=answer)
        )
    return CodingPass.of(PassHeader("m", "film", CUES.id, "master", Purpose.TRAINING, HOUR), events)


def test_the_careful_coder_judges_as_the_master_what_was_marked() -> None:
    of = answered_cues()
    coding, ledger = simulated(of, CUES, replace(CAREFUL, misses=0.0), FRAMES, SEED)
    assert {one.what for one in ledger} == {slip.SHIFTED}
    assert [(one.answer, one.modifiers) for one in coding.row("cues")] == [
        (one.answer, one.modifiers) for one in of.row("cues")
    ]


@pytest.mark.parametrize("coder", [HASTY, confused(answered_cues(), CUES)], ids=lambda coder: coder.name)
def test_fitting_and_fitting_loosely_are_mixed_up_as_planted(coder: SimulatedCoder) -> None:
    of = answered_cues()
    coding, ledger = simulated(of, CUES, replace(coder, misses=0.0, spread_ms=100.0), FRAMES, SEED)
    mine = {one.id: one for one in coding}
    mixed = Counter(
        (one.modifier("outcome"), mine[one.id].modifier("outcome")) for one in of.row("cues") if one.answer
    )
    for outcome, other in (("o_match", "o_part"), ("o_part", "o_match")):
        n = mixed[outcome, outcome] + mixed[outcome, other]
        assert n > 100
        assert by_chance(mixed[outcome, other], n, coder.misjudges)
    assert sum(one.what == slip.JUDGED for one in ledger) == sum(
        count for (outcome, other), count in mixed.items() if outcome != other
    )


def test_an_answer_that_was_not_marked_is_replaced_by_the_next_act_or_by_none() -> None:
    """The coder marks no touch: the first cue is answered by the word behind it, the second by nothing."""
    rows = (
        *(("cues", "cue_look", at, "t1") for at in (1.0,)),
        ("acts", "act_touch", 2.0, ""),
        ("acts", "act_talk", 3.0, ""),
        *(("cues", "cue_look", at, "t2") for at in (10.0,)),
        ("acts", "act_touch", 11.0, ""),
    )
    ids = ("c1", "t1", "w", "c2", "t2")
    judged = (("channel", "touch"), ("outcome", "o_match"))
    of = CodingPass.of(
        PassHeader("m", "film", CUES.id, "master", Purpose.TRAINING, HOUR),
        [
            Event(name, tier, code, Span.moment(round(at * SECOND_US)), judged if answer else (), answer=answer)
            for name, (tier, code, at, answer) in zip(ids, rows, strict=True)
        ],
    )
    blind = SimulatedCoder("blind", spread_ms=0, misses=0, dulled="act_touch", dulled_share=1)
    coding, ledger = simulated(of, CUES, blind, FRAMES, SEED)
    assert [(one.id, one.answer, one.modifiers) for one in coding.row("cues")] == [
        ("c1", "w", judged),
        ("c2", "", (("outcome", "o_none"),)),
    ]
    assert ledger_text(ledger, of, coding, CUES).splitlines() == [
        "what,tier,code,onset,offset,modifiers,coder_code,coder_onset,coder_offset,coder_modifiers,shift_ms,"
        "answer,coder_answer",
        "dulled,acts,act_touch,2.000000,2.000000,,,,,,,,",
        "dulled,acts,act_touch,11.000000,11.000000,,,,,,,,",
        "judged,cues,cue_look,1.000000,1.000000,channel=touch; outcome=o_match,"
        "cue_look,1.000000,1.000000,channel=touch; outcome=o_match,,act_touch@2.000000,act_talk@3.000000",
        "judged,cues,cue_look,10.000000,10.000000,channel=touch; outcome=o_match,"
        "cue_look,10.000000,10.000000,outcome=o_none,,act_touch@11.000000,",
    ]


def test_a_pass_with_answers_can_be_submitted_whoever_made_it() -> None:
    of = answered_cues()
    for coder in coders(of, CUES):
        coding, _ = simulated(of, CUES, coder, FRAMES, SEED)
        again = CodingPass.of(coding.header, parse_events(pass_text(coding, CUES), "t", CUES, HOUR))
        onsets = {one.id: one.onset_us for one in again}
        mine = {one.id: one.onset_us for one in coding}
        assert not [one.problem for one in review(again, CUES) if one.hinders], coder.name
        assert [onsets.get(one.answer) for one in again.row("cues")] == [
            mine.get(one.answer) for one in coding.row("cues")
        ]


def test_what_is_confused_is_in_one_tier_of_the_shipped_scheme() -> None:
    for name, pair in CONFUSABLE.items():
        tiers = read_scheme(SCHEMES / f"{name}.toml").tiers
        assert any(set(pair) <= {code.id for code in tier.codes} for tier in tiers), name
    assert read_scheme(SCHEMES / "ratings.toml").tiers[0].code(REVERSED_ITEM)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder with the truth and one master of the clip that is in the checkout."""
    shutil.copy(ROOT / "sample_media" / "dyad-first.truth.csv", tmp_path)
    shutil.copy(
        ROOT / "sample_media" / "dyad-first.gaze-near.robin.csv", tmp_path / "dyad-first.gaze-near.master.csv"
    )
    return tmp_path


def test_passes_and_ledgers_are_written_and_can_be_imported(media: Path) -> None:
    written = run("dyad-first", media=media)
    names = ["careful", "hasty", "confused", *(f"drifting-{k}" for k in range(1, 6))]
    assert [path.name for path in written] == [
        f"dyad-first.gaze-near.{name}{end}" for name in names for end in (".csv", ".planted.csv")
    ]
    scheme = read_scheme(SCHEMES / "gaze-near.toml")
    for path in written:
        if "planted" not in path.name:
            events = read_events(path, scheme, Span(0, 8 * SECOND_US))
            for tier in scheme.tiers:
                row = [event.span for event in events if event.tier == tier.id]
                assert not codable.gaps(row, Span(0, 8 * SECOND_US))
        else:
            with path.open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file))[0] == "what"
    before = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in run("dyad-first", media=media)] == before


def test_a_ledger_can_be_read_with_the_eyes() -> None:
    of = master([("look", "a", 0, 50), ("look", "c", 50, 90_000), ("cues", "v", 100, 100)])
    coder = SimulatedCoder("late", bias_ms=400, spread_ms=0, misses=0, dulled="v", dulled_share=1)
    coding, ledger = passes(coder, of)
    assert ledger_text(ledger, of, coding, SCHEME).splitlines() == [
        "what,tier,code,onset,offset,modifiers,coder_code,coder_onset,coder_offset,coder_modifiers,shift_ms",
        "shifted,look,c,2.000000,3600.000000,,c,2.400000,3600.000000,,400",
        "dulled,cues,v,4.000000,4.000000,,,,,,",
    ]


def test_a_clip_without_master_or_with_a_broken_truth_gets_one_sentence(media: Path) -> None:
    with pytest.raises(CoderError, match=r"“shared” has no master pass\. Make it first"):
        run("shared", media=media)
    (media / "dyad-first.truth.csv").write_text("frame,time_s\n0,0.0\n1,x\n", encoding="utf-8")
    with pytest.raises(CoderError, match="no time for a frame"):
        run("dyad-first", media=media)
    (media / "dyad-first.truth.csv").unlink()
    with pytest.raises(CoderError, match="has no truth"):
        run("dyad-first", media=media)
    assert not (media / "passes").exists()


def test_ratings_of_one_segment_keep_the_order_of_the_file_each_time() -> None:
    path = ROOT / "sample_media" / "face-to-face.ratings.master.csv"
    scheme = read_scheme(SCHEMES / "ratings.toml")
    items = [line.split(",")[1] for line in path.read_text("utf-8").splitlines()[1:]]
    for _ in range(5):
        master = read_master(path, scheme, (0, 44_960_000))
        assert [event.code for event in master.row("segment")] == items
