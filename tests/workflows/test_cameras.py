"""The films of a session below the window: added, laid side by side, found again, known, copied."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from coder.media import FrameSource, ProxyReader, open_index
from coder.model.problem import CoderError, MediaError
from coder.model.study import Fingerprint, Media
from coder.settings.folders import proxy_path
from coder.settings.seen_films import seen
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.cameras import (
    add_camera_steps,
    convert_steps,
    find_moved_steps,
    marks_proposal,
    passport_steps,
    proxy_steps,
    relink_steps,
    rename_camera,
    set_timing,
    sound_proposal_steps,
)
from coder.workflows.sessions import add_session
from coder.workflows.steps import finish
from coder.workflows.studies import new_study

SAMPLES = shipped("sample_media")
A, B = SAMPLES / "two-cameras.a.mp4", SAMPLES / "two-cameras.b.mp4"
SECOND = 1_000_000


@pytest.fixture
def store(tmp_path: Path):
    with new_study(tmp_path / "study", "Cameras") as made:
        yield made


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Copies of both films, old enough to be trusted."""
    folder = tmp_path / "films"
    folder.mkdir()
    for film in (A, B):
        shutil.copyfile(film, folder / film.name)
        os.utime(folder / film.name, (1_700_000_000, 1_700_000_000))
    return folder


def two_cameras(store: StudyStore, folder: Path) -> tuple[Media, Media]:
    session = add_session(store, folder / A.name, "two")
    added = finish(add_camera_steps(store, session.id, folder / B.name))
    return session.media[0], added


# ---- adding


def test_a_second_film_is_added_behind_the_first(store: StudyStore, films: Path) -> None:
    first, second = two_cameras(store, films)
    assert store.sessions()[0].media == (first, second)
    assert (second.role, second.frame_count, second.offset_us, second.skew_ppm) == ("camera 2", 463, 0, 0)
    assert (store.media_path(second), seen(films / B.name)) == (films / B.name, second.fingerprint)


def test_the_same_film_twice_is_refused(store: StudyStore, films: Path) -> None:
    two_cameras(store, films)
    copy = shutil.copyfile(films / B.name, films / "other name.mp4")
    with pytest.raises(CoderError, match="Session “two” has this film already, as “camera 2”"):
        finish(add_camera_steps(store, store.sessions()[0].id, copy))
    assert len(store.sessions()[0].media) == 2


def test_a_name_that_is_taken_is_refused(store: StudyStore, films: Path) -> None:
    session = add_session(store, films / A.name)
    with pytest.raises(CoderError, match="already has a camera “camera 1”"):
        finish(add_camera_steps(store, session.id, films / B.name, " camera  1 "))


def test_a_camera_gets_another_name_unless_another_camera_has_it(store: StudyStore, films: Path) -> None:
    first, second = two_cameras(store, films)
    assert rename_camera(store, second.id, " child  camera ").role == "child camera"
    assert rename_camera(store, second.id, "child camera").role == "child camera"
    with pytest.raises(CoderError, match="already has a camera “child camera”"):
        rename_camera(store, first.id, "child camera")
    assert [media.role for media in store.sessions()[0].media] == ["camera 1", "child camera"]


def test_a_fifth_film_is_refused_before_it_is_read(store: StudyStore, films: Path) -> None:
    first, _ = two_cameras(store, films)
    session = store.sessions()[0]
    for number in (3, 4):
        store.add_media(session.id, replace(first, id=str(number), role=f"x{number}"))
    steps = add_camera_steps(store, session.id, films / "is not even there.mp4")
    with pytest.raises(CoderError, match="has 4 films, and cannot have more"):
        next(steps)


def test_a_film_that_cannot_be_read_changes_nothing(store: StudyStore, films: Path) -> None:
    session = add_session(store, films / A.name)
    (films / "notes.mp4").write_text("no film")
    with pytest.raises(MediaError, match=r"notes\.mp4"):
        finish(add_camera_steps(store, session.id, films / "notes.mp4"))
    steps = add_camera_steps(store, session.id, films / B.name)
    next(steps)
    steps.close()
    assert len(store.sessions()[0].media) == 1


# ---- timing


def test_timing_is_kept(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    kept = set_timing(store, second.id, 1_500_000, 120)
    assert kept == store.media(second.id) == replace(second, offset_us=1_500_000, skew_ppm=120)


@pytest.mark.parametrize(
    ("which", "offset_us", "skew_ppm", "sentence"),
    [
        (0, 5, 0, "“camera 1” is the session’s first film, and its clock is the session’s"),
        (1, 20 * SECOND, 0, "“camera 2” would lie from .* wholly outside the session"),
        (1, -19 * SECOND, 0, "“camera 2” would lie from -.* wholly outside the session"),
        (1, 0, 50_000, r"A clock that is \+50,000 parts in a million off is no camera’s"),
    ],
)
def test_timing_that_cannot_be_is_refused(
    store: StudyStore, films: Path, which: int, offset_us: int, skew_ppm: int, sentence: str
) -> None:
    media = two_cameras(store, films)
    with pytest.raises(CoderError, match=sentence):
        set_timing(store, media[which].id, offset_us, skew_ppm)
    assert store.sessions()[0].media == media


def test_the_sound_proposes_a_timing_and_changes_nothing(store: StudyStore, films: Path) -> None:
    first, second = two_cameras(store, films)
    found = finish(sound_proposal_steps(store, second.id))
    assert found.enough
    assert abs(found.offset_us - 1_500_000) < 5_000
    assert store.media(second.id) == second
    with pytest.raises(CoderError, match="first film"):
        finish(sound_proposal_steps(store, first.id))


def media(frames: int = 1500, seconds: int = 60) -> Media:
    return Media("m", "m.mp4", Fingerprint("0", 1), "camera 2", seconds * SECOND, frames)


def test_one_mark_gives_the_offset() -> None:
    found = marks_proposal(media(), media(), [(7_000_000, 5_480_000)])
    assert (found.offset_us, found.skew_ppm, found.enough, found.sound) == (1_520_000, 0, True, False)
    assert 10_000 < found.uncertainty_us < 50_000  # a mark is as good as a frame is short
    assert "One mark" in found.remark
    assert found.matches[0].lag_us == 1_520_000


def test_marks_far_apart_give_the_skew() -> None:
    truth = replace(media(90_000, 3600), offset_us=2_000_000, skew_ppm=150)
    marks = [(truth.to_session_us(at), at) for at in (3_500 * SECOND, 10 * SECOND, 1_800 * SECOND)]
    found = marks_proposal(media(90_000, 3600), truth, marks)
    assert (found.offset_us, found.skew_ppm, found.enough, found.remark) == (2_000_000, 150, True, "")
    assert [match.session_us for match in found.matches] == sorted(mark[0] for mark in marks)


def test_marks_too_near_each_other_give_no_skew() -> None:
    found = marks_proposal(media(), media(), [(7_000_000, 5_000_000), (17_020_000, 15_000_000)])
    assert (found.offset_us, found.skew_ppm, found.enough) == (2_010_000, 0, True)
    assert "too near" in found.remark


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ([(5_000_000, 5_000_000), (30_000_000, 30_000_000), (55_000_000, 53_000_000)], "do not agree"),
        ([(0, 0), (60_000_000, 59_000_000)], "as no camera’s is"),
    ],
)
def test_marks_of_different_moments_are_not_enough(marks: list[tuple[int, int]], sentence: str) -> None:
    found = marks_proposal(media(), media(), marks)
    assert not found.enough
    assert sentence in found.remark


def test_without_a_mark_there_is_nothing_to_propose() -> None:
    with pytest.raises(CoderError, match="Nothing is marked"):
        marks_proposal(media(), media(), [])


# ---- moved films


def test_a_moved_film_is_relinked_under_another_name(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    moved = (films / B.name).rename(films / "renamed.mp4")
    linked = finish(relink_steps(store, second.id, moved))
    assert linked == store.media(second.id) == replace(second, path=str(moved))


def test_another_film_is_not_taken_for_the_coded_one(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    sizes = [f"{(films / name).stat().st_size:,}" for name in (A.name, B.name)]
    told = rf"not the film that was coded\. It has {sizes[0]} bytes, .* {sizes[1]}\."
    with pytest.raises(MediaError, match=told):
        finish(relink_steps(store, second.id, films / A.name))
    data = bytearray((films / B.name).read_bytes())
    data[700_000] ^= 1
    (films / "bit.mp4").write_bytes(data)
    with pytest.raises(MediaError, match="as long in bytes, but its content is another"):
        finish(relink_steps(store, second.id, films / "bit.mp4"))
    with pytest.raises(MediaError, match="no such file"):
        finish(relink_steps(store, second.id, films / "gone.mp4"))
    assert store.media(second.id) == second


def test_all_moved_films_are_found_in_a_folder(store: StudyStore, films: Path, tmp_path: Path) -> None:
    first, second = two_cameras(store, films)
    elsewhere = tmp_path / "archive" / "2026" / "visits"
    elsewhere.mkdir(parents=True)
    (films / A.name).rename(elsewhere / "a renamed.mp4")
    (films / B.name).rename(elsewhere / B.name)
    decoy = bytearray((elsewhere / B.name).read_bytes())
    decoy[9] ^= 1
    (elsewhere / "0 decoy.mp4").write_bytes(decoy)
    found = finish(find_moved_steps(store, tmp_path / "archive"))
    assert {media.id for media in found} == {first.id, second.id}
    assert store.media_path(store.media(first.id)) == elsewhere / "a renamed.mp4"
    assert store.media_path(store.media(second.id)) == elsewhere / B.name
    assert finish(find_moved_steps(store, tmp_path / "archive")) == ()
    with pytest.raises(MediaError, match="no such folder"):
        finish(find_moved_steps(store, tmp_path / "nowhere"))


def test_a_search_that_is_stopped_links_nothing(store: StudyStore, films: Path, tmp_path: Path) -> None:
    first, second = two_cameras(store, films)
    archive = films.rename(tmp_path / "archive")
    steps = find_moved_steps(store, archive)
    while B.name not in next(steps).text:  # the other one is found by then
        pass
    steps.close()
    assert (store.media(first.id), store.media(second.id)) == (first, second)
    assert len(finish(find_moved_steps(store, archive))) == 2


# ---- passports


def test_the_passport_of_a_good_film(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    passport = finish(passport_steps(store, second.id))
    assert passport.facts is not None
    assert (passport.problem, passport.proxy, passport.wants_proxy) == (None, None, False)
    assert (passport.facts.frame_count, passport.facts.gaps, passport.facts.group_longest) == (463, (), 50)
    assert seen(films / B.name) == second.fingerprint


def test_the_passport_says_what_is_wrong(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    shutil.copyfile(films / A.name, films / B.name)
    exchanged = finish(passport_steps(store, second.id))
    assert exchanged.facts is not None
    assert exchanged.problem is not None
    assert "is not the file that was added" in exchanged.problem.what
    (films / B.name).unlink()
    missing = finish(passport_steps(store, second.id))
    assert missing.facts is None
    assert missing.problem is not None
    assert "no such file" in missing.problem.what


# ---- copies


def test_the_small_copy_is_made_once_and_found_again(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    path = finish(proxy_steps(store, second.id))
    assert path == proxy_path(second.fingerprint.sha256)
    made_ns = path.stat().st_mtime_ns
    assert finish(proxy_steps(store, second.id)).stat().st_mtime_ns == made_ns
    assert finish(passport_steps(store, second.id)).proxy == path
    film = open_index(films / B.name)
    with ProxyReader(film, path) as reader:
        assert reader.frame(462).at_us == film.at_us(462)


def test_no_small_copy_of_another_film(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    shutil.copyfile(films / A.name, films / B.name)
    with pytest.raises(MediaError, match="is not the file that was added"):
        finish(proxy_steps(store, second.id))
    assert not proxy_path(second.fingerprint.sha256).parent.exists()


def test_a_spoilt_small_copy_is_made_again(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    path = finish(proxy_steps(store, second.id))
    path.write_bytes(path.read_bytes()[:5000])
    assert finish(proxy_steps(store, second.id)).stat().st_size > 100_000


def test_two_that_make_the_same_small_copy_do_not_hinder_each_other(store: StudyStore, films: Path) -> None:
    _, second = two_cameras(store, films)
    one = proxy_steps(store, second.id)
    while "Making" not in next(one).text:
        pass
    other = finish(proxy_steps(store, second.id))
    assert finish(one) == other
    with ProxyReader(open_index(films / B.name), other) as reader:
        assert reader.film.frame_count == 463


def test_converting_leaves_the_original_and_what_is_there_alone(films: Path, tmp_path: Path) -> None:
    before = (films / B.name).read_bytes()
    out = finish(convert_steps(films / B.name, tmp_path / "out.mp4"))
    with FrameSource(open_index(out)) as source:
        assert source.film.frame_count == 463
    assert (films / B.name).read_bytes() == before
    for taken in (out, films / B.name):
        with pytest.raises(CoderError, match="will not be replaced"):
            finish(convert_steps(films / B.name, taken))
    with pytest.raises(CoderError, match=r"ends in \.mp4"):
        finish(convert_steps(films / B.name, tmp_path / "out.avi"))


def test_stopped_converting_leaves_nothing(films: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    steps = convert_steps(films / B.name, place / "out.mp4")
    while "Converting" not in next(steps).text:
        pass
    assert list(place.iterdir())  # begun, under another name
    steps.close()
    assert not list(place.iterdir())
