"""A scheme is written by keyboard: parts, fields, keys that are refused, undo, save, resume, a try on a sample."""

import difflib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coder.desktop.scheme_editing import beginning
from coder.desktop.scheme_editor import SchemeEditor
from coder.desktop.scheme_field_lists import KeyField, Terms
from coder.desktop.scheme_fields import Line
from coder.desktop.scheme_forms import BeginForm, TryForm
from coder.desktop.scheme_wishes import EditorWishes
from coder.desktop.workstation import Workstation
from coder.formats import parse_scheme, read_scheme
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.toml_places import Path as Steps
from coder.model.problem import Problem, SchemeError
from coder.settings.shipped import shipped
from coder.workflows.own_schemes import copy_scheme, save_own
from coder.workflows.scheme_drafts import keep_draft, kept_draft
from coder.workflows.scheme_library import Origin, library, shipped_entries
from coder.workflows.scheme_versions import adopt
from coder.workflows.studies import new_study
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until, write
from tests.formats import UNHURRIED

ENTER, TAB, DOWN, UP, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape
INSERT, DELETE, HOME, SPACE = Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_Space
SHIFT = Qt.KeyboardModifier.ShiftModifier
BLANK = (shipped("schemes") / "templates" / "blank.toml").read_bytes().decode()
GAZE = (shipped("schemes") / "gaze-near.toml").read_bytes().decode()


MENUS = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)")


class Wishes:
    """What the editor asked for. refuse: what saving says no with."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.kept: str | None = None
        self.tried: list[str] = []
        self.left = 0
        self.refuse = ""

    def save(self, text: str) -> str:
        if self.refuse:
            raise SchemeError(Problem(self.refuse))
        self.saved.append(text)
        return "Saved."

    def keep(self, text: str) -> None:
        self.kept = text

    def drop(self) -> None:
        self.kept = None

    def back(self) -> None:
        self.left += 1

    def all(self) -> EditorWishes:
        return EditorWishes(self.save, self.keep, self.drop, self.tried.append, self.back)


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def editor(qtbot: QtBot, wishes: Wishes) -> SchemeEditor:
    return shown_editor(qtbot, BLANK, wishes)


def shown_editor(qtbot: QtBot, text: str, wishes: Wishes) -> SchemeEditor:
    page = SchemeEditor(SchemeDraft.of(text), "One of your own.", wishes.all())
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
    return page


def tab_to(page: SchemeEditor, wanted: Callable[[QWidget], bool]) -> None:
    """Tab until the keyboard is where it is wanted."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and wanted(focus):
            return
        press(TAB)
    raise AssertionError("the keyboard does not come there")


def field(page: SchemeEditor, name: str) -> QWidget:
    """The field of that name in the form that is shown."""
    (found,) = [one for path, one in page.form.fields.items() if path[-1] == name]
    return found


def to_field(page: SchemeEditor, name: str) -> None:
    wanted = field(page, name)
    tab_to(page, lambda focus: focus is wanted or focus is wanted.focusProxy() or wanted.isAncestorOf(focus))


def to_part(page: SchemeEditor, path: Steps) -> None:
    """By arrows in the outline."""
    tab_to(page, lambda focus: focus is page.outline)
    press(HOME)
    for _ in range(120):
        if page.outline.path == path:
            return
        press(DOWN)
    raise AssertionError(f"no part {path}")


def add(qtbot: QtBot, page: SchemeEditor, what: str) -> None:
    """By the menu of what can be added here; the label of the new part has the keyboard then."""
    tab_to(page, lambda focus: focus is page.outline)
    press(INSERT)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is page.add_menu)
    for _ in range(10):
        action = page.add_menu.activeAction()
        if action is not None and action.text() == what:
            break
        QTest.keyClick(page.add_menu, DOWN)
    QTest.keyClick(page.add_menu, ENTER)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    handle = page.window().windowHandle()
    assert handle is not None
    handle.requestActivate()  # elsewhere the window manager does that
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is handle)
    assert page.form.fields[(*page.outline.path, "label")].hasFocus()


def problems(page: SchemeEditor) -> list[str]:
    page.flush()
    return [problem.what for _, problem in page.problems.problems]


def told(page: SchemeEditor, name: str) -> str:
    """What stands under a field in the colour of mistakes."""
    (path,) = [path for path in page.form.fields if path[-1] == name]
    return page.form.told(path)


def give_key(page: SchemeEditor, key: Qt.Key | str) -> KeyField:
    to_field(page, "key")
    key_field = field(page, "key")
    assert isinstance(key_field, KeyField)
    press(ENTER)
    assert key_field.catcher.hasFocus()
    press(key)
    return key_field


def differences(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@MENUS
def test_two_tiers_and_three_codes_by_keyboard_with_keys_that_collide(
    qtbot: QtBot, editor: SchemeEditor, wishes: Wishes
) -> None:
    assert editor.outline.hasFocus()
    assert not nameless(editor)
    to_part(editor, ("tiers", 0))
    press(DELETE)
    assert editor.draft.value(("tiers", 0, "label")) == "Invitations"

    add(qtbot, editor, "Tier")
    write("Smiles")
    assert editor.draft.value(("tiers", 1, "id")) == "smiles"
    to_part(editor, ("tiers", 1, "codes", 0))
    to_field(editor, "label")
    write("Smile")
    to_field(editor, "definition")
    write("Both corners of the mouth are drawn up.")
    add(qtbot, editor, "Code")
    write("No smile")
    to_field(editor, "definition")
    write("Any other look.")
    codes = editor.draft.value(("tiers", 1, "codes"))
    assert [(code["id"], code["key"]) for code in codes] == [("smile", "1"), ("no_smile", "2")]
    assert problems(editor) == []

    # the player's keys are refused at once, with the reason
    for key, why in ((SPACE, "Space starts and stops the film"), ("j", "J plays slower")):
        key_field = give_key(editor, key)
        assert why in key_field.catcher.text()
        assert key_field.catcher.hasFocus()
        press(ESC)
    assert editor.draft.value(("tiers", 1, "codes", 1, "key")) == "2"

    # that of another code is told at both, and mended
    give_key(editor, "q")
    assert problems(editor) == ["The key “Q” already belongs to code “call”."]
    assert "already belongs" in told(editor, "key")
    to_part(editor, ("tiers", 0, "codes", 0))
    assert told(editor, "key") == "“No smile” has the same key. Choose another one here or there."
    assert not editor.try_button.isEnabled()
    press("s", CTRL)
    assert wishes.saved == []
    assert editor.form.fields[("tiers", 1, "codes", 1, "key")].focusProxy() is QApplication.focusWidget()
    press("z", CTRL)
    assert editor.draft.value(("tiers", 1, "codes", 1, "key")) == "2"
    assert problems(editor) == []
    press("z", CTRL | SHIFT)
    assert problems(editor) != []
    give_key(editor, "w")
    assert problems(editor) == []

    press("s", CTRL)
    (saved,) = wishes.saved
    scheme = parse_scheme(saved, "x")
    assert [(tier.label, [(code.label, code.key) for code in tier.codes]) for tier in scheme.tiers] == [
        ("Invitations", [("Invites to play", "Q")]),
        ("Smiles", [("Smile", "1"), ("No smile", "W")]),
    ]
    assert "# a moment: only its onset is marked" in saved
    assert not editor.save_button.isEnabled()
    assert wishes.kept is None


def test_one_definition_of_a_copy_changes_its_lines_and_no_others(qtbot: QtBot, wishes: Wishes) -> None:
    page = shown_editor(qtbot, GAZE, wishes)
    to_part(page, ("tiers", 2, "codes", 0))
    to_field(page, "definition")
    press(Qt.Key.Key_End, CTRL)
    press(SPACE)
    for sign in "Really.":
        press(sign)
    before = [line for line in GAZE.splitlines() if line in differences(GAZE, page.draft.text())[0]]
    press("s", CTRL)
    lines = differences(GAZE, wishes.saved[0])
    assert before
    assert [line[0] for line in lines] == ["-", "+"]
    assert lines[1] == f"+{lines[0][1:]} Really."


def test_undo_takes_back_a_word_at_a_time_and_shows_where(qtbot: QtBot, editor: SchemeEditor) -> None:
    to_part(editor, ("tiers", 0, "codes", 1))
    to_field(editor, "label")
    write("Rests")
    editor.flush()
    to_part(editor, ())
    press("z", CTRL)
    assert editor.outline.path == ("tiers", 0, "codes", 1)
    assert field(editor, "label").hasFocus()
    assert editor.draft.text() == BLANK
    press("z", CTRL)
    assert editor.draft.text() == BLANK
    press("z", CTRL | SHIFT)
    assert editor.draft.value(("tiers", 0, "codes", 1, "label")) == "Rests"
    # the code was saved before: its short name stands in data and does not follow
    assert editor.draft.value(("tiers", 0, "codes", 1, "id")) == "play_off"


def test_parts_are_moved_doubled_and_deleted_by_keys(qtbot: QtBot, editor: SchemeEditor) -> None:
    to_part(editor, ("tiers", 0, "codes", 0))
    press(DOWN, ALT)
    assert editor.outline.path == ("tiers", 0, "codes", 1)
    assert [code["id"] for code in editor.draft.value(("tiers", 0, "codes"))] == ["play_off", "play_on", "unc"]
    press(UP, ALT)
    assert editor.draft.text() == BLANK
    press("d", CTRL)
    assert editor.outline.path == ("tiers", 0, "codes", 1)
    copy = editor.draft.value(("tiers", 0, "codes", 1))
    assert (copy["label"], copy["id"], copy["key"]) == ("Plays", "plays", "3")
    write("Plays alone")
    assert editor.draft.value(("tiers", 0, "codes", 1, "id")) == "plays_alone"
    tab_to(editor, lambda focus: focus is editor.outline)
    press(DELETE)
    assert editor.draft.text() == BLANK
    assert editor.outline.hasFocus()


def test_what_was_just_typed_is_in_the_copy_that_is_made_at_once(editor: SchemeEditor) -> None:
    to_part(editor, ("tiers", 0, "codes", 0))
    to_field(editor, "label")
    write("Plays hard")
    editor.outline.setFocus()
    press("d", CTRL)
    assert [code["label"] for code in editor.draft.value(("tiers", 0, "codes"))][:2] == [
        "Plays hard",
        "Plays hard",
    ]


def test_a_form_has_only_what_makes_sense_for_its_kind(qtbot: QtBot, editor: SchemeEditor) -> None:
    def fields() -> list[str]:
        return [str(path[-1]) for path in editor.form.fields]

    to_part(editor, ("tiers", 0))
    assert fields() == ["label", "id", "stream", "kind", "exclusive", "exhaustive", "default", "rule"]
    to_field(editor, "kind")
    press(DOWN)  # to moments
    assert fields() == ["label", "id", "stream", "kind", "rule"]
    assert QApplication.focusWidget() is field(editor, "kind")
    assert "cannot stand for uncodable time" in " ".join(problems(editor))
    press(DOWN)
    assert fields() == ["label", "id", "stream", "kind", "exclusive", "exhaustive", "rule", "every_ms", "sampling"]
    line = field(editor, "every_ms").focusProxy()
    assert isinstance(line, Line)
    assert line.text() == "10"
    to_field(editor, "every_ms")
    write("2.5")
    assert editor.draft.value(("tiers", 0, "every_ms")) == 2500
    press(Qt.Key.Key_Backspace)
    press("x")
    assert "Here must be a whole number, not text." in problems(editor)
    to_field(editor, "kind")
    press(DOWN)
    assert fields()[4:] == [
        "rule",
        "low",
        "high",
        "anchors",
        "reasons_for",
        "na",
        "every_ms",
        "shortest_ms",
        "viewings",
    ]
    to_field(editor, "anchors")
    write("Not at all.")
    assert editor.draft.value(("tiers", 0, "scale", "anchors")) == {"1": "Not at all."}
    to_part(editor, ("tiers", 0, "codes", 0))
    assert "anchors" in fields()
    assert "key" not in fields()


@MENUS
def test_details_are_ticked_with_space_and_named_ids_follow_new_labels(qtbot: QtBot, editor: SchemeEditor) -> None:
    to_part(editor, ("modifiers",))
    add(qtbot, editor, "Detail")
    write("How loud")
    to_part(editor, ("tiers", 1, "codes", 0))
    to_field(editor, "modifiers")
    press(SPACE)
    assert editor.draft.value(("tiers", 1, "codes", 0, "modifiers")) == ["how_loud"]
    to_part(editor, ("modifiers", 0))
    to_field(editor, "label")
    write("Loudness")
    assert editor.draft.value(("tiers", 1, "codes", 0, "modifiers")) == ["loudness"]
    assert problems(editor) == []
    to_part(editor, ("modifiers", 0))
    press(DELETE)
    assert problems(editor) == ["There is no modifier “loudness”."]
    tab_to(editor, lambda focus: focus is editor.problems.list)
    press(ENTER)
    assert QApplication.focusWidget() is field(editor, "modifiers")
    press(SPACE)
    assert editor.draft.text() == BLANK


def test_what_saving_refuses_is_said_and_nothing_is_lost(
    qtbot: QtBot, editor: SchemeEditor, wishes: Wishes
) -> None:
    wishes.refuse = "There is no room on the disk."
    to_part(editor, ())
    to_field(editor, "title")
    write("Mine")
    press("s", CTRL)
    assert editor.strip.text() == "There is no room on the disk."
    assert editor.save_button.isEnabled()
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: wishes.left == 1)
    assert wishes.kept is not None
    assert 'title = "Mine"' in wishes.kept


def test_what_is_typed_is_kept_soon(qtbot: QtBot, editor: SchemeEditor, wishes: Wishes) -> None:
    to_part(editor, ())
    to_field(editor, "title")
    write("Mine")
    qtbot.waitUntil(lambda: wishes.kept is not None and 'title = "Mine"' in wishes.kept)
    assert "Not saved yet" in editor.line.text()


def test_a_draft_outlives_a_killed_program(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from coder.workflows.scheme_drafts import keep_draft\n"
        "keep_draft(Path(sys.argv[1]), 'name = 1')\n"
        "os.kill(os.getpid(), getattr(signal, 'SIGKILL', signal.SIGTERM))\n"
    )
    run = subprocess.run([sys.executable, "-c", script, str(file)], check=False, env=dict(os.environ))
    assert run.returncode != 0
    assert kept_draft(file) == "name = 1"


def test_what_was_not_saved_is_here_again_and_undo_leads_to_what_is(tmp_path: Path) -> None:
    own = save_own(BLANK)
    assert own.file is not None
    assert beginning(own, library()).now is None
    keep_draft(own.file, BLANK.replace("A New Scheme", "Newer"))
    begun = beginning(own, library())
    assert begun.now is not None
    assert begun.now.value(("title",)) == "Newer"
    assert begun.saved.text() == BLANK
    keep_draft(own.file, "name = [")
    assert beginning(own, library()).now is None


def test_a_scheme_that_a_study_uses_becomes_a_new_version(tmp_path: Path) -> None:
    own = save_own(BLANK)
    with new_study(tmp_path / "study", "Study") as store:
        assert beginning(own, library(store)).now is None
        adopt(store, BLANK)
        begun = beginning(own, library(store))
    assert begun.now is not None
    assert differences(BLANK, begun.now.text()) == ['-version = "0.1"', '+version = "0.2"']
    assert "0.1 is used in this study and stays as it is; this becomes version 0.2" in begun.origin


def test_from_the_library_to_the_editor_to_a_sample_and_back(workstation: Workstation, qtbot: QtBot) -> None:
    press(Qt.Key.Key_E, CTRL | SHIFT)
    press(Qt.Key.Key_L, ALT)
    shown(qtbot, BeginForm)
    write("Play at Home")
    press(ENTER)
    back_to(qtbot, workstation.window)
    page = workstation.schemes.editor
    assert page is not None
    assert page.isVisible()
    to_part(page, ("tiers", 1, "codes", 0))
    to_field(page, "label")
    write("Offers")
    press("s", CTRL)
    assert page.history.is_saved
    (own,) = [entry for entry in library() if entry.origin is Origin.OWN]
    assert own.file is not None
    assert read_scheme(own.file).code("calls", "call").label == "Offers"
    assert kept_draft(own.file) is None

    press(Qt.Key.Key_T, ALT)
    shown(qtbot, TryForm)
    press(ENTER)
    back_to(qtbot, workstation.window)
    until(qtbot, lambda: workstation.schemes.bench is not None)
    bench = workstation.schemes.bench
    assert bench is not None
    until(qtbot, lambda: bench.bench.painted.value is not None)
    press("q")
    assert [event.code for event in bench.opened.desk.coding if event.tier == "calls"] == ["call"]
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.bench is None)
    assert page.isVisible()


def test_of_a_built_in_scheme_a_copy_is_edited(workstation: Workstation) -> None:
    gaze = next(one for one in shipped_entries() if one.scheme is not None and one.scheme.id.name == "gaze-near")
    made = copy_scheme(gaze, "looks", "Looks")
    begun = beginning(made, library())
    assert [line for line in differences(GAZE, begun.saved.text()) if line[0] == "-"] == [
        '-name = "gaze-near"',
        '-version = "1.1"',
        '-title = "Who Looks Where, How Near"',
    ]


def test_a_window_that_closes_keeps_what_was_not_saved(workstation: Workstation, qtbot: QtBot) -> None:
    own = save_own(BLANK)
    assert own.file is not None
    press(Qt.Key.Key_E, CTRL | SHIFT)
    press(Qt.Key.Key_L, CTRL)
    write("A New Scheme")
    press(ENTER)
    assert workstation.schemes.page is not None
    assert workstation.schemes.page.entry is not None
    assert workstation.schemes.page.entry.file == own.file
    press(Qt.Key.Key_E, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.editor is not None)
    page = workstation.schemes.editor
    assert page is not None
    to_field(page, "title")
    write("Half written")
    workstation.window.close()
    assert workstation.schemes.editor is None
    kept = kept_draft(own.file)
    assert kept is not None
    assert 'title = "Half written"' in kept
    assert own.file.read_text("utf-8") == BLANK


STRANGE = st.sampled_from(
    ['""', "0", "-1.5", "true", "1979-05-27", "[]", "[[]]", "[{}]", '["a", 1]', "{}", '{ a = "b" }']
)
ROWS = BLANK.splitlines()
FIELDS = [at for at, row in enumerate(ROWS) if " = " in row and not row.startswith("#")]


@settings(UNHURRIED, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(FIELDS), STRANGE, min_size=1, max_size=5))
@example({FIELDS[9]: "{}", FIELDS[-1]: "[[]]"})
def test_a_scheme_with_any_mistakes_can_be_opened_and_walked_through(qtbot: QtBot, spoilt: dict[int, str]) -> None:
    rows = [f"{row.split(' = ')[0]} = {spoilt[at]}" if at in spoilt else row for at, row in enumerate(ROWS)]
    page = SchemeEditor(SchemeDraft.of("\n".join(rows)), "", Wishes().all())
    for path in list(page.outline.paths):
        page.outline.choose(path)
        assert page.outline.path == path
    for path, _ in page.problems.problems:
        page.go_to(path)
    page.deleteLater()


@pytest.mark.parametrize("name", ["gaze-near", "ratings", "cue-response"])
def test_every_field_of_every_part_has_a_name(qtbot: QtBot, wishes: Wishes, name: str) -> None:
    page = shown_editor(qtbot, (shipped("schemes") / f"{name}.toml").read_bytes().decode(), wishes)
    assert problems(page) == []
    kinds = {tuple(step for step in path if isinstance(step, str)): path for path in page.outline.paths}
    for path in kinds.values():
        page.outline.choose(path)
        assert not nameless(page), path
        assert page.draft.text() == page.history.saved.text()  # looking changes nothing


def test_tab_goes_from_the_parts_through_the_form_to_the_problems(editor: SchemeEditor) -> None:
    to_part(editor, ("derived",))
    to_part(editor, ("tiers", 1, "codes", 0))
    to_field(editor, "label")
    write("")
    press(Qt.Key.Key_Backspace)
    assert problems(editor) == ["The text is empty."]
    seen: list[QWidget | None] = []
    while QApplication.focusWidget() is not editor.problems.list:
        seen.append(QApplication.focusWidget())
        press(TAB)
    assert seen == [field.focusProxy() or field for field in editor.form.fields.values()]


def test_the_keys_of_a_scheme_lie_as_on_the_keyboard(editor: SchemeEditor) -> None:
    to_part(editor, ("tiers",))
    board = editor.part.keyboard
    assert board.isVisible()
    assert board.codes == {
        "1": [(0, "Plays")],
        "2": [(0, "Does not play")],
        "0": [(0, "Not codable")],
        "Q": [(1, "Invites to play")],
    }
    assert "Q: Invites to play" in board.accessibleName()


@MENUS
def test_a_measure_is_put_together_from_a_menu_of_all_codes(qtbot: QtBot, editor: SchemeEditor) -> None:
    to_part(editor, ("derived",))
    add(qtbot, editor, "Measure")
    to_field(editor, "of")
    terms = field(editor, "of")
    assert isinstance(terms, Terms)
    assert [action.text() for action in terms.menu.actions()] == [
        "Play › Plays · play_on",
        "Play › Does not play · play_off",
        "Invitations › Invites to play · call",
    ]
    press(TAB)
    assert terms.button.hasFocus()
    terms.menu.actions()[0].trigger()
    terms.menu.actions()[1].trigger()
    assert editor.draft.value(("derived", 0, "of")) == ["play_on", "play_off"]
    assert terms.isAncestorOf(QApplication.focusWidget() or editor)  # the form was not made anew meanwhile


def test_sentences_of_problems_are_whole_at_any_width(editor: SchemeEditor) -> None:
    to_part(editor, ("tiers", 0, "codes", 0))
    to_field(editor, "definition")
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Delete)
    assert problems(editor)
    sentences = editor.problems.list
    (item,) = [sentences.item(row) for row in range(sentences.count())]
    assert item is not None
    for width in range(200, 420, 7):
        editor.problems.setFixedWidth(width)
        QTest.qWait(0)
        row = sentences.visualItemRect(item)
        inside = row.adjusted(12, 4, -12, -4)
        needed = sentences.fontMetrics().boundingRect(inside, Qt.TextFlag.TextWordWrap, item.text())
        assert needed.height() <= inside.height(), width


def test_a_very_long_title_leaves_the_window_as_wide_as_it_was(qtbot: QtBot) -> None:
    title = "An instrument for all that anybody could ever want to know about two people at a table " * 6
    page = shown_editor(qtbot, SchemeDraft.of(BLANK).with_value(("title",), title).text(), Wishes())
    assert page.minimumSizeHint().width() < 1366
    assert page.title.toolTip().startswith(title.strip())


def test_what_was_said_of_the_beginning_goes_once_it_is_saved(qtbot: QtBot, wishes: Wishes) -> None:
    draft = SchemeDraft.of(BLANK)
    page = SchemeEditor(draft, "This is here again.", wishes.all(), draft.with_value(("title",), "Newer"))
    qtbot.addWidget(page)
    assert page.line.text().startswith("This is here again.")
    page.save()
    assert page.line.text() == "One of your own schemes."


def test_what_another_window_keeps_from_being_saved_is_kept(qtbot: QtBot, wishes: Wishes) -> None:
    draft = SchemeDraft.of(BLANK)
    page = SchemeEditor(draft, "One of your own.", wishes.all(), draft.with_value(("title",), "Newer"))
    qtbot.addWidget(page)
    wishes.refuse = "It was changed by another program meanwhile."
    wishes.kept = None  # the other window has saved, and dropped what both had kept
    page.save()
    assert wishes.kept == page.draft.text()
    assert page.strip.text().startswith(wishes.refuse)


def test_a_page_whose_text_cannot_be_kept_stays_open(qtbot: QtBot, wishes: Wishes) -> None:
    def full(_text: str) -> None:
        raise SchemeError(Problem("No space left on device."))

    draft = SchemeDraft.of(BLANK)
    page = SchemeEditor(draft, "", replace(wishes.all(), keep=full), draft.with_value(("title",), "Newer"))
    qtbot.addWidget(page)
    page.leave()
    assert not wishes.left
    assert page.strip.text().startswith("No space left on device.")
    page.undo()
    page.leave()
    assert wishes.left == 1
