"""What the review of answers shows beside the film: a cue, what may answer it, the outcomes, the details."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from coder.annotate.answering import latency_text
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap, OptionKey, detail_keys
from coder.annotate.reviewing import Case, Choice, Look
from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.chips import Chip
from coder.annotate.view.code_button import spoken
from coder.annotate.view.event_form import Title
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.review_button import ReviewButton
from coder.annotate.view.small_button import small_button
from coder.language import tr
from coder.model.coding import Event
from coder.model.scheme import Link, Modifier, Outcome, Scheme
from coder.model.time import SECOND_US, clock


@dataclass(frozen=True, slots=True)
class PanelWishes:
    """What a person can ask for here. step: the cue before (-1) or after (1). go_on: past what is asked."""

    pick: Callable[[Event], None]
    judge: Callable[[str], None]
    detail: Callable[[str, str], None]
    go_on: Callable[[], None]
    step: Callable[[int], None]
    take_back: Callable[[], None]
    leave: Callable[[], None]


class AnswersPanel(QWidget):
    """Shows what it was given last; owns nothing."""

    def __init__(self, scheme: Scheme, keymap: Keymap, wishes: PanelWishes, *, locked: bool) -> None:
        super().__init__()
        self._scheme = scheme
        self._keymap = keymap
        self._wishes = wishes
        self._locked = locked
        self._look: Look | None = None
        self._cues = self._judged = 0
        self._asking: QWidget | None = None
        self._where, self._count = QLabel(), QLabel()
        self._where.setProperty("role", "asked")
        self._count.setProperty("role", "muted")
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 2)
        head.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self._where, self._count):
            label.setWordWrap(True)
            words.addWidget(label)
        head.addLayout(words, 1)
        for text, do, act in (
            ("‹", Do.EVENT_BACK, partial(wishes.step, -1)),
            ("›", Do.EVENT_ON, partial(wishes.step, +1)),
        ):
            name = tr("The cue before") if text == "‹" else tr("The cue after")
            head.addWidget(_button(text, spoken(name, keymap.first_key(do)), act))
        leave = spoken(tr("End the review"), keymap.first_key(Do.DESELECT))
        head.addWidget(_button(tr("End"), leave, wishes.leave))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName(tr("Review of answers"))
        self._hint = QLabel(self._keys())
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(12, 4, 8, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._hint)
        self.setAccessibleName(tr("Review of answers"))
        self.setMinimumWidth(280)
        self._soon = AfterPaint(self, self._build)

    @property
    def look(self) -> Look | None:
        """What is shown; None before the first."""
        return self._look

    def show_look(self, look: Look, cues: int, judged: int) -> None:
        """Show this from the next paint on; cues: how many there are, judged: how many of them have an outcome."""
        self._look, self._cues, self._judged = look, cues, judged
        self._soon.ask()

    def shown(self) -> QWidget:
        """What shows the case as it is now."""
        self._soon.now()
        inner = self._area.widget()
        assert inner is not None
        return inner

    def _build(self) -> None:
        look = self._look
        if look is None:
            return
        values = {"number": look.case.number, "all": self._cues, "judged": self._judged}
        self._where.setText(tr("Cue {number} of {all}", **values))
        self._count.setText(tr("{judged} of {all} judged", **values))
        self._replace(self._page(look))

    def _page(self, look: Look) -> QWidget:
        case, page = look.case, QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 4, 10, 6)
        column.setSpacing(4)
        column.addWidget(Title(self._scheme.tier(case.cue.tier), case.code))
        column.addWidget(_label(case.code.definition, "muted"))
        column.addWidget(_heading(self._span_words(case)))
        for remark in _remarks(case):
            column.addWidget(_label(remark, "badge-warning"))
        for choice in case.choices:
            column.addWidget(self._choice(look, choice))
        if not case.choices:
            column.addWidget(_label(tr("Nothing is coded in this time.")))
        column.addWidget(_heading(case.link.label))
        for outcome in case.link.outcomes:
            column.addWidget(self._outcome(case, outcome))
        self._asking = None
        for number, detail in enumerate(case.details()):
            row = self._detail(case, detail, asked=number == look.asked)
            column.addWidget(row)
            if number == look.asked:
                self._asking = row
        if case.outcome is not None and not self._locked:
            back = _button(
                tr("Take back"), spoken(tr("Take back"), self._keymap.first_key(Do.DELETE)), self._wishes.take_back
            )
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_reading(case.link))
        column.addStretch(1)
        return page

    def _span_words(self, case: Case) -> str:
        seconds = f"{case.window.duration_us / SECOND_US:g}"
        return tr("At {time}. In the {seconds} s after it:", time=clock(case.cue.onset_us), seconds=seconds)

    def _choice(self, look: Look, choice: Choice) -> ReviewButton:
        case, act = look.case, choice.act
        tier = self._scheme.tier(act.tier)
        code, tag = tier.code(act.code), ""
        if choice.taken_by is not None:
            other = choice.taken_by
            name = self._scheme.name_of(other.tier, other.code)
            tag = tr("answers “{cue}” at {time}", cue=name, time=clock(other.onset_us))
        elif choice.outside:
            tag = tr("not in the window")
        elif case.outcome is None and case.act is not None and act.id == case.act.id:
            tag = tr("proposed")
        words = tr("after {latency}", latency=latency_text(choice.latency_us, case.link))
        chosen = look.act is not None and act.id == look.act.id
        made = ReviewButton(code.label, words, code=(tier, code), chosen=chosen, tag=tag)
        _name(made, tr("Answer: {act}, {latency}", act=code.label, latency=words), tag, chosen=chosen)
        made.clicked.connect(partial(self._wishes.pick, act))
        return made

    def _outcome(self, case: Case, outcome: Outcome) -> ReviewButton:
        chosen = case.outcome is not None and outcome.id == case.outcome.id
        tag = tr("proposed") if case.proposed is not None and outcome.id == case.proposed.id else ""
        made = ReviewButton(
            outcome.label, first_sentence(outcome.definition), key=outcome.key, chosen=chosen, tag=tag
        )
        made.setToolTip(f"<p>{escape(outcome.definition, quote=False)}</p>")
        made.setEnabled(not self._locked)
        _name(made, spoken(outcome.label, outcome.key), tag, outcome.definition, chosen=chosen)
        made.clicked.connect(partial(self._wishes.judge, outcome.id))
        return made

    def _detail(self, case: Case, detail: Modifier, *, asked: bool) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        enter = shown(self._keymap.first_key(Do.NOTE))
        words = tr("{detail}? {key} goes on.", detail=detail.label, key=enter) if asked else detail.label
        column.addWidget(_label(words, "asked" if asked else "muted"))
        chips = FlowLayout()
        held = set((case.cue.modifier(detail.id) or "").split(","))
        keyed = {option.value: option for option in detail_keys(detail)}
        keyless = (OptionKey("", detail, one.id, one.label) for one in detail.options if one.id not in keyed)
        meant = {option.id: option.definition for option in detail.options}
        for option in (*keyed.values(), *keyless):
            press = partial(self._wishes.detail, detail.id, option.value)
            chip = Chip(option.label, option.key, of=detail.label, chosen=option.value in held, press=press)
            chip.setEnabled(not self._locked)
            if meant.get(option.value):
                chip.setToolTip(meant[option.value])
                chip.setAccessibleDescription(meant[option.value])
            chips.addWidget(chip)
        column.addLayout(chips)
        return row

    def _keys(self) -> str:
        keys = {
            "play": shown(self._keymap.first_key(Do.PLAY)),
            "up": shown(self._keymap.first_key(Do.BEFORE)),
            "down": shown(self._keymap.first_key(Do.AFTER)),
            "back": shown(self._keymap.first_key(Do.EVENT_BACK)),
            "on": shown(self._keymap.first_key(Do.EVENT_ON)),
            "leave": shown(self._keymap.first_key(Do.DESELECT)),
        }
        return tr(
            "{play} plays it again. {up} {down} pick another act. {back} {on} go to another cue. {leave} ends the "
            "review.",
            **keys,
        )

    def _replace(self, page: QWidget) -> None:
        """Swap the page, whose button may be in the middle of a signal; the focus stays on the same control."""
        old, focus = self._area.takeWidget(), QApplication.focusWidget()
        name = focus.accessibleName() if old is not None and focus is not None and old.isAncestorOf(focus) else ""
        self._area.setWidget(page)
        if old is not None:
            old.hide()
            old.deleteLater()
        for twin in page.findChildren(QWidget) if name else ():
            if twin.accessibleName() == name:
                twin.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._asking is not None:
            page.adjustSize()
            self._area.ensureWidgetVisible(self._asking, 0, 12)


def first_sentence(text: str) -> str:
    """The first sentence of a text; what is quoted in it does not end it."""
    return _SENTENCE.split(text.strip(), maxsplit=1)[0]


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ¿¡“„])")


def _reading(link: Link) -> QLabel:
    """The rule of the link and its outcomes in full, to be read in case of doubt."""
    parts = [escape(link.rule, quote=False)] if link.rule else []
    parts += [
        f"<b>{escape(one.label, quote=False)}.</b> {escape(one.definition, quote=False)}"
        for one in link.outcomes
        if first_sentence(one.definition) != one.definition.strip()  # else its button says it all
    ]
    label = _label("".join(f'<p style="margin: 6px 0 0 0">{part}</p>' for part in parts), "muted")
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setContentsMargins(0, 6, 0, 0)
    return label


def _remarks(case: Case) -> Iterator[str]:
    if case.cut:
        yield tr("The coded window ends before the time for an answer does.")
    if case.hidden > 0:
        yield tr("Not codable for {share} of this time.", share=f"{case.hidden:.0%}")


def _name(button: ReviewButton, name: str, *more: str, chosen: bool) -> None:
    button.setAccessibleName(name)
    said = (tr("chosen") if chosen else "", *more)
    button.setAccessibleDescription(", ".join(filter(None, said)))


def _heading(text: str) -> QLabel:
    label = _label(text, "asked")
    label.setContentsMargins(0, 6, 0, 0)
    return label


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(True)
    label.setMinimumWidth(0)
    return label


def _button(text: str, name: str, act: Callable[[], None]) -> QToolButton:
    made = small_button(text, name)
    made.clicked.connect(lambda _: act())
    return made
