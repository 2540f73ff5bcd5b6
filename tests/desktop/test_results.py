"""The results of a pass, reached and read by keys as a person does."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from coder.analysis import measures
from coder.desktop.measure_words import WORDS, part_text, said, value_text
from coder.desktop.results_page import MEASURE_COLUMNS, MeasureRow, ResultsPage
from coder.desktop.tables import Rows, Table
from coder.desktop.workstation import Workstation
from coder.language import ENGLISH, speak
from coder.model.measure import Measure
from coder.workflows.exchange import import_events
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.analysis.played import a_play, a_scheme
from tests.analysis.test_measures import every_rule
from tests.desktop.conftest import nameless
from tests.desktop.hands import ALT, CTRL, back_to, press, shown, until

SAMPLES = Path(__file__).parents[2] / "sample_media"
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A study with the master pass of cues and answers."""
    folder = tmp_path / "studies" / "Answers"
    with new_study(folder, "Answers") as store:
        add_session(store, SAMPLES / "cues-responses.mp4", "Ball")
        file = SAMPLES / "cues-responses.cue-response.master.csv"
        import_events(store, file, session="Ball", coder="Anna", scheme="cue-response")
    return folder


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    speak(ENGLISH)


def page(station: Workstation) -> ResultsPage:
    assert station.results.page is not None
    return station.results.page


def rows(table: Table) -> tuple[object, ...]:
    model = table.model()
    assert isinstance(model, Rows)
    return model.rows


def values(station: Workstation) -> dict[str, str]:
    return {part_text(one): value_text(one) for one in rows(page(station).numbers) if isinstance(one, Measure)}


def test_results_are_one_key_from_the_study_and_read_with_arrows(
    qtbot: QtBot, workstation: Workstation, judged: Path
) -> None:
    workstation.open_study(judged)
    press(Qt.Key.Key_L, ALT)
    qtbot.waitUntil(lambda: workstation.results.page is not None)
    first = rows(page(workstation).measures)[0]
    assert isinstance(first, MeasureRow)
    assert first.derived.id == "answers_all"
    # Eleven cues, as scripted: seven answers fit, one fits loosely, two miss, and one cue has none.
    shares = values(workstation)
    assert (shares["Answered"], shares["No act in time"]) == ("72.7\u202f%", "9.1\u202f%")
    assert shares["Not judged yet"] == "0"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert values(workstation)["Median time to the answer"] == "3.40\u202fs"  # the one cue of distress
    assert not nameless(workstation.window)
    press(Qt.Key.Key_B, ALT)
    qtbot.waitUntil(lambda: workstation.window.pages.currentWidget() is workstation.study)
    assert workstation.results.page is None


def test_what_is_not_defined_has_a_dash_and_its_reason_below(
    qtbot: QtBot, workstation: Workstation, judged: Path
) -> None:
    workstation.open_study(judged)
    workstation.show_results()
    for _ in range(3):
        press(Qt.Key.Key_Down)
    row = rows(page(workstation).measures)[page(workstation).measures.row]
    assert isinstance(row, MeasureRow)
    assert (row.derived.id, row.defined) == ("answers_break", 7)  # one cue, and it was not answered
    assert [MEASURE_COLUMNS[1].text(one) for one in rows(page(workstation).measures)[2:4]] == ["9 of 9", "7 of 9"]
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page(workstation).numbers.hasFocus)
    assert not page(workstation).remark.isVisible()
    for _ in range(6):
        press(Qt.Key.Key_Down)
    assert page(workstation).remark.text() == "Median time to the answer: None of these cues was answered."
    assert values(workstation)["Median time to the answer"] == "–"


def test_from_the_bench_and_back_to_it(qtbot: QtBot, workstation: Workstation, coded: Path) -> None:
    workstation.open_study(coded)
    assert workstation.study is not None
    assert workstation.study.coding is not None
    workstation.open_pass(workstation.study.coding.header.id)
    qtbot.waitUntil(lambda: workstation.bench is not None)
    press(Qt.Key.Key_N, CTRL | SHIFT)
    qtbot.waitUntil(lambda: workstation.results.page is not None)
    assert workstation.bench is None
    assert values(workstation) == {"Time": "0.00\u202fs", "Stretches": "0", "Share of the time": "0.0\u202f%"}
    press(Qt.Key.Key_N, CTRL | SHIFT)  # a second time changes nothing
    press(Qt.Key.Key_B, ALT)
    until(qtbot, lambda: workstation.bench is not None)
    assert workstation.results.page is None


def test_results_are_written_where_the_person_says(
    qtbot: QtBot, workstation: Workstation, judged: Path, tmp_path: Path
) -> None:
    workstation.open_study(judged)
    workstation.show_results()
    press(Qt.Key.Key_E, ALT)
    dialog = shown(qtbot, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "results.csv"))
    dialog.reject()
    back_to(qtbot, workstation.window)
    assert workstation.strip.text == "The results are in results.csv."
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["measure"] for row in written] == [one.name for one in page(workstation).shown.measures]


def test_without_a_pass_there_are_no_results(workstation: Workstation, tmp_path: Path) -> None:
    new_study(tmp_path / "Empty", "Empty").close()
    workstation.open_study(tmp_path / "Empty")
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert workstation.results.page is None
    assert workstation.study is not None
    assert not workstation.study.results_button.isEnabled()


def test_all_that_is_always_said_is_known_to_the_catalogue() -> None:
    """Every part and reason that does not hold a name of the scheme can be translated."""
    scheme = a_scheme(*every_rule({}, "part"), *every_rule({}, ""))
    codings = [
        a_play(
            eyes="foaofafuuffooaf",
            face="sqhsqnnsqhsqqqs",
            part="111112222211111",
            cues="v....d....v....",
            acts="t..c....t......",
        ),
        a_play(eyes="uuuu", face="nnnn", cues="v..."),
        a_play(eyes="ffff", face="ssss", acts="tttt"),
    ]
    labels = {one.label for one in scheme.tiers} | {code.label for _, code in scheme.codes()} | {"Loud", "How"}
    found = {
        text for coding in codings for one in measures(coding, scheme) for text in (*one.part, one.why) if text
    }
    named = re.compile(
        "|".join([*map(re.escape, sorted(labels, key=len, reverse=True)), r"\d", "^(fits|loosely|misses|none)$"])
    )
    unknown = {text for text in found if text not in WORDS and not named.search(text)}
    assert not unknown
    assert said("Play") == "Play"
