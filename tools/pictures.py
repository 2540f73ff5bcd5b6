"""Render the manual's pictures: the real windows on the demo study, without a screen.

    python tools/pictures.py                 the ones the manual shows, into docs/pictures/
    python tools/pictures.py --all OUT       every page, theme and size, to look through

The demo study is made (and its pictures measured) in a folder of its own; nothing of the person who runs this is
read or changed.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from pictures_training import trained, trainees, training_scenes
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QWidget

from coder.annotate.commands import Do
from coder.annotate.view.bench import Bench
from coder.desktop.assignment_rows import lines_of
from coder.desktop.assignments_page import AssignmentsPage
from coder.desktop.draw_form import DrawForm
from coder.desktop.errors import show_error
from coder.desktop.evidence_page import EvidencePage
from coder.desktop.reliability_page import ReliabilityPage
from coder.desktop.reliability_pages import ReliabilityPages
from coder.desktop.scheme_field_lists import KeyField
from coder.desktop.walk_page import WalkPage
from coder.desktop.who_page import WhoPage
from coder.desktop.workstation import Workstation
from coder.formats import scheme_text
from coder.model.coding import PassStatus
from coder.model.problem import CodingError, Problem, StudyLockedError
from coder.model.study import Purpose
from coder.settings.folders import own_schemes_folder
from coder.settings.preferences import PreferencesFile
from coder.store import StudyStore
from coder.workflows.assignments import TaskState, assign
from coder.workflows.cameras import add_camera_steps
from coder.workflows.demo import demo_steps
from coder.workflows.drawing import Stratum, carry_out, draw
from coder.workflows.exchange import import_events
from coder.workflows.extraction import extract_steps
from coder.workflows.own_schemes import copy_scheme
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.scheme_drafts import drop_draft
from coder.workflows.scheme_library import library
from coder.workflows.scheme_versions import adopt
from coder.workflows.schemes import scheme_file
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import PassRow, new_study

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
AT_MOST_BYTES = 7_000_000
SIZES = ((1366, 768), (1920, 1080))
HOME = Path(tempfile.gettempdir()) / "coder-pictures"  # one name, so that the same path is on the same pictures
STUDIES = HOME / "Studies"
SHOWN_US = 3_600_000
TWO = "Two cameras"
VERSIONS = "Two versions"
MEASURED = ("first-practice", "cues-responses")  # of the supervised study; measuring takes its time
SUPERVISED = "Reliability 2026"
FILMS = HOME / "Films"
CAMERAS = ("two-cameras.a.mp4", "two-cameras.b.mp4")
CLAP_FRAMES = (158, 120)  # of one moment, as each camera has it
IN_THE_MANUAL = {
    "start",
    "study",
    "films",
    "synchronise",
    "bench",
    "bench-selected",
    "bench-cameras",
    "bench-answers",
    "bench-ratings",
    "results",
    "schemes",
    "scheme-editor",
    "move",
    "reliability",
    "reliability-over-time",
    "walk",
    "assignments",
    "evidence",
    "walk-evidence",
    "who",
    "course",
    "guided",
    "feedback",
    "learning",
    "decision",
    "cohort",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@dataclass(frozen=True)
class Scene:
    """One picture. show: brings the window there and gives what is to be photographed."""

    name: str
    show: Callable[[Workstation], QWidget]


def main() -> int:
    """Make the demo study, then every picture that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", metavar="OUT", type=Path, help="every page, theme and size, into this folder")
    everything: Path | None = parser.parse_args().all
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["CODER_CONFIG_DIR"] = str(HOME / "config")
    os.environ["CODER_DATA_DIR"] = str(HOME / "data")
    os.environ["CODER_CACHE_DIR"] = str(HOME / "cache")
    app = QApplication(["pictures"])
    shutil.rmtree(HOME, ignore_errors=True)
    STUDIES.mkdir(parents=True)
    try:
        return take(app, everything)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


def take(app: QApplication, everything: Path | None) -> int:
    """The demo study and the pictures of it; 1 if they have grown too large for the repository."""
    print("Making the demo study and measuring its pictures …", flush=True)
    made = finish(demo_steps(STUDIES / "Demo study"))
    new_study(STUDIES / "Home visits 2026", "Home visits 2026").close()
    two_cameras()
    two_versions()
    supervised()
    trained()
    trainees(STUDIES)
    if everything is not None:
        for theme in ("light", "dark"):
            for size in SIZES:
                photograph(app, everything, theme, size, wanted=lambda _: True, end=f"-{theme}-{size[0]}")
        return 0
    photograph(app, PICTURES, "light", SIZES[0], wanted=lambda name: name in IN_THE_MANUAL, end="-light")
    photograph_page(made.report, PICTURES / "report.png")
    taken = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{taken / 1e6:.2f} MB in {PICTURES}")
    return 0 if taken < AT_MOST_BYTES else 1


def photograph(
    app: QApplication, out: Path, theme: str, size: tuple[int, int], *, wanted: Callable[[str], bool], end: str
) -> None:
    """Walk through the scenes in one theme and size, and save the wanted ones as `<name><end>.png`."""
    out.mkdir(parents=True, exist_ok=True)
    preferences = PreferencesFile()
    preferences.change(theme=theme, recent=(), window="", splitters={}, tour_seen=True, last_pass=None)
    for folder in ("Home visits 2026", "Demo study"):
        preferences.remember_study(STUDIES / folder, folder)
    workstation = Workstation(preferences)
    workstation.window.resize(*size)
    workstation.window.show()
    for scene in scenes():
        workstation.window.activateWindow()  # elsewhere the window manager does it when a dialog closes
        subject = scene.show(workstation)
        QTest.qWait(600)  # the film is opened and the frame painted on threads of their own
        if wanted(scene.name):
            subject.grab().save(str(out / f"{scene.name}{end}.png"))
        for dialog in dialogs(app):
            dialog.close()
    workstation.window.close()
    QTest.qWait(50)


def photograph_page(page: Path, out: Path) -> None:
    """The upper part of an HTML page, if this machine has a browser that works without a screen."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"{out.name} is as it was: no Chromium here to take it with")
        return
    options = ("--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", "--window-size=1100,900")
    subprocess.run([browser, *options, f"--screenshot={out}", page.as_uri()], check=True, capture_output=True)


def scenes() -> Iterator[Scene]:
    """Every page and its states, in an order a person could walk."""
    yield Scene("start", lambda station: station.window)
    yield Scene("keys", keys)
    yield Scene("new-study", new_study_form)
    yield Scene("empty-study", lambda station: opened(station, "Home visits 2026"))
    yield Scene("study", lambda station: opened(station, "Demo study"))
    yield Scene("results", results)
    yield Scene("start-pass", start_pass_form)
    yield Scene("films", films)
    yield Scene("synchronise", synchronise)
    yield Scene("synchronise-by-hand", by_hand)
    yield Scene("submit", submit_form)
    yield Scene("film-missing", film_missing)
    yield Scene("bench-film-missing", bench_missing)
    yield Scene("bench-another-film", bench_another)
    yield Scene("study-versions", lambda station: opened(station, VERSIONS))
    yield Scene("move", move_review)
    yield Scene("study-again", lambda station: opened(station, "Demo study"))
    yield Scene("schemes", schemes)
    yield Scene("schemes-problems", schemes_problems)
    yield Scene("schemes-trial", schemes_trial)
    yield Scene("scheme-editor", scheme_editor)
    yield Scene("scheme-editor-keys", scheme_editor_keys)
    yield Scene("bench", lambda station: bench(station, PassStatus.OPEN))
    yield Scene("bench-submitted", lambda station: bench(station, PassStatus.SUBMITTED))
    yield Scene("bench-keys", bench_keys)
    yield Scene("bench-selected", bench_selected)
    yield Scene("bench-cameras", bench_cameras)
    yield Scene("bench-pad", bench_pad)
    yield Scene("settings", settings)
    yield Scene("bench-answers", bench_answers)
    yield Scene("bench-answers-judged", bench_judged)
    yield Scene("bench-ratings", bench_ratings)
    yield Scene("walk", walk_differences)
    yield Scene("walk-keys", walk_keys)
    yield Scene("walk-ratings", walk_ratings)
    yield Scene("assignments", assignments)
    yield Scene("assignments-draw", assignments_draw)
    yield Scene("study-blind", study_blind)
    yield Scene("problems", unfinished)
    yield Scene("locked", locked)
    yield Scene("reliability-empty", reliability_empty)
    yield Scene("reliability", reliability)
    yield Scene("reliability-over-time", reliability_over_time)
    yield Scene("reliability-tolerance", lambda station: reliability_tab(station, "Tolerance"))
    yield Scene("reliability-pairs", lambda station: reliability_tab(station, "Every pair"))
    yield Scene("reliability-ratings", reliability_ratings)
    yield from scenes_of_evidence()
    yield from (Scene(name, show) for name, show in training_scenes(STUDIES).items())
    yield Scene("about", about)


def scenes_of_evidence() -> Iterator[Scene]:
    """The page of evidence and its questions."""
    yield Scene("evidence-empty", evidence_empty)
    yield Scene("evidence", evidence)
    yield Scene("evidence-by-code", lambda station: evidence_tab(station, "By code"))
    yield Scene("evidence-two-coders", lambda station: evidence_tab(station, "Two coders"))
    yield Scene("evidence-limits", lambda station: evidence_tab(station, "Limits"))
    yield Scene("walk-evidence", walk_evidence)
    yield Scene("walk-evidence-judged", walk_judged)
    yield Scene("evidence-errors", evidence_errors)
    yield Scene("measure", measure_form)
    yield Scene("who", who)


def schemes(station: Workstation) -> QWidget:
    """The page of schemes, one chosen to be read."""
    own_schemes_folder().mkdir(parents=True, exist_ok=True)
    text = scheme_file("shared-play").read_text("utf-8")
    (own_schemes_folder() / "sent by mail.toml").write_text(text.replace('key = "Q"', 'key = "J"'), "utf-8")
    station.show_schemes()
    page = station.schemes.page
    assert page is not None
    page.list.choose(next(one for one in page.entries if one.title == "Shared Play"))
    return station.window


def schemes_problems(station: Workstation) -> QWidget:
    """A file that cannot be used, with what is wrong on which line."""
    page = station.schemes.page
    assert page is not None
    page.list.choose(next(one for one in page.entries if one.problems))
    return station.window


def schemes_trial(station: Workstation) -> QWidget:
    """A scheme tried on a sample film."""
    station.schemes.try_scheme(scheme_file("shared-play").read_text("utf-8"), "shared-play")
    QTest.qWait(600)
    return station.window


def two_cameras() -> None:
    """A study with a session of two cameras that are not synchronised yet, and an empty pass."""
    FILMS.mkdir()
    for film in CAMERAS:
        shutil.copy(ROOT / "sample_media" / film, FILMS)
    with new_study(STUDIES / TWO, TWO) as store:
        session = add_session(store, FILMS / CAMERAS[0], "Ball play")
        finish(add_camera_steps(store, session.id, FILMS / CAMERAS[1], "room camera"))
        coder = add_coder(store, "Robin")
        begin_pass(store, session.id, coder.id, "gaze-near")


def two_versions() -> None:
    """A study with a pass, and a newer version of the scheme that it was made with."""
    text = scheme_text(ROOT / "schemes" / "shared-play.toml")
    for old, new in (
        ('version = "1.1"', 'version = "1.2"'),
        ('id = "en_watch"\nlabel = "Watching"', 'id = "en_look"\nlabel = "Watching the parent"'),
        ('key = "W"', 'key = "F9"'),
    ):
        text = text.replace(old, new)
    with new_study(STUDIES / VERSIONS, VERSIONS) as store:
        add_session(store, ROOT / "sample_media" / "dyad-first.mp4", "First meeting")
        for coder in ("robin", "sasha"):
            events = ROOT / "sample_media" / f"dyad-first.shared-play.{coder}.csv"
            import_events(store, events, session="First meeting", coder=coder.title(), scheme="shared-play")
        adopt(store, text)


def supervised() -> None:
    """A study of five sessions, coded by the master and by simulated coders: one confuses, one drifts."""
    clips = ("first-practice", "shared-play", "cues-responses", "hard-to-see", "phone")
    samples = ROOT / "sample_media"
    with new_study(STUDIES / SUPERVISED, SUPERVISED) as store:
        for number, clip in enumerate(clips, start=1):
            add_session(store, samples / f"{clip}.mp4", clip)
            for scheme in ("gaze-near", "ratings"):
                passes = {"Mika": samples / f"{clip}.{scheme}.master.csv"}
                for coder, who in (("Toni", "confused"), ("Kim", f"drifting-{number}")):
                    passes[coder] = samples / "passes" / f"{clip}.{scheme}.{who}.csv"
                for coder, file in passes.items():
                    purpose = Purpose.MAIN if coder == "Mika" else Purpose.RELIABILITY
                    import_events(store, file, session=clip, coder=coder, scheme=scheme, purpose=purpose)
        wanted = [session.id for session in store.sessions() if session.name in MEASURED]
        finish(extract_steps(store, wanted, workers=2))


def evidence_empty(station: Workstation) -> QWidget:
    """The page of evidence of a study without a submitted pass."""
    opened(station, "Home visits 2026")
    station.supervise("evidence")
    idle(station)
    return station.window


def evidence(station: Workstation) -> QWidget:
    """What could be seen, and what rules found over all measured sessions."""
    opened(station, SUPERVISED)
    station.supervise("evidence")
    idle(station)
    page = evidence_page(station)
    page.seen.choose(0)
    return evidence_tab(station, "Concordance")


def evidence_tab(station: Workstation, name: str) -> QWidget:
    """A tab beside the table of rules, by its English name."""
    tabs = evidence_page(station).detail.tabs
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at).replace("&", "") == name))
    return station.window


def evidence_errors(station: Workstation) -> QWidget:
    """How often features were found wrong, after two questions were answered."""
    page = station.window.findChild(WalkPage)
    assert page is not None
    page.head.back_button.click()
    idle(station)
    return evidence_tab(station, "Feature errors")


def who(station: Workstation) -> QWidget:
    """Who is who in a measured film: the boxes over it, and where each of the two is seen."""
    opened(station, SUPERVISED)
    study = station.study
    assert study is not None
    row = next(at for at, one in enumerate(study.shown.sessions) if one.measured is not None)
    study.sessions.choose(row)
    study.evidence.who_button.click()
    page = station.window.pages.currentWidget()
    assert isinstance(page, WhoPage)
    while page.view.painted.value is None:
        QTest.qWait(50)
    page.view.player.go_to(2_000_000)
    QTest.qWait(600)
    return station.window


def measure_form(station: Workstation) -> QWidget:
    """What is asked before sessions are measured, with how far each is."""
    opened(station, SUPERVISED)
    assert station.study is not None
    station.study.evidence.button.click()
    return newest_dialog()


def evidence_page(station: Workstation) -> EvidencePage:
    """The page of evidence that is there."""
    return station.window.findChildren(EvidencePage)[-1]


def walk_evidence(station: Workstation) -> QWidget:
    """What evidence asks about one coder's pass, in front of the film."""
    page = evidence_page(station)
    page.coder.setCurrentIndex(page.coder.findText("Toni"))
    page.coder.activated.emit(page.coder.currentIndex())
    page.seen.choose(1)
    page.review()
    walk = station.window.findChild(WalkPage)
    assert walk is not None
    while walk.view.painted.value is None:
        QTest.qWait(50)
    QTest.qWait(600)
    return station.window


def walk_judged(station: Workstation) -> QWidget:
    """Two of the questions answered, and the third one chosen."""
    walk = station.window.findChild(WalkPage)
    assert walk is not None
    walk.head.actor.setCurrentText("Mika")
    for key in "WF":
        QTest.keyClick(walk.list.table, key)
    return station.window


def reliability_empty(station: Workstation) -> QWidget:
    """The desk of a study in which nothing can be compared yet."""
    opened(station, "Home visits 2026")
    station.supervise("desk")
    idle(station)
    return station.window


def reliability(station: Workstation) -> QWidget:
    """The desk, two coders chosen, and what they call each other's codes."""
    opened(station, SUPERVISED)
    station.supervise("desk")
    idle(station)
    return reliability_tab(station, "Confusions", "Toni")


def reliability_over_time(station: Workstation) -> QWidget:
    """How a coder drifts."""
    return reliability_tab(station, "Over time", "Kim")


def reliability_ratings(station: Workstation) -> QWidget:
    """Agreement on ratings, with the differences of the two coders."""
    page = desk(station)
    page.scheme.setCurrentIndex(1)
    page.scheme.activated.emit(1)
    return reliability_tab(station, "Differences", "Toni")


def reliability_tab(station: Workstation, name: str, coder: str = "") -> QWidget:
    """A tab beside the table, by its English name; of one coder and the master if one is named."""
    page = desk(station)
    if coder:
        at = next(at for at in range(page.pair.count()) if coder in page.pair.itemText(at))
        page.pair.setCurrentIndex(at)
        page.pair.activated.emit(at)
    idle(station)
    tabs = page.detail.tabs
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at).replace("&", "") == name))
    page.detail.enter()
    return station.window


def desk(station: Workstation) -> ReliabilityPage:
    """The desk of reliability that is open."""
    return next(page for page in station.window.findChildren(ReliabilityPage) if page.isVisible())


def move_review(station: Workstation) -> QWidget:
    """What moving a pass to the newer version would do."""
    opened(station, VERSIONS)
    assert station.study is not None
    assert station.study.coding is not None
    station.study.verbs.move_wanted.emit(station.study.coding.header.id)
    return station.window


def films(station: Workstation) -> QWidget:
    """The films of a session, the second one chosen, its timing passport read."""
    station.close_bench()
    opened(station, TWO)
    station.show_films()
    idle(station)
    assert station.films is not None
    assert station.films.films is not None
    station.films.films.table.choose(1)
    return station.window


def synchronise(station: Workstation) -> QWidget:
    """Both films' sound with the proposal applied."""
    station.synchronise()
    idle(station)
    return station.window


def by_hand(station: Workstation) -> QWidget:
    """The same moment marked in both films."""
    assert station.films is not None
    assert station.films.sync is not None
    page = station.films.sync
    page.hand_button.click()
    for viewer, frame in zip((page.hand.first, page.hand.other), CLAP_FRAMES, strict=True):
        viewer.go_to(frame)
        while viewer.shown != frame:
            QTest.qWait(50)
        viewer.mark_button.click()
    return station.window


def scheme_editor(station: Workstation) -> QWidget:
    """A copy of a built-in scheme in the editor; a code was just given a key that another code has."""
    known = {entry.scheme.id.name: entry for entry in library() if entry.scheme is not None}
    entry = known.get("looks-at-home") or copy_scheme(known["gaze-near"], "looks-at-home", "Looks at Home")
    assert entry.file is not None
    drop_draft(entry.file)
    station.show_schemes()
    station.schemes.edit(entry)
    editor = station.schemes.editor
    assert editor is not None
    code = ("tiers", 0, "codes", 1)
    editor.go_to(code)
    key = editor.form.fields[(*code, "key")]
    assert isinstance(key, KeyField)
    key.wait()
    QTest.keyClick(key.catcher, "q")
    return station.window


def scheme_editor_keys(station: Workstation) -> QWidget:
    """The same scheme's keys as they lie on the keyboard."""
    assert station.schemes.editor is not None
    station.schemes.editor.go_to(("tiers",))
    return station.window


def results(station: Workstation) -> QWidget:
    """What is computed from the chosen pass."""
    station.show_results()
    assert station.results.page is not None
    return station.window


def submit_form(station: Workstation) -> QWidget:
    """What is listed before a pass is submitted."""
    station.close_bench()
    assert station.study is not None
    station.study.submit_button.click()
    return newest_dialog()


def film_missing(station: Workstation) -> QWidget:
    """The study page while the second film is not where it was."""
    station.close_bench()
    (FILMS / CAMERAS[1]).rename(FILMS / "elsewhere.mp4")
    assert station.study is not None
    station.study.refresh()
    return station.window


def bench_missing(station: Workstation) -> QWidget:
    """A pass on the film that is left; afterwards both are in their places again."""
    shown = first_frame(station)
    (FILMS / "elsewhere.mp4").rename(FILMS / CAMERAS[1])
    return shown


def bench_another(station: Workstation) -> QWidget:
    """A pass whose film is another one; afterwards it is the right one again."""
    station.close_bench()
    shutil.copy(FILMS / CAMERAS[1], FILMS / CAMERAS[0])
    shown = first_frame(station)
    shutil.copy(ROOT / "sample_media" / CAMERAS[0], FILMS)
    return shown


def first_frame(station: Workstation) -> QWidget:
    """The first pass of the chosen session on the bench."""
    assert station.study is not None
    assert station.study.session is not None
    station.open_pass(station.study.session.passes[0].header.id)
    assert station.bench is not None
    while station.bench.bench.painted.value is None:
        QTest.qWait(50)
    return station.window


def idle(station: Workstation) -> None:
    """Wait until nothing is read or compared any more."""
    QTest.qWait(50)
    while station.strip.busy:
        QTest.qWait(50)


def opened(station: Workstation, name: str) -> QWidget:
    """The study page."""
    station.open_study(STUDIES / name)
    return station.window


def new_study_form(station: Workstation) -> QWidget:
    """The form for a new study, filled in."""
    station.preferences.change(study_folder=str(STUDIES))
    station.ask_new_study()
    form = newest_dialog()
    QTest.keyClicks(form.focusWidget(), "Follow-up visits")
    return form


def start_pass_form(station: Workstation) -> QWidget:
    """The form that begins a pass."""
    assert station.study is not None
    station.study.start_pass()
    return newest_dialog()


def bench(station: Workstation, status: PassStatus) -> QWidget:
    """A pass on the bench, some seconds into the film."""
    station.close_bench()
    assert station.study is not None
    assert station.study.session is not None
    passes = station.study.session.passes
    station.open_pass(next(row.header.id for row in passes if row.header.status is status))
    assert station.bench is not None
    on_bench, desk = station.bench.bench, station.bench.opened.desk
    while on_bench.painted.value is None:
        QTest.qWait(50)
    tier = desk.scheme.tiers[0].id
    if status is PassStatus.OPEN and not len(desk.coding):
        code_it(on_bench, station.study.session.passes, station.study.verbs.store)
    on_bench.go_to(SHOWN_US)
    QTest.qWait(400)
    on_bench.select(desk.coding.state_at(tier, SHOWN_US))
    return station.window


def code_it(on_bench: Bench, passes: tuple[PassRow, ...], store: StudyStore) -> None:
    """Code the open pass as another coder did, through the door that a key goes through."""
    example = next(row.header.id for row in passes if row.header.status is PassStatus.SUBMITTED)
    for event in sorted(store.load_pass(example), key=lambda event: event.onset_us):
        on_bench.go_to(event.onset_us)
        QTest.qWait(400)
        on_bench.editing.code(event.tier, event.code)


def bench_answers(station: Workstation) -> QWidget:
    """The review of answers at its second cue; cues and acts are those of the master, nothing is judged yet."""
    station.close_bench()
    with open(ROOT / "sample_media" / "cues-responses.cue-response.master.csv", encoding="utf-8") as file:
        rows = [[row[name] for name in ("tier", "code", "onset", "offset")] for row in csv.DictReader(file)]
    table = HOME / "cues.csv"
    table.write_text("".join(",".join(row) + "\n" for row in (["tier", "code", "onset", "offset"], *rows)))
    folder = STUDIES / f"Answers {station.preferences.value.theme} {station.window.width()}"
    with new_study(folder, "Answers") as store:
        session = add_session(store, ROOT / "sample_media" / "cues-responses.mp4", "Free play")
        made = import_events(
            store, table, session=session.name, coder="Robin", scheme="cue-response", submitted=False
        )
    station.open_study(folder)
    station.open_pass(made.header.id)
    assert station.bench is not None
    while station.bench.bench.painted.value is None:
        QTest.qWait(50)
    station.bench.bench.do(Do.ANSWERS)
    QTest.qWait(600)
    station.bench.bench.do(Do.EVENT_ON)
    QTest.qWait(2600)
    return station.window


def bench_judged(station: Workstation) -> QWidget:
    """The same cue, judged; the details of the answer are asked for."""
    assert station.bench is not None
    station.bench.bench.side.answers.judge("o_match")
    return station.window


def bench_ratings(station: Workstation) -> QWidget:
    """Ratings of a segment: two are given, the second with two moments as evidence."""
    station.close_bench()
    folder = STUDIES / f"Ratings {station.preferences.value.theme} {station.window.width()}"
    with new_study(folder, "Ratings") as store:
        session = add_session(store, ROOT / "sample_media" / "first-practice.mp4", "Free play")
        made = begin_pass(store, session.id, add_coder(store, "Robin").id, "ratings")
    station.open_study(folder)
    station.open_pass(made.id)
    assert station.bench is not None
    on_bench = station.bench.bench
    while on_bench.painted.value is None:
        QTest.qWait(50)
    for value in "56":
        QTest.keyClick(on_bench.timeline, value)
    for at_us in (20_000_000, 41_000_000):
        on_bench.go_to(at_us)
        QTest.qWait(600)
        on_bench.do(Do.MOMENT)
    on_bench.do(Do.BEFORE)
    QTest.qWait(400)
    return station.window


def walk_differences(station: Workstation) -> QWidget:
    """The walk through what two coders differ in: some is settled, the next moment is chosen."""
    opened(station, "Demo study")
    page = walked(station)
    for key in "AS":
        QTest.keyClick(page.list.table, key)
    return station.window


def walk_keys(station: Workstation) -> QWidget:
    """The keys of the walk."""
    page = station.window.findChild(WalkPage)
    assert page is not None
    page.key_help.toggle()
    return station.window


def walk_ratings(station: Workstation) -> QWidget:
    """The same for ratings."""
    folder = STUDIES / f"Two raters {station.preferences.value.theme} {station.window.width()}"
    samples = ROOT / "sample_media"
    with new_study(folder, "Two raters") as store:
        session = add_session(store, samples / "first-practice.mp4", "Free play")
        for coder, kind in (("Robin", "careful"), ("Sasha", "hasty")):
            table = samples / "passes" / f"first-practice.ratings.{kind}.csv"
            import_events(store, table, session=session.name, coder=coder, scheme="ratings")
    station.open_study(folder)
    walked(station)
    return station.window


def assignments(station: Workstation) -> QWidget:
    """Who codes what in a study of 24 sessions, a part of which was drawn for a second coding."""
    folder = STUDIES / f"Two sites {station.preferences.value.theme} {station.window.width()}"
    with new_study(folder, "Two sites") as store:
        two_sites(store)
    station.open_study(folder)
    page = assigning(station).assignments
    assert page is not None
    page.table.choose(blind_one(page))
    return station.window


def assignments_draw(station: Workstation) -> QWidget:
    """The form that draws a second coding, with what would come of it."""
    page = assigning(station).assignments
    assert page is not None
    page.draw_button.click()
    form = newest_dialog()
    assert isinstance(form, DrawForm)
    form.share.setValue(40)
    form.seed.setValue(417)
    form.within[Stratum.GROUP].setChecked(True)
    for box in form.coders.values():
        box.setChecked(True)
    return form


def study_blind(station: Workstation) -> QWidget:
    """The page of a study with a session that is coded blind."""
    assert station.study is not None
    page = assigning(station).assignments
    assert page is not None
    page.back_button.click()
    station.study.sessions.choose(blind_one(page))
    return station.window


def blind_one(page: AssignmentsPage) -> int:
    """The row of the first session whose main coder has submitted, and the second one has not."""
    lines = lines_of(page.standing.blind.store.sessions(), page.standing, page.scheme_name)
    submitted = TaskState.SUBMITTED
    return next(row for row, line in enumerate(lines) if line.waits and line.main[0].state is submitted)


def assigning(station: Workstation) -> ReliabilityPages:
    """The page of assignments."""
    assert station.study is not None
    pages = station.study.findChild(ReliabilityPages)
    assert pages is not None
    pages.show_assignments()
    return pages


def two_sites(store: StudyStore) -> None:
    """24 sessions at two sites, all on one film; Robin and Sasha are main coders, Kim and Noa second ones."""
    first = add_session(store, ROOT / "sample_media" / "dyad-first.mp4", "Visit 1")
    store.set_group(first.id, "north")
    (film,) = first.media
    ids = [first.id]
    for number in range(2, 25):
        ids.append(f"visit-{number}")
        site = "north" if number <= 14 else "south"
        one = replace(first, id=ids[-1], name=f"Visit {number}", media=(replace(film, id=ids[-1]),), group=site)
        store.add_session(one)
    robin, sasha, kim, noa = (add_coder(store, name).id for name in ("Robin", "Sasha", "Kim", "Noa"))
    assign(store, ids[:14], robin, "shared-play")
    assign(store, ids[14:], sasha, "shared-play")
    drawn = draw(store, "shared-play", Fraction(1, 4), [kim, noa], 417, [Stratum.GROUP])
    carry_out(store, drawn)
    tasks = store.assignments()
    for number, task in enumerate((*tasks[:14], *tasks[24:27])):
        header = begin_pass(store, task.session_id, task.coder_id, "shared-play")
        if number not in (12, 15):
            store.submit(header.id, actor=task.coder_id)


def walked(station: Workstation) -> WalkPage:
    """The walk of the first two passes that are compared, as the desk of reliability shows it."""
    assert station.study is not None
    pages = station.study.findChild(ReliabilityPages)
    assert pages is not None
    pages.show()
    idle(station)
    assert pages.desk is not None
    assert pages.desk.comparison is not None
    pages.show_walk(pages.desk.comparison.pairs[0])
    assert pages.walk is not None
    while pages.walk.view.painted.value is None:
        QTest.qWait(50)
    return pages.walk


def keys(station: Workstation) -> QWidget:
    """All keys, away from the bench."""
    station.show_keys()
    return newest_dialog()


def bench_keys(station: Workstation) -> QWidget:
    """The bench's own sheet of keys."""
    station.show_keys()
    return station.window


def bench_selected(station: Workstation) -> QWidget:
    """An open pass with several events of a tier selected."""
    if station.bench is not None:
        station.bench.bench.do(Do.KEYS)
    shown = bench(station, PassStatus.OPEN)
    assert station.bench is not None
    on_bench = station.bench.bench
    on_bench.do(Do.MORE_AFTER)
    on_bench.do(Do.MORE_AFTER)
    QTest.qWait(300)
    return shown


def bench_cameras(station: Workstation) -> QWidget:
    """A session with two cameras that are in step."""
    station.close_bench()
    assert station.study is not None
    rows = station.study.shown.sessions
    station.study.sessions.choose(next(n for n, row in enumerate(rows) if len(row.session.media) > 1))
    QTest.qWait(100)
    shown = first_frame(station)
    assert station.bench is not None
    station.bench.bench.go_to(2 * SHOWN_US)
    QTest.qWait(600)
    return shown


def bench_pad(station: Workstation) -> QWidget:
    """The codes as large buttons."""
    assert station.bench is not None
    station.bench.bench.do(Do.PAD)
    return station.window


def settings(station: Workstation) -> QWidget:
    """What a person can choose."""
    assert station.bench is not None
    station.bench.bench.do(Do.PAD)
    station.close_bench()
    station.show_settings()
    return newest_dialog()


def unfinished(station: Workstation) -> QWidget:
    """What is said when a pass is submitted too early."""
    station.close_bench()
    gaps = [
        Problem(
            f"“{tier} looks at” is not coded for 2.400 s.", "00:00:05.600", "Code the gap: it must not have any."
        )
        for tier in ("Child", "Parent")
    ]
    return show_error(station.window, CodingError(*gaps))


def locked(station: Workstation) -> QWidget:
    """What is said of a study that another window has open."""
    place = str(STUDIES / "Home visits 2026" / "study.sqlite")
    what = "This study is open in another window or program."
    return show_error(
        station.window, StudyLockedError(Problem(what, place, "Close it there, then open it again."))
    )


def about(station: Workstation) -> QWidget:
    """Version and licence."""
    station.show_about()
    return newest_dialog()


def newest_dialog() -> QDialog:
    """The dialog that was opened last."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return dialogs(app)[-1]


def dialogs(app: QApplication) -> list[QDialog]:
    """The visible dialogs, oldest first."""
    return [one for one in app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


if __name__ == "__main__":
    sys.exit(main())
