"""A course from a study's own sessions: whose pass is the master, where boundaries may lie, what is written."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coder.formats.master_file import read_master
from coder.formats.sealing import is_sealed, sealed
from coder.model.coding import NOTHING, Event
from coder.model.disagreement import Verdict
from coder.model.problem import CoderError, CodingError, FormatError
from coder.model.study import Purpose
from coder.model.time import Span
from coder.model.training import Edge, Master, Rule, StepKind
from coder.store import StudyStore
from coder.workflows.consensus import make_consensus
from coder.workflows.passes import submit_pass
from coder.workflows.settling import settle, walk
from coder.workflows.steps import finish
from coder.workflows.studies import new_study
from coder.workflows.training.course_draft import (
    CourseDraft,
    id_of,
    new_draft,
    new_step,
    next_draft_steps,
    suggested_rule,
    with_master,
)
from coder.workflows.training.courses import take_course
from coder.workflows.training.kept_draft import FILE, forget_draft, keep_draft, kept_draft
from coder.workflows.training.making import draft_problems, write_course_steps
from coder.workflows.training.master_edits import with_either, with_margins, with_reason, with_zone, zone_of
from coder.workflows.training.masters import find_source, master_from, sources
from coder.workflows.training.taken import master_of, newest_master
from tests.workflows.twice_coded import FILM, SCHEME, coded, meeting, supervisor

SECOND = 1_000_000
OFF, WATCH, SHARED = "en_off", "en_watch", "en_shared"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Visits") as opened:
        yield opened


@pytest.fixture
def robin(store: StudyStore) -> StudyStore:
    """One session, coded by Robin: five invitations, three states."""
    meeting(store)
    coded(store, "s1", "Robin", bids=(1, 2, 4, 5, 7), engage=[(OFF, 0, 3), (SHARED, 3, 6), (OFF, 6, 8)])
    return store


def drafted(store: StudyStore, **spans: tuple[float, float]) -> CourseDraft:
    """A draft in which each kind of step shows such a stretch (seconds): guided=(0, 3)."""
    draft = replace(new_draft(store, SCHEME, "My course"), summary="Mine.")
    for kind, (start_s, end_s) in spans.items():
        span = Span(round(start_s * SECOND), round(end_s * SECOND))
        step = new_step(store, draft, find_source(store, "s1", SCHEME), StepKind(kind), span=span)
        draft = draft.with_step(replace(step, tiers=("engage", "bids")))
    return replace(draft, rule=suggested_rule(draft, 1))


def written(draft: CourseDraft, folder: Path, *, copy: bool = False) -> Path:
    return finish(write_course_steps(draft, folder, copy=copy)).path


def edges(master: Master, code: str) -> list[tuple[float, float]]:
    return [(one.onset_us / SECOND, one.offset_us / SECOND) for one in master.events if one.code == code]


def zones(master: Master) -> list[tuple[str, float, float]]:
    """Which edge of which code may lie where."""
    codes = {event.id: event.code for event in master.events}
    return [
        (f"{codes[one.event]} {one.edge}", one.span.start_us / SECOND, one.span.end_us / SECOND)
        for one in master.zones
    ]


def event_at(master: Master, tier: str, at_s: float) -> Event:
    return next(one for one in master.events if one.tier == tier and one.onset_us == round(at_s * SECOND))


def problem_of(raised: pytest.ExceptionInfo[CoderError]) -> str:
    (problem,) = raised.value.problems
    return str(problem)


def test_a_course_is_written_read_and_taken(robin: StudyStore, tmp_path: Path) -> None:
    draft = drafted(robin, guided=(0, 3), practice=(2, 5), test=(5, 8))
    assert draft_problems(draft) == ()
    file = written(draft, tmp_path / "course")
    names = sorted(path.relative_to(file.parent).as_posix() for path in file.parent.rglob("*.*"))
    assert names == [
        "course.toml",
        "films/film-1.mp4",
        "masters/guided-1.master",
        "masters/practice-1.master",
        "masters/test-1.master",
        "scheme.toml",
    ]
    # nothing tells whose film it was or what it was coded as
    texts = {name: (file.parent / name).read_text("utf-8") for name in names if not name.endswith("mp4")}
    assert not any(word in text for word in ("Robin", "dyad-first", "Visits") for text in texts.values())
    assert not any("en_shared" in text for name, text in texts.items() if name.startswith("masters"))
    assert all(is_sealed(path.read_text("utf-8")) for path in file.parent.glob("masters/*"))
    with new_study(tmp_path / "training", "Training") as training:
        taken = take_course(training, file)
        master = master_of(training, newest_master(training, taken, "test-1").id)
        assert edges(master, SHARED) == [(5, 6)]
        assert master.window == Span(5 * SECOND, 8 * SECOND)
        assert master.origin == "Coded by Robin"
        assert training.session(taken.sessions["test-1"]).window == master.window
        assert training.check() == ()


def test_films_are_second_names_or_copies_and_the_study_keeps_its_own(robin: StudyStore, tmp_path: Path) -> None:
    draft = drafted(robin, practice=(0, 3), test=(5, 8))
    linked = written(draft, tmp_path / "linked").parent / "films" / "film-1.mp4"
    copied = written(draft, tmp_path / "copied", copy=True).parent / "films" / "film-1.mp4"
    assert linked.samefile(FILM) or linked.read_bytes() == FILM.read_bytes()
    assert not copied.samefile(FILM)
    assert copied.read_bytes() == FILM.read_bytes()


def test_all_that_is_wrong_with_a_draft_is_told_and_nothing_is_written(robin: StudyStore, tmp_path: Path) -> None:
    draft = replace(drafted(robin, practice=(0, 6), test=(5, 8)), summary="", rule=Rule((), clips=2))
    told = [str(problem) for problem in draft_problems(draft)]
    assert told == [
        "The course does not say what it is. Write a sentence or two for trainees.",
        "The rule asks for nothing yet. Add a test clip of a line that has a target in the scheme.",
        "rule, clips: Test 1 has 1 clip, and the rule wants 2 in a row. Add clips to the test, or lower “clips”.",
        "step test-1, film: The test shows 1.000 s of film, from 00:00:05.000 on, that step “practice-1” shows "
        "too. Choose another film, or a stretch that only the test shows.",
    ]
    with pytest.raises(FormatError) as raised:
        written(draft, tmp_path / "course")
    assert [str(problem) for problem in raised.value.problems] == told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study"]


def test_a_course_without_clips_is_told_so_and_nothing_else(robin: StudyStore) -> None:
    (told,) = draft_problems(new_draft(robin, SCHEME, "My course"))
    assert str(told) == "The course has no clip yet. Add clips to watch, to practise on, and for the test."


def test_a_place_that_is_taken_and_a_film_that_changed_leave_nothing_behind(
    robin: StudyStore, tmp_path: Path
) -> None:
    draft = drafted(robin, practice=(0, 3), test=(5, 8))
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("mine", "utf-8")
    with pytest.raises(FormatError, match="There is something at this place already"):
        written(draft, full)
    other = tmp_path / "other.mp4"
    other.write_bytes(FILM.read_bytes() + b"x")
    changed = draft.with_step(replace(draft.step("test-1"), film=other))
    changed = changed.with_step(replace(draft.step("practice-1"), film=other))
    with pytest.raises(FormatError, match="is not the one that was coded"):
        written(changed, tmp_path / "course")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert written(draft, empty).is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "full", "other.mp4", "study"]
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


def test_the_rule_is_the_scheme_s_as_far_as_the_test_offers_it(robin: StudyStore) -> None:
    draft = drafted(robin, practice=(0, 1), test=(1, 8))
    usual = suggested_rule(draft)
    assert (usual.clips, usual.min_events, usual.codes) == (1, 10, ())
    assert [(one.statistic, one.tier) for one in usual.requirements if one.code is None] == [
        ("estimated accuracy", "engage"),
        ("F1", "bids"),
    ]
    assert ("bids", "bid_c") in suggested_rule(draft, 5).codes
    assert ("bids", "bid_c") not in suggested_rule(draft, 6).codes
    (step,) = draft.steps[1:]
    bid = next(one for one in step.master.events if one.code == "bid_c")
    lenient = draft.with_step(replace(step, master=with_either(step.master, bid.id, [NOTHING])))
    assert ("bids", "bid_c") not in suggested_rule(lenient, 5).codes, "one of the five need not be marked"
    assert ("bids", "bid_c") in suggested_rule(lenient, 4).codes


def test_of_a_session_its_consensus_is_the_master_else_the_only_pass(store: StudyStore) -> None:
    meeting(store)
    with pytest.raises(CodingError, match="Nobody has submitted “s1” with “shared-play”"):
        find_source(store, "s1", SCHEME)
    robin = coded(store, "s1", "Robin", bids=(1, 3))
    assert find_source(store, "s1", SCHEME).coder.name == "Robin"
    # while Sasha codes it blind, nothing of it is shown
    sasha = coded(store, "s1", "Sasha", bids=(1.2, 5), purpose=Purpose.RELIABILITY, submitted=False)
    assert sources(store, SCHEME) == ()
    submit_pass(store, sasha.id)
    with pytest.raises(CodingError) as raised:
        find_source(store, "s1", SCHEME)
    assert (
        problem_of(raised) == "Whose pass of “s1” is to be the master? Submitted: Robin, Sasha. Name one of them."
    )
    assert find_source(store, "s1", SCHEME, "Sasha").header.id == sasha.id
    walked = walk(store, robin.id, sasha.id)
    for one in walked.differences:
        settle(store, walked, one, Verdict.A, actor=supervisor(store).id)
    made = make_consensus(store, robin.id, sasha.id, supervisor(store).id)
    submit_pass(store, made.id)
    found = find_source(store, "s1", SCHEME)
    assert found.header.id == made.id
    master = master_from(store, found, found.session.media[0])
    assert master.origin == "Consensus of Robin, Sasha, made by Mika"


def test_boundaries_that_were_settled_as_either_become_zones(store: StudyStore) -> None:
    meeting(store)
    robin = coded(store, "s1", "Robin", engage=[(OFF, 0, 3), (WATCH, 3, 6), (OFF, 6, 8)])
    sasha = coded(
        store,
        "s1",
        "Sasha",
        engage=[(OFF, 0, 3.4), (WATCH, 3.4, 5.5), (OFF, 5.5, 8)],
        purpose=Purpose.RELIABILITY,
    )
    walked = walk(store, robin.id, sasha.id)
    by_time = sorted(walked.differences, key=lambda one: one.span)
    settle(store, walked, by_time[0], Verdict.EITHER, actor=supervisor(store).id)
    settle(store, walked, by_time[1], Verdict.A, actor=supervisor(store).id)
    made = make_consensus(store, robin.id, sasha.id, supervisor(store).id)
    submit_pass(store, made.id)
    found = find_source(store, "s1", SCHEME)
    master = master_from(store, found, found.session.media[0])
    assert zones(master) == [("en_watch onset", 3.0, 3.4)]
    # Robin's own pass as the master allows for what was settled about it, too
    own = find_source(store, "s1", SCHEME, "Robin")
    assert zones(master_from(store, own, own.session.media[0])) == [("en_watch onset", 3.0, 3.4)]


def test_a_master_is_on_the_clock_of_the_film_that_is_shown(robin: StudyStore) -> None:
    media = robin.sessions()[0].media[0]
    robin.update_media(replace(media, offset_us=-1_000_000))  # it began a second before the session's clock
    source = find_source(robin, "s1", SCHEME)
    master = master_from(robin, source, source.session.media[0])
    assert edges(master, SHARED) == [(4, 7)]
    assert edges(master, OFF) == [(1, 4), (7, 8)]  # the film ends at eight seconds
    assert master.window == Span(1 * SECOND, 8 * SECOND)
    with pytest.raises(CodingError, match="The clip leaves the stretch that was coded"):
        master_from(robin, source, source.session.media[0], Span(0, 5 * SECOND))


def test_margins_stop_at_neighbours_and_at_the_clip_s_ends(robin: StudyStore) -> None:
    draft = drafted(robin, test=(0, 8))
    master = draft.step("test-1").master
    near = with_margins(master, draft.scheme, {"engage": 200_000})
    assert zones(near) == [("en_shared onset", 2.8, 3.2), ("en_off onset", 5.8, 6.2)]
    far = with_margins(near, draft.scheme, {"engage": 9_000_000, "bids": 1_500_000})
    assert zones(far)[:2] == zones(near)  # those that are there stay
    assert zones(far)[2:] == [
        ("bid_c onset", 0.0, 1.999999),
        ("bid_c onset", 1.000001, 3.5),
        ("bid_c onset", 2.5, 4.999999),
        ("bid_c onset", 4.000001, 6.5),
        ("bid_c onset", 5.5, 7.999999),
    ]


def test_a_boundary_of_two_states_has_one_zone_from_either_side(robin: StudyStore) -> None:
    draft = drafted(robin, test=(0, 8))
    scheme, master = draft.scheme, draft.step("test-1").master
    first, shared = event_at(master, "engage", 0), event_at(master, "engage", 3)
    span = Span(2_900_000, 3_300_000)
    zoned = with_zone(master, scheme, first.id, Edge.OFFSET, span)
    assert zones(zoned) == [("en_shared onset", 2.9, 3.3)]
    assert zone_of(zoned, scheme, first, Edge.OFFSET) == zone_of(zoned, scheme, shared, Edge.ONSET) == span
    assert with_zone(zoned, scheme, shared.id, Edge.ONSET, None) == master
    for wrong, told in (
        (Span(3_100_000, 3_300_000), "The zone does not hold the edge itself, 00:00:03.000."),
        (Span(-1, 3_300_000), "The zone leaves the clip."),
    ):
        with pytest.raises(CodingError, match=told):
            with_zone(zoned, scheme, shared.id, Edge.ONSET, wrong)


def test_codes_that_are_as_right_and_reasons_are_sealed_with_the_master(robin: StudyStore, tmp_path: Path) -> None:
    draft = drafted(robin, practice=(0, 3), test=(5, 8))
    step = draft.step("practice-1")
    off, bid = event_at(step.master, "engage", 0), event_at(step.master, "bids", 2)
    master = with_either(step.master, off.id, ["en_watch", OFF])
    master = with_either(with_reason(master, bid.id, " she holds the ball out "), bid.id, [NOTHING])
    file = written(draft.with_step(replace(step, master=master)), tmp_path / "course")
    read = read_master(file.parent / "masters" / "practice-1.master", draft.scheme).over(Span(0, 3 * SECOND))
    assert event_at(read, "engage", 0).either == ("en_watch",)
    assert (event_at(read, "bids", 2).either, event_at(read, "bids", 2).note) == (
        (NOTHING,),
        "she holds the ball out",
    )


def test_a_next_version_counts_on_and_changes_only_the_masters_that_changed(
    robin: StudyStore, tmp_path: Path
) -> None:
    first = written(drafted(robin, practice=(0, 3), test=(5, 8)), tmp_path / "first")
    before = first.read_bytes()
    draft = finish(next_draft_steps(first))
    assert draft.version == "1.1"
    step = draft.step("test-1")
    changed = with_reason(step.master, step.master.events[0].id, "both hold the ball")
    second = written(draft.with_step(replace(step, master=changed)), tmp_path / "second")
    assert first.read_bytes() == before
    with new_study(tmp_path / "training", "Training") as training:
        taken = take_course(training, first)
        again = take_course(training, second)
        assert again.id == taken.id
        assert again.sessions == taken.sessions
        versions = [(one.step_id, one.version) for one in training.training.masters(taken.id)]
        assert versions == [("practice-1", 1), ("test-1", 1), ("test-1", 2)]


def test_a_step_of_the_next_version_can_have_another_pass_of_the_same_film(
    robin: StudyStore, tmp_path: Path
) -> None:
    first = written(drafted(robin, practice=(0, 3), test=(5, 8)), tmp_path / "first")
    draft = finish(next_draft_steps(first))
    coded(robin, "s1", "Sasha", bids=(6,), engage=[(OFF, 0, 8)], purpose=Purpose.RELIABILITY)
    changed = with_master(robin, draft, "test-1", find_source(robin, "s1", SCHEME, "Sasha"))
    assert edges(changed.step("test-1").sealed, "bid_c") == [(6, 6)]
    assert (changed.step("test-1").sealed.version, changed.step("practice-1").sealed.version) == (2, 1)


def test_steps_stand_by_their_kind_and_can_be_moved_and_taken_out(robin: StudyStore) -> None:
    draft = drafted(robin, test=(5, 8), guided=(0, 2), practice=(2, 5))
    assert [step.id for step in draft.steps] == ["guided-1", "practice-1", "test-1"]
    assert [step.id for step in draft.moved_step("test-1", -1).steps] == ["guided-1", "test-1", "practice-1"]
    assert draft.moved_step("guided-1", -1) == draft
    fewer = draft.without_step("practice-1")
    assert [step.id for step in fewer.steps] == ["guided-1", "test-1"]
    with pytest.raises(KeyError):
        fewer.step("practice-1")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Who looks where, how near!", "who-looks-where-how-near"),
        ("2. Kurs", "course-2-kurs"),
        ("Übung", "bung"),
        ("…", "course"),
    ],
)
def test_a_course_is_named_after_its_title(title: str, name: str) -> None:
    assert id_of(title) == name


def test_a_scheme_that_the_study_does_not_have_is_told(robin: StudyStore) -> None:
    with pytest.raises(CoderError, match=r"The study has no scheme “ratings”. Schemes: shared-play."):
        new_draft(robin, "ratings")


def test_what_a_killed_writing_left_is_cleared_away_and_nothing_else(robin: StudyStore, tmp_path: Path) -> None:
    out = tmp_path / "out"
    left = out / ".Course ü.0a1b2c3d.part"
    others = [out / ".Course.0a1b2c3d.part", out / ".Course ü.mine.part", out / "Course ü 2"]
    for folder in (left, *others):
        (folder / "films").mkdir(parents=True)
        (folder / "films" / "film-1.mp4").write_bytes(b"half a film")
    path = written(drafted(robin, guided=(0, 3), test=(5, 8)), out / "Course ü", copy=True)
    assert path.is_file()
    assert set(out.iterdir()) == {*others, out / "Course ü"}


def test_without_room_to_check_a_draft_that_is_said(
    robin: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafted(robin, guided=(0, 3), test=(5, 8))
    assert draft_problems(draft) == ()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    (found,) = draft_problems(draft)
    assert "The course cannot be written: No such file or directory." in str(found)
    with pytest.raises(FormatError, match="The course cannot be written"):
        written(draft, tmp_path / "course")
    assert not (tmp_path / "course").exists()


@pytest.mark.parametrize("text", ["null", "[]", "[" * 100_000, '{"name": "x", "scheme": []}'])
def test_a_kept_draft_that_makes_no_sense_is_told_and_stays(robin: StudyStore, text: str) -> None:
    keep_draft(robin, drafted(robin, guided=(0, 3)))
    path = robin.folder / FILE
    path.write_text(sealed(text), encoding="utf-8")
    with pytest.raises(FormatError, match="The course that was being made cannot be read"):
        kept_draft(robin)
    assert path.is_file()


def test_a_draft_that_cannot_be_taken_away_is_told(robin: StudyStore) -> None:
    (robin.folder / FILE).mkdir()
    with pytest.raises(FormatError, match=r"“course-draft\.sealed” cannot be written"):
        forget_draft(robin)
