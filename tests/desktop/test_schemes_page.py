"""The page of schemes by keyboard: read, look for words, copy, import, export, try, delete, begin anew."""

import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coder.desktop.errors import ErrorBox
from coder.desktop.look import theme_now
from coder.desktop.menus import MENUS
from coder.desktop.scheme_forms import BeginForm, DeleteForm, ExportForm, ImportForm, TryForm
from coder.desktop.scheme_list import SchemeList
from coder.desktop.schemes_page import SchemesPage
from coder.desktop.study_forms import StartPassForm
from coder.desktop.workstation import Workstation
from coder.model.study import Purpose
from coder.settings.folders import own_schemes_folder
from coder.settings.shipped import shipped
from coder.workflows.own_schemes import copy_scheme
from coder.workflows.scheme_library import Entry, Origin, entry_for, library, own_entries
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until, write

ENTER, TAB, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Escape
SHIFT = Qt.KeyboardModifier.ShiftModifier
POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen
BLANK = shipped("schemes") / "templates" / "blank.toml"


def opened(workstation: Workstation) -> SchemesPage:
    """The page, by its key."""
    press(Qt.Key.Key_E, CTRL | SHIFT)
    page = workstation.schemes.page
    assert page is not None
    assert page.isVisible()
    return page


def chosen(page: SchemesPage) -> Entry:
    assert page.entry is not None
    return page.entry


def choose(page: SchemesPage, title: str) -> None:
    """By the filter: its words, then Enter to the list."""
    press(Qt.Key.Key_L, CTRL)
    write(title)
    press(ENTER)
    assert chosen(page).title == title


def more(qtbot: QtBot, page: SchemesPage, letter: str) -> None:
    """A line of the menu of what else can be done."""
    press(Qt.Key.Key_M, ALT)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is page.more)
    QTest.keyClick(page.more, letter)


def names(page: SchemesPage, origin: Origin) -> list[str]:
    return [entry.title for entry in page.list.shown if entry.origin is origin]


def test_schemes_are_read_by_keyboard_without_a_study(workstation: Workstation, qtbot: QtBot) -> None:
    page = opened(workstation)
    assert page.list.hasFocus()
    assert not page.use_button.isVisible()
    assert not nameless(page)
    titles = [entry.title for entry in page.list.shown]
    assert titles[0] == chosen(page).title
    for title in titles[1:]:
        press(DOWN)  # headings and remarks are passed over
        assert chosen(page).title == title
        assert page.reading_card.heading.text() == title
        assert title in page.reading.text.toPlainText()
    choose(page, "Shared Play")
    press(ENTER)
    assert page.reading.text.hasFocus()
    press(Qt.Key.Key_F, CTRL)
    write("invit")
    count = page.reading.text.toPlainText().casefold().count("invit")
    assert count > 3
    assert page.reading.found.text() == f"found {count}×"
    places = []
    for _ in range(count):
        places.append(page.reading.text.textCursor().selectionStart())
        press(ENTER)
    assert places == sorted(set(places))
    assert page.reading.text.textCursor().selectionStart() == places[0]  # after the last comes the first
    press(ENTER, SHIFT)
    assert page.reading.text.textCursor().selectionStart() == places[-1]
    press(ESC)
    assert page.reading.text.hasFocus()
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.page is None)
    assert workstation.start.isVisible()


def test_a_filter_finds_words_of_codes_and_says_when_nothing_has_them(workstation: Workstation) -> None:
    page = opened(workstation)
    press(Qt.Key.Key_L, CTRL)
    write("peekaboozle")
    assert page.list.shown == ()
    assert page.none.isVisible()
    assert page.entry is None
    assert not any(
        one.isEnabled() for one in (page.try_button, page.edit_button, page.copy_button, page.more_button)
    )
    write("tuned warm")
    assert [entry.title for entry in page.list.shown] == ["Segment Ratings"]
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Backspace)
    assert len(page.list.shown) == len(page.entries)
    assert page.entry is not None


def test_a_heading_is_gone_to(workstation: Workstation) -> None:
    page = opened(workstation)
    choose(page, "Shared Play")
    contents = page.reading.contents
    labels = [contents.itemText(at).strip() for at in range(contents.count())]
    at = next(at for at, text in enumerate(labels) if "Turns" in text or "turns" in text)
    contents.setFocus()
    while contents.currentIndex() != at:
        press(DOWN)
    contents.activated.emit(at)  # what Enter in the opened list does
    assert page.reading.text.textCursor().block().text().strip() == labels[at]


@POPUP
def test_a_scheme_is_copied_exported_deleted_and_taken_back(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(workstation)
    choose(page, "Shared Play")
    press(Qt.Key.Key_C, ALT)
    form = shown(qtbot, BeginForm)
    assert not nameless(form)
    write("Play at Home")
    assert form.name.text() == "play-at-home"
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert (chosen(page).title, chosen(page).origin) == ("Play at Home", Origin.OWN)
    assert names(page, Origin.OWN) == ["Play at Home"]
    assert page.delete_action.isEnabled()

    more(qtbot, page, "x")
    export = shown(qtbot, ExportForm)
    write(str(tmp_path))
    assert "play-at-home-1.0.toml" in export.outcome.text()
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert (tmp_path / "play-at-home-1.0.toml").read_text("utf-8") == chosen(page).text

    more(qtbot, page, "l")
    shown(qtbot, DeleteForm)
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert names(page, Origin.OWN) == []
    assert "deleted" in workstation.strip.text
    workstation.strip.offer_button.click()
    assert names(page, Origin.OWN) == ["Play at Home"]


def test_a_name_that_is_taken_stays_in_the_form(workstation: Workstation, qtbot: QtBot) -> None:
    copy_scheme(entry_for("shared-play"), "ours", "Ours")
    page = opened(workstation)
    choose(page, "Ours")
    press(Qt.Key.Key_C, ALT)
    form = shown(qtbot, BeginForm)
    press(TAB)
    write("ours")
    assert "already a scheme “ours”" in form.outcome.text()
    press(ENTER)
    assert form.strip.isVisible()
    assert form.isVisible()
    press(ESC)


def test_a_scheme_is_imported_and_a_broken_one_refused_with_its_lines(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path
) -> None:
    text = BLANK.read_text("utf-8").replace('"blank"', '"sent"').replace("A New Scheme", "Sent")
    good, broken = tmp_path / "sent.toml", tmp_path / "broken.toml"
    good.write_text(text, "utf-8")
    broken.write_text(text.replace('key = "Q"', 'key = "K"').replace('kind = "point"', 'kind = "pint"'), "utf-8")
    key_line = text.splitlines().index('key = "Q"') + 1
    page = opened(workstation)

    press(Qt.Key.Key_I, ALT)
    shown(qtbot, ImportForm)
    write(str(broken))
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert (
        f"broken.toml:{key_line} tier calls, code call, key: The key “K” is reserved: K stops the film."
        in box.details
    )
    assert "“pint” is not possible here. Did you mean “point”?" in box.details
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert names(page, Origin.OWN) == []

    press(Qt.Key.Key_I, ALT)
    shown(qtbot, ImportForm)
    write(str(good))
    press(ENTER)
    back_to(qtbot, workstation.window)
    assert chosen(page).title == "Sent"
    assert "“Sent” is imported." in workstation.strip.text

    good.write_text(text + "# another text\n", "utf-8")
    press(Qt.Key.Key_I, ALT)
    shown(qtbot, ImportForm)
    write(str(good))
    press(ENTER)
    box = shown(qtbot, ErrorBox)
    assert "already another text of “sent”" in box.details
    assert "Give this one another version" in box.details
    box.close()


def test_a_broken_file_in_the_folder_is_listed_with_its_problems(workstation: Workstation) -> None:
    own_schemes_folder().mkdir(parents=True)
    text = BLANK.read_text("utf-8").replace('key = "Q"', 'key = "K"')
    (own_schemes_folder() / "hand made.toml").write_text(text, "utf-8")
    page = opened(workstation)
    page.list.choose(own_entries()[0])
    shown_text = page.reading.text.toPlainText()
    line = text.splitlines().index('key = "K"') + 1
    assert f"hand made.toml:{line}" in shown_text
    assert f'{line}  key = "K"' in shown_text
    assert not page.try_button.isEnabled()
    assert not page.copy_button.isEnabled()
    assert page.edit_button.isEnabled()
    (own_schemes_folder() / "hand made.toml").write_text(text.replace('"K"', '"Q"'), "utf-8")
    press(Qt.Key.Key_F5)
    assert chosen(page).usable


def test_a_scheme_is_tried_on_a_sample_and_nothing_stays(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    page = opened(workstation)
    choose(page, "Shared Play")
    press(Qt.Key.Key_T, ALT)
    form = shown(qtbot, TryForm)
    assert not nameless(form)
    assert form.clip.value == "shared-play"
    form.clip.setCurrentText("dyad-first")
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.schemes.bench is not None)
    bench_page = workstation.schemes.bench
    assert bench_page is not None
    until(qtbot, lambda: bench_page.bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    assert not bench_page.submit_button.isVisible()
    press("6")
    assert [event.code for event in bench_page.opened.desk.coding if event.tier == "engage"][-1] == "en_mutual"
    assert list(temporary.iterdir())
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.bench is None)
    assert list(temporary.iterdir()) == []
    assert page.isVisible()
    assert chosen(page).title == "Shared Play"
    assert workstation.preferences.value.last_pass is None
    assert workstation.places.of(bench_page.opened.header.id) is None


def test_a_trial_ends_with_the_window(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())
    opened(workstation)
    workstation.schemes.try_scheme(BLANK.read_text("utf-8"), "dyad-first")
    assert workstation.schemes.bench is not None
    workstation.window.close()
    assert workstation.schemes.bench is None
    assert [
        path for path in sorted(tmp_path.iterdir()) if path not in before and path.name.startswith("coder-")
    ] == []


def test_what_cannot_be_tried_is_told(workstation: Workstation, qtbot: QtBot) -> None:
    opened(workstation)
    workstation.schemes.try_scheme(BLANK.read_text("utf-8").replace('key = "Q"', 'key = "K"'), "dyad-first")
    assert "reserved" in shown(qtbot, ErrorBox).details
    assert workstation.schemes.bench is None


def test_an_own_scheme_is_used_in_a_study_and_offered_for_a_pass(
    workstation: Workstation, qtbot: QtBot, coded: Path
) -> None:
    copy_scheme(entry_for("shared-play"), "ours", "Ours")
    workstation.preferences.change(command_keys={"play": ("Q",)})
    workstation.open_study(coded)
    press(Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.page is not None)
    page = workstation.schemes.page
    assert page is not None
    assert names(page, Origin.STUDY) == ["Who Looks Where, How Near"]
    choose(page, "Ours")
    assert "has the key Q, which is the key of “Play or pause”" in page.note.text()
    press(Qt.Key.Key_U, ALT)
    qtbot.waitUntil(lambda: "Ours" in names(page, Origin.STUDY))
    assert (chosen(page).origin, chosen(page).title) == (Origin.STUDY, "Ours")
    assert names(page, Origin.STUDY) == ["Ours", "Who Looks Where, How Near"]
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.page is None)
    study = workstation.study
    assert study is not None
    assert study.isVisible()
    press(Qt.Key.Key_P, ALT)
    form = shown(qtbot, StartPassForm)
    assert not form.warning.text() or "Q" in form.warning.text()
    form.scheme.setFocus()
    while form.scheme.value != "ours":
        press(DOWN)
    assert "Play or pause" in form.warning.text()
    form.purpose.setCurrentText("Training")
    press(ENTER)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    bench = workstation.bench
    assert bench is not None
    assert bench.opened.scheme.id.name == "ours"
    assert bench.opened.header.purpose is Purpose.TRAINING


def test_from_the_bench_and_back_to_the_same_pass(workstation: Workstation, qtbot: QtBot, coded: Path) -> None:
    workstation.open_study(coded)
    assert workstation.study is not None
    workstation.study.open_button.click()
    assert workstation.bench is not None
    pass_id = workstation.bench.opened.header.id
    page = opened(workstation)
    assert workstation.bench is None
    assert page.isVisible()
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.schemes.page is None)
    bench = workstation.bench
    assert bench is not None
    assert bench.opened.header.id == pass_id


def test_the_text_follows_theme_and_size(workstation: Workstation, qtbot: QtBot) -> None:
    page = opened(workstation)

    def state() -> tuple[str, float]:
        document = page.reading.text.document()
        assert document is not None
        return document.toHtml(), document.size().height()

    before = state()
    for _ in range(3):
        workstation.set_text(16)
        qtbot.waitUntil(lambda: state()[1] > before[1])
        workstation.set_theme("dark")
        dark = theme_now().accent.casefold()
        qtbot.waitUntil(lambda dark=dark: dark in state()[0])
        workstation.set_theme("light")
        qtbot.waitUntil(lambda dark=dark: dark not in state()[0])
        workstation.normal_text()
        qtbot.waitUntil(lambda: state()[1] == before[1])


def test_a_checklist_is_begun_from_its_template_and_edited(workstation: Workstation, qtbot: QtBot) -> None:
    page = opened(workstation)
    press(Qt.Key.Key_L, ALT)
    form = shown(qtbot, BeginForm)
    assert not nameless(form)
    form.begin_from.setCurrentText("Checklist (empty)")
    write("Our Checklist")
    press(ENTER)
    back_to(qtbot, workstation.window)
    editor = workstation.schemes.editor
    assert editor is not None
    assert editor.isVisible()
    (made,) = own_entries()
    assert made.scheme is not None
    assert (made.scheme.id.name, made.title) == ("our-checklist", "Our Checklist")
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(page.isVisible)
    assert chosen(page).title == "Our Checklist"


def test_no_letter_stands_for_two_buttons_of_the_page(workstation: Workstation, coded: Path) -> None:
    workstation.open_study(coded)
    page = opened(workstation)
    strip = workstation.strip
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    texts = [one.text() for one in (*buttons, strip.cancel_button, strip.dismiss_button)]
    texts += [*(menu.label for menu in MENUS), "Und&o"]  # what the strip offers after a deletion
    letters = Counter(match[1].upper() for text in texts for match in re.finditer(r"&(\w)", text))
    assert len(buttons) >= 8
    assert max(letters.values()) == 1
    lines = Counter(match[1].upper() for one in page.more.actions() for match in re.finditer(r"&(\w)", one.text()))
    assert max(lines.values()) == 1


def test_lines_stay_short_enough_to_read_in_a_wide_window(workstation: Workstation) -> None:
    page = opened(workstation)
    workstation.window.resize(2400, 900)
    QTest.qWait(50)
    document = page.reading.text.document()
    assert document is not None
    assert document.textWidth() < 1000 < page.reading.text.width()


def test_the_key_of_the_page_leads_from_a_trial_to_the_library(workstation: Workstation, qtbot: QtBot) -> None:
    page = opened(workstation)
    workstation.schemes.try_scheme(BLANK.read_text("utf-8"), "dyad-first")
    bench = workstation.schemes.bench
    assert bench is not None
    until(qtbot, lambda: bench.bench.painted.value is not None)
    press(Qt.Key.Key_F1)
    assert bench.bench.key_help.isVisible()
    press(ESC)
    press(Qt.Key.Key_E, CTRL | SHIFT)
    assert workstation.schemes.bench is None
    assert page.isVisible()


def test_where_there_is_little_room_the_titles_have_it(qtbot: QtBot) -> None:
    made = SchemeList()
    qtbot.addWidget(made)
    made.show_entries(library(), with_study=False)
    made.resize(420, 400)
    made.show()
    assert not made.isColumnHidden(2)
    made.resize(260, 400)
    assert made.isColumnHidden(2)
    assert made.columnWidth(0) > 0.6 * made.width()


def test_the_text_of_a_scheme_grows_with_that_of_the_window(workstation: Workstation, qtbot: QtBot) -> None:
    page = opened(workstation)
    document = page.reading.text.document()
    assert document is not None

    def lead_pt() -> float:
        """The size of the summary, the first whole sentence."""
        summary = page.entry.scheme.summary if page.entry is not None and page.entry.scheme is not None else ""
        return document.find(summary[:20]).charFormat().fontPointSize()

    assert lead_pt() == pytest.approx(11)
    workstation.set_text(15)
    qtbot.waitUntil(lambda: lead_pt() == pytest.approx(16.5))
    workstation.normal_text()
    qtbot.waitUntil(lambda: lead_pt() == pytest.approx(11))
