"""A test is sealed: no way through the program, nor an ordinary look at the files, shows what came of it.

Ann has submitted the first clip of two and begun the second; Bea has begun the course.
"""

import base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlcipher3 import dbapi2

from coder.cli.main import cli
from coder.model.problem import CoderError, CodingError, FeatureError
from coder.model.study import Purpose, Role
from coder.store import StudyStore
from coder.store.training import TrainingStore
from coder.workflows import assignments
from coder.workflows.agenda import agenda
from coder.workflows.blinding import Blinding, withheld
from coder.workflows.budgets import study_budgets
from coder.workflows.comparison import compare_study
from coder.workflows.evidence import evidence_of
from coder.workflows.exchange import export_events, import_events
from coder.workflows.measures import pass_measures, study_measures
from coder.workflows.passes import add_coder, begin_pass, findings, open_pass, reopen_pass, submit_pass
from coder.workflows.reporting import report_steps
from coder.workflows.review import review
from coder.workflows.sessions import add_session
from coder.workflows.settling import walk
from coder.workflows.steps import finish
from coder.workflows.studies import new_study, overview
from coder.workflows.track_export import export_tracks
from coder.workflows.training.after_test import habits_in_test
from coder.workflows.training.attempts import begin_attempt
from coder.workflows.training.certifying import certificates, certify, decision
from coder.workflows.training.cohort import cohort
from coder.workflows.training.courses import take_course
from coder.workflows.training.history import refuse_master
from coder.workflows.training.learning import learning
from coder.workflows.training.masters import sources
from coder.workflows.training.progress import progress
from coder.workflows.training.records import write_record
from coder.workflows.training.results import master_to_watch, result, results, scores
from tests.workflows.training.small_course import AT_MS, calls, course_file, go, learnt, training, watch

REASON = "The parent says the name."


class Half:
    """A test half done. a, b: the passes of Ann's attempts at the two clips; a is submitted."""

    def __init__(self, folder: Path) -> None:
        self.store, self.taken, (self.ann, self.bea) = training(folder, "Ann", "Bea")
        learnt(self.store, self.taken, self.ann)
        watch(self.store, self.taken, self.bea)
        self.first = go(self.store, self.taken, self.ann, "a")
        self.second = begin_attempt(self.store, self.taken, "b", self.ann.id)
        calls(self.store, self.second, *AT_MS)
        self.a, self.b = self.first.pass_id, self.second.pass_id
        self.session = self.first.session_id


@pytest.fixture
def half(tmp_path: Path) -> Iterator[Half]:
    """A test half done, its store open."""
    found = Half(tmp_path)
    with found.store:
        yield found


TELLS_LATER: dict[str, tuple[Callable[[Half], object], str]] = {
    "result": (lambda half: result(half.store, half.first.id), "Nothing of a test is shown before its last clip"),
    "result of an open one": (lambda half: result(half.store, half.second.id), "shown once it is submitted"),
    "decision": (lambda half: decision(half.store, half.taken, half.ann.id, 1), "once its last clip is submitted"),
    "habits in a test": (
        lambda half: habits_in_test(half.store, half.taken, half.ann.id, 1),
        "Nothing of a test is shown before its last clip",
    ),
    "master of a test": (lambda half: master_to_watch(half.store, half.taken, "a"), "its master is sealed"),
    "master of practice": (lambda half: master_to_watch(half.store, half.taken, "try"), "its master is sealed"),
    "bench": (lambda half: open_pass(half.store, half.a), "is a clip of a test"),
    "measures": (lambda half: pass_measures(half.store, half.a), "is a clip of a test"),
    "review": (lambda half: review(half.store, half.a), "is a clip of a test"),
    "export": (
        lambda half: export_events(half.store, half.store.folder / "out", session="clip a"),
        "is a clip of a test",
    ),
    "walk": (lambda half: walk(half.store, half.a, half.a), "is a clip of a test"),
    "reopening": (lambda half: reopen_pass(half.store, half.a, "I was tired"), "is an attempt at a step"),
    "curves": (
        lambda half: export_tracks(half.store, half.store.session(half.session), half.store.folder / "out"),
        "is not shown while it is coded blind",
    ),
    "the page on which masters are made": (
        lambda half: refuse_master(half.store, "calls-first", "b"),
        "The master of “Step b” stays sealed while the course is taken here. Not done with it: Ann, Bea.",
    ),
    "an ordinary pass": (
        lambda half: begin_pass(half.store, half.session, half.bea.id, "calls", Purpose.MAIN),
        "“clip a” is a clip of a test. Code it where the course “Hear the calls” asks for it.",
    ),
}


@pytest.mark.parametrize("route", TELLS_LATER)
def test_asked_for_it_the_program_refuses_in_a_sentence(half: Half, route: str) -> None:
    ask, words = TELLS_LATER[route]
    before = half.store.passes()
    with pytest.raises((CodingError, FeatureError), match=words) as told:
        ask(half)
    assert len(told.value.problems) == 1
    assert half.store.passes() == before
    assert not (half.store.folder / "out").exists()


def test_lists_leave_it_out(half: Half, tmp_path: Path) -> None:
    store, ann = half.store, half.ann
    assert [one.step_id for one in scores(store, half.taken, ann.id)] == ["try"]
    assert [one.step.id for one in results(store, half.taken, ann.id)] == ["try"]
    assert certificates(store) == ()
    assert certify(store, half.taken, ann.id, 1) is None
    assert [one.session for one in study_measures(store)] == ["clip try"]
    assert set(study_budgets(store)["session"]) == {"clip try"}
    assert [one.session for one in export_events(store, tmp_path / "out")] == ["clip try"]
    rows = {row.session.name: row.passes for row in overview(store).sessions}
    assert (rows["clip a"][0].events, rows["clip b"][0].events) == (None, None)
    assert rows["clip try"][0].events == 3
    said = [str(one) for one in withheld(store)]
    assert len(said) == 2
    assert all("missing: Ann, Bea." in one for one in said)


def test_evidence_does_not_speak_of_clips_that_nobody_codes_in_earnest(half: Half) -> None:
    found = evidence_of(half.store)
    assert (found.sessions, found.withheld, found.unmeasured) == ((), (), ())


def test_progress_tells_how_many_clips_are_done_and_nothing_else(half: Half) -> None:
    found = progress(half.store, half.taken, half.ann.id)
    assert (found.tests[0].done, found.tests[0].clips, found.tests[0].passed) == (1, 2, None)
    assert found.of("a").attempts[0].sealed
    assert not found.of("try").attempts[0].sealed
    assert found.where.certificate is None


READS: dict[str, Callable[[Half], object]] = {
    "overview": lambda half: overview(half.store),
    "compare": lambda half: compare_study(half.store),
    "agenda": lambda half: agenda(half.store),
    "assignments": lambda half: assignments.progress(half.store),
    "budgets": lambda half: study_budgets(half.store),
    "measures": lambda half: study_measures(half.store),
    "export": lambda half: export_events(half.store, half.store.folder / "out"),
    "report": lambda half: finish(report_steps(half.store)),
    "progress": lambda half: progress(half.store, half.taken, half.ann.id),
    "progress of the other": lambda half: progress(half.store, half.taken, half.bea.id),
    "scores": lambda half: scores(half.store, half.taken, half.ann.id),
    "learning": lambda half: learning(half.store, half.taken, half.ann.id),
    "cohort": lambda half: cohort(half.store),
    "record": lambda half: write_record(half.store, half.ann.id, half.store.folder / "ann.record.json"),
    "what may be a master": lambda half: sources(half.store, "calls"),
    "evidence": lambda half: evidence_of(half.store),
    "blinding": lambda half: Blinding.of(half.store),
    **{name: ask for name, (ask, _) in TELLS_LATER.items()},
}


@pytest.mark.parametrize("route", READS)
def test_no_route_so_much_as_reads_a_pass_or_a_master_of_the_test(
    half: Half, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    """Whatever the route makes of it: what is not read cannot be shown."""
    of_test = {half.a, half.b}
    hidden = {one.id for one in half.store.training.masters() if one.step_id in "abcd"}
    load, sealed = StudyStore.load_pass, TrainingStore.sealed

    def load_pass(store: StudyStore, pass_id: str) -> object:
        assert pass_id not in of_test
        return load(store, pass_id)

    def open_seal(store: TrainingStore, master_id: str) -> str:
        assert master_id not in hidden
        return sealed(store, master_id)

    monkeypatch.setattr(StudyStore, "load_pass", load_pass)
    monkeypatch.setattr(TrainingStore, "sealed", open_seal)
    with suppress(CoderError):  # refusing is what it should do; an AssertionError is not suppressed
        READS[route](half)


def test_the_trainee_goes_on_with_an_open_clip_and_sees_only_their_own(half: Half) -> None:
    opened = open_pass(half.store, half.b)
    assert (len(opened.desk.coding), opened.differences, opened.tracks) == (3, (), ())
    assert findings(half.store, half.b) == []


def test_when_the_test_is_done_its_result_is_told_and_lists_wait_for_the_others(half: Half) -> None:
    store, taken = half.store, half.taken
    submit_pass(store, half.b)
    assert decision(store, taken, half.ann.id, 1).passed
    assert [one.step.id for one in results(store, taken, half.ann.id)] == ["try", "a", "b"]
    assert result(store, half.first.id).key.events
    with pytest.raises(CodingError, match="missing: Bea"):
        open_pass(store, half.a)
    assert [one.session for one in export_events(store, store.folder / "out")] == ["clip try"]
    go(store, taken, half.bea, "try")
    for step in "ab":
        go(store, taken, half.bea, step)
    assert open_pass(store, half.a).readonly
    assert len(export_events(store, store.folder / "out")) == 6


def test_an_ordinary_look_at_the_files_shows_no_master(half: Half) -> None:
    """In plain text, or in what a person would try first to make plain text of: no reason and no row."""
    half.store.snapshot("look")
    reason = REASON.encode()
    sought = [
        reason,
        reason[::-1],
        REASON.encode("utf-16-le"),
        base64.b64encode(reason)[:-4],
        reason.hex().encode(),
    ]
    for file in half.store.folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not [one for one in sought if one in content], file


def test_a_database_browser_shows_no_master(half: Half) -> None:
    folder = half.store.folder
    half.store.close()
    connection = dbapi2.connect(folder / "study.sqlite")
    rows = [str(row) for row in connection.execute("SELECT * FROM master")]
    connection.close()
    assert len(rows) == 6
    for row in rows:
        for word in ("call", "smile", "calm", "4200000", "says"):
            assert word not in row


@pytest.mark.parametrize(
    "command",
    [
        ["measures"],
        ["budgets"],
        ["export", "--out", "out"],
        ["study", "show"],
        ["study", "check"],
        ["agenda"],
        ["evidence"],
        ["training", "progress", "--coder", "Ann"],
        ["training", "progress", "--coder", "Ann", "--json"],
        ["training", "feedback", "--coder", "Ann", "--json"],
        ["training", "decision", "--coder", "Ann"],
        ["training", "certificate", "--coder", "Ann"],
        ["training", "learning", "--coder", "Ann", "--json"],
        ["training", "cohort", "--json"],
        ["training", "rule", "--json"],
    ],
)
def test_commands_tell_nothing_of_it(half: Half, tmp_path: Path, command: list[str]) -> None:
    folder = half.store.folder
    half.store.close()
    out = tmp_path / "out"
    words = [str(out) if word == "out" else word for word in command]
    at = 2 if words[0] in ("study", "training") else 1
    told = CliRunner().invoke(cli, [*words[:at], str(folder), *words[at:]])
    assert told.exit_code in (0, 1)
    written = "".join(file.read_text("utf-8") for file in out.rglob("*") if file.is_file()) if out.exists() else ""
    for text in (told.output, written):
        assert REASON not in text
        assert "4.2" not in text  # where the first call of the test is, in seconds and in microseconds
        assert "4200000" not in text


def test_whoever_makes_courses_sees_masters_that_nobody_is_still_to_code(half: Half) -> None:
    refuse_master(half.store, "calls-first", "watch")
    refuse_master(half.store, "another-course", "b")
    with pytest.raises(CodingError, match="Not done with it: Bea"):
        refuse_master(half.store, "calls-first", "try")
    go(half.store, half.taken, half.bea, "try")
    refuse_master(half.store, "calls-first", "try")


def test_a_master_that_somebody_has_cannot_be_taken_in_to_be_compared(half: Half, tmp_path: Path) -> None:
    file = tmp_path / "master.csv"
    file.write_text("tier,code,onset,offset\ncalls,call,4.2,4.2\n")
    with pytest.raises(CodingError, match="is a clip of a test"):
        import_events(half.store, file, session="clip a", coder="Ann", scheme="calls")


def test_a_study_that_holds_the_answers_refuses_the_course(tmp_path: Path) -> None:
    course = course_file(tmp_path / "course")
    with new_study(tmp_path / "visits", "Visits") as store:
        add_session(store, course.parent / "film.mp4", "visit")
        mika = add_coder(store, "Mika", Role.SUPERVISOR)
        begin_pass(store, store.sessions()[0].id, mika.id, str(course.parent / "scheme.toml"), Purpose.MAIN)
        with pytest.raises(CodingError, match=r"films of the course \(“visit”\): its answers lie open here"):
            take_course(store, course)
        assert store.training.courses() == ()
        assert [session.name for session in store.sessions()] == ["visit"]
