"""Which detail is asked for after a code, and when no more is asked."""

from coder.annotate import amend, strokes
from coder.annotate.asking import Asked, after_edit, question
from coder.annotate.desk import Desk
from coder.model.coding import Event
from coder.model.edit import Edit
from tests.annotate.example import SCHEME, desk_of, drawn

S = 1_000_000


def coded(desk: Desk, code: str, at_s: int, tier: str = "engage") -> Edit:
    edit = strokes.code(desk.coding, SCHEME, tier, code, at_s * S)
    desk.apply(edit)
    return edit


def only(desk: Desk) -> Event:
    (event,) = desk.coding.row("engage")
    return event


def asked_for(asked: Asked | None, event: Event | None) -> str | None:
    found = question(asked, event, SCHEME)
    return found.modifier.id if found else None


def test_the_details_of_a_new_event_are_asked_for_one_after_the_other_several_values_last() -> None:
    desk, _ = desk_of(drawn(".........."))
    asked = after_edit(None, coded(desk, "shared", 2))
    assert asked_for(asked, only(desk)) == "who_started"
    for modifier, value, following in [
        ("who_started", "child", "play_kind"),
        ("play_kind", "build", "play_kind"),
        ("play_kind", "music", "play_kind"),
    ]:
        edit = amend.toggle_option(SCHEME, only(desk), modifier, value)
        desk.apply(edit)
        asked = after_edit(asked, edit)
        assert asked_for(asked, only(desk)) == following
    found = question(asked, only(desk), SCHEME)
    assert found is not None
    assert (found.chosen, found.more) == ({"build", "music"}, False)
    assert [option.key for option in found.options] == ["V", "B"]


def test_a_number_is_asked_for_with_its_keys() -> None:
    desk, _ = desk_of(drawn(".........."))
    found = question(after_edit(None, coded(desk, "object", 2)), only(desk), SCHEME)
    assert found is not None
    assert [(option.key, option.value) for option in found.options] == [
        ("Ctrl+1", "1"),
        ("Ctrl+2", "2"),
        ("Ctrl+3", "3"),
    ]


def test_a_code_without_details_asks_nothing() -> None:
    desk, _ = desk_of(drawn(".........."))
    assert asked_for(after_edit(None, coded(desk, "off", 2)), only(desk)) is None


def test_another_code_an_undo_or_an_edit_of_another_event_ends_the_asking() -> None:
    desk, _ = desk_of(drawn(".........."))
    asked = after_edit(None, coded(desk, "shared", 2))
    first = only(desk)
    assert after_edit(asked, desk.undo()) is None
    desk.redo()
    other = coded(desk, "talk", 3, "self")
    assert asked_for(after_edit(asked, other), first) is None
    (talk,) = desk.coding.row("self")
    note = amend.set_note(SCHEME, talk, "louder")
    assert after_edit(asked, note) is None


def test_a_note_on_the_same_event_does_not_end_it() -> None:
    desk, _ = desk_of(drawn(".........."))
    asked = after_edit(None, coded(desk, "shared", 2))
    edit = amend.set_note(SCHEME, only(desk), "with the ball")
    desk.apply(edit)
    assert asked_for(after_edit(asked, edit), only(desk)) == "who_started"


def test_a_change_of_the_code_asks_for_the_details_of_the_new_one() -> None:
    desk, _ = desk_of(drawn("oooooooooo"))
    edit = amend.recode(SCHEME, only(desk), "object")
    desk.apply(edit)
    assert asked_for(after_edit(None, edit), only(desk)) == "level"


def test_what_was_passed_over_is_not_asked_again() -> None:
    desk, _ = desk_of(drawn(".........."))
    asked = after_edit(None, coded(desk, "shared", 2))
    assert asked is not None
    passed = Asked(asked.event_id, frozenset({"who_started"}))
    assert asked_for(passed, only(desk)) == "play_kind"
    assert asked_for(asked, None) is None
