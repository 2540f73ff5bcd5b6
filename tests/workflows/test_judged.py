"""Intervals and ratings in a real study: coded, refused while incomplete, submitted, out and in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.annotate import amend, strokes
from coder.annotate.certainty import set_certainty
from coder.annotate.desk import Desk
from coder.annotate.ratings import rate
from coder.model.coding import Certainty, CodingPass
from coder.model.problem import CodingError
from coder.model.scheme import Sampling
from coder.model.study import Purpose
from coder.model.time import SECOND_US as S
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.comparison import compare_study
from coder.workflows.exchange import export_events, import_events
from coder.workflows.passes import add_coder, begin_pass, open_pass, submit_pass
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study

FILM = shipped("sample_media") / "dyad-first.mp4"
SCHEME = str(Path(__file__).parent / "judged.toml")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Judged") as opened:
        add_session(opened, FILM, "first", window=Span(0, 8 * S))
        yield opened


def begin(store: StudyStore, name: str) -> str:
    return begin_pass(store, store.sessions()[0].id, add_coder(store, name).id, SCHEME, Purpose.MAIN).id


def press(desk: Desk, tier: str, code: str, *seconds: float) -> None:
    for at in seconds:
        desk.apply(strokes.code(desk.coding, desk.scheme, tier, code, int(at * S)))


def fill(desk: Desk) -> None:
    """All that the scheme asks for."""
    press(desk, "plays", "plays_yes", 1.96, 3.96)
    press(desk, "plays", "plays_no", 5.96)
    press(desk, "plays", "unc", 7.96)
    press(desk, "seen", "hums", 7.96)
    press(desk, "looks", "at_face", 3.96)
    for segment, value in ((Span(0, 4 * S), "0"), (Span(4 * S, 8 * S), "3")):
        desk.apply(rate(desk.coding, desk.scheme, "mood", "warm", segment, value))
    desk.apply(amend.set_note(desk.scheme, desk.coding.row("mood")[1], "Laughs."))
    desk.apply(set_certainty(desk.scheme, desk.coding.row("looks"), Certainty.GUESS))


def contents(coding: CodingPass) -> list[tuple[object, ...]]:
    return sorted((one.tier, one.code, one.span, one.modifiers, one.note, one.certainty) for one in coding)


def test_intervals_and_segments_come_from_the_scheme_file(store: StudyStore) -> None:
    scheme = open_pass(store, begin(store, "Kim")).scheme
    assert [(tier.every_us // S, tier.sampling) for tier in scheme.tiers] == [
        (2, Sampling.PARTIAL),
        (4, Sampling.WHOLE),
        (4, Sampling.MOMENTARY),
        (4, None),
    ]


def test_a_pass_is_submitted_once_every_interval_and_item_is_judged(store: StudyStore) -> None:
    made = begin(store, "Kim")
    desk = open_pass(store, made).desk
    press(desk, "plays", "plays_yes", 1)
    with pytest.raises(CodingError) as refused:
        submit_pass(store, made)
    assert [problem.what for problem in refused.value.problems] == [
        "3 intervals of “Plays together” in a row have no code.",
        "“Warmth” is not rated.",
        "“Warmth” is not rated.",
    ]
    desk.undo()
    fill(desk)
    submit_pass(store, made)
    assert store.check() == ()


def test_it_is_exported_and_read_back_the_same_and_can_be_compared(store: StudyStore, tmp_path: Path) -> None:
    made = begin(store, "Kim")
    fill(open_pass(store, made).desk)
    submit_pass(store, made)
    (exported,) = export_events(store, tmp_path / "out")
    again = import_events(store, exported.file, session="first", coder="Lee", scheme=SCHEME, purpose=Purpose.MAIN)
    assert again.wanting == ()
    assert contents(store.load_pass(again.header.id)) == contents(store.load_pass(made))
    (pair,) = compare_study(store).pairs
    values = {(one.tier, one.statistic): one.estimate.value for one in pair.agreements if one.code is None}
    assert values["plays", "% agreement"] == 1.0
    units = {one.unit for one in pair.agreements if one.tier == "plays"}
    assert units == {"2 s units", "2 s units, lenient within 2 s", "coded time"}
    assert all(one.statistic not in ("event kappa", "timing bias") for one in pair.agreements)
    (whole,) = (one for one in pair.agreements if (one.tier, one.statistic) == ("plays", "% agreement"))
    assert (whole.counts["units"], whole.counts["uncodable"], whole.estimate.n) == (4, 1, 3)
    assert pair.disagreements == ()
