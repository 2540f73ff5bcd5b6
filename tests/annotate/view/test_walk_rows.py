"""What a disagreement is called, and which rows stand below the film while it is looked at."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coder.annotate.view.asked import about_text, code_label, codes_asked, events_asked, tiers_asked
from coder.annotate.view.both_layout import rows_about, telling_first
from coder.annotate.view.content import Camera
from coder.annotate.view.differing import item_text, kind_text, short_item_text, side_text, span_text
from coder.annotate.view.layout import Shows
from coder.annotate.view.walk_content import WalkContent
from coder.model.coding import CodingPass, Event, PassStatus
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.edit import Change, Edit
from coder.model.evidence import Concern, Question
from coder.model.problem import CodingError
from coder.model.scheme import Derived, Evidence, Scheme
from coder.model.study import Fingerprint, Media, Session
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.model.track import FeatureTrack, Provenance, Signal
from tests.annotate.example import ENGAGE, SCHEME, header

WINDOW = Span(0, 60 * S)
MADE = Provenance("test", "1", "", {}, {}, {}, 0, 0)


def content(
    a: tuple[Event, ...], b: tuple[Event, ...], *tracks: FeatureTrack, scheme: Scheme = SCHEME
) -> WalkContent:
    media = Media("m", "film.mp4", Fingerprint("", 0), "", WINDOW.end_us, 1500)
    head = replace(header(status=PassStatus.SUBMITTED), window=WINDOW, scheme=scheme.id)
    return WalkContent(
        scheme=scheme,
        session=Session("s", "Session", WINDOW, (media,)),
        cameras=(Camera(media, Path("film.mp4")),),
        pass_a=CodingPass.of(head, a),
        pass_b=CodingPass.of(head, b),
        name_a="Robin",
        name_b="Sasha",
        differences=(),
        tracks=tracks,
    )


def track(name: str, *, valid: bool = True) -> FeatureTrack:
    times = np.arange(0, 60 * S, S)
    signal = Signal(name, name, "", 0.0, 1.0)
    return FeatureTrack(signal, times, np.zeros(len(times)), np.full(len(times), valid), MADE)


def differing(
    kind: DisagreementKind, a: str | None, b: str | None, tier: str = "engage", **more: object
) -> Disagreement:
    span = Span(10 * S, 10 * S + 400_000)
    return replace(Disagreement(span, tier, a, b, kind, span.duration_us), **more)  # type: ignore[arg-type]  # fields are given by name


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (differing(DisagreementKind.MISSED, "off", None), ("Missed", "Not engaged", "nothing", "Engagement")),
        (differing(DisagreementKind.EXTRA, None, "off"), ("Extra", "nothing", "Not engaged", "Engagement")),
        (
            differing(DisagreementKind.CODE, "off", "person"),
            ("Other code", "Not engaged", "With the person", "Engagement"),
        ),
        (
            differing(DisagreementKind.EARLY, "off", "person"),
            ("Early by 0.40\u202fs", "Not engaged", "With the person", "Engagement"),
        ),
        (
            differing(DisagreementKind.LATE, "off", "person"),
            ("Late by 0.40\u202fs", "Not engaged", "With the person", "Engagement"),
        ),
        (
            differing(
                DisagreementKind.MODIFIER,
                "shared",
                "shared",
                detail="play_kind",
                value_a="build,music",
                value_b="",
            ),
            ("Detail: Kind of play", "Building, Music", "nothing", "Engagement: Sharing, parent carries it"),
        ),
        (
            differing(DisagreementKind.RATING, "warm", "warm", "rated", value_a="5", value_b="3", apart=-2),
            ("Apart by 2", "5", "3", "Ratings: Warmth"),
        ),
    ],
)
def test_each_class_is_said_with_both_sides(one: Disagreement, words: tuple[str, str, str, str]) -> None:
    found = (
        kind_text(one, SCHEME),
        side_text(one, SCHEME, of_b=False),
        side_text(one, SCHEME, of_b=True),
        item_text(one, SCHEME),
    )
    assert found == words


def test_where_there_is_little_room_an_item_stands_without_its_tier() -> None:
    rating = differing(DisagreementKind.RATING, "warm", "warm", "rated", value_a="5", value_b="3")
    assert short_item_text(rating, SCHEME) == "Warmth"
    assert short_item_text(differing(DisagreementKind.CODE, "off", "person"), SCHEME) == ENGAGE.label
    assert span_text(Span(62_400_000, 64_000_000)) == "1:02.40–1:04.00, 1.60\u202fs"
    assert span_text(Span.moment(62_409_999)) == "1:02.40"


def test_a_stands_over_b_then_sound_and_curves() -> None:
    both = rows_about(
        content((), (), track("child_toward")),
        differing(DisagreementKind.CODE, "off", "person"),
        sound=True,
        text_px=16,
    )
    assert [row.label for row in both.all] == [
        "Disagreements",
        "A · Robin",
        "B · Sasha",
        "Sound",
        "Child: head to the parent",
    ]
    tops = [row.top_px for row in both.all]
    assert tops == sorted(tops)
    assert all(before.bottom_px < after.top_px for before, after in zip(both.all, both.all[1:], strict=False))
    assert rows_about(content((), ()), None, sound=True, text_px=16).all == ()


def test_of_codes_that_may_overlap_only_those_near_the_place_have_a_lane() -> None:
    near = Event("1", "self", "touch", Span(12 * S, 14 * S))
    far = Event("2", "self", "touch", Span(40 * S, 41 * S))
    one = differing(DisagreementKind.MISSED, "talk", None, "self")
    alone = rows_about(content((far,), ()), one, sound=False, text_px=16)
    assert [[lane.code for lane in row.lanes] for row in alone.all if row.shows is Shows.TIER] == [
        ["talk"],
        ["talk"],
    ]
    # what either has near by is shown of both, so that the lanes can be compared
    together = rows_about(content((), (near,)), one, sound=False, text_px=16)
    lanes = [[lane.code for lane in row.lanes] for row in together.all if row.shows is Shows.TIER]
    assert lanes == [["talk", "touch"], ["talk", "touch"]]
    assert [row.label for row in together.all if row.shows is Shows.HEADING] == ["A · Robin", "B · Sasha"]


def test_curves_that_the_scheme_names_as_evidence_come_first_and_empty_ones_last() -> None:
    evidence = Evidence("child_toward", "share", 0.4, "event", 0.7, "medium")
    codes = tuple(replace(code, evidence=(evidence,)) if code.id == "person" else code for code in ENGAGE.codes)
    tiers = tuple(replace(tier, codes=codes) if tier.id == ENGAGE.id else tier for tier in SCHEME.tiers)
    scheme = replace(SCHEME, tiers=tiers)
    tracks = (track("empty", valid=False), track("distance"), track("child_toward"))
    told = telling_first(tracks, scheme, differing(DisagreementKind.CODE, "off", "person"))
    assert [one.signal.id for one in told] == ["child_toward", "distance", "empty"]
    other = telling_first(tracks, scheme, differing(DisagreementKind.CODE, "off", "object"))
    assert [one.signal.id for one in other] == ["distance", "child_toward", "empty"]


def test_neither_pass_can_be_changed_from_the_walk() -> None:
    made = content((Event("1", "engage", "off", Span(0, S)),), ())
    for side in made.sides:
        assert side.desk.locked
        with pytest.raises(CodingError, match="submitted"):
            side.desk.apply(Edit.of("more", Change(None, Event("2", "engage", "off", Span(2 * S, 3 * S)))))
    assert made.a.events["1"].code == "off"


def asking(code: str, feature: str, tier: str = "engage", pass_id: str = "") -> Question:
    span = Span(10 * S, 12 * S)
    who = pass_id or header().id
    return Question(Concern.AGAINST, who, tier, code, span, feature, 0.9, 0.1, 2.0, "e1" if tier else "")


def test_a_question_shows_its_curve_above_the_codes_and_twice_as_high() -> None:
    made = replace(
        content((), (), track("head_distance_heads"), track("child_toward")),
        levels={("engage", "person", "child_toward"): 0.5},
    )
    rows = rows_about(made, asking("person", "child_toward"), sound=True, text_px=16)
    labels = ["Questions", "Child: head to the parent", "A · Robin", "B · Sasha", "Sound", "Distance of the heads"]
    assert [row.label for row in rows.all] == labels
    asked, other = (row for row in rows.shared if row.shows is Shows.TRACK)
    assert asked.height_px == 2 * other.height_px
    assert (asked.level, other.level) == (0.5, None)
    assert events_asked(asking("person", "child_toward")) == {"e1"}


def test_of_a_derived_state_the_tiers_stand_that_it_is_computed_from() -> None:
    derived = Derived("both", "Person while talking", "Both at once.", "both", ("person", "talk"))
    scheme = replace(SCHEME, derived=(derived,))
    one = asking("both", "mutual_toward", tier="")
    assert [tier.id for tier in tiers_asked(one, scheme)] == ["engage", "self"]
    assert [code.id for _, code in codes_asked(one, scheme)] == ["person", "talk"]
    assert about_text(one, scheme) == code_label(scheme, "", "both") == "Person while talking"
    rows = rows_about(content((), (), scheme=scheme), one, sound=False, text_px=16)
    assert [row.tier.id for row in rows.a if row.tier] == ["engage", "self"]
    assert rows.a[0].label == "A · Robin"


def test_one_pass_alone_has_no_letters_and_no_second_row() -> None:
    alone = replace(content((), ()), pass_b=None)
    rows = rows_about(alone, asking("person", "child_toward"), sound=False, text_px=16)
    assert [row.label for row in rows.all] == ["Questions", "Robin"]
    assert rows.b == ()
    assert [side.title for side in alone.sides] == ["Robin"]
