"""Which theme and text size the application shows, following the system where a person has not chosen."""

from collections.abc import Callable
from typing import cast

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QApplication

from coder.annotate.view.theme import DARK, LIGHT, Theme, apply_theme, theme_of
from coder.settings.preferences import NORMAL_TEXT_PT, ThemeChoice


def application() -> QApplication:
    """The running application."""
    return cast(QApplication, QApplication.instance())


def theme_now() -> Theme:
    """The theme that is shown, for what is painted by hand."""
    return theme_of(application())


def scaled(px: int) -> int:
    """A length that fits the usual text size, for the size that is shown now."""
    return round(px * application().font().pointSizeF() / NORMAL_TEXT_PT)


def system_is_dark() -> bool:
    """True if the system shows dark windows; False if it does not say."""
    hints = QApplication.styleHints()
    return hints is not None and hints.colorScheme() is Qt.ColorScheme.Dark


class Look(QObject):
    """Applies theme and text size, again whenever the system turns dark or light."""

    def __init__(
        self,
        choice: ThemeChoice,
        text_pt: float,
        parent: QObject | None = None,
        *,
        system_is_dark: Callable[[], bool] = system_is_dark,
    ) -> None:
        super().__init__(parent)
        self._choice, self._text_pt = choice, text_pt
        self._system_is_dark = system_is_dark
        hints = QApplication.styleHints()
        if hints is not None:
            hints.colorSchemeChanged.connect(self._follow)
        self._apply()

    def change(self, choice: ThemeChoice, text_pt: float) -> None:
        """Show another theme or size."""
        self._choice, self._text_pt = choice, text_pt
        self._apply()

    def _follow(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        apply_theme(application(), self._theme(), text_pt=self._text_pt)

    def _theme(self) -> Theme:
        dark = self._system_is_dark() if self._choice == "system" else self._choice == "dark"
        return DARK if dark else LIGHT
