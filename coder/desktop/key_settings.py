"""The card of the settings that changes keys: every command, and every code of one scheme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from PyQt6.QtWidgets import QHBoxLayout, QLineEdit

from coder.annotate.keycaps import shown
from coder.annotate.keymap import COMMAND, Do, KeyChoices, Keymap
from coder.desktop.forms import Choice
from coder.desktop.key_catcher import KeyCatcher
from coder.desktop.pieces import Card, button, label
from coder.desktop.tables import Column, Rows, Table
from coder.language import later, tr
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.settings.preferences import PreferencesFile
from coder.workflows.chosen_keys import keep_keys, keys_of

_TAKEN = later("Press another key, or Esc to leave it as it is.")


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A command or a code as it is listed. do: None for a code. code: (tier, code), None for a command."""

    name: str
    group: str
    keys: tuple[str, ...]
    changed: bool
    do: Do | None = None
    code: tuple[str, str] | None = None


COLUMNS: tuple[Column[KeyRow], ...] = (
    Column(later("What it does"), lambda row: row.name, tip=lambda row: row.name, wide=True),
    Column(later("Key"), lambda row: "   ".join(map(shown, row.keys)) or "–", width_px=170),
    Column(
        later("Group"),
        lambda row: row.group,
        tone=lambda row: "warning" if row.changed else "",
        tip=lambda row: tr("Changed by you") if row.changed else "",
        width_px=185,
    ),
)


def key_rows(scheme: Scheme, choices: KeyChoices) -> Iterator[KeyRow]:
    """All codes of a scheme that can have a key, then all commands, with the keys in force."""
    keymap = Keymap(scheme, choices)
    for tier, code in scheme.codes():
        if code.key:
            place = (tier.id, code.id)
            key = keymap.key_of(*place)
            yield KeyRow(code.label, tier.label, (key,) if key else (), place in choices.codes, code=place)
    for group, commands in keymap.groups():
        for command in commands:
            changed = command.do in choices.commands
            yield KeyRow(tr(command.label), tr(group), command.keys, changed, do=command.do)


class KeysCard(Card):
    """Search, choose, press Change, press the new key. A key that something else has is refused at once."""

    def __init__(self, preferences: PreferencesFile, schemes: Sequence[Scheme], scheme_name: str = "") -> None:
        super().__init__(tr("Keys"))
        self._preferences = preferences
        self._adding = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search the keys"))
        self.search.setClearButtonEnabled(True)
        chosen = next((one for one in schemes if one.id.name == scheme_name), schemes[0])
        self.scheme = Choice[Scheme]([(one.title, one) for one in schemes], chosen)
        self.scheme.setAccessibleName(tr("Scheme whose codes are listed"))
        self.rows = Rows[KeyRow](COLUMNS, self)
        self.table = Table(self.rows, tr("Commands and codes with their keys"))
        self.catcher = KeyCatcher(self._take, self._leave)
        self.note = label("", "muted", wrap=True)
        self.change_button = button(tr("&Change…"), self.change)
        self.add_button = button(tr("&Add a key…"), self.add)
        self.usual_button = button(tr("&Usual key"), self.reset)
        self.reset_button = button(tr("&Reset all"), self.reset_all)
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._list())
        self.scheme.currentIndexChanged.connect(lambda _index: self._list())
        self.table.opened.connect(lambda _row: self.change())
        self.table.chosen.connect(lambda _row: self._show_can_do())
        self._list()

    @property
    def choices(self) -> KeyChoices:
        """The changed keys as they are kept now."""
        return keys_of(self._preferences.value, self.scheme.value)

    @property
    def row(self) -> KeyRow | None:
        """The chosen row."""
        return self.rows.rows[self.table.row] if 0 <= self.table.row < len(self.rows.rows) else None

    def change(self) -> None:
        """Wait for the key that takes the place of the row's keys."""
        self._wait(adding=False)

    def add(self) -> None:
        """Wait for another key of the row's command."""
        self._wait(adding=True)

    def reset(self) -> None:
        """The row has its usual keys again."""
        row, choices = self.row, self.choices
        if row is not None:
            commands = {do: keys for do, keys in choices.commands.items() if do is not row.do}
            codes = {place: key for place, key in choices.codes.items() if place != row.code}
            self._keep(KeyChoices(commands, codes))

    def reset_all(self) -> None:
        """Every command, and every code of this scheme, has its usual keys again."""
        self._keep(KeyChoices())

    def _wait(self, *, adding: bool) -> None:
        row = self.row
        if row is not None:
            self._adding = adding
            self.note.hide()
            self.catcher.wait(tr("Press the new key for “{name}”. Esc leaves it as it is.", name=row.name))

    def _take(self, key: str) -> None:
        row, choices = self.row, self.choices
        if row is None:
            return
        if row.do is not None:
            keys = (*row.keys, key) if self._adding and key not in row.keys else (key,)
            wanted = replace(choices, commands={**choices.commands, row.do: keys})
        else:
            assert row.code is not None
            wanted = replace(choices, codes={**choices.codes, row.code: key})
        scheme = self.scheme.value
        before = set(Keymap(scheme, choices).problems)
        clashes = [one for one in Keymap(scheme, wanted).problems if one not in before]
        if clashes:
            self.catcher.wait(f"{clashes[0].what} {tr(_TAKEN)}")
        else:
            self._keep(wanted)

    def _keep(self, choices: KeyChoices) -> None:
        tidy = {do: keys for do, keys in choices.commands.items() if keys != COMMAND[do].keys}
        try:
            keep_keys(self._preferences, self.scheme.value, replace(choices, commands=tidy))
        except CoderError as error:
            self.note.setText(str(error))
            self.note.show()
        self._leave()
        self._list()

    def _leave(self) -> None:
        had_keyboard = self.catcher.hasFocus()
        self.catcher.hide()
        self.note.show()
        if had_keyboard:
            self.table.setFocus()

    def _list(self) -> None:
        row, words = self.row, self.search.text().casefold().split()
        found = [
            one
            for one in key_rows(self.scheme.value, self.choices)
            if all(word in f"{one.name} {one.group} {' '.join(one.keys)}".casefold() for word in words)
        ]
        self.rows.show(found)
        same = [n for n, one in enumerate(found) if row and (one.do, one.code) == (row.do, row.code)]
        self.table.choose(same[0] if same else 0)
        problems = Keymap(self.scheme.value, self.choices).problems
        self.note.setText(
            "\n".join(str(one) for one in problems) or ("" if found else tr("Nothing is called so."))
        )
        self._show_can_do()

    def _show_can_do(self) -> None:
        row, choices = self.row, self.choices
        self.change_button.setEnabled(row is not None)
        self.add_button.setEnabled(row is not None and row.do is not None)
        self.usual_button.setEnabled(row is not None and row.changed)
        self.reset_button.setEnabled(bool(choices.commands or choices.codes))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 2)
        head.addWidget(self.scheme, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for one in (self.change_button, self.add_button, self.usual_button):
            foot.addWidget(one)
        foot.addStretch(1)
        foot.addWidget(self.reset_button)
        self.column.addLayout(head)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.catcher)
        self.column.addWidget(self.note)
        self.column.addLayout(foot)
