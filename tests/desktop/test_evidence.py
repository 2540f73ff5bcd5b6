"""The page of evidence and its questions in front of the film, by real keys on real films and real passes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from coder.annotate.view.asked import ANSWER_KEYS, CONCERN_NAMES
from coder.annotate.view.layout import Shows
from coder.desktop.evidence_page import EvidencePage
from coder.desktop.evidence_texts import question_facts
from coder.desktop.measure_form import MeasureForm
from coder.desktop.menus import MENUS
from coder.desktop.reliability_pages import ReliabilityPages
from coder.desktop.walk_page import WalkPage
from coder.desktop.walk_rows import WALK_COLUMNS, Source
from coder.desktop.workstation import Workstation
from coder.evidence.moments import once
from coder.language import ENGLISH, speak
from coder.model.disagreement import Disagreement, Verdict
from coder.model.evidence import Answer, Concern, Question, Ruling
from coder.model.problem import Problem, StoreError
from coder.model.study import Role
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore
from coder.workflows.evidence import evidence_of
from coder.workflows.passes import add_coder, begin_pass
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until, write
from tests.desktop.test_windows import mnemonics
from tests.workflows.measured_study import damage, measure
from tests.workflows.supervised import supervised

SHIFT = Qt.KeyboardModifier.ShiftModifier
CLIPS = ("first-practice", "shared-play")
TURNED = Span(42 * SECOND_US, 56 * SECOND_US)
"""Here the measurement says the contrary of what is on the film."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak(ENGLISH)


def study(
    folder: Path,
    *,
    clips: tuple[str, ...] = CLIPS,
    coders: tuple[str, ...] = ("Robin", "Sasha"),
    measured: bool = True,
    supervisor: bool = True,
) -> Path:
    with supervised(folder, clips=clips, coders=coders) as store:
        if supervisor:
            add_coder(store, "Dr. Blau", Role.SUPERVISOR)
        for session in store.sessions() if measured else ():
            measure(store, session, turned=TURNED)
    return folder


def pages(station: Workstation) -> ReliabilityPages:
    assert station.study is not None
    (found,) = station.study.findChildren(ReliabilityPages)
    return found


def shown_page(qtbot: QtBot, station: Workstation, folder: Path) -> EvidencePage:
    """The page of evidence, reached by its key, with what it shows."""
    station.open_study(folder)
    press(Qt.Key.Key_H, CTRL | SHIFT)
    until(qtbot, lambda: not station.strip.busy)
    page = pages(station).evidence
    assert page is not None
    return page


def walked(qtbot: QtBot, station: Workstation, page: EvidencePage) -> WalkPage:
    """The questions of the chosen session, by the key of its button, with a picture."""
    press(Qt.Key.Key_Q, ALT)
    until(qtbot, lambda: pages(station).walk is not None)
    walk = pages(station).walk
    assert walk is not None
    until(qtbot, lambda: walk.view.painted.value is not None)
    return walk


def back(qtbot: QtBot, station: Workstation) -> None:
    """Back to the page of evidence, which reads again what was answered."""
    press(Qt.Key.Key_B, ALT)
    until(qtbot, lambda: pages(station).walk is None)
    until(qtbot, lambda: not station.strip.busy)


def go_to(walk: WalkPage, wanted: Callable[[object], bool]) -> Question:
    """Press Down until such a question is chosen."""
    walk.list.table.setFocus()
    while (row := walk.list.row) is not None and not wanted(row.about):
        before = walk.list.table.row
        press(Qt.Key.Key_Down)
        assert walk.list.table.row == before + 1, "no such question"
    assert row is not None
    assert isinstance(row.about, Question)
    return row.about


def rulings(station: Workstation) -> tuple[Ruling, ...]:
    assert station.store is not None
    return tuple(station.store.rulings())


# the page


def test_coverage_comes_first_then_rules_with_what_they_found(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    found = evidence_of(page._store)
    assert [row.name for row in page.seen.lines.rows] == ["All sessions", *CLIPS]
    first = found.sessions[0].coverage
    assert first is not None
    assert page.seen.hasFocus()
    assert page.seen.row == 1  # the session that was chosen in the study
    row = page.seen.lines.rows[1]
    texts = [column.text(row) for column in page.seen.lines.columns]
    assert texts[1:6] == ["83\u202f%", "83\u202f%", "83\u202f%", "83\u202f%", "10.0\u202fs"]
    asked = once(each for one in found.sessions[0].passes for each in one.open_questions)
    assert texts[6] == str(len(asked))  # what two coders coded alike is one moment
    assert "too dark 17\u202f%" in page.seen_line.text()
    # the numbers are those of the workflow, of the chosen session
    mine = list(found.sessions[0].passes)
    for row in page.rules.lines.rows:
        parts = [one for coding in mine for one in coding.concordances if one.rule == row.sum.rule]
        parts = [one for one in parts if (one.tier, one.code) == (row.sum.tier, row.sum.code)]
        assert row.sum.events == sum(one.events for one in parts)
        assert row.sum.consistent == sum(one.consistent for one in parts)


def test_a_rule_that_was_never_used_says_so_and_gives_no_number(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("phone",), coders=("Robin",)))
    page.rules.setFocus()
    silent = [row for row in page.rules.lines.rows if row.why]
    assert silent
    row = silent[0]
    page.rules.choose(page.rules.lines.rows.index(row))
    assert page.rules.lines.columns[3].text(row) == ""
    assert page.detail.sentence.text().endswith(".")
    assert page.detail.numbers.text()


def test_concordance_has_its_chance_beside_it_and_is_never_called_reliability(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    page.rules.setFocus()
    assert page.rules.row == 0
    press(Qt.Key.Key_Return)
    assert page.detail.parts.hasFocus()
    told = page.detail.numbers.text()
    assert "In shifted time: mean" in told
    assert "which cannot give less than" in told
    assert "Prevalence index" in told
    assert "AUC" in told
    words = " ".join(
        text.lower()
        for text in (told, page.detail.sentence.text(), *(page.detail.tabs.tabText(n) for n in range(6)))
    )
    from coder.desktop import evidence_words  # noqa: PLC0415  read as a text of all its sentences

    source = Path(evidence_words.__file__).read_text("utf-8").lower()
    for word in ("reliab", "agreement", "accura"):
        assert word not in words
        assert word not in source


def test_a_session_with_too_little_seen_is_not_spoken_about(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    folder = study(tmp_path / "study", clips=("phone",), coders=("Robin",), measured=False)
    with StudyStore.open(folder) as store:
        measure(store, store.sessions()[0], seen=0.2)
    page = shown_page(qtbot, workstation, folder)
    both = page.seen.lines.columns[3]
    assert both.tone(page.seen.lines.rows[0]) == "warning"
    assert both.tip(page.seen.lines.rows[0]).startswith("Features cannot speak")
    assert page.seen_line.text().startswith("Features cannot speak about this")
    for row in page.rules.lines.rows:
        assert row.why
        assert row.sum.share.value is None


def test_unmeasured_blind_damaged_and_unsubmitted_are_each_told(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    folder = study(tmp_path / "empty", clips=("phone",), coders=("Robin",), measured=False)
    page = shown_page(qtbot, workstation, folder)
    assert page.nothing.card.heading.text() == "Nothing is measured yet"
    assert page.nothing.button.isVisible()
    assert page.nothing.button.hasFocus()
    assert "phone" in page.nothing.text.text()
    press(Qt.Key.Key_Return)
    shown(qtbot, MeasureForm).close()
    back_to(qtbot, workstation.window)

    folder = study(tmp_path / "blind", clips=("phone",), coders=("Robin",))
    with StudyStore.open(folder) as store:
        late = add_coder(store, "Noa")
        begin_pass(store, store.sessions()[0].id, late.id, "gaze-near")
    page = shown_page(qtbot, workstation, folder)
    assert page.nothing.card.heading.text() == "Evidence waits for the coders"
    assert "Noa" in page.nothing.text.text()
    assert not page.rules.isVisible()

    folder = study(tmp_path / "damaged", clips=("phone",), coders=("Robin",))
    with StudyStore.open(folder) as store:
        path = damage(store, store.sessions()[0])
    page = shown_page(qtbot, workstation, folder)
    assert page.nothing.card.heading.text() == "What was measured cannot be read"
    assert path.name in page.nothing.text.text().replace("\u200b", "")
    assert not nameless(page)


def test_every_button_has_a_letter_of_its_own_and_every_control_a_name(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    page.waiting_button.show()
    buttons = [one.text() for one in page.findChildren(QPushButton) if one.isVisible()]
    (bar,) = page.findChildren(QTabBar)
    texts = [*buttons, *(bar.tabText(n) for n in range(bar.count())), *(menu.label for menu in MENUS)]
    texts += [workstation.strip.cancel_button.text(), workstation.strip.dismiss_button.text(), "Sch&eme", "Code&r"]
    assert max(mnemonics(texts).values()) == 1
    assert not nameless(page)
    for letter in (Qt.Key.Key_C, Qt.Key.Key_T, Qt.Key.Key_O, Qt.Key.Key_M, Qt.Key.Key_I):
        before = page.detail.tabs.currentIndex()
        press(letter, ALT)
        assert page.detail.tabs.currentIndex() != before
    assert "pacifier" in page.detail.misses.text()
    press(Qt.Key.Key_A, ALT)
    press(Qt.Key.Key_W, ALT)
    until(qtbot, lambda: page.detail.tabs.currentIndex() == page.detail.tabs.count() - 1)


def test_models_versions_and_thresholds_are_listed(qtbot: QtBot, workstation: Workstation, tmp_path: Path) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    text = page.detail.sources.text()
    assert "dyad 9.1" in text
    assert "rate_hz = 12.5" in text
    assert "face_landmarker.task" in text
    assert "ab" * 32 in text
    assert "at least 40\u202f%" in text


def test_two_coders_beside_one_signal_and_who_is_seen_is_chosen_by_keys(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    names = [page.detail.contrasts.lines.columns[0].text(row) for row in page.detail.contrasts.lines.rows]
    assert names == ["Mika and Robin", "Mika and Sasha", "Robin and Sasha"]
    press(Qt.Key.Key_R, ALT)
    assert page.coder.hasFocus()
    press(Qt.Key.Key_End)
    assert page.coder.currentText() == "Sasha"
    assert {row.coding.coder.name for row in page.detail.parts.lines.rows} == {"Sasha"}


# the questions


def test_questions_stand_between_disagreements_by_weight_and_one_filter_shows_either(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study"))
    walk = walked(qtbot, workstation, page)
    assert {type(row.about) for row in walk.list.rows} == {Question}  # who comes from evidence sees these first
    asked = len(walk.list.rows)
    walk.list.source.setFocus()
    press(Qt.Key.Key_Home)
    every = walk.list.rows
    assert {type(row.about) for row in every} == {Question, Disagreement}

    def weight(about: Question | Disagreement) -> float:
        return about.score if isinstance(about, Question) else about.weight_us / SECOND_US

    weights = [weight(row.about) for row in every]
    assert weights == sorted(weights, reverse=True)
    assert walk.list.table.hasFocus()  # keys answer again at once
    walk.list.source.setFocus()
    press(Qt.Key.Key_Down)
    assert {type(row.about) for row in walk.list.rows} == {Disagreement}
    assert len(walk.list.rows) + asked == len(every)
    assert walk.list.choice.source is Source.COLLEAGUES


@pytest.mark.parametrize(("answer", "key"), [(answer, key) for answer, key in ANSWER_KEYS.items()])
def test_one_key_answers_and_it_is_on_the_disk_before_it_is_shown(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path, answer: Answer, key: str
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("first-practice",)))
    walk = walked(qtbot, workstation, page)
    about = go_to(walk, lambda one: isinstance(one, Question) and one.concern is Concern.AGAINST)
    seen: list[int] = []

    def look() -> None:
        copy = tmp_path / f"copy-{len(seen)}"
        shutil.copytree(walk.decisions._store.folder, copy)  # as after a power cut: nothing was closed
        with StudyStore.open(copy) as other:
            seen.append(len(other.rulings()))

    model = walk.list.table.model()
    assert model is not None
    model.dataChanged.connect(look)
    press(key)
    assert seen == [1]
    (ruling,) = rulings(workstation)
    assert (ruling.about, ruling.answer, ruling.note) == (about, answer, "")
    assert workstation.store is not None
    assert workstation.store.coder(ruling.actor).name == "Dr. Blau"
    wrong, judged = answer is Answer.FEATURE_WRONG, answer in (Answer.FEATURE_WRONG, Answer.CODE_WRONG)
    assert walk.list.errors.text() == (f"Feature wrong: {int(wrong)} of 1 judged" if judged else "")
    assert walk.list.count.text().startswith("1 of ")


def test_an_answer_is_changed_taken_back_undone_and_its_note_kept(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("first-practice",)))
    walk = walked(qtbot, workstation, page)
    first = walk.list.row
    assert first is not None
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is walk.bar.note
    write("Wall picture, see F")  # its letters are the keys of answers
    press(Qt.Key.Key_Return)
    assert rulings(workstation) == ()
    press("F")
    press(Qt.Key.Key_Up)
    assert walk.bar.note.text() == "Wall picture, see F"
    press("S")
    press("Z", CTRL)
    assert walk.list.row is not None
    assert walk.list.row.key == first.key
    assert walk.list.row.badge == "Feature wrong"
    press(Qt.Key.Key_Delete)
    assert walk.list.row.badge == ""
    assert walk.list.errors.text() == ""
    press("Z", CTRL)
    assert walk.list.row.badge == "Feature wrong"
    answers = [(one.answer, one.note) for one in rulings(workstation)]
    note = "Wall picture, see F"
    assert answers == [
        (Answer.FEATURE_WRONG, note),
        (Answer.UNCLEAR, note),
        (Answer.FEATURE_WRONG, note),
        (None, ""),
        (Answer.FEATURE_WRONG, note),
    ]


def test_what_is_asked_stands_in_a_loop_with_its_curve_its_gaps_and_its_event(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("first-practice",)))
    walk = walked(qtbot, workstation, page)
    about = go_to(
        walk, lambda one: isinstance(one, Question) and one.concern is Concern.AGAINST and bool(one.tier)
    )
    view = walk.view
    front = view.player.front
    until(qtbot, lambda: view.painted.value.index == front.frame_at(about.span.start_us))  # type: ignore[union-attr]  # a frame is shown
    assert view.player.loop.value == view.around(about)
    curves = [row for row in view.rows.rows.shared if row.shows is Shows.TRACK]
    assert curves[0].track is not None
    assert curves[0].track.signal.id == about.feature
    assert curves[0].level is not None
    assert curves[0].height_px > curves[1].height_px
    gaps = view.rows._curves[curves[0].track].gaps.within(Span(30 * SECOND_US, 40 * SECOND_US))
    assert [gap.why.name for gap in gaps if gap.why] == ["DARK"]
    scene = view.rows._scene()
    assert scene.side(scene.content.a).chosen == {about.event_id}
    (card,) = walk.question.shown()
    assert card.text == walk.review.scheme.code(about.tier, about.code).label
    assert walk.question.measured is not None
    assert walk.question.measured.facts == tuple(question_facts(about, walk.review.scheme))
    text = WALK_COLUMNS[0].text(walk.list.row)  # type: ignore[arg-type]  # a row is chosen
    assert text.startswith(CONCERN_NAMES[Concern.AGAINST])
    press(Qt.Key.Key_Space)
    until(qtbot, lambda: view.player.playing)
    press(Qt.Key.Key_Space)


def test_where_colleagues_differ_the_measurement_is_a_fact_and_no_answer_is_taken(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("first-practice",)))
    walk = walked(qtbot, workstation, page)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down):
        walk.list.source.setFocus()
        press(key)
    rules = {code.id for tier in walk.review.scheme.tiers for code in tier.codes if code.evidence}
    row = next(row for row in walk.list.rows if {row.about.code_a, row.about.code_b} & rules)  # type: ignore[union-attr]  # disagreements
    walk.list.choose_key(row.key)
    cards = walk.question.shown()
    assert len(cards) == 2
    assert walk.question.measured is not None
    (fact, *_) = walk.question.measured.facts
    assert " in " in fact or "not measured" in fact
    press("F")
    assert rulings(workstation) == ()
    assert walk.view.strip.text.startswith("Two colleagues differ here")
    press("A")
    assert workstation.store is not None
    assert [one.verdict for one in workstation.store.settlements()] == [Verdict.A]
    walk.list.source.setFocus()
    press(Qt.Key.Key_End)
    press("A")
    assert walk.view.strip.text.startswith("Evidence asks here")


def test_one_pass_alone_is_walked_by_evidence(qtbot: QtBot, workstation: Workstation, tmp_path: Path) -> None:
    page = shown_page(
        qtbot, workstation, study(tmp_path / "study", clips=("first-practice",), coders=(), supervisor=False)
    )
    walk = walked(qtbot, workstation, page)
    assert walk.review.walk is None
    assert not walk.head.consensus_button.isVisible()
    assert not walk.list.source.isVisible()
    assert walk.view.rows.rows.b == ()
    press("F")
    assert rulings(workstation) == ()
    assert walk.view.strip.text.startswith("Nobody has said who settles.")
    walk.head.actor.setCurrentText("Mika")
    walk.list.table.setFocus()
    press("F")
    assert [one.answer for one in rulings(workstation)] == [Answer.FEATURE_WRONG]
    back(qtbot, workstation)
    assert pages(workstation).evidence is page
    assert [(one.wrong, one.judged) for one in page.detail.errors.lines.rows] == [(1, 1)]
    assert not nameless(page)


def test_a_new_measurement_asks_again_what_was_said_of_the_old_feature(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    folder = study(tmp_path / "study", clips=("first-practice",), coders=())
    page = shown_page(qtbot, workstation, folder)
    walk = walked(qtbot, workstation, page)
    walk.head.actor.setCurrentText("Mika")
    press("F")
    press("W")
    assert walk.list.settled_count == 2
    back(qtbot, workstation)
    assert workstation.store is not None
    measure(workstation.store, workstation.store.sessions()[0], turned=TURNED, version="9.2")
    press(Qt.Key.Key_F5)
    until(qtbot, lambda: not workstation.strip.busy)
    assert [one.outdated for one in page.detail.errors.lines.rows if one.outdated]
    again = walked(qtbot, workstation, page)
    assert again.list.settled_count == 1  # what was said of the code stays true


def test_when_it_cannot_be_saved_nothing_is_shown_and_the_note_stays(
    qtbot: QtBot, workstation: Workstation, tmp_path: Path
) -> None:
    page = shown_page(qtbot, workstation, study(tmp_path / "study", clips=("first-practice",)))
    walk = walked(qtbot, workstation, page)
    walk.bar.note.setText("He looks up")
    store, errors = walk.decisions._store, []

    class Full:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def add_ruling(self, _one: Ruling) -> None:
            raise StoreError(Problem("The disk is full."))

    walk.decisions._store = Full()  # type: ignore[assignment]  # a store whose disk is full
    walk._tools = replace(walk._tools, on_error=errors.append)
    press("F")
    assert [str(error) for error in errors] == ["The disk is full."]
    assert walk.list.settled_count == 0
    assert walk.bar.note.text() == "He looks up"
