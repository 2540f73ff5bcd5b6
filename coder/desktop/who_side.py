"""Beside the film in which people are put right: the stretch, who is seen, what was said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.paint_persons import ROLE_NAMES, shown_role
from coder.desktop.look import scaled
from coder.desktop.pieces import button, label, scrolled
from coder.desktop.tables import Column, Rows, Table
from coder.desktop.wording import share_text
from coder.language import later, plural, tr
from coder.model.persons import IdentityMark, Role, SeenPerson
from coder.model.time import Span, clock, seconds_text

ROLE_KEYS = {"1": Role.CHILD, "2": Role.PARENT, "3": Role.OTHER, "4": Role.NOBODY}
CONFIRM, SWAP, FROM_HERE, TO_HERE = "C", "S", "I", "O"

_ROWS_PX = 118  # two rows of a table below its header
_PLACES = (later("left"), later("middle"), later("right"))


@dataclass(frozen=True, slots=True)
class WhoWishes:
    """What a person asks for here. point_out: somebody in the frame, by number."""

    confirm: Callable[[], None]
    swap: Callable[[], None]
    say: Callable[[Role], None]
    take_back: Callable[[], None]
    from_here: Callable[[], None]
    to_here: Callable[[], None]
    whole: Callable[[], None]
    point_out: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One thing that was said. span: on the session clock."""

    mark: IdentityMark
    span: Span
    who: str


class WhoSide(QWidget):
    """Shows and asks; owns nothing."""

    def __init__(self, wishes: WhoWishes) -> None:
        super().__init__()
        self._wishes = wishes
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        why = tr(
            "Whoever has the wrong name is measured as the other one. Look at the boxes, and say who is who: "
            "all that is measured follows at once."
        )
        column.addWidget(label(why, "muted", wrap=True))
        column.addWidget(label(tr("For this stretch"), "heading"))
        self.stretch = label("", wrap=True)
        column.addWidget(self.stretch)
        column.addLayout(self._stretch_buttons())
        column.addLayout(self._whole_buttons())
        column.addWidget(label(tr("In this frame"), "heading"))
        self._faces = Rows[tuple[int, SeenPerson]](_FACE_COLUMNS)
        self.faces = Table(self._faces, tr("Who is seen in this frame"))
        self.faces.setMinimumHeight(scaled(_ROWS_PX))
        self.faces.setMaximumHeight(scaled(180))
        self.faces.chosen.connect(wishes.point_out)
        column.addWidget(self.faces, 1)
        self.nobody = label(tr("Nobody is found in this frame."), "muted", wrap=True)
        column.addWidget(self.nobody)
        column.addLayout(self._role_buttons())
        column.addWidget(label(tr("Said so far"), "heading"))
        self._said = Rows[SaidRow](_SAID_COLUMNS)
        self.said = Table(self._said, tr("What was said about who is who"))
        self.said.setMinimumHeight(scaled(_ROWS_PX))
        column.addWidget(self.said, 1)
        self.unsaid = label(tr("Nothing yet: all of it is the program’s own guess."), "muted", wrap=True)
        column.addWidget(self.unsaid)
        self.back = self._small(tr("Take it back (Delete)"), wishes.take_back, "")
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = scrolled(inside, tr("Who is who"))  # with large text it is higher than a low screen
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        self.setMinimumWidth(scaled(330))

    @property
    def said_row(self) -> SaidRow | None:
        """What was said that is chosen."""
        at = self.said.currentIndex().row()
        return self._said.rows[at] if 0 <= at < len(self._said.rows) else None

    def show_stretch(self, span: Span | None) -> None:
        """Show what the next word is about."""
        if span is not None:
            times = {"start": clock(span.start_us), "end": clock(span.end_us)}
            text = tr("{start} to {end}", **times)
            self.stretch.setText(f"{text} ({seconds_text(span.duration_us)})")
        self.stretch.setVisible(span is not None)

    def show_faces(self, persons: Sequence[SeenPerson], chosen: int | None) -> None:
        """Show who is seen in the frame on the screen, from left to right."""
        rows = tuple(enumerate(persons))
        if rows != self._faces.rows:
            self._faces.show(rows)
        self.faces.setVisible(bool(persons))
        self.nobody.setVisible(not persons)
        if chosen is not None and chosen < len(persons):
            self.faces.selectRow(chosen)
        for one in self._roles:
            one.setEnabled(bool(persons))

    def show_said(self, rows: Sequence[SaidRow]) -> None:
        """Show what was said and not taken back."""
        self._said.show(rows)
        self.choose_newest()
        self.said.setVisible(bool(rows))
        self.unsaid.setVisible(not rows)
        self.back.setEnabled(bool(rows))

    def choose_newest(self) -> None:
        """Choose what was said last, so that it is what is taken back."""
        self.said.choose(len(self._said.rows) - 1)

    def _stretch_buttons(self) -> FlowLayout:
        row = FlowLayout(8)
        for text, do in (
            (tr("From here ({key})", key=FROM_HERE), self._wishes.from_here),
            (tr("To here ({key})", key=TO_HERE), self._wishes.to_here),
            (tr("As found (Esc)"), self._wishes.whole),
        ):
            row.addWidget(self._small(text, do, ""))
        return row

    def _whole_buttons(self) -> FlowLayout:
        row = FlowLayout(8)
        self.confirm = self._small(tr("They are right ({key})", key=CONFIRM), self._wishes.confirm, "primary")
        self.swap = self._small(tr("Swap child and parent ({key})", key=SWAP), self._wishes.swap, "")
        for one in (self.confirm, self.swap):
            row.addWidget(one)
        return row

    def _role_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        self._roles = []
        for number, (key, role) in enumerate(ROLE_KEYS.items()):
            made = self._small(
                f"{tr(ROLE_NAMES[role])} ({key})", lambda _on=False, r=role: self._wishes.say(r), ""
            )
            made.setAccessibleName(tr("The chosen one is: {role}", role=tr(ROLE_NAMES[role])))
            self._roles.append(made)
            grid.addWidget(made, number // 2, number % 2)
        return grid

    def _small(self, text: str, do: Callable[..., None], role: str) -> QPushButton:
        made = button(text, do, role)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the film
        return made


def _place(person: SeenPerson) -> str:
    middle = (person.left + person.right) / 2
    return tr(_PLACES[0 if middle < 1 / 3 else 1 if middle < 2 / 3 else 2])


def _name(row: tuple[int, SeenPerson]) -> str:
    return tr(ROLE_NAMES[shown_role(row[1])])


def _sure(row: tuple[int, SeenPerson]) -> str:
    person = row[1]
    return tr("said") if person.said else share_text(person.confidence) if person.role is not None else "–"


def _whom(row: SaidRow) -> str:
    """`Parent, Child`: what was said of whom in the first frame that it was said of, from left to right."""
    anchors = row.mark.anchors
    first_us = min((one.at_us for one in anchors), default=0)
    there = sorted((one for one in anchors if one.at_us == first_us), key=lambda one: one.x)
    return ", ".join(tr(ROLE_NAMES[one.role]) for one in there)


def _said_tip(row: SaidRow) -> str:
    times = tr("{start} to {end}", start=clock(row.span.start_us), end=clock(row.span.end_us))
    places = plural("{count} place", "{count} places", len(row.mark.anchors))
    return f"{_whom(row)}\n{times}\n{places}"


_FACE_COLUMNS: tuple[Column[tuple[int, SeenPerson]], ...] = (
    Column(later("Where"), lambda row: _place(row[1]), width_px=80),
    Column(later("Who"), _name, wide=True),
    Column(later("How sure"), _sure, right=True, width_px=90),
)
_SAID_COLUMNS: tuple[Column[SaidRow], ...] = (
    Column(later("Begins"), lambda row: clock(row.span.start_us), tip=_said_tip, width_px=112),
    Column(later("From the left"), _whom, tip=_said_tip, wide=True),
    Column(later("By"), lambda row: row.who, width_px=80),
)
