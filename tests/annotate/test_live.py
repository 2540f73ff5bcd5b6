"""The list of what to look at, while coding: always what a review of the whole pass would say."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.annotate.desk import Desk
from coder.annotate.findings import findings_at
from coder.annotate.live import LiveReview
from coder.annotate.rules import review
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError
from coder.model.scheme import Scheme, TierKind
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from tests.annotate.example import SCHEME, desk_of, drawn, header
from tests.annotate.judged import JUDGED, judged, judging, over
from tests.annotate.test_settle import FILLING, SETTLING


def said(live: LiveReview) -> list[str]:
    return [f"{finding.problem.where} {finding.problem.what}" for finding in live.findings]


def test_an_empty_pass_asks_for_everything_in_order_of_tier_and_time() -> None:
    live = LiveReview(judging(judged(seconds=11.5)))
    assert said(live) == [
        "00:00:00.000 6 intervals of “Plays together” in a row have no code.",
        "00:00:00.000 “Warmth” is not rated.",
        "00:00:00.000 “Calm” is not rated.",
        "00:00:05.000 “Warmth” is not rated.",
        "00:00:05.000 “Calm” is not rated.",
    ]
    assert live.hindering == 5
    assert [(finding.tier, finding.code) for finding in live.findings[1:3]] == [("mood", "warm"), ("mood", "calm")]


def test_each_edit_changes_what_it_mends_and_undo_brings_it_back() -> None:
    desk = judging(judged(over("plays", "plays_yes", 0, 2), over("plays", "plays_no", 4, 6)))
    live = LiveReview(desk)
    told: list[int] = []
    live.listen(lambda: told.append(len(live.findings)))
    before = said(live)
    assert [one.span for one in live.findings if one.tier == "plays"] == [Span(2 * S, 4 * S), Span(6 * S, 10 * S)]
    desk.apply(Edit.of("Code", Change(None, over("plays", "plays_yes", 2, 4))))
    assert [one.span for one in live.findings if one.tier == "plays"] == [Span(6 * S, 10 * S)]
    desk.apply(Edit.of("Rate", Change(None, over("mood", "warm", 0, 5, rating="5"))))
    assert said(live)[1:3] == [
        "00:00:00.000 “Warmth” is rated 5 without a reason.",
        "00:00:00.000 “Calm” is not rated.",
    ]
    desk.undo()
    desk.undo()
    assert said(live) == before
    assert len(told) == 4


def test_what_changes_no_finding_tells_nobody() -> None:
    desk, _ = desk_of(drawn("oopp"))
    live = LiveReview(desk)
    live.listen(lambda: pytest.fail("nothing to tell"))
    first = desk.coding.row("engage")[0]
    desk.apply(Edit.of("Note", Change(first, replace(first, note="Looks up."))))
    assert not live.findings


def test_whoever_stops_listening_is_told_no_more() -> None:
    desk, _ = desk_of(drawn("oopp"))
    live = LiveReview(desk)
    told: list[bool] = []
    stop = live.listen(lambda: told.append(True))
    desk.apply(Edit.of("Delete", Change(desk.coding.row("engage")[1], None)))
    stop()
    desk.undo()
    assert told == [True]


def test_an_imported_rating_decides_the_segments_where_the_scheme_names_none() -> None:
    whole = replace(JUDGED.tier("mood"), every_us=0)
    scheme = replace(JUDGED, tiers=(whole,))
    desk = judging(judged(scheme=scheme), scheme)
    live = LiveReview(desk)
    assert [finding.span for finding in live.findings] == [Span(0, 10 * S)] * 2
    desk.apply(Edit.of("Rate", Change(None, over("mood", "warm", 0, 5, rating="3"))))
    assert [(finding.span, finding.code) for finding in live.findings] == [(Span(0, 5 * S), "calm")]
    desk.undo()
    assert [finding.span for finding in live.findings] == [Span(0, 10 * S)] * 2


@st.composite
def events(draw: st.DrawFn, scheme: Scheme) -> Event:
    """Any event that the tiers could hold, in a window of ten seconds, overlapping others or not."""
    tier = draw(st.sampled_from(scheme.tiers))
    code = draw(st.sampled_from(tier.codes))
    start, length = draw(st.integers(0, 9)), draw(st.integers(1, 6))
    end = start if tier.kind is TierKind.POINT else min(start + length, 10)
    if tier.kind in (TierKind.INTERVAL, TierKind.RATING):
        every = tier.every_us // S or 10
        start = start // every * every
        end = min(start + every, 10)
    values = [(one.id, draw(st.sampled_from(["1", "3", "5", "child", "odd"]))) for one in code.modifiers]
    kept = tuple(sorted(pair for pair in values if draw(st.booleans())))
    note = draw(st.sampled_from(["", "Laughs."]))
    return Event(str(draw(st.uuids())), tier.id, code.id, Span(start * S, end * S), kept, note)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([SCHEME, JUDGED, SETTLING, FILLING]))
def test_live_is_what_a_review_says_whatever_is_done(data: st.DataObject, scheme: Scheme) -> None:
    desk = Desk(CodingPass.of(replace(header(10), scheme=scheme.id), ()), lambda _: None, scheme)
    live = LiveReview(desk)
    for _ in range(data.draw(st.integers(1, 12))):
        there = list(desk.coding)
        wish = data.draw(st.sampled_from(["add", "add", "add", "delete", "change", "undo"]))
        try:
            if wish == "undo":
                desk.undo()
            elif wish == "add" or not there:
                desk.apply(Edit.of("Add", Change(None, data.draw(events(scheme)))))
            else:
                old = data.draw(st.sampled_from(there))
                made = replace(data.draw(events(scheme)), id=old.id)
                desk.apply(Edit.of("Change", Change(old, made if wish == "change" else None)))
        except CodingError:
            continue
        assert list(live.findings) == review(desk.coding, scheme)
        assert live.hindering == sum(one.hinders for one in live.findings)


def test_what_an_imported_pass_got_wrong_is_found() -> None:
    """The bench refuses these; a file format of somebody else may bring them in."""
    coding = judged(
        over("plays", "plays_yes", 0, 2), over("plays", "plays_no", 1, 3), over("mood", "warm", 0, 5, rating="9")
    )
    found = {finding.problem.what for finding in review(coding, JUDGED) if finding.event is not None}
    assert found == {
        "“No” overlaps “Yes”.",
        "“No” does not lie on an interval of “Plays together”.",
        "“Rating” of “Warmth” has the unknown value “9”.",
    }
    overlapping = CodingPass.of(
        header(10),
        [Event("1", "self", "talk", Span(0, 5 * S)), Event("2", "self", "talk", Span(4 * S, 6 * S))],
    )
    assert "“Talks” overlaps “Talks”." in [one.problem.what for one in review(overlapping, SCHEME)]


def test_an_edit_reads_no_more_places_in_a_long_pass_than_in_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []

    def counted(coding: CodingPass, scheme: object, tier: object, place: object) -> object:
        read.append(place)
        return findings_at(coding, scheme, tier, place)  # type: ignore[arg-type] - handed on as it came

    counts = []
    for many in (20, 2_000):
        row = [Event(f"{n:05}", "engage", ("off", "person")[n % 2], Span(n * S, (n + 1) * S)) for n in range(many)]
        desk = Desk(CodingPass.of(header(many), row), lambda _: None, SCHEME)
        LiveReview(desk)
        with monkeypatch.context() as patched:
            patched.setattr("coder.annotate.live.findings_at", counted)
            read.clear()
            old = desk.coding.row("engage")[many // 2]
            desk.apply(Edit.of("Delete", Change(old, None)))
            counts.append(len(read))
    assert counts == [2, 2]
