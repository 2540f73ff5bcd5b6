"""What a code means, in the words of the scheme: of the code that is pointed at, selected or was used last."""

from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown as key_shown
from coder.annotate.keymap import Keymap, option_keys
from coder.annotate.strokes import subject
from coder.annotate.view.code_button import CodeOf
from coder.annotate.view.layout import STREAM_NAMES
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.time import SECOND_US


class Definition(QScrollArea):
    """Explains one code. Its own words come first, so that the first lines say what it is.

    hint: what stands there while no code is explained, if not how to get one explained on the bench.
    """

    def __init__(self, scheme: Scheme, keymap: Keymap, selected: Watched[Event | None], hint: str = "") -> None:
        super().__init__()
        self._scheme = scheme
        self._keymap = keymap
        self._selected = selected
        self._pointed: CodeOf | None = None
        self._used: CodeOf | None = None
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._place = QLabel()
        self._place.setProperty("role", "muted")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._hint = QLabel(hint or tr("Point at a code, or use it, to read its definition."))
        self._hint.setProperty("role", "muted")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(2)
        for label in (self._title, self._place, self._text, self._hint):
            label.setWordWrap(True)
            label.setMinimumWidth(0)
            column.addWidget(label)
        column.insertSpacing(2, 4)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Definition of the code"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(72)
        self.setMinimumWidth(160)
        selected.listen(lambda _: self._refresh())
        self.show_code(None)

    @property
    def title(self) -> str:
        """The code that is explained; "" if none is."""
        return self._title.text()

    @property
    def text(self) -> str:
        """The explanation, as rich text."""
        return self._text.text()

    def point_out(self, pointed: CodeOf | None) -> None:
        """Explain the code under the mouse or the keyboard; None: it has left."""
        self._pointed = pointed
        self._refresh()

    def used(self, edit: Edit) -> None:
        """Keep the code of an edit explained after its event is no longer selected."""
        event = subject(edit)
        if event is not None:
            self._used = self._of(event)
            self._refresh()

    def show_code(self, shown: CodeOf | None) -> None:
        """Explain a code; None shows how to get an explanation."""
        for label in (self._title, self._place, self._text):
            label.setVisible(shown is not None)
        self._hint.setVisible(shown is None)
        self._title.setText(shown[1].label if shown else "")
        self._place.setText(self._words(*shown) if shown else "")
        text = definition_html(*shown) if shown else ""
        if text != self._text.text():
            self._text.setText(text)
            bar = self.verticalScrollBar()
            if bar is not None:
                bar.setValue(0)
        self.setAccessibleDescription(shown[1].definition.strip() if shown else "")

    def _refresh(self) -> None:
        event = self._selected.value
        self.show_code(self._pointed or (self._of(event) if event is not None else self._used))

    def _words(self, tier: Tier, code: Code) -> str:
        """Whose behaviour it is, and its key."""
        stream, key = tr(STREAM_NAMES[tier.stream]), self._keymap.key_of(tier.id, code.id)
        if not key:
            return tr("{tier} · {stream}", tier=tier.label, stream=stream)
        return tr("{tier} · {stream} · key {key}", tier=tier.label, stream=stream, key=key_shown(key))

    def _of(self, event: Event) -> CodeOf:
        tier = self._scheme.tier(event.tier)
        return tier, tier.code(event.code)


def definition_html(tier: Tier, code: Code) -> str:
    """Definition, anchors, examples, non-examples, details and the shortest length of a code, as rich text."""
    parts = [escape(code.definition.strip(), quote=False)]
    scale = tier.scale.anchors if tier.scale is not None else ()
    parts += [f"<b>{number}</b>&nbsp; {escape(words, quote=False)}" for number, words in code.anchors or scale]
    if tier.scale is not None and tier.scale.na:
        parts.append(f"<b>–</b>&nbsp; {escape(tier.scale.na, quote=False)}")
    parts += [f"<b>✓</b>&nbsp; {escape(example, quote=False)}" for example in code.examples]
    parts += [f"<b>✗</b>&nbsp; {escape(example, quote=False)}" for example in code.non_examples]
    keyed = list(option_keys(code))
    for modifier in code.modifiers:
        values = [
            f"<b>{escape(key_shown(one.key))}</b> {escape(one.label, quote=False)}"
            for one in keyed
            if one.modifier.id == modifier.id
        ]
        if values:
            parts.append(f"{escape(modifier.label, quote=False)}: {', '.join(values)}")
    if tier.kind is TierKind.STATE and code.min_us:
        parts.append(tr("Lasts at least {seconds} s.", seconds=f"{code.min_us / SECOND_US:g}"))
    return "".join(f'<p style="margin: 0 0 5px 0">{part}</p>' for part in parts)
