"""What a person chooses for this machine: language, look, the bench, the keys. Each change holds at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coder.desktop.forms import Choice
from coder.desktop.key_settings import KeysCard
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label, scrolled
from coder.desktop.speaking import LANGUAGE_NAMES
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US
from coder.settings.preferences import (
    LARGEST_TEXT_PT,
    SMALLEST_TEXT_PT,
    SYSTEM_LANGUAGE,
    BenchChoices,
    PreferencesFile,
)

SIDE_PX = 330
SCROLL_BAR_PX = 14
WIDEST_PX, HIGHEST_PX = 1340, 720
Spin = TypeVar("Spin", QSpinBox, QDoubleSpinBox)


@dataclass(frozen=True)
class SettingsWishes:
    """What the window asks for. bench: the choices for the bench, as they are now."""

    language: Callable[[str], None]
    theme: Callable[[str], None]
    text: Callable[[float], None]
    bench: Callable[[BenchChoices], None]


class SettingsWindow(QDialog):
    """One sheet: look and bench on the left, keys on the right. schemes: whose codes can be given other keys."""

    def __init__(
        self,
        parent: QWidget | None,
        preferences: PreferencesFile,
        schemes: Sequence[Scheme],
        wishes: SettingsWishes,
        scheme_name: str = "",
    ) -> None:
        super().__init__(parent)
        self._preferences, self._wishes = preferences, wishes
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Settings"))
        self.resize(min(scaled(1080), WIDEST_PX), min(scaled(640), HIGHEST_PX))
        now = preferences.value
        languages = [
            (tr("As the system"), SYSTEM_LANGUAGE),
            *((name, code) for code, name in LANGUAGE_NAMES.items()),
        ]
        self.language = Choice[str](languages, now.language)
        themes = [(tr("As the system"), "system"), (tr("Light"), "light"), (tr("Dark"), "dark")]
        self.theme = Choice[str](themes, now.theme)
        self.text = _number(QSpinBox(), int(SMALLEST_TEXT_PT), int(LARGEST_TEXT_PT), round(now.text_pt), tr(" pt"))
        self.stride = _number(QSpinBox(), 1, 1000, now.bench.stride, tr(" frames"))
        self.replay = _number(QDoubleSpinBox(), 0.5, 60.0, now.bench.replay_us / SECOND_US, tr(" s"))
        self.replay.setSingleStep(0.5)
        self.replay.setDecimals(1)
        self.step_sound = QCheckBox(tr("Hear a snatch of sound with each step"))
        self.step_sound.setChecked(now.bench.step_sound)
        self.muted = QCheckBox(tr("No sound at all"))
        self.muted.setChecked(now.bench.muted)
        self.keys = KeysCard(preferences, schemes, scheme_name)
        self.close_button = button(tr("Close"), self.close, "primary")
        self._lay_out()
        self._connect()

    def _connect(self) -> None:
        self.language.currentIndexChanged.connect(lambda _: self._wishes.language(self.language.value))
        self.theme.currentIndexChanged.connect(lambda _: self._wishes.theme(self.theme.value))
        self.text.valueChanged.connect(lambda value: self._wishes.text(float(value)))
        for number in (self.stride, self.replay):
            number.valueChanged.connect(lambda _: self._tell_bench())
        for choice in (self.step_sound, self.muted):
            choice.toggled.connect(lambda _: self._tell_bench())

    def _tell_bench(self) -> None:
        fields: dict[str, Any] = {
            "stride": self.stride.value(),
            "replay_us": round(self.replay.value() * SECOND_US),
            "step_sound": self.step_sound.isChecked(),
            "muted": self.muted.isChecked(),
        }
        self._wishes.bench(self._preferences.value.bench.model_copy(update=fields))

    def _lay_out(self) -> None:
        look, bench = Card(tr("Language and look")), Card(tr("Bench"))
        look.column.addLayout(
            _form((tr("&Language"), self.language), (tr("&Theme"), self.theme), (tr("Te&xt size"), self.text))
        )
        look.column.addWidget(
            label(tr("The language changes when you start the program again."), "muted", wrap=True)
        )
        bench.column.addLayout(_form((tr("&Stride"), self.stride), (tr("Replay the &last"), self.replay)))
        bench.column.addWidget(self.step_sound)
        bench.column.addWidget(self.muted)
        about = tr("A coder’s reaction time belongs to the study: choose Edit beside the coder’s name there.")
        bench.column.addWidget(label(about, "muted", wrap=True))
        side = QVBoxLayout()
        side.setSpacing(16)
        side.setContentsMargins(0, 0, 0, 0)
        for card in (look, bench):
            side.addWidget(card)
        side.addStretch(1)
        left = QWidget()
        left.setLayout(side)
        area = scrolled(left, tr("Language, look and bench"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(max(SIDE_PX, left.minimumSizeHint().width() + SCROLL_BAR_PX))
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addWidget(area)
        halves.addWidget(self.keys, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addLayout(halves, 1)
        whole.addLayout(foot)
        self.language.setFocus()


def _form(*fields: tuple[str, QWidget]) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for name, field in fields:
        text = label(name)
        text.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        form.addRow(text, field)
    return form


def _number(box: Spin, low: Any, high: Any, value: Any, unit: str) -> Spin:
    box.setRange(low, high)
    box.setValue(value)
    box.setSuffix(unit)
    box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)  # arrow keys and the wheel do it
    return box
