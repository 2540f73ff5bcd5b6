"""Persons to be drawn, words about who is who on the disk, and what is concluded from them at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coder.features.concluding.signals import SIGNALS
from coder.features.look_columns import columns_of
from coder.model.persons import Role
from coder.model.problem import FeatureError, StoreError
from coder.model.time import SECOND_US, Span
from coder.model.track import Provenance
from coder.store import StudyStore
from coder.store.tracks import read_track_table, write_track_table
from coder.workflows.concluding import CONCLUDED, SEEN, conclude, lags, newest
from coder.workflows.identity import identities
from coder.workflows.persons import confirm, persons, say, swap, withdraw_mark
from coder.workflows.studies import open_study
from tests.features.concluding.acted import Scene, acted, child, parent
from tests.features.concluding.test_marks import MISTAKEN
from tests.store.small_study import FILM, VISIT, small_study

WHOLE = Span(0, 10 * SECOND_US)
START = Span(0, 2 * SECOND_US)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with small_study(tmp_path / "study") as opened:
        yield opened


def seen(store: StudyStore, scene: Scene, version: str = "1") -> None:
    """Keep the scene as what was seen in the film."""
    models, packages = {"face.task": "ab" * 32}, {"mediapipe": "0.10.33"}
    provenance = Provenance(
        SEEN, version, FILM.fingerprint.sha256, {"every": "2"}, models, packages, len(scene.looks), 0
    )
    write_track_table(store, FILM.id, columns_of(scene.looks), provenance)


def guessed(store: StudyStore, at_s: float = 5.0) -> list[tuple[Role | None, bool]]:
    """Who is taken for whom at a moment, from left to right, and whether a person said so."""
    shown = persons(store, FILM.id)
    assert shown is not None
    return [
        (person.role, person.said)
        for person in sorted(shown.at(round(at_s * SECOND_US)), key=lambda person: person.left)
    ]


RIGHT_WAY = [(Role.PARENT, False), (Role.CHILD, False)]
WRONG_WAY = [(Role.CHILD, False), (Role.PARENT, False)]
SAID = [(Role.PARENT, True), (Role.CHILD, True)]


def test_before_anything_was_seen_there_is_nobody_and_nothing_can_be_said(store: StudyStore) -> None:
    assert persons(store, FILM.id) is None
    assert identities(store, store.session(VISIT.id)) == ()
    for attempt in (
        lambda: conclude(store, FILM.id),
        lambda: swap(store, FILM.id, WHOLE, actor="ada"),
        lambda: say(store, FILM.id, 0, 0.5, 0.5, Role.CHILD, WHOLE, actor="ada"),
    ):
        with pytest.raises(FeatureError, match="not measured yet"):
            attempt()
    assert store.identity_marks() == ()
    assert store.tracks() == ()


def test_persons_are_boxes_in_shares_with_roles_near_the_moment_asked_for(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    shown = persons(store, FILM.id)
    assert shown is not None
    left, right = sorted(shown.at(5 * SECOND_US), key=lambda person: person.left)
    assert (left.role, right.role) == (Role.PARENT, Role.CHILD)
    assert 0.2 < left.left < left.right < 0.45
    assert 0.55 < right.left < right.right < 0.8
    assert 0 < left.top < left.bottom < 0.6
    assert min(left.confidence, right.confidence) > 0.9
    assert len(shown.at(5 * SECOND_US + 40_000)) == 2
    assert shown.at(12 * SECOND_US) == shown.at(-SECOND_US) == ()


def test_gaze_rays_come_with_what_was_concluded(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    before = persons(store, FILM.id)
    assert before is not None
    assert [person.ray for person in before.at(5 * SECOND_US)] == [None, None]
    conclude(store, FILM.id)
    shown = persons(store, FILM.id)
    assert shown is not None
    rays = [person.ray for at in range(10) for person in shown.at(at * SECOND_US)]
    assert any(ray is not None for ray in rays)


def test_one_swap_is_on_the_disk_mends_the_film_and_is_concluded_at_once(store: StudyStore) -> None:
    seen(store, acted(10, *MISTAKEN))
    first = conclude(store, FILM.id)
    assert guessed(store) == WRONG_WAY
    mark = swap(store, FILM.id, START, actor="ada")
    assert store.identity_marks(FILM.id) == (mark,)
    assert {anchor.at_us // SECOND_US for anchor in mark.anchors} == {0, 1}
    assert guessed(store, 1) == SAID
    assert guessed(store, 5) == RIGHT_WAY
    (then,) = [record for record in store.tracks() if record.provenance.extractor == CONCLUDED]
    assert then.id != first.id
    assert not (store.folder / first.path).exists()
    assert then.provenance.settings["marks"].startswith("1, ")
    assert store.check() == ()


def test_what_is_concluded_follows_the_swap(store: StudyStore) -> None:
    seen(store, acted(10, *MISTAKEN))
    widths = []
    for _ in range(2):
        table = read_track_table(store, conclude(store, FILM.id))
        assert table.signals == tuple(signal.id for signal in SIGNALS)
        widths.append((table.values("parent_face_px").mean(), table.values("child_face_px").mean()))
        swap(store, FILM.id, START, actor="ada")
    (big, small), (then_small, then_big) = widths
    assert (then_small, then_big) == pytest.approx((small, big))
    assert big > 1.1 * small


def test_confirming_keeps_what_is_shown_and_saying_it_again_adds_nothing(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    mark = confirm(store, FILM.id, WHOLE, actor="ada")
    assert guessed(store) == SAID
    assert len(mark.anchors) == 20
    assert confirm(store, FILM.id, WHOLE, actor="ada") == mark
    assert store.identity_marks() == (mark,)


def test_swapping_twice_is_as_if_nothing_was_said(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    swap(store, FILM.id, START, actor="ada")
    assert guessed(store, 1) == [(Role.CHILD, True), (Role.PARENT, True)]
    swap(store, FILM.id, START, actor="ada")
    assert guessed(store, 1) == SAID
    assert guessed(store, 5) == RIGHT_WAY


def test_pointing_at_a_head_says_who_it_is_as_long_as_it_is_followed(store: StudyStore) -> None:
    seen(store, acted(10, *MISTAKEN))
    mark = say(store, FILM.id, SECOND_US, 200 / 640, 150 / 360, Role.PARENT, START, actor="ben")
    assert {anchor.role for anchor in mark.anchors} == {Role.PARENT}
    assert guessed(store, 1)[0] == (Role.PARENT, True)
    assert guessed(store, 5) == RIGHT_WAY
    again = say(store, FILM.id, SECOND_US, 200 / 640, 150 / 360, Role.PARENT, START, actor="ben")
    assert again == mark


def test_pointing_beside_everybody_is_refused_and_changes_nothing(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    conclude(store, FILM.id)
    held = store.tracks()
    for x, y, at_us in ((0.9, 0.9, SECOND_US), (200 / 640, 120 / 360, 20 * SECOND_US)):
        with pytest.raises(FeatureError, match="Nobody is seen at this place"):
            say(store, FILM.id, at_us, x, y, Role.CHILD, WHOLE, actor="ada")
    with pytest.raises(FeatureError, match="Nobody is shown as parent or child"):
        swap(store, FILM.id, Span(11 * SECOND_US, 12 * SECOND_US), actor="ada")
    with pytest.raises(StoreError, match="no coder “zoe”"):
        swap(store, FILM.id, WHOLE, actor="zoe")
    assert store.identity_marks() == ()
    assert store.tracks() == held


def test_taking_a_word_back_brings_the_guess_back(store: StudyStore) -> None:
    seen(store, acted(10, *MISTAKEN))
    mark = swap(store, FILM.id, START, actor="ada")
    withdraw_mark(store, mark.id, actor="ben")
    assert guessed(store, 1) == WRONG_WAY
    assert store.identity_marks() == ()
    record = newest(store, FILM.id, CONCLUDED)
    assert record is not None
    assert record.provenance.settings["marks"] == "none"
    with pytest.raises(StoreError, match="that holds"):
        withdraw_mark(store, mark.id, actor="ben")


def test_a_mark_outlives_a_new_measurement(store: StudyStore) -> None:
    seen(store, acted(10, *MISTAKEN))
    swap(store, FILM.id, START, actor="ada")
    seen(store, acted(10, *MISTAKEN, seed=5), version="2")
    assert guessed(store, 1) == SAID
    assert guessed(store, 5) == RIGHT_WAY


def test_settings_of_the_last_time_hold_until_others_are_given(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    assert conclude(store, FILM.id, {"child_side": "left"}).provenance.settings["child_side"] == "left"
    assert guessed(store) == WRONG_WAY
    confirm(store, FILM.id, Span(0, SECOND_US), actor="ada")
    record = newest(store, FILM.id, CONCLUDED)
    assert record is not None
    assert record.provenance.settings["child_side"] == "left"
    assert conclude(store, FILM.id, {}).provenance.settings["child_side"] == "auto"
    with pytest.raises(FeatureError, match="no such setting"):
        conclude(store, FILM.id, {"side": "left"})


def test_a_conclusion_says_what_it_rests_on(store: StudyStore) -> None:
    seen(store, acted(10, parent(200), child(420)))
    told = conclude(store, FILM.id).provenance
    first = newest(store, FILM.id, SEEN)
    assert first is not None
    assert told.models == first.provenance.models
    assert set(told.packages) == {"mediapipe", "scipy"}
    assert told.settings["seen every"] == "2"
    assert first.run[:16] in told.settings["seen"]
    assert (told.frames_decoded, told.media_sha256) == (100, FILM.fingerprint.sha256)


def test_the_list_of_identities_tells_shares_doubts_and_marks(store: StudyStore) -> None:
    late = replace(FILM, id="late", path="media/late.mp4", role="child camera", offset_us=2 * SECOND_US)
    store.add_media(VISIT.id, late)
    seen(store, acted(10, parent(200, there=lambda s: s < 4), child(420, there=lambda s: s < 8)))
    (found,) = identities(store, store.session(VISIT.id))
    assert (found.camera, found.looks) == (FILM.role, 100)
    assert (found.parent, found.child, found.unsure, found.others) == (0.4, 0.8, 0.0, 0.0)
    assert found.doubts == ()
    alone = acted(10, child(300))
    write_track_table(
        store, late.id, columns_of(alone.looks), Provenance(SEEN, "1", late.fingerprint.sha256, {}, {}, {}, 100, 0)
    )
    _, second = identities(store, store.session(VISIT.id))
    assert second.unsure == 1.0
    assert second.doubts == (Span(2 * SECOND_US, 12 * SECOND_US),)


def children(store: StudyStore) -> list[float]:
    """Where the child's head looks in what is concluded: tells whether words have been followed."""
    record = newest(store, FILM.id, CONCLUDED)
    assert record is not None
    table = read_track_table(store, record, ["child_face_px"])
    return table.values("child_face_px").tolist()


@pytest.fixture
def cut_short(store: StudyStore, monkeypatch: pytest.MonkeyPatch) -> tuple[list[float], StudyStore]:
    """A study in which somebody said who is who, and the program died before anything followed: what was
    concluded until then, and the study."""
    seen(store, acted(10, parent(200), child(420)))
    conclude(store, FILM.id)
    before = children(store)

    def dies(*_all: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("coder.workflows.persons.conclude", dies)
        with pytest.raises(KeyboardInterrupt):
            swap(store, FILM.id, WHOLE, actor="ada")
    assert len(store.identity_marks(FILM.id)) == 1, "the word itself is on the disk"
    assert children(store) == before
    assert lags(store, FILM.id)
    return before, store


def test_a_word_that_was_cut_short_is_followed_when_the_study_is_opened(cut_short) -> None:
    before, store = cut_short
    store.close()
    with open_study(store.folder) as opened:
        assert children(opened) != before
        assert not lags(opened, FILM.id)
        made = newest(opened, FILM.id, CONCLUDED)
    with open_study(store.folder) as opened:
        assert newest(opened, FILM.id, CONCLUDED) == made, "once"


def test_the_same_word_again_is_followed_if_it_was_not_the_first_time(cut_short) -> None:
    before, store = cut_short
    confirm(store, FILM.id, WHOLE, actor="ada")
    assert len(store.identity_marks(FILM.id)) == 1
    assert children(store) != before
    assert not lags(store, FILM.id)
