"""Each scheme on the real bench: what the master says of a sample film is coded by real keys, frame by frame.

A study with the film is opened, the film stands on each frame at which something begins, the key of the code and
the keys of its details are pressed. What is then in the study must be what the master has, to the frame.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coder.annotate.keymap import option_keys
from coder.annotate.ratings import wants_reason
from coder.annotate.view.bench import Bench
from coder.desktop.bench_page import BenchPage
from coder.desktop.workstation import Workstation
from coder.model.coding import CodingPass, Event
from coder.model.scheme import RATING, Scheme, Tier, TierKind
from coder.model.settling import settled
from coder.model.study import Purpose
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, begin_pass, rules_preview
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.desktop.hands import back_to, press, until

FILMS = {
    "cue-response": "cues-responses",
    "face-to-face": "face-to-face",
    "gaze-near": "first-practice",
    "ratings": "first-practice",
    "shared-play": "shared-play",
}


def opened(workstation: Workstation, qtbot: QtBot, folder: Path, scheme: str) -> tuple[BenchPage, str]:
    """The bench on an empty pass, and the id of the master's beside it."""
    media = shipped("sample_media")
    with new_study(folder, "Masters") as store:
        session = add_session(store, media / f"{FILMS[scheme]}.mp4", "Sample")
        table = media / f"{FILMS[scheme]}.{scheme}.master.csv"
        master = import_events(
            store, table, session=session.name, coder="Master", scheme=scheme, purpose=Purpose.TRAINING
        )
        made = begin_pass(store, session.id, add_coder(store, "Anna").id, scheme, Purpose.MAIN)
    workstation.open_study(folder)
    workstation.open_pass(made.id)
    page = workstation.bench
    assert page is not None
    until(qtbot, lambda: page.bench.painted.value is not None)
    back_to(qtbot, workstation.window)
    return page, master.header.id


def type_key(key: str) -> None:
    """A key as the keymap writes it."""
    chord = QKeySequence(key)[0]
    press(chord.key(), chord.keyboardModifiers())


def at_frame(qtbot: QtBot, bench: Bench, at_us: int) -> None:
    bench.go_to(at_us)
    until(qtbot, lambda: bench.painted.value is not None and bench.painted.value.at_us == at_us)


def strokes(scheme: Scheme, master: CodingPass) -> Iterator[tuple[int, str, Event | None]]:
    """When which code's key is pressed; the event whose details follow. None: the key ends a state."""
    order = {tier.id: number for number, tier in enumerate(scheme.tiers)}
    found: list[tuple[int, int, str, Event | None]] = []
    for event in master:
        tier = scheme.tier(event.tier)
        found.append((event.onset_us, order[tier.id], f"{tier.id} {event.code}", event))
        follows = any(other.onset_us == event.offset_us for other in master.row(tier.id))
        if tier.kind is TierKind.STATE and not follows and event.offset_us < master.window.end_us:
            code = tier.default or event.code
            found.append((event.offset_us, order[tier.id], f"{tier.id} {code}", None))
    yield from ((at_us, code, event) for at_us, _, code, event in sorted(found, key=lambda one: one[:3]))


def code_by_keys(qtbot: QtBot, bench: Bench, scheme: Scheme, master: CodingPass) -> None:
    for at_us, name, event in strokes(scheme, master):
        tier_id, code_id = name.split()
        at_frame(qtbot, bench, at_us)
        type_key(bench.keymap.key_of(tier_id, code_id))
        if event is None:
            continue
        keys = {(one.modifier.id, one.value): one.key for one in option_keys(scheme.code(tier_id, code_id))}
        for modifier in (one for one in scheme.code(tier_id, code_id).modifiers if not one.judged):
            for value in filter(None, (event.modifier(modifier.id) or "").split(",")):
                type_key(keys[modifier.id, value])


def rate_by_keys(qtbot: QtBot, bench: Bench, tier: Tier, master: CodingPass) -> None:
    panel = bench.side.rating.panel
    assert panel is not None
    for code in tier.codes:
        event = next(one for one in master.row(tier.id) if one.code == code.id)
        value = event.modifier(RATING) or ""
        press("N" if value == "na" else value)
        if event.note:
            if not wants_reason(tier, replace(event, note="")) and panel.code != code:
                press(Qt.Key.Key_Up)  # Enter is for what lacks a reason; this rating does not need the one it has
            press(Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
            for sign in event.note:
                press(sign)
            press(Qt.Key.Key_Return)


def seen(scheme: Scheme, coding: CodingPass) -> list[tuple[str, str, int, int, tuple[tuple[str, str], ...], str]]:
    """Tier, code, onset, offset and details of all events; a gap counts as the tier's default code.

    What is judged later, in the review of answers, is left out, and so are notes, but for reasons of ratings.
    """
    found = []
    for tier in scheme.tiers:
        for one in settled(coding.row(tier.id), tier, coding.window).row:
            judged = {modifier.id for modifier in tier.code(one.code).modifiers if modifier.judged}
            details = tuple(pair for pair in one.modifiers if pair[0] not in judged)
            reason = one.note if tier.kind is TierKind.RATING else ""
            found.append((tier.id, one.code, one.onset_us, one.offset_us, details, reason))
    return sorted(found)


@pytest.mark.parametrize("name", FILMS)
def test_what_the_master_says_is_coded_by_keys_to_the_frame(
    workstation: Workstation, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    page, master_id = opened(workstation, qtbot, tmp_path / "study", name)
    bench, scheme = page.bench, page.opened.scheme
    store = store_of(workstation)
    master = store.load_pass(master_id)
    if name == "ratings":
        rate_by_keys(qtbot, bench, scheme.tiers[0], master)
    else:
        code_by_keys(qtbot, bench, scheme, master)
    mine = store.load_pass(page.opened.header.id)
    assert seen(scheme, mine) == seen(scheme, master)
    assert len(mine) >= 6


def store_of(workstation: Workstation) -> StudyStore:
    assert workstation.study is not None
    return workstation.study.verbs.store


@pytest.mark.parametrize("name", [name for name in FILMS if name != "ratings"])
def test_nothing_in_a_master_is_so_short_that_the_rules_absorb_it(tmp_path: Path, name: str) -> None:
    with new_study(tmp_path / "study", "Masters") as store:
        media = shipped("sample_media")
        session = add_session(store, media / f"{FILMS[name]}.mp4", "Sample")
        table = media / f"{FILMS[name]}.{name}.master.csv"
        made = import_events(store, table, session=session.name, coder="Master", scheme=name)
        assert rules_preview(store, made.header.id).applied.absorbed == 0
