"""The forms of a course that is being made: a clip, and what is right about one event of its master."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtWidgets import QCheckBox, QLayout, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from coder.desktop.course_making_rows import seconds_of
from coder.desktop.forms import Choice, Form
from coder.desktop.look import scaled
from coder.desktop.pieces import scrolled
from coder.formats.master_table import edge_us
from coder.language import tr
from coder.model.coding import NOTHING, Event
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Media, Purpose
from coder.model.time import MILLISECOND_US, Span, parse_clock
from coder.model.training import Edge, Master, StepKind
from coder.workflows.training.course_draft import DraftStep
from coder.workflows.training.master_edits import with_either, with_reason, with_zone, zone_of
from coder.workflows.training.masters import Source, whole_of
from coder.workflows.training.words import step_kind_word

_WIDTH_PX = 620
_MOST_MARGIN_MS = 10_000
_TEXT_LINES = 4
_CODES_PX = 180
_MOST_BOXES = 8
_MOST_TESTS = 4

Place = tuple[StepKind, int]
"""What a clip is for, and in which test."""


@dataclass(frozen=True, slots=True)
class ClipWish:
    """What a person asks for with a clip. span: on the film's clock; None for all that was coded."""

    source: Source
    media: Media
    place: Place
    span: Span | None
    tiers: tuple[str, ...]
    margin_us: int


class AddClipForm(Form):
    """add(wish) takes a clip into the course; what is wrong with it is said in the form."""

    def __init__(
        self, parent: QWidget | None, scheme: Scheme, found: Sequence[Source], add: Callable[[ClipWish], object]
    ) -> None:
        lead = tr(
            "What was coded becomes the master: what trainees are compared with. A test may show nothing that "
            "another clip of the course shows."
        )
        super().__init__(parent, tr("Add a clip…"), tr("Add the clip"), lead)
        self.setMinimumWidth(scaled(_WIDTH_PX))
        self._shown: tuple[Media, ...] = ()
        self.source = Choice([(source_text(one), one) for one in found])
        self.film = Choice[Media]([])
        self.place = place_choice((StepKind.GUIDED, 1))
        self.start, self.end = QLineEdit(), QLineEdit()
        self.tiers = {tier.id: QCheckBox(tier.label) for tier in scheme.tiers}
        for box in self.tiers.values():
            box.setChecked(True)
        self.margin = _spin(0, _MOST_MARGIN_MS, 0, tr(" ms"))
        self.add(tr("&Session and coding"), self.source)
        self.add(tr("&Film"), self.film)
        self.add(tr("F&or"), self.place)
        self.add(tr("F&rom, on the film’s clock"), self.start)
        self.add(tr("&To"), self.end)
        self.add(tr("&Lines to code"), _listed(list(self.tiers.values()), tr("Lines to code")))
        self.add(tr("&Boundaries may lie off by"), self.margin)
        self.source.currentIndexChanged.connect(lambda _at: self._show_films())
        self.film.currentIndexChanged.connect(lambda _at: self._show_span())
        self.accept_button.setEnabled(bool(found))
        self.do = lambda: add(self.wish)
        if found:
            self._show_films()

    @property
    def wish(self) -> ClipWish:
        """What is asked for. Raises CodingError for what is no time, or if no line is to be coded."""
        media = self._shown[max(self.film.currentIndex(), 0)]
        tiers = tuple(tier for tier, box in self.tiers.items() if box.isChecked())
        if not tiers:
            raise CodingError(Problem(tr("There is nothing to code."), hint=tr("Choose at least one line.")))
        return ClipWish(
            self.source.value,
            media,
            self.place.value,
            _span(self.start, self.end, whole_of(self.source.value, media)),
            () if len(tiers) == len(self.tiers) else tiers,
            self.margin.value() * MILLISECOND_US,
        )

    def _show_films(self) -> None:
        self._shown = self.source.value.session.media
        self.film.clear()
        self.film.addItems([media.role for media in self._shown])
        self._show_span()

    def _show_span(self) -> None:
        if 0 <= self.film.currentIndex() < len(self._shown):
            whole = whole_of(self.source.value, self._shown[self.film.currentIndex()])
            self.start.setText(seconds_of(whole.start_us))
            self.end.setText(seconds_of(whole.end_us))


class EditClipForm(Form):
    """change(title, text, place) changes what a step is called, what is read before it, and what it is for."""

    def __init__(
        self, parent: QWidget | None, step: DraftStep, change: Callable[[str, str, Place], object]
    ) -> None:
        super().__init__(parent, tr("Edit the step…"), tr("Keep"))
        self.setMinimumWidth(scaled(_WIDTH_PX))
        self.title = QLineEdit(step.title)
        self.text = prose_field(step.text)
        self.place = place_choice((step.kind, step.test_set))
        self.add(tr("&Title"), self.title)
        self.add(tr("&What trainees read before it"), self.text)
        self.add(tr("F&or"), self.place)
        self.do = lambda: change(self.title.text().strip(), self.text.toPlainText().strip(), self.place.value)


class EventForm(Form):
    """keep(master) keeps the master as it is set here; what is wrong is said in the form."""

    def __init__(
        self,
        parent: QWidget | None,
        master: Master,
        scheme: Scheme,
        event: Event,
        keep: Callable[[Master], object],
    ) -> None:
        tier = scheme.tier(event.tier)
        code = tier.code(event.code)
        super().__init__(parent, tr("What is right here…"), tr("Keep"), f"{tier.label}: {code.label}")
        self.setMinimumWidth(scaled(_WIDTH_PX))
        self._master, self._scheme, self._event = master, scheme, event
        self.reason = prose_field(event.note)
        self.add(tr("&Reason for the code"), self.reason)
        others = {one.id: one.label for one in tier.codes if one.id != event.code}
        self.either = {one: QCheckBox(name) for one, name in {**others, NOTHING: tr("Nothing marked")}.items()}
        for one, box in self.either.items():
            box.setChecked(one in event.either)
        if tier.kind is not TierKind.RATING:
            self.add(tr("As ri&ght are"), _listed(list(self.either.values()), tr("As right are")))
        self.zones: dict[Edge, tuple[QLineEdit, QLineEdit]] = {}
        if tier.kind in (TierKind.STATE, TierKind.POINT):
            self._add_zone(Edge.ONSET, tr("&Begins at the earliest"), tr("Begins at the &latest"))
        if tier.kind is TierKind.STATE:
            self._add_zone(Edge.OFFSET, tr("&Ends at the earliest"), tr("Ends at the la&test"))
        self.do = lambda: keep(self.master)

    @property
    def master(self) -> Master:
        """The master as it is set. Raises CodingError for what is no time, or no zone of the edge."""
        made = with_reason(self._master, self._event.id, " ".join(self.reason.toPlainText().split()))
        made = with_either(made, self._event.id, [one for one, box in self.either.items() if box.isChecked()])
        for edge, (start, end) in self.zones.items():
            before = zone_of(self._master, self._scheme, self._event, edge)
            asked = _zone(start, end, edge_us(self._event, edge), before)
            if asked != before:
                made = with_zone(made, self._scheme, self._event.id, edge, asked)
        return made

    def _add_zone(self, edge: Edge, earliest: str, latest: str) -> None:
        span = zone_of(self._master, self._scheme, self._event, edge)
        fields = QLineEdit(), QLineEdit()
        for field, name, at_us in zip(
            fields, (earliest, latest), (span.start_us, span.end_us) if span else (None, None), strict=True
        ):
            field.setText("" if at_us is None else seconds_of(at_us))
            field.setPlaceholderText(tr("{time}, where it is", time=seconds_of(edge_us(self._event, edge))))
            self.add(name, field)
        self.zones[edge] = fields


def source_text(source: Source) -> str:
    """`Visit 3, consensus by Mika`."""
    if source.header.purpose is Purpose.CONSENSUS:
        return tr("{session}, consensus by {coder}", session=source.session.name, coder=source.coder.name)
    return tr("{session}, coded by {coder}", session=source.session.name, coder=source.coder.name)


def place_choice(chosen: Place) -> Choice[Place]:
    """What a clip can be for."""
    tests = max(_MOST_TESTS, chosen[1])
    places: list[tuple[str, Place]] = [
        (step_kind_word(StepKind.GUIDED), (StepKind.GUIDED, 1)),
        (step_kind_word(StepKind.PRACTICE), (StepKind.PRACTICE, 1)),
        *(
            (tr("{kind} {number}", kind=step_kind_word(StepKind.TEST), number=number), (StepKind.TEST, number))
            for number in range(1, tests + 1)
        ),
    ]
    return Choice(places, chosen)


def prose_field(text: str) -> QPlainTextEdit:
    """A field for a few sentences; Tab leaves it."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * _TEXT_LINES + scaled(16))
    return made


def _span(start: QLineEdit, end: QLineEdit, whole: Span) -> Span:
    first, last = _time(start, whole.start_us), _time(end, whole.end_us)
    if first >= last:
        raise CodingError(Problem(tr("The clip ends where it begins, or before."), hint=tr("Correct the times.")))
    return Span(first, last)


def _zone(start: QLineEdit, end: QLineEdit, at_us: int, before: Span | None) -> Span | None:
    if not start.text().strip() and not end.text().strip():
        return None
    was = (before.start_us, before.end_us) if before is not None else (at_us, at_us)
    first, last = _time(start, at_us, was[0]), _time(end, at_us, was[1])
    if first > last:
        raise CodingError(Problem(tr("The zone ends before it begins."), hint=tr("Correct the times.")))
    return Span(first, last)


def _time(field: QLineEdit, *known_us: int) -> int:
    """The time in a field, which shows milliseconds: one that is known is meant exactly."""
    text = field.text().strip().replace(",", ".")
    for at_us in known_us:
        if text == seconds_of(at_us):
            return at_us
    try:
        return parse_clock(text)
    except ValueError as error:
        what = f"{error}."
        raise CodingError(Problem(what, field.accessibleName())) from None


def _spin(low: int, high: int, value: int, suffix: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(low, high)
    made.setValue(value)
    made.setSuffix(suffix)
    made.setSingleStep(100)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    return made


def _listed(boxes: Sequence[QCheckBox], name: str) -> QWidget:
    """One below the other; more than fit a small window scroll."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # a low window squeezes no box
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for box in boxes:
        column.addWidget(box)
    inside.setFocusProxy(boxes[0])
    if len(boxes) <= _MOST_BOXES:
        return inside
    area = scrolled(inside, name)
    area.setFixedHeight(scaled(_CODES_PX))
    area.setFocusProxy(boxes[0])
    return area
