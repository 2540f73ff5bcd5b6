"""Which moments of the samples a codebook shows, and what is made of them."""

import json
import re
from base64 import b64decode
from itertools import pairwise
from pathlib import Path

import pytest

from coder.formats import read_events, read_scheme, schemes
from coder.language import speaking
from coder.media import FrameSource, jpeg, open_index
from coder.model.coding import Certainty
from coder.model.problem import CoderError
from coder.model.progress import Progress
from coder.model.scheme import Scheme
from coder.model.training import StepKind
from coder.report.codebook import Tones
from coder.settings.shipped import shipped
from coder.workflows.codebook import (
    codebook_steps,
    codebook_title,
    example_steps,
    plain_codebook,
    plain_codebook_steps,
)
from coder.workflows.sample_moments import MOST, chosen_moments, sample_film
from coder.workflows.steps import finish
from coder.workflows.training.courses import CourseEntry, shipped_courses

SAMPLES = shipped("sample_media")
ALL = [read_scheme(path) for path in schemes(shipped("schemes"))]
BY_NAME = {scheme.id.name: scheme for scheme in ALL}
SECOND_US = 1_000_000


@pytest.mark.parametrize("scheme", ALL, ids=lambda scheme: scheme.id.name)
def test_moments_are_the_masters_own_clear_and_the_same_every_time(scheme: Scheme) -> None:
    chosen = chosen_moments(scheme)
    places = [(one.clip, one.event.code, one.span) for one in chosen]
    assert places == [(one.clip, one.event.code, one.span) for one in chosen_moments(scheme)]
    shown: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for moment in chosen:
        event, span = moment.event, moment.span
        master = read_events(SAMPLES / f"{moment.clip}.{scheme.id.name}.master.csv", scheme)
        assert (event.tier, event.code, event.span) in {(one.tier, one.code, one.span) for one in master}
        assert event.certainty is Certainty.CERTAIN
        assert span.is_moment or span.duration_us >= 700_000
        end_us = max(one.offset_us for one in master)
        assert span.start_us <= end_us - SECOND_US
        shown.setdefault((event.tier, event.code), []).append((moment.clip, span.start_us))
    assert all(len(row) <= MOST for row in shown.values())
    for row in shown.values():
        for (clip, at_us), (other, then_us) in pairwise(row):
            assert clip != other or abs(at_us - then_us) >= 3 * SECOND_US


def test_most_codes_of_the_samples_are_shown() -> None:
    shown = {name: {one.event.code for one in chosen_moments(scheme)} for name, scheme in BY_NAME.items()}
    assert {"cg_face", "pg_shared", "d_touch", "t_play"} <= shown["gaze-near"]
    assert {"cue_look", "cue_voice", "act_talk"} <= shown["cue-response"]
    assert {"en_mutual", "bid_c"} <= shown["shared-play"]
    assert {"cp_joy", "p_quiet"} <= shown["face-to-face"]


@pytest.mark.parametrize("entry", shipped_courses(), ids=lambda entry: entry.path.stem)
def test_no_still_shows_what_a_course_tests(entry: CourseEntry) -> None:
    assert entry.course is not None
    scheme = BY_NAME[entry.course.scheme.name]
    tests = [step.clip for step in entry.course.steps if step.kind is StepKind.TEST]
    assert tests
    for moment in chosen_moments(scheme):
        film = Path(sample_film(moment.clip).path).name
        for clip in tests:
            if Path(clip.film).name == film:
                assert clip.span is not None  # else all of the film is tested
                assert not clip.span.overlaps(moment.span)


def test_stills_are_the_frames_of_onset_middle_and_end() -> None:
    scheme = BY_NAME["gaze-near"]
    (moment, *_) = [one for one in chosen_moments(scheme) if one.event.code == "d_touch"]
    examples = finish(example_steps(scheme, clips=False))
    shown = next(one for one in examples if one.code == "d_touch")
    assert [still.label for still in shown.stills] == ["First frame", "Middle", "Last frame"]
    assert moment.clip in shown.caption
    film = open_index(Path(sample_film(moment.clip).path))
    span = moment.span
    with FrameSource(film) as source:
        frames = [
            source.frame(film.index_at(at_us))
            for at_us in (span.start_us, (span.start_us + span.end_us) // 2, span.end_us - 1)
        ]
        wide = frames[0]
        assert frames[2].index + 1 == film.index_at(span.end_us)
        assert [still.data for still in shown.stills] == [jpeg(frame, 480) for frame in frames]
    assert (shown.stills[0].width, shown.stills[0].height) == (480, round(480 * wide.height / wide.width))
    assert len({still.data for still in shown.stills}) == 3
    assert shown.clip == b""


def test_with_two_cameras_the_first_one_is_shown_on_its_own_clock() -> None:
    media = sample_film("two-cameras")
    camera = json.loads((SAMPLES / "two-cameras.json").read_bytes())["cameras"][0]
    assert Path(media.path).name == camera["film"]
    assert (media.offset_us, media.skew_ppm) == (camera["offset_us"], camera["skew_ppm"])


def test_the_page_has_clips_that_play(tmp_path: Path) -> None:
    scheme = BY_NAME["face-to-face"]
    out = tmp_path / "book.html"
    told: list[Progress] = []
    assert finish(codebook_steps(scheme, out), told.append) == out
    page = out.read_text("utf-8")
    clips = re.findall(r"data:video/mp4;base64,([A-Za-z0-9+/=]+)", page)
    assert clips
    assert page.count("data:image/jpeg") == 4 * len(clips), "three stills and a poster"
    for number, clip in enumerate(clips):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(b64decode(clip))
        film = open_index(path)
        assert 1.5 * SECOND_US < film.duration_us < 3 * SECOND_US
        assert max(film.geometry.width, film.geometry.height) <= 480
    assert len(told) == len(clips)
    assert told[0].total == len(clips)


def test_whoever_gives_up_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "book.html"
    steps = codebook_steps(BY_NAME["gaze-near"], out)
    next(steps)
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_another_kind_is_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match=r"ends in \.html"):
        next(codebook_steps(BY_NAME["gaze-near"], tmp_path / "film.mp4"))


def test_a_scheme_that_no_sample_shows_has_no_pictures() -> None:
    ratings = BY_NAME["ratings"]
    page = finish(plain_codebook_steps(ratings))
    if not chosen_moments(ratings):
        assert "<img" not in page
    unknown = type(ratings)(
        type(ratings.id)("none-such", "1.0", "0" * 64), "None such", "", "", "en", "", ratings.tiers
    )
    assert chosen_moments(unknown) == ()
    assert "<img" not in finish(plain_codebook_steps(unknown))


def test_a_codebook_speaks_the_readers_language() -> None:
    scheme = BY_NAME["gaze-near"]
    with speaking("de"):
        page = plain_codebook(scheme, Tones())
        assert codebook_title(scheme) == "Wer schaut wohin, wie nah – gaze-near 1.1"
    assert "Gesicht des Elternteils" in page
    assert "Die Autorinnen und Autoren dieser Arbeitsstation" in page
    assert "Parent’s face" not in page
    assert scheme.id.sha256 in page
    assert "Parent’s face" in plain_codebook(scheme, Tones())
