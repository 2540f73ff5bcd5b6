"""A bench on which the scheme speaks German: the same keys, the same codes."""

from PyQt6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from coder.formats import read_scheme
from coder.language import speaking
from coder.settings.shipped import shipped
from coder.workflows.scheme_languages import in_language
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press, show_frame

ENGLISH = read_scheme(shipped("schemes") / "gaze-near.toml")
GERMAN = in_language(ENGLISH, "de")


def words(table: Table) -> str:
    """Everything that stands on labels and buttons of the bench, and what it is called to who does not see it."""
    bench = table.bench
    texts = [one.text() for one in bench.findChildren(QLabel)]
    texts += [one.accessibleName() for one in bench.findChildren(QAbstractButton)]
    return "\n".join(texts)


def coded(qtbot: QtBot, table: Table) -> list[tuple[str, str, int, int, object]]:
    """Look at the face, at something else, elsewhere; judged by the head. What is kept of it."""
    for frame, keys in ((5, ("1", "U")), (30, ("4",)), (60, ("Q",)), (80, ("T", "Y"))):
        show_frame(qtbot, table.bench, frame)
        press(table.bench, *keys)
    assert not table.errors
    return [(one.tier, one.code, one.onset_us, one.offset_us, one.modifiers) for one in table.desk.coding]


def test_the_same_keys_give_the_same_codes_in_both_languages(qtbot: QtBot, laid: Laid) -> None:
    with speaking("de"):
        german = coded(qtbot, laid(scheme=GERMAN))
    english = coded(qtbot, laid(scheme=ENGLISH))
    assert german == english
    assert german[0][:2] == ("cg", "cg_face")
    assert german[0][4] == (("from", "head"),)


def test_palette_definition_and_inspector_speak_german(qtbot: QtBot, laid: Laid) -> None:
    with speaking("de"):
        table = laid(scheme=GERMAN)
        show_frame(qtbot, table.bench, 10)
        press(table.bench, "1")
        shown = words(table)
    assert "Gesicht des Elternteils" in shown
    assert "Kind schaut auf" in shown
    assert "Die Augen des Kindes ruhen" in shown
    assert "Beurteilt nach" in shown
    assert "Parent’s face" not in shown
    assert "The child’s eyes" not in shown
