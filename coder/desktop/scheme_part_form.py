"""The form of one part of a scheme: its fields, what they mean, and what is wrong with each."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol, cast

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QGridLayout, QLabel, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import label
from coder.desktop.scheme_field_lists import Anchors, KeyField, Several, Terms
from coder.desktop.scheme_field_words import IDS_ARE_KEPT, IDS_FOLLOW, ONE_A_LINE, choice_of, help_of, label_of
from coder.desktop.scheme_fields import Flag, Line, Number, OneOf, Prose
from coder.desktop.scheme_outline import name_of
from coder.desktop.scheme_places import Place, places_of
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_fields import Holds
from coder.formats.scheme_keys import normal_key
from coder.formats.scheme_node import Node
from coder.formats.toml_places import Path
from coder.language import tr
from coder.model.problem import Problem

_NAMES_PX = 150
_WIDEST_PX = 620
_LONG = ("definition", "summary", "rule")
_MOST_NUMBERS = 101


class _Shows(Protocol):
    def show_value(self, value: Any) -> None: ...


class PartForm(QWidget):
    """edited(path, value): what a person made of a field; None leaves it out."""

    def __init__(self, edited: Callable[[Path, Any], None]) -> None:
        super().__init__()
        self._edited = edited
        self._places: tuple[tuple[Place, object], ...] = ()
        self.fields: dict[Path, QWidget] = {}
        self._told: dict[Path, QLabel] = {}
        self.strip = label("", "strip-error", wrap=True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.strip)
        self._column.addWidget(self._inside)
        self._column.addStretch(1)
        self.strip.hide()

    def show_part(self, draft: SchemeDraft, path: Path, saved: SchemeDraft) -> None:
        """Show the fields of the part at a path. saved: the scheme as it was saved, whose ids are in use."""
        wanted = tuple((place, _choices(draft, place)) for place in places_of(draft, path))
        if wanted != self._places:
            self._build(draft, wanted, saved)
        for place, _ in wanted:
            cast(_Shows, self.fields[place.path]).show_value(draft.value(place.path))

    def show_problems(self, draft: SchemeDraft, path: Path, problems: Sequence[tuple[Path, Problem]]) -> None:
        """Put each problem under the field it is about, and those of the part itself above them all."""
        said: dict[Path, list[str]] = {known: [] for known in self.fields}
        key = (*path, "key")
        if key in said and not any(at == key for at, _ in problems):
            said[key] = list(_other_owners(draft, key, problems))
        whole: list[str] = []
        for at, problem in problems:
            place = self.field_of(at)
            if place is not None:
                said[place].append(f"{problem.what} {problem.hint}".strip())
            elif at == path or (at[: len(path)] == path and not _in_a_part(at[len(path) :])):
                whole.append(f"{problem.what} {problem.hint}".strip())
        for known, words in said.items():
            self._told[known].setText("\n".join(words))
            self._told[known].setVisible(bool(words))
        self.strip.setText("\n".join(whole))
        self.strip.setVisible(bool(whole))

    def told(self, field: Path) -> str:
        """What is said to be wrong with a field; "" if nothing is."""
        return self._told[field].text()

    def field_of(self, path: Path) -> Path | None:
        """The field that a path belongs to; None if it is none of this form."""
        return next((known for known in self.fields if path[: len(known)] == known), None)

    def go_to(self, path: Path) -> None:
        """Give the keyboard to the field of a path, else to the first one."""
        known = self.field_of(path) or next(iter(self.fields), None)
        if known is not None:
            self.fields[known].setFocus()

    def is_typed(self, path: Path) -> bool:
        """True if the field of this path is one to type into, which changes with every key."""
        return not isinstance(self.fields.get(path), KeyField | Several | OneOf | Flag)

    def select_text(self) -> None:
        """Select what stands in the field that has the keyboard, so that typing replaces it."""
        focus = QApplication.focusWidget()
        if isinstance(focus, Line):
            focus.selectAll()

    def _build(self, draft: SchemeDraft, wanted: Sequence[tuple[Place, object]], saved: SchemeDraft) -> None:
        kept = self._with_keyboard()
        self._places = tuple(wanted)
        self.fields, self._told = {}, {}
        inside = QWidget()
        inside.setMaximumWidth(scaled(_NAMES_PX + _WIDEST_PX))
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        grid.setColumnMinimumWidth(0, scaled(_NAMES_PX))
        grid.setColumnStretch(1, 1)
        for row, (place, _) in enumerate(wanted):
            self._add(grid, row, draft, place, saved)
        self._column.replaceWidget(self._inside, inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = inside
        inside.show()
        if kept in self.fields:
            self.fields[kept].setFocus()

    def _with_keyboard(self) -> Path | None:
        focus = QApplication.focusWidget()
        return next(
            (path for path, field in self.fields.items() if focus is not None and field.isAncestorOf(focus)),
            next((path for path, field in self.fields.items() if field is focus), None),
        )

    def _add(self, grid: QGridLayout, row: int, draft: SchemeDraft, place: Place, saved: SchemeDraft) -> None:
        name = label_of(place.table, place.field.name)
        field = _field(draft, place, partial(self._edited, place.path))
        about = " ".join(_about(place, draft, saved))
        proxy = field.focusProxy() or field
        proxy.setAccessibleName(name)
        field.setAccessibleName(name)
        proxy.setAccessibleDescription(about)
        named = label(name, "asked", wrap=True)
        named.setBuddy(proxy)
        named.setContentsMargins(0, 6, 0, 0)
        told = label("", "wrong", wrap=True)
        told.hide()
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(told)
        column.addWidget(label(about, "muted", wrap=True))
        grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column, row, 1)
        self.fields[place.path], self._told[place.path] = field, told


def _other_owners(draft: SchemeDraft, key: Path, problems: Sequence[tuple[Path, Problem]]) -> Iterator[str]:
    """Who else wants a key: the problem stands where it was taken last, and both must hear of it."""
    mine = str(draft.value(key) or "")
    for at, _ in problems:
        if mine and at[-1:] == ("key",) and normal_key(str(draft.value(at) or "")) == normal_key(mine):
            yield tr("“{name}” has the same key. Choose another one here or there.", name=name_of(draft, at[:-1]))


def _in_a_part(rest: Path) -> bool:
    """True for a path that leads into a part with a form of its own: ("codes", 1, "label")."""
    return len(rest) > 1 and isinstance(rest[1], int)


def _about(place: Place, draft: SchemeDraft, saved: SchemeDraft) -> Iterator[str]:
    yield help_of(place.table, place.field.name, place.field.help)
    if place.field.holds is Holds.TEXTS and not _listed(place):
        yield tr(ONE_A_LINE)
    if place.field.name == "id":
        used = any(one == draft.value(place.path) for one in _ids(saved, place.path))
        yield tr(IDS_ARE_KEPT) if used else tr(IDS_FOLLOW)


def _ids(saved: SchemeDraft, path: Path) -> Iterator[object]:
    """The ids of the saved list that this one is of, whatever the order was."""
    entries = saved.value(path[:-2]) if len(path) > 1 else None
    for entry in entries if isinstance(entries, list) else ():
        yield entry.get("id") if isinstance(entry, dict) else None


def _listed(place: Place) -> bool:
    return place.field.name in ("modifiers", "details", "parts")


def _field(draft: SchemeDraft, place: Place, edited: Callable[[Any], None]) -> QWidget:  # noqa: PLR0911  one kind each
    field, choices = place.field, _choices(draft, place)
    if field.name == "key":
        return KeyField(edited)
    if field.name == "anchors":
        return Anchors(edited, [value for _, value in choices])
    if field.holds is Holds.WHOLES or _listed(place):
        return Several(
            edited, [(text, int(value) if field.holds is Holds.WHOLES else value) for text, value in choices]
        )
    if field.name == "of":
        return Terms(edited, choices)
    if choices:
        return OneOf(edited, choices)
    match field.holds:
        case Holds.FLAG:
            return Flag(edited)
        case Holds.TEXTS:
            return Prose(edited, by_line=True, optional=not field.required)
        case Holds.WHOLE | Holds.NUMBER:
            return Number(edited, field.name, whole=field.holds is Holds.WHOLE)
    if field.name in _LONG:
        return Prose(edited, optional=not field.required)
    return Line(edited, optional=not field.required)


def _choices(draft: SchemeDraft, place: Place) -> list[tuple[str, str]]:
    """What a field can be chosen from: (what is read, value); empty if anything can be written."""
    field, owner = place.field, place.path[:-1]
    raw = Node((), draft.value())
    found: list[tuple[str, str]] = []
    if field.holds is Holds.CHOICE:
        found = [(choice_of(field.name, value), value) for value in field.choices]
    elif field.name in ("cues", "acts", "within"):
        kind = "state" if field.name == "within" else "point"
        found = _named(tier for tier in raw.each("tiers") if tier.kind == kind)
    elif field.name == "default":
        found = _named(Node(owner, draft.value(owner) or {}).each("codes"))
    elif field.name == "of":
        return [
            (f"{tier.text('label')} › {words}", code)
            for tier in raw.each("tiers")
            for words, code in _named(one for one in tier.each("codes") if one.table.get("uncodable") is not True)
        ]
    elif field.name in ("modifiers", "details"):
        return _named(raw.each("modifiers"))
    elif field.name == "parts":
        within = draft.value((*owner, "within"))
        return [
            one for tier in raw.each("tiers") if tier.text("id") == within for one in _named(tier.each("codes"))
        ]
    elif field.name in ("anchors", "reasons_for"):
        return [(number, number) for number in _numbers(draft, place)]
    else:
        return []
    return found if field.required and field.holds is Holds.CHOICE else [("–", ""), *found]


def _named(nodes: Iterator[Node]) -> list[tuple[str, str]]:
    return [(node.text("label") or node.text("id"), node.text("id")) for node in nodes]


def _numbers(draft: SchemeDraft, place: Place) -> list[str]:
    """The ratings of the scale of a tier, and what else has words already."""
    scale = Node((), draft.value((*place.path[:2], "scale")) or {})
    low, high = scale.number("low"), scale.number("high")
    numbers = []
    if low is not None and high is not None and 0 < high - low < _MOST_NUMBERS:
        numbers = [str(number) for number in range(int(low), int(high) + 1)]
    known = draft.value(place.path)
    extra = [str(one) for one in known] if isinstance(known, dict | list) else []
    return list(dict.fromkeys([*numbers, *extra]))
