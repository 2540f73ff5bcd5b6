"""Passes over one family of codes: what is in play, what becomes of the others, what is remembered."""

import pytest
from PyQt6.QtWidgets import QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from coder.annotate.families import InPlay
from coder.annotate.keymap import Keymap
from coder.annotate.view.code_button import CodeButton
from coder.annotate.view.content import Place
from coder.annotate.view.family import Families
from coder.model.coding import Event
from coder.model.time import Span
from tests.annotate.example import SCHEME
from tests.annotate.view.conftest import Laid, Table
from tests.annotate.view.hands import press

EVERYTHING = frozenset({"engage", "gaze", "self", "bids", "rated"})


def in_sight(table: Table) -> set[str]:
    """The tiers whose codes the palette shows."""
    return {one.tier.id for one in table.bench.palette_of_codes.findChildren(CodeButton) if one.isVisible()}


def chooser(table: Table) -> QToolButton:
    return next(
        one
        for one in table.bench.side.codes.findChildren(QToolButton)
        if one.accessibleName().startswith("Code the next family")
    )


def test_the_key_goes_from_family_to_family_and_back_to_all(laid: Laid) -> None:
    table = laid()
    seen = []
    for _ in range(7):
        seen.append((chooser(table).text(), table.bench.in_play.value.tiers))
        press(table.bench, "Ctrl+R")
    assert seen == [
        ("All tiers  ▾", EVERYTHING),
        ("Child  ▾", {"engage", "gaze"}),
        ("Parent  ▾", {"self"}),
        ("Child and parent  ▾", {"bids"}),
        ("Session  ▾", {"rated"}),
        ("Engagement  ▾", {"engage"}),
        ("Child gaze  ▾", {"gaze"}),
    ]
    assert table.bench.in_play.value == InPlay(EVERYTHING)
    assert table.bench.strip.text == "In play: All tiers"


def test_no_key_changes_what_is_not_in_play(laid: Laid) -> None:
    gaze = Event("g", "gaze", "face", Span(2_000_000, 4_000_000))
    engaged = Event("e", "engage", "person", Span(2_000_000, 4_000_000))
    table = laid(gaze, engaged)
    table.bench.selection.choose(gaze, (gaze, engaged))
    press(table.bench, "Ctrl+R")
    assert table.bench.selection.ids == {"g", "e"}
    press(table.bench, "Ctrl+R")
    assert table.bench.in_play.value.tiers == {"self"}
    assert table.bench.selection.events == ()
    press(table.bench, "Delete")
    assert table.bench.strip.text.startswith("No event is selected.")
    assert len(table.desk.coding) == 2


def test_what_is_still_in_play_stays_selected(laid: Laid) -> None:
    gaze = Event("g", "gaze", "face", Span(2_000_000, 4_000_000))
    engaged = Event("e", "engage", "person", Span(2_000_000, 4_000_000))
    table = laid(gaze, engaged)
    table.bench.selection.choose(gaze, (gaze, engaged))
    table.bench.in_play.set(InPlay(frozenset({"engage"})))
    assert table.bench.selected.value == engaged
    assert table.bench.selection.ids == {"e"}


def test_the_palette_shows_what_is_in_play_and_one_line_for_the_rest(laid: Laid) -> None:
    table = laid()
    assert in_sight(table) == EVERYTHING - {"rated"}  # those are rated, see test_rating
    press(table.bench, "Ctrl+R")
    assert in_sight(table) == {"engage", "gaze"}
    quiet = [label.text() for label in table.bench.palette_of_codes.findChildren(QLabel) if label.isVisible()]
    assert "Not in play: Parent acts, Invitations, Ratings" in quiet
    press(table.bench, "Ctrl+Shift+R")
    assert table.bench.in_play.value.hidden
    quiet = [label.text() for label in table.bench.palette_of_codes.findChildren(QLabel) if label.isVisible()]
    assert not any(text.startswith("Not in play") for text in quiet)


def test_the_key_of_a_code_that_is_not_in_play_says_so_and_codes_nothing(laid: Laid) -> None:
    table = laid()
    press(table.bench, "Ctrl+R", "Y")  # Child; Y is the parent's
    assert table.writer.saved == []
    assert table.bench.strip.text == (
        "“Talks” belongs to a tier that is not in play. "
        "To code it: Code the next family of tiers, or all (Ctrl+R)."
    )
    press(table.bench, "Ctrl+R", "Y")
    assert [event.code for event in table.desk.coding] == ["talk"]


def test_a_family_is_chosen_from_the_menu(laid: Laid, qtbot: QtBot) -> None:
    table = laid()
    menu = chooser(table).menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions() if action.text()]
    assert names == [
        "All tiers",
        "Child",
        "Parent",
        "Child and parent",
        "Session",
        "Engagement",
        "Child gaze",
        "Hide the tiers that are not in play",
    ]
    menu.actions()[2].trigger()
    assert table.bench.in_play.value.tiers == {"self"}
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Parent"]


def test_what_is_in_play_is_part_of_the_place(laid: Laid) -> None:
    table = laid()
    assert (table.bench.place().tiers, table.bench.place().hidden) == ((), False)
    press(table.bench, "Ctrl+R", "Ctrl+Shift+R")
    place = table.bench.place()
    assert (place.tiers, place.hidden) == (("engage", "gaze"), True)
    painted = table.bench.painted.value
    assert painted is not None
    assert place.at_us == painted.at_us


@pytest.mark.parametrize(
    ("kept", "in_play"),
    [
        (None, InPlay(EVERYTHING)),
        (Place(0), InPlay(EVERYTHING)),
        (Place(0, tiers=("self",), hidden=True), InPlay(frozenset({"self"}), hidden=True)),
        (Place(0, tiers=("self", "of another scheme")), InPlay(frozenset({"self"}))),
    ],
)
def test_a_pass_begins_with_what_was_in_play(kept: Place | None, in_play: InPlay) -> None:
    families = Families(SCHEME, Keymap(SCHEME), kept, lambda _: None)
    assert families.in_play.value == in_play
    assert families.placed(Place(5)) == Place(5, tiers=kept.tiers[:1] if kept else (), hidden=in_play.hidden)
