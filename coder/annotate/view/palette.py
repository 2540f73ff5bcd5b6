"""The palette: every code in play with its key, and which of them hold at the frame on the screen."""

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QEvent, QPoint, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QWidget

from coder.annotate.families import InPlay
from coder.annotate.keymap import Keymap
from coder.annotate.view import code_button, columns
from coder.annotate.view.code_button import CodeButton, CodeOf
from coder.annotate.view.columns import Columns
from coder.annotate.view.holding import Held
from coder.annotate.view.layout import STREAM_NAMES, rated_tiers, timeline_tiers
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.scheme import Code, Scheme, Tier

SLACK_PX = (code_button.ROOMY_PX, 8, 6, 4)
"""How much higher than its text a row is, from the roomiest to the closest."""


class Palette(QScrollArea):
    """press: code at the frame on the screen, as the key does. rated: the panel of each rating tier, by its id.

    point_out: called with the code under the mouse or the keyboard, None when it leaves.
    """

    def __init__(
        self,
        scheme: Scheme,
        keymap: Keymap,
        held: Watched[Held],
        in_play: Watched[InPlay],
        press: Callable[[Tier, Code], None],
        point_out: Callable[[CodeOf | None], None],
        *,
        rated: Mapping[str, QWidget],
        locked: bool,
    ) -> None:
        super().__init__()
        self._in_play = in_play
        self._buttons: list[CodeButton] = []
        self._headings: list[QLabel] = []
        self._groups: dict[str, QWidget] = {}
        self._labels = {tier.id: tier.label for tier in scheme.tiers}
        self._columns = Columns()
        for tier in timeline_tiers(scheme):
            heading = _heading(tier)
            parts: list[QWidget] = [heading]
            for code in tier.codes:
                button = CodeButton(tier, code, keymap.key_of(tier.id, code.id), point_out, self._move)
                button.setEnabled(not locked)
                button.clicked.connect(lambda _, tier=tier, code=code: press(tier, code))
                parts.append(button)
                self._buttons.append(button)
            self._headings.append(heading)
            self._groups[tier.id] = self._columns.add(*parts)
        for tier in rated_tiers(scheme):
            heading = _heading(tier)
            self._headings.append(heading)
            self._groups[tier.id] = self._columns.add(heading, rated[tier.id])
        self._others = _remark("")
        self._others_group = self._columns.add(self._others)
        self.setWidget(self._columns)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Codes"))
        held.listen(self._mark)
        in_play.listen(lambda _: self._choose())
        self._choose()

    def button(self, tier: str, code: str) -> CodeButton:
        """The button of a code; KeyError if there is none."""
        for button in self._buttons:
            if (button.tier.id, button.code.id) == (tier, code):
                return button
        raise KeyError((tier, code))

    def wants_room(self, height_px: int) -> bool:
        """True if the codes do not fit into one column of this height and are better shown in two."""
        return self._columns.height_in(1) > height_px

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fit()

    def changeEvent(self, a0: QEvent | None) -> None:
        super().changeEvent(a0)
        if a0 is not None and a0.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def needed_px(self, most_px: int) -> int:
        """The height of the roomiest way to show all codes in so much; of the closest, if there is none."""
        return self._find(most_px)[1]

    def _fit(self) -> None:
        """The roomiest way in which all codes are in sight; if there is none, the closest."""
        count, _ = self._find(self.height())
        self._columns.spread(count)

    def _find(self, most_px: int) -> tuple[int, int]:
        """In how many columns, and how high that is; rows and headings are set to it."""
        roomy, *closer = SLACK_PX
        rest = (
            [(2, px) for px in SLACK_PX] if self.two_columns_px() <= self.width() else [(1, px) for px in closer]
        )
        for count, slack_px in ((1, roomy), *rest):
            self._close_up(slack_px)
            needed_px = self._columns.height_in(count)
            if needed_px <= most_px:
                break
        return count, needed_px

    def two_columns_px(self) -> int:
        """The width at which no name would be cut in two columns."""
        seen = [one for one in self._buttons if one.tier.id in self._in_play.value]
        widths = [button.natural_px() for button in seen] + [one.sizeHint().width() for one in self._headings]
        return 2 * max(widths, default=0) + columns.BETWEEN_PX

    def _close_up(self, slack_px: int) -> None:
        self._columns.set_gap(slack_px * columns.ROOMY_PX // code_button.ROOMY_PX)
        for heading in self._headings:
            heading.setContentsMargins(8, slack_px // 3, 8, slack_px // 3)
        for button in self._buttons:
            button.set_slack(slack_px)

    def _choose(self) -> None:
        in_play = self._in_play.value
        for tier, group in self._groups.items():
            group.setVisible(tier in in_play)
        others = [label for tier, label in self._labels.items() if tier not in in_play]
        self._others.setText(tr("Not in play: {tiers}", tiers=", ".join(others)))
        self._others_group.setVisible(bool(others) and not in_play.hidden)
        self._fit()

    def _mark(self, held: Held) -> None:
        for button in self._buttons:
            button.set_holds((button.tier.id, button.code.id) in held)

    def _move(self, here: QWidget, dx: int, dy: int) -> None:
        """To the nearest button in the direction of an arrow key; at the edge it stays."""

        def centre(button: QWidget) -> QPoint:
            return button.mapTo(self._columns, button.rect().center())

        at = centre(here)
        ways = []
        for button in self._buttons:
            way = centre(button) - at
            along, aside = way.x() * dx + way.y() * dy, abs(way.x() * dy + way.y() * dx)
            if button.isVisible() and button.isEnabled() and along > 0:
                ways.append((aside > button.width() // 2 if dy else False, along + aside, button))
        if ways:
            strays, _, nearest = min(ways, key=lambda way: way[:2])
            if not strays:
                nearest.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(nearest)


def _heading(tier: Tier) -> QLabel:
    label = QLabel(f"{tier.label}  ·  {tr(STREAM_NAMES[tier.stream])}")
    label.setProperty("role", "muted")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the codes decide the width
    label.setContentsMargins(8, 4, 8, 4)
    return label


def _remark(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setMinimumWidth(0)
    label.setContentsMargins(8, 4, 8, 4)
    return label
