"""The menu bar as data: records that name a command, and the one function that builds menus from them.

`Action.run` names a method of the workstation; menu, shortcuts and the sheet of keys follow from the records.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu, QMenuBar

from coder.desktop.speaking import LANGUAGE_NAMES
from coder.language import later, tr


@dataclass(frozen=True, slots=True)
class Action:
    """One line of a menu. run: the name of a method of the workstation.

    needs_study, needs_pass: greyed without one. group: actions of one group exclude each other; `value` is what is
    handed to the method.
    """

    id: str
    label: str
    run: str
    shortcut: str = ""
    tip: str = ""
    needs_study: bool = False
    needs_pass: bool = False
    group: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu inside a menu. id "recent" is filled when it opens."""

    id: str
    label: str
    entries: tuple[Action, ...] = ()


Entry = Action | Submenu | None
"""None is a separating line."""


@dataclass(frozen=True, slots=True)
class Menu:
    """One menu of the bar."""

    label: str
    entries: tuple[Entry, ...]


MENUS: tuple[Menu, ...] = (
    Menu(
        later("&File"),
        (
            Action("new-study", later("&New study…"), "ask_new_study", "Ctrl+N"),
            Action("open-study", later("&Open study…"), "ask_open_study", "Ctrl+O"),
            Submenu("recent", later("Open &recent")),
            Action("demo-study", later("&Demo study"), "open_demo"),
            None,
            Action("schemes", later("Sche&mes…"), "show_schemes", "Ctrl+Shift+E"),
            None,
            Action("close-study", later("&Close study"), "close_study", "Ctrl+W", needs_study=True),
            Action("settings", later("Se&ttings…"), "show_settings", "Ctrl+,"),
            None,
            Action("quit", later("&Quit"), "quit", "Ctrl+Q"),
        ),
    ),
    Menu(
        later("&Session"),
        (
            Action("films", later("&Films…"), "show_films", "Ctrl+Shift+F", needs_study=True),
            Action("results", later("&Results of the pass…"), "show_results", "Ctrl+Shift+N", needs_study=True),
            Action("add-camera", later("&Add camera…"), "add_camera", needs_study=True),
            Action("synchronise", later("S&ynchronise cameras…"), "synchronise", needs_study=True),
            None,
            Action("find-films", later("&Look for missing films…"), "find_films", needs_study=True),
            Action("convert-film", later("&Convert a film…"), "convert_film", needs_study=True),
        ),
    ),
    Menu(
        later("Reliabilit&y"),
        (
            Action(
                "reliability", later("&Reliability…"), "supervise", "Ctrl+Shift+L", needs_study=True, value="desk"
            ),
            Action(
                "assignments",
                later("&Assignments…"),
                "supervise",
                "Ctrl+Shift+T",
                needs_study=True,
                value="assignments",
            ),
            Action(
                "walk",
                later("&Walk the disagreements…"),
                "supervise",
                "Ctrl+Shift+U",
                needs_study=True,
                value="walk",
            ),
            None,
            Action(
                "evidence", later("&Evidence…"), "supervise", "Ctrl+Shift+H", needs_study=True, value="evidence"
            ),
            None,
            Action(
                "reliability-report", later("Reliability re&port…"), "supervise", needs_study=True, value="report"
            ),
            Action("agenda", later("A&genda of a meeting…"), "supervise", needs_study=True, value="agenda"),
        ),
    ),
    Menu(
        later("Training"),  # all its letters stand for buttons already; F10 and the arrows lead here
        (
            Action("courses", later("&Courses…"), "train", "Ctrl+Shift+C", value="courses"),
            Action("cohort", later("&All trainees…"), "train", "Ctrl+Shift+O", value="cohort"),
            Action("make-course", later("&Make a course…"), "train", needs_study=True, value="make"),
        ),
    ),
    Menu(
        later("&View"),
        (
            Submenu(
                "theme",
                later("&Theme"),
                (
                    Action("theme-system", later("As the &system"), "set_theme", group="theme", value="system"),
                    Action("theme-light", later("&Light"), "set_theme", group="theme", value="light"),
                    Action("theme-dark", later("&Dark"), "set_theme", group="theme", value="dark"),
                ),
            ),
            Submenu(
                "language",
                later("L&anguage"),
                (
                    Action(
                        "language-system",
                        later("As the &system"),
                        "set_language",
                        group="language",
                        value="system",
                    ),
                    *(
                        Action(f"language-{code}", name, "set_language", group="language", value=code)
                        for code, name in LANGUAGE_NAMES.items()
                    ),
                ),
            ),
            None,
            Action("larger-text", later("&Larger text"), "larger_text", "Ctrl+Alt++"),
            Action("smaller-text", later("&Smaller text"), "smaller_text", "Ctrl+Alt+-"),
            Action("normal-text", later("&Normal text"), "normal_text", "Ctrl+Alt+0"),
        ),
    ),
    Menu(
        later("&Help"),
        (
            Action("keys", later("&Keys"), "show_keys", "F1"),
            Action("key-card", later("Key &card to print"), "show_key_card", needs_pass=True),
            Action("tour", later("&Tour of the bench"), "show_tour", needs_pass=True),
            None,
            Action("about", later("&About"), "show_about"),
        ),
    ),
)

Run = Callable[[Action], None]


class BuiltMenus:
    """The menu bar's actions by id, and its submenus by id."""

    def __init__(self, bar: QMenuBar, menus: tuple[Menu, ...], run: Run) -> None:
        self.actions: dict[str, QAction] = {}
        self.submenus: dict[str, QMenu] = {}
        self._records: dict[str, Action] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._bar, self._run = bar, run
        for menu in menus:
            built = QMenu(tr(menu.label), bar)
            bar.addMenu(built)
            self._fill(built, menu.entries)

    def set_study_open(self, is_open: bool) -> None:
        """Grey what needs a study while there is none."""
        for record in self._records.values():
            if record.needs_study:
                self.actions[record.id].setEnabled(is_open)

    def set_pass_open(self, is_open: bool) -> None:
        """Grey what needs a pass on the bench while there is none."""
        for record in self._records.values():
            if record.needs_pass:
                self.actions[record.id].setEnabled(is_open)

    def choose(self, group: str, value: str) -> None:
        """Mark the action of a group that holds now."""
        for record in self._records.values():
            if record.group == group:
                self.actions[record.id].setChecked(record.value == value)

    def _fill(self, menu: QMenu, entries: tuple[Entry, ...]) -> None:
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif isinstance(entry, Submenu):
                inner = QMenu(tr(entry.label), menu)
                menu.addMenu(inner)
                self.submenus[entry.id] = inner
                self._fill(inner, entry.entries)
            else:
                menu.addAction(self._built(entry))

    def _built(self, record: Action) -> QAction:
        action = QAction(tr(record.label), self._bar)
        action.setObjectName(record.id)
        if record.shortcut:
            action.setShortcut(QKeySequence(record.shortcut))
        if record.group:
            action.setCheckable(True)
            group = self._groups.setdefault(record.group, QActionGroup(self._bar))
            group.addAction(action)
        action.triggered.connect(lambda _checked, record=record: self._run(record))
        self.actions[record.id] = action
        self._records[record.id] = record
        return action
