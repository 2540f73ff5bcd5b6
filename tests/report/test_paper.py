"""The sentences for a paper, against texts written by hand: every number of them is given here."""

from dataclasses import replace

import pytest

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.coding import CodingPass
from coder.model.scheme import Code, Scale, Scheme, SchemeId, Stream, Tier, TierKind
from coder.model.study import Session
from coder.model.time import SECOND_US, Span
from coder.report import CoderPass, Sample, SchemePart, SessionPart
from coder.report.paper import paper_sentences, sample_sentence
from tests.report.invented import _header

CODES = (Code("on", "On", "", ""), Code("off", "Off", "", ""))
GAZE = Tier("gaze", "Gaze", Stream.CHILD, TierKind.STATE, CODES, exclusive=True)
CUES = Tier("cues", "Cues", Stream.CHILD, TierKind.POINT, CODES)
WARMTH = Tier("warmth", "Warmth", Stream.PARENT, TierKind.RATING, CODES, scale=Scale(1, 5))
SCHEME = Scheme(SchemeId("play", "1.2", "ab" * 32), "Play", "", "", "en", "", (GAZE, CUES, WARMTH))
JACKKNIFE = "jackknife over 12 sessions"
COUNTS = {"sessions": 12, "window_s": 1000.0, "uncodable_s": 30.0}


def estimate(
    value: float, low: float | None = None, high: float | None = None, n: int = 970, method: str = JACKKNIFE
):
    return Estimate(value=value, low=low, high=high, n=n, method=method if low is not None else "")


def of(
    tier: Tier, statistic: str, found: Estimate, unit: str, counts: dict[str, float] | None = None
) -> Agreement:
    return Agreement(statistic=statistic, tier=tier.id, unit=unit, estimate=found, counts=counts or COUNTS)


POINTS = {**COUNTS, "events_a": 1120, "events_b": 98, "matched": 92}
AGREEMENTS = (
    of(GAZE, "time-unit kappa", estimate(0.714, 0.58, 0.841), "1 s units"),
    of(GAZE, "estimated accuracy", estimate(0.912), "1 s units"),
    of(GAZE, "% agreement", estimate(0.823), "1 s units"),
    of(GAZE, "event kappa", estimate(0.66), "linked states"),
    of(GAZE, "timing bias", estimate(0.404, 0.35, 0.46), "s"),
    of(CUES, "F1", estimate(0.84, 0.7, 0.95, n=126), "events within 1 s", POINTS),
    of(CUES, "sensitivity", estimate(0.9), "events within 1 s"),
    of(CUES, "precision", estimate(0.8), "events within 1 s"),
    of(WARMTH, "ICC(A,1)", estimate(0.78, 0.5, 0.9, n=24, method="F distribution"), "ratings", {"sessions": 12}),
    of(WARMTH, "% exact", estimate(0.62), "ratings"),
    of(WARMTH, "% within one", estimate(0.96), "ratings"),
)
DRAWN = "drawn on 2026-11-22: 20 % of 60 sessions within group, seed 417"
WITHHELD = "The software withholds the codes of a session until all have submitted."


def part(
    agreements: tuple[Agreement, ...] = AGREEMENTS, sample: Sample | None = None, sessions: int = 12
) -> SchemePart:
    window = Span(0, 60 * SECOND_US)
    both = [
        CoderPass(who, CodingPass.of(_header("s", who, window.end_us, SCHEME), ()), ())
        for who in ("Robin", "Sasha")
    ]
    one = SessionPart(Session("s", "s", window, ()), both[0], both[1], (), ())
    return SchemePart(SCHEME, (one,) * sessions, agreements, sample=sample)


SAMPLE = Sample(60, 12, (("Robin", 60, 0), ("Sasha", 0, 12)), ((DRAWN, 12),), 0, (WITHHELD,))


EXPECTED = """
Of 60 sessions coded with Play (play, version 1.2), 12 (20%) were coded by two or more coders (2 coders in
all). These were drawn at random by the software (drawn on 2026-11-22: 20 % of 60 sessions within group, seed
417). The software withholds the codes of a session until all have submitted.

Gaze: Cohen’s (1960) kappa over 1 s units was κ = .71, 95% CI [.58, .84] (jackknife over 12 sessions), n = 970
units in 12 sessions; 3% of the time was not codable and left out. The coders gave the same code in 82% of the
units. The event kappa of whole states linked by their overlap (Holle & Rein, 2015) was .66, the estimated
accuracy of two equally good coders (Bakeman, 2022) was .91. The mean lag of the onsets of the same states (B
− A) was 0.40 s, 95% CI [0.35, 0.46].

Cues: Agreement on events within 1 s, matched one to one with the same code, was F1 = .84, 95% CI [.70, .95]
(jackknife over 12 sessions), with 1,120 and 98 events of which 92 matched in 12 sessions; 3% of the time was
not codable and left out. Sensitivity was .90, precision .80.

Warmth: The intraclass correlation of single ratings by the same coders, absolute agreement, ICC(A,1) (McGraw
& Wong, 1996) was .78, 95% CI [.50, .90] (F distribution), n = 24 ratings in 12 sessions. 62% of the ratings
were equal, 96% at most one point apart.

Only the time that both coders coded, with the same version of the scheme, was compared. Intervals from the
jackknife leave out one session at a time (Tukey, 1958). Agreement was computed with coder 9.9.
"""


def test_the_whole_text_is_as_written_by_hand() -> None:
    wanted = tuple(" ".join(text.split()) for text in EXPECTED.split("\n\n"))
    assert paper_sentences(part(sample=SAMPLE), "coder 9.9") == wanted


def test_what_the_study_does_not_know_is_left_to_the_writer_in_brackets() -> None:
    mixed = replace(SAMPLE, drawn=((DRAWN, 9),), undrawn=3, blind=())
    text = sample_sentence(part(sample=mixed))
    assert "9 sessions of these were drawn at random by the software" in text
    assert "[Say how the others were chosen; the study does not record it.]" in text
    assert "[Say whether the coders could see each other’s codes; the study does not record it.]" in text
    nothing = sample_sentence(part())
    assert "random" not in nothing
    assert "[Say how these sessions were chosen; the study does not record it.]" in nothing


def test_an_approximate_interval_says_so_and_one_session_is_singular() -> None:
    rough = estimate(0.5, 0.3, 0.7, n=60, method="approximate: circular block bootstrap, 20 s blocks")
    one = of(GAZE, "time-unit kappa", rough, "1 s units", {"sessions": 1, "window_s": 60.0, "uncodable_s": 0.0})
    told = paper_sentences(part((one,), sessions=1), "coder 9.9")
    assert told[1] == (
        "Gaze: Cohen’s (1960) kappa over 1 s units was κ = .50, approximate 95% CI [.30, .70] (circular block "
        "bootstrap, 20 s blocks), n = 60 units in one session."
    )
    assert "One session was coded with Play (play, version 1.2) by two coders." in told[0]
    assert "(Politis & Romano, 1992) are approximate" in told[-1]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            Estimate(value=None, n=9, status=Status.NO_VARIANCE),
            "Gaze: Cohen’s (1960) kappa over 1 s units is not defined. Both coders used one and the same code "
            "throughout: there was nothing to disagree about.",
        ),
        (
            Estimate(value=0.9, n=9, status=Status.TOO_FEW, note="Under one minute was compared."),
            "Gaze: Cohen’s (1960) kappa over 1 s units was κ = .90, no confidence interval, n = 9 units in 12 "
            "sessions; 3% of the time was not codable and left out. This is too little to judge by. Under one "
            "minute was compared.",
        ),
    ],
)
def test_undefined_and_too_little_are_said(found: Estimate, words: str) -> None:
    told = paper_sentences(part((of(GAZE, "time-unit kappa", found, "1 s units"),)), "coder 9.9")
    assert told[1] == words
