"""One word of the review: what it may become, both its definitions side by side, and the confirmation."""

from collections.abc import Callable, Iterator

from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QTextBrowser

from coder.desktop.forms import Choice
from coder.desktop.look import theme_now
from coder.desktop.marked_words import marked, side_by_side, style
from coder.desktop.move_rows import MoveRow
from coder.desktop.pieces import Card, label
from coder.language import later, tr
from coder.model.recoding import Word
from coder.model.scheme_changes import Aspect
from coder.workflows.moving_words import aspect_words, choice_text, sides, word_text

_ALWAYS = (Aspect.LABEL, Aspect.DEFINITION)
_NAMES = {Aspect.LABEL: later("Name"), Aspect.DEFINITION: later("Definition")}
_OPEN = "open"


class WordCard(Card):
    """versions: the old and the new. choose(word): None leaves it out. confirm(read): the change has been read."""

    def __init__(
        self,
        versions: tuple[str, str],
        choose: Callable[[Word | None], object],
        confirm: Callable[[bool], object],
    ) -> None:
        super().__init__("")
        self._versions, self._choose_word = versions, choose
        self._row: MoveRow | None = None
        self._words: list[Word | str | None] = []
        self.choice = Choice[str](())
        self.choice.setAccessibleName(tr("Becomes"))
        self.choice.activated.connect(self._taken)
        self._becomes = label(tr("Bec&omes"))
        self._becomes.setBuddy(self.choice)
        self.confirm = QCheckBox(tr("Conf&irm: what was coded still holds"))
        self.confirm.clicked.connect(confirm)
        self.hint = label(tr("Nothing changed."), "muted", wrap=True)
        self.texts = QTextBrowser()
        self.texts.setProperty("role", "bare")
        self.texts.setOpenLinks(False)
        self.texts.setAccessibleName(tr("Both versions side by side"))
        self._lay_out()

    def show_row(self, row: MoveRow | None) -> None:
        """Show a word; None shows an empty card."""
        self._row = row
        for part in (self.choice, self._becomes, self.texts):
            part.setVisible(row is not None)
        if row is None:
            self.heading.setText("")
            self.confirm.hide()
            self.hint.hide()
            return
        self.heading.setText(word_text(row.plan.old, row.step.old))
        self._fill(row)
        self.choice.setEnabled(row.counts)
        self.confirm.setVisible(row.step.asks and row.counts)
        self.confirm.setChecked(row.step.confirmed)
        self.hint.setVisible(not row.step.asks)
        self.hint.setText(_hint(row))
        page = self.texts.document()
        assert page is not None
        page.setDefaultStyleSheet(style(theme_now()))
        self.texts.setHtml(side_by_side(self._heads(), _texts(row)))

    def _heads(self) -> tuple[str, str]:
        old, new = self._versions
        return tr("Version {version}", version=old), tr("Version {version}", version=new)

    def _fill(self, row: MoveRow) -> None:
        plan, step = row.plan, row.step
        offered = plan.choices(step.old)
        self._words = [*([] if step.decided else [_OPEN]), None, *(word for word, _ in offered)]
        texts = [choice_text(plan, word, onset_only=onset) for word, onset in offered]
        self.choice.clear()
        self.choice.addItems([*([] if step.decided else [tr("Choose…")]), tr("Leave it out"), *texts])
        self.choice.setCurrentIndex(0 if not step.decided else self._words.index(step.new))

    def _taken(self, at: int) -> None:
        word = self._words[at]
        if not isinstance(word, str):
            self._choose_word(word)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._becomes)
        row.addWidget(self.choice, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.confirm)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.texts, 1)


def _hint(row: MoveRow) -> str:
    if not row.counts:
        return tr("Its code is left out.")
    if not row.step.decided:
        return tr("The new version does not have it. Choose what its events become, or leave them out.")
    if row.step.new is None:
        return tr("Its events are not in the new pass; they stay in the old one.")
    return tr("Nothing that touches its meaning changed.")


def _texts(row: MoveRow) -> Iterator[tuple[str, str, str]]:
    """Name and definition always, everything else where it differs."""
    differs = {one.aspect: one for one in row.step.differences}
    before, after = (_said(row, old=True), _said(row, old=False))
    for aspect in _ALWAYS:
        if aspect not in differs and (before[aspect] or after[aspect]):
            both = marked(before[aspect], after[aspect] if row.step.new is not None else before[aspect])
            yield tr(_NAMES[aspect]), both[0], both[1] if row.step.new is not None else "–"
        elif aspect in differs:
            yield tr(_NAMES[aspect]), *marked(before[aspect], after[aspect])
    for difference in row.step.differences:
        of_tier = difference.code == ""
        if difference.aspect not in _ALWAYS or of_tier:
            name = aspect_words(difference)
            yield (
                (tr("{aspect} (of the tier)", aspect=name) if of_tier else name),
                *marked(*sides(difference)),
            )


def _said(row: MoveRow, *, old: bool) -> dict[Aspect, str]:
    scheme, word = (row.plan.old, row.step.old) if old else (row.plan.new, row.step.new)
    if word is None:
        return dict.fromkeys(_ALWAYS, "")
    code = scheme.code(word.tier, word.code)
    options = (
        option for modifier in code.modifiers if modifier.id == word.modifier for option in modifier.options
    )
    told = next((option for option in options if option.id == word.value), None) if word.is_detail else code
    return {
        Aspect.LABEL: word.value if told is None else told.label,
        Aspect.DEFINITION: "" if told is None else told.definition,
    }
