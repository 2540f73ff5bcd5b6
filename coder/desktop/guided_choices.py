"""What a question of a guided step is answered with: the tier's codes, the numbers of a scale, or a frame."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import CodeKey, Do, Keymap
from coder.annotate.view.code_button import CodeButton
from coder.annotate.view.definition import Definition
from coder.annotate.view.differing import rating_text
from coder.annotate.view.event_form import Title
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.rating_keys import rating_key
from coder.annotate.view.small_button import small_button
from coder.annotate.view.watched import Watched as Value
from coder.desktop.guided_card import definition
from coder.desktop.guided_stops import Question
from coder.desktop.pieces import scrolled
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CodingError, Problem
from coder.model.scheme import NOT_RATED, Code, Scheme, Tier, TierKind
from coder.model.training import Ask

Answer = str | int


class Choices(QWidget):
    """The ways to answer one question. give: an answer was chosen. `buttons`: in their order, if there are any."""

    def __init__(self, question: Question, scheme: Scheme, keymap: Keymap, give: Callable[[Answer], None]) -> None:
        super().__init__()
        self._question, self._keymap = question, keymap
        self.buttons: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        tier, code = question.stop.tier, question.stop.code
        if question.rates:
            self._offer_scale(tier, code, give)
        elif question.exercise.ask is Ask.CODE:
            self._offer_codes(tier, scheme, give)
        else:
            self._explain(tier, code)

    def answer_of(self, texts: Sequence[str]) -> Answer | None:
        """The answer that a press of a key gives, in all its readings; None if it gives none.

        Raises CodingError for the key of a code that is not asked about.
        """
        question = self._question
        if question.rates:
            return self._rating(texts)
        meaning = self._keymap.first_meaning(texts)
        if not isinstance(meaning, CodeKey):
            return None
        if question.exercise.ask is Ask.ONSET:
            raise CodingError(Problem(how_to_answer(question, self._keymap)))
        if meaning.tier.id != question.stop.tier.id:
            words = {"code": meaning.code.label, "tier": meaning.tier.label, "asked": question.stop.tier.label}
            raise CodingError(Problem(tr("“{code}” belongs to “{tier}”; “{asked}” is asked about.", **words)))
        return meaning.code.id

    def _rating(self, texts: Sequence[str]) -> Answer | None:
        scale = self._question.stop.tier.scale
        value = next((found for text in texts if (found := rating_key(text)) is not None), None)
        if scale is None or value is None or (value == NOT_RATED and not scale.na):
            return None
        if value != NOT_RATED and not scale.low <= int(value) <= scale.high:
            words = {"value": value, "low": scale.low, "high": scale.high}
            raise CodingError(
                Problem(tr("{value} is not on the scale, which goes from {low} to {high}.", **words))
            )
        return value

    def _offer_codes(self, tier: Tier, scheme: Scheme, give: Callable[[Answer], None]) -> None:
        nothing: Value[Event | None] = Value(None)
        hint = tr("Point at a code, or go to it with Tab, to read what it means.")
        words = Definition(scheme, self._keymap, nothing, hint)
        rows = QVBoxLayout()
        rows.setContentsMargins(8, 0, 8, 0)  # so that the keys stand below the question
        rows.setSpacing(4)
        for code in tier.codes:
            key = self._keymap.key_of(tier.id, code.id)
            made = CodeButton(tier, code, key, words.point_out, self._move)
            made.clicked.connect(lambda _=False, value=code.id: give(value))
            self.buttons.append(made)
            rows.addWidget(made)
        self._column.addLayout(rows)
        self._column.addWidget(words, 1)

    def _offer_scale(self, tier: Tier, code: Code, give: Callable[[Answer], None]) -> None:
        inside = self._explain(tier, code)
        numbers = FlowLayout(4)
        scale = tier.scale
        values = [str(number) for number in range(scale.low, scale.high + 1)] if scale is not None else []
        if scale is not None and scale.na:
            values.append(NOT_RATED)
        for value in values:
            text = rating_text(tier, value)
            made = small_button(text, tr("{item}: {rating}", item=code.label, rating=text))
            made.clicked.connect(lambda _=False, value=value: give(value))
            self.buttons.append(made)
            numbers.addWidget(made)
        inside.insertLayout(1, numbers)

    def _explain(self, tier: Tier, code: Code) -> QVBoxLayout:
        """The code or item that is asked about, with its words."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 0, 12, 4)
        column.setSpacing(6)
        column.addWidget(Title(tier, code))
        column.addWidget(definition(tier, code))
        column.addStretch(1)
        self._column.addWidget(scrolled(inside, tr("What is asked about")), 1)
        return column

    def _move(self, here: QWidget, _dx: int, dy: int) -> None:
        at = self.buttons.index(here) + dy
        if 0 <= at < len(self.buttons):
            self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)


def asked_text(question: Question) -> str:
    """The question itself."""
    tier, code = question.stop.tier, question.stop.code
    if question.rates:
        return tr("How would you rate “{item}” in this stretch?", item=code.label)
    if question.exercise.ask is Ask.ONSET:
        return tr("{tier}: where does “{code}” begin?", tier=tier.label, code=code.label)
    if tier.kind is TierKind.INTERVAL:
        return tr("{tier}: what is coded in this stretch?", tier=tier.label)
    if tier.kind is TierKind.POINT:
        return tr("{tier}: what happens here?", tier=tier.label)
    if question.holds_at_start:
        return tr("{tier}: what is coded where the clip begins?", tier=tier.label)
    return tr("{tier}: what begins here?", tier=tier.label)


def how_to_answer(question: Question, keymap: Keymap) -> str:
    """What the film shows, and which keys answer."""
    play, scale = shown(keymap.first_key(Do.PLAY)), question.stop.tier.scale
    if question.rates and scale is not None:
        words = {"key": play, "low": scale.low, "high": scale.high}
        text = tr("{key} plays the stretch. Press a number from {low} to {high}.", **words)
        none = tr("{key}: {na}.", key="N", na=scale.na) if scale.na else ""
        return f"{text} {none}".rstrip()
    if question.exercise.ask is Ask.ONSET:
        steps = {"back": shown(keymap.first_key(Do.BACK_FRAME)), "on": shown(keymap.first_key(Do.NEXT_FRAME))}
        text = tr("{key} plays the stretch again and again; {back} and {on} go frame by frame.", key=play, **steps)
        there = tr("On its first frame press {key}.", key=shown("Return"))
        return f"{text} {there}"
    if question.stop.tier.kind is TierKind.INTERVAL:
        return tr("{key} plays the stretch again and again. Press the key of the code.", key=play)
    text = tr("The film stands on its first frame; {key} plays it again and again.", key=play)
    answer = tr("Press the key of the code.")
    return f"{text} {answer}"
