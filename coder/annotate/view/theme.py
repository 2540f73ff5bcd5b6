"""How the program looks: two themes of named colours, the typeface, and the style sheet made from them.

Widgets name a colour by its role and never write one down. Text roles keep at least 4.5:1 against the surfaces
they stand on (WCAG AA); `tests/annotate/view/test_theme.py` measures it.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication

_FONTS = Path(__file__).parent / "fonts"
_SIGNS = Path(__file__).parent / "signs"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by role, as #rrggbb. `codes` is for filled spans and goes with `code_ink` as their text."""

    name: str
    window: str
    surface: str
    raised: str
    line: str
    line_strong: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    backdrop: str
    playhead: str
    curve: str
    codes: tuple[str, ...]
    uncodable: str
    code_ink: str

    def code_colour(self, index: int, *, uncodable: bool = False) -> QColor:
        """The fill for the code at `index` of its tier."""
        return QColor(self.uncodable if uncodable else self.codes[index % len(self.codes)])


# Paul Tol's "light" qualitative scheme but for its grey: eight fills that the colour-blind can tell apart, each
# light enough for dark text. The order puts neighbours of a tier as far apart as the scheme allows.
_CODES = ("#77AADD", "#EE8866", "#EEDD88", "#44BB99", "#FFAABB", "#99DDFF", "#BBCC33", "#AAAA00")

LIGHT = Theme(
    name="light",
    window="#F4F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#DCE1E7",
    line_strong="#87919D",
    text="#1A232E",
    muted="#536070",
    accent="#1C5FA8",
    accent_hover="#164D89",
    on_accent="#FFFFFF",
    accent_soft="#E4EEF9",
    good="#1C6A43",
    good_soft="#E3F3EA",
    warning="#825000",
    warning_soft="#FBF0DC",
    error="#A3242B",
    error_soft="#FBE8E9",
    backdrop="#14181D",
    playhead="#B3123F",
    curve="#1C5FA8",
    codes=_CODES,
    uncodable="#CBD0D6",
    code_ink="#14202B",
)

DARK = Theme(
    name="dark",
    window="#13171C",
    surface="#1A2027",
    raised="#222A33",
    line="#323C48",
    line_strong="#76828F",
    text="#E7ECF2",
    muted="#A4B0BD",
    accent="#7FB6F2",
    accent_hover="#A3CBF6",
    on_accent="#0D1B2A",
    accent_soft="#21374F",
    good="#7FD1A4",
    good_soft="#193A2A",
    warning="#F0BE6E",
    warning_soft="#3D2F16",
    error="#FF9E9E",
    error_soft="#47201F",
    backdrop="#0B0E11",
    playhead="#FF6B8F",
    curve="#7FB6F2",
    codes=_CODES,
    uncodable="#8D97A2",
    code_ink="#14202B",
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def theme_of(app: QApplication) -> Theme:
    """The theme that `apply_theme` gave the application; the light one before that."""
    return THEMES.get(str(app.property("theme")), LIGHT)


def apply_theme(app: QApplication, theme: Theme, *, text_pt: float = 10.0) -> None:
    """Give the whole application the typeface, palette and style sheet of `theme`.

    text_pt: size of body text in points; everything else scales with it.
    """
    app.setProperty("theme", theme.name)
    app.setStyle("Fusion")
    app.setFont(body_font(text_pt))
    app.setPalette(_palette(theme))
    colours = {field.name: getattr(theme, field.name) for field in fields(theme)}
    tick = (_SIGNS / f"tick-{theme.name}.svg").as_posix()
    app.setStyleSheet(_SHEET.substitute(colours, tick=tick, title_pt=text_pt * 2, heading_pt=text_pt * 1.2))


def body_font(text_pt: float = 10.0, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter as shipped, with digits of one width so that a running clock does not shiver."""
    family = _load_fonts()
    font = QFont(family)
    font.setPointSizeF(text_pt)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _load_fonts() -> str:
    """Register the shipped typeface once; its family name. Machines without any font still show text."""
    if "Inter" not in QFontDatabase.families():
        for path in sorted(_FONTS.glob("*.otf")):
            QFontDatabase.addApplicationFont(str(path))
    return "Inter"


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Link, theme.accent),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.muted))
    return palette


# Roles that a widget asks for by `setProperty("role", …)`: primary, quiet, card, title, heading, muted, key,
# wrong (what is the matter with a field), strip-error, strip-ok, badge-good, badge-warning, badge-muted; bare (a
# list or table inside a card, without a frame; its chosen row shows where the keyboard is), gap (a splitter
# between cards), link (a button that reads as a value in a text), banner (a lasting warning across a page).
_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QDialog { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title_pt}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading_pt}pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="asked"] { font-weight: 600; }
QLabel[role="wrong"] { color: $error; }
QLabel[role="key"] { background: $surface; border: 1px solid $line_strong; border-bottom-width: 2px;
    border-radius: 4px; padding: 0px 5px; font-weight: 500; }
QLabel[role="strip-error"] { background: $error_soft; color: $error; border: 1px solid $error;
    border-radius: 6px; padding: 6px 10px; }
QLabel[role="strip-warning"] { background: $warning_soft; color: $warning; border: 1px solid $warning;
    border-radius: 6px; padding: 6px 10px; }
QLabel[role="strip-ok"] { color: $muted; padding: 6px 10px; }
QLabel[role="badge-good"] { background: $good_soft; color: $good; border-radius: 9px; padding: 1px 8px; }
QLabel[role="badge-warning"] { background: $warning_soft; color: $warning; border-radius: 9px; padding: 1px 8px; }
QLabel[role="badge-muted"] { background: $window; color: $muted; border-radius: 9px; padding: 1px 8px; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QPushButton, QToolButton { background: $surface; border: 1px solid $line_strong; border-radius: 6px;
    padding: 5px 12px; }
QToolButton { padding: 4px 8px; }
QPushButton:hover, QToolButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed, QToolButton:pressed { background: $accent_soft; }
QPushButton:checked { background: $accent_soft; border-color: $accent; font-weight: 600; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 4px 11px; }
QToolButton:focus { padding: 3px 7px; }
QPushButton:disabled, QToolButton:disabled { color: $muted; border-color: $line; background: $window; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: $accent_soft; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $accent; }
QPushButton[role="link"] { background: transparent; border: none; border-bottom: 1px dashed $accent;
    border-radius: 0px; padding: 0px; color: $accent; text-align: left; }
QPushButton[role="link"]:focus { border: 2px solid $accent; border-radius: 3px; padding: 0px 2px; }
QFrame[role="banner"] { background: $warning_soft; border: none; border-bottom: 1px solid $warning; }
QFrame[role="banner"] QLabel { color: $warning; }
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: $surface; color: $text;
    border: 1px solid $line_strong; border-radius: 6px; padding: 4px 8px; selection-background-color: $accent;
    selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 3px 7px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong;
    selection-background-color: $accent;
    selection-color: $on_accent; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $raised; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QTableView, QTreeView, QListView { background: $surface; alternate-background-color: $window;
    border: 1px solid $line;
    border-radius: 8px; gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text;
    outline: none; }
QTableView::item, QListView::item, QTreeView::item { padding: 4px 8px; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $accent; }
QTableView[role="bare"], QListView[role="bare"], QTreeView[role="bare"], QTableView[role="bare"]:focus,
    QListView[role="bare"]:focus, QTreeView[role="bare"]:focus { border: none; }
QListView[role="plain"], QListView[role="plain"]:focus { background: transparent; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 5px 4px 4px 4px; margin: 0 8px; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { background: $accent_soft; }
QTabBar::scroller { width: 40px; }
QTabBar QToolButton { background: $surface; padding: 0; border: none; border-radius: 0; }
QToolButton[role="menu"]::menu-indicator { image: none; width: 0; }
QToolButton:checked { background: $accent_soft; border-color: $accent; font-weight: 600; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 11px; font-weight: 500; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; margin: 2px;
    min-height: 28px; min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QSplitter[role="gap"]::handle, QSplitter[role="gap"]::handle:hover { background: transparent; }
QProgressBar { background: $line; border: none; border-radius: 4px; height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator { width: 16px; height: 16px; }
QCheckBox::indicator, QListView::indicator { border: 1px solid $line_strong; border-radius: 4px;
    background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked { border-color: $accent; background: $accent;
    image: url("$tick"); }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 14px; height: 14px; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox:disabled { color: $muted; }
QCheckBox::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked:disabled { border-color: $muted; background: $muted; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::handle:horizontal { background: $accent; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
""")
