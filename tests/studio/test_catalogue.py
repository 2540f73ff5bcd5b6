"""The catalogue: scripts in plain words, moments on a sheet, pages that hold what the shipped files hold."""

import csv
import shutil
from bisect import bisect_right
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from coder.model.problem import CoderError
from coder.model.time import MILLISECOND_US
from studio import catalogue
from studio.acts import VERBS, parse_phrase
from studio.catalogue import INDEX, PAGES, films, index_text, page_text, run
from studio.clock import frame_times_us, stamps
from studio.film import make_films
from studio.findings import clocks, masters
from studio.masters import write_masters
from studio.masters.material import frames_of, material
from studio.places import SAMPLES
from studio.scenario import SCENARIOS, Scenario, load, names
from studio.signals import HZ
from studio.sound import wav_bytes
from studio.stills import AT_MOST_BYTES, MOMENTS, contact_sheet, moments
from studio.telling import age, happenings, minutes, noun, passages, phrase, story, told
from studio.truth import write_truth
from tests.studio.scenes import act, scene
from tests.studio.test_film import colour_of, write_frames
from tests.studio.truths import acted

FILMED = [name for name in names() if all(film.is_file() for film in films(load(name), SAMPLES))]


# --------------------------------------------------------------------------- in plain words


@pytest.mark.parametrize(
    ("at_ms", "text"),
    [(0, "0:00.0"), (6_300, "0:06.3"), (6_349, "0:06.3"), (59_950, "1:00.0"), (754_000, "12:34.0")],
)
def test_times_are_minutes_seconds_and_tenths(at_ms: int, text: str) -> None:
    assert minutes(at_ms * MILLISECOND_US) == text


@pytest.mark.parametrize(
    ("years", "text"),
    [
        (0.5, "6 months"),
        (1.5, "18 months"),
        (2, "2 years"),
        (26 / 12, "2 years 2 months"),
        (37 / 12, "3 years 1 month"),
    ],
)
def test_ages_are_said_as_clinicians_say_them(years: float, text: str) -> None:
    assert age(years) == text


@pytest.mark.parametrize("name", names())
def test_each_act_is_told_in_the_words_of_the_script(name: str) -> None:
    """Put the roles back in place of mother, father, girl and boy, and the words parse to the same act."""
    scenario = load(name)
    for one in scenario.acts:
        words = phrase(scenario, one).partition(" “")[0].replace("’", "'")
        for who in ("parent", "child"):
            words = words.replace(f"the {noun(scenario, who)}'s", f"{who}'s")
        verb, target = parse_phrase(one.who, words, scenario.room.toys)
        assert (verb.name, target) == (one.verb, one.target), words


@pytest.mark.parametrize("name", names())
def test_no_act_is_left_out_and_each_passage_is_in_order_of_time(name: str) -> None:
    scenario = load(name)
    parts = passages(scenario, SCENARIOS / f"{name}.toml")
    assert sorted(one.index for part in parts for one in part.acts) == list(range(len(scenario.acts)))
    for part in parts:
        onsets = [one.start_us for one in part.acts]
        assert onsets == sorted(onsets)
        assert onsets
    assert len(happenings(scenario, SCENARIOS / f"{name}.toml").splitlines()) == 2 + len(scenario.acts) + sum(
        part.heading != "" for part in parts
    )


def test_comments_become_headings() -> None:
    parts = passages(load("two-cameras"), SCENARIOS / "two-cameras.toml")
    assert [part.heading for part in parts] == [
        "Ready, and the clap.",
        "He gives her the ball.",
        "She gives it back.",
    ]
    assert [part.acts[0].start_us for part in parts] == [0, 8_800_000, 15_500_000]


def test_acts_that_share_a_line_are_refused_with_a_sentence(tmp_path: Path) -> None:
    text = (SCENARIOS / "phone.toml").read_text("utf-8").replace("},\n  { at = 0.8", "}, { at = 0.8")
    script = tmp_path / "phone.toml"
    script.write_text(text, "utf-8")
    with pytest.raises(
        CoderError, match=r"phone.toml: 19 lines begin an act, and there are 20 acts. Write each act"
    ):
        passages(load(script), script)


def test_the_story_is_the_opening_comment_and_no_more() -> None:
    lines = story(SCENARIOS / "phone.toml")
    assert lines[0].startswith("A father films himself")
    assert lines[-1].endswith("need be alike.")
    assert len(lines) == 5


def test_what_the_author_said_of_an_act_is_told_with_it() -> None:
    acts = [
        act("child", "babble", 1.0, id="call"),
        act("parent", "say", 2.0, words="Ba, ba!", echo=True, answers="call", fit="part", kind="join"),
        act("parent", "put_down", 3.0, target="ball", where="other"),
        act("parent", "lean_in", 4.0, seconds=2.5, kind="loom"),
    ]
    scenario = scene(*acts, seconds=8)
    assert [told(scenario, one) for one in scenario.acts] == [
        "babbles",
        "says “Ba, ba!” (about what is going on; takes up what the girl did; meant as an answer to 0:01.0; "
        "fits in part)",
        "puts down the ball before the girl",
        "leans in, too near, until 0:06.5",
    ]


# --------------------------------------------------------------------------- moments


@pytest.mark.parametrize("name", names())
def test_moments_are_spread_over_the_clip_and_filmed_by_all_cameras(name: str) -> None:
    scenario = load(name)
    times = [moment.at_us for moment in moments(scenario)]
    begin_us = max(camera.starts_us for camera in scenario.cameras)
    step_us = (scenario.length_us - begin_us) / MOMENTS
    assert [int((at - begin_us) // step_us) for at in times] == list(range(MOMENTS))
    for moment in moments(scenario):
        assert moment.act.end_us is not None
        assert moment.act.start_us <= moment.at_us <= moment.act.end_us


def test_what_hands_do_goes_before_looks_and_what_is_new_before_what_was_shown() -> None:
    looks = [act("child", "look", at, target="face", end_us=round((at + 4) * 1e6)) for at in (0.0, 4.0)]
    claps = [act("parent", "clap", at) for at in (1.0, 5.0)]
    waves = [act("child", "wave", 5.5)]
    chosen = moments(scene(*looks, *claps, *waves, seconds=8), count=2)
    assert [(moment.act.verb, moment.at_us) for moment in chosen] == [("clap", 1_350_000), ("wave", 6_200_000)]


def test_two_cameras_show_the_moment_of_the_clap() -> None:
    assert 6_300_000 in [moment.at_us for moment in moments(load("two-cameras"))]


def silently_filmed(scenario: Scenario, folder: Path) -> None:
    """Films of coloured frames, a colour a frame (see `test_film`), without a sound."""
    for camera in scenario.cameras:
        film = stamps(scenario, camera)
        write_frames(folder / "frames" / camera.id, len(film.ticks), *size(scenario))
        silence = np.zeros(round(film.end * film.tick_s * HZ), np.float32)
        (folder / f"sound.{camera.id}.wav").write_bytes(wav_bytes(silence))
    make_films(scenario, folder, folder)


def size(scenario: Scenario) -> tuple[int, int]:
    """Width and height of the picture, px."""
    return scenario.picture.width, scenario.picture.height


@pytest.mark.parametrize("name", ["two-cameras", "phone"])
def test_the_sheet_shows_the_frames_that_its_captions_name(name: str, tmp_path: Path) -> None:
    """Every picture has the colour of the frame on the screen at its moment; an upright film stands upright."""
    scenario = small(load(name))
    silently_filmed(scenario, tmp_path)
    code = contact_sheet(scenario, tmp_path)
    assert len(code) <= AT_MOST_BYTES
    decoded = cv2.imdecode(np.frombuffer(code, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    sheet = decoded[..., ::-1].astype(int)
    width, height, columns = (320, 180, 4) if name == "two-cameras" else (208, 370, 6)
    assert sheet.shape[1] == columns * (width + 12) + 12
    pictures = [(moment, camera) for moment in moments(scenario) for camera in scenario.cameras]
    for place, (moment, camera) in enumerate(pictures):
        row, column = divmod(place, columns)
        x, y = 12 + column * (width + 12), 12 + row * (height + 4 * 18)
        index = bisect_right(frame_times_us(scenario, camera), moment.at_us) - 1
        colour = sheet[y + height // 2 : y + height - 8, x + width // 2 : x + width - 8].mean(axis=(0, 1))
        assert np.abs(colour - colour_of(index)).max() < 14, (place, index)
        assert sheet[y + 4 : y + height // 5, x + 4 : x + width // 5].mean() > 230  # the block in the upper left
        assert sheet[y + height + 4 : y + height + 20, x : x + width].min() < 120  # a caption stands below


# --------------------------------------------------------------------------- pages


def small(scenario: Scenario) -> Scenario:
    """The same with pictures a tenth as wide."""
    picture = scenario.picture
    return replace(scenario, picture=replace(picture, width=picture.width // 10, height=picture.height // 10))


def shipped_as(name: str, folder: Path) -> Scenario:
    """A clip's tables as they would ship, acted out by nobody (see `truths.acted`)."""
    scenario = load(name)
    shutil.copy(SAMPLES / f"{name}.sound.json", folder)
    for camera in scenario.cameras:
        truth = acted(scenario, frames_of(scenario, camera)).truth
        write_truth(truth, folder / f"{scenario.film_stem(camera)}.truth.csv")
    write_masters(scenario, material(scenario, folder), folder)
    return scenario


def table_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_a_page_holds_script_codes_truth_and_files(tmp_path: Path) -> None:
    scenario = small(shipped_as("phone", tmp_path))
    silently_filmed(scenario, tmp_path)
    page = page_text(scenario, tmp_path)
    assert page == page_text(scenario, tmp_path)
    assert page.startswith("# Filmed with a phone\n")
    assert "480 frames, about 23.9" in page
    assert "36 × 64 px, held upright" in page
    assert "a father and his daughter" in page
    assert "| 0:13.2 | looks at the father’s face |  |" in page
    rows = table_of(tmp_path / "phone.gaze-near.master.csv")
    faces = [float(row["offset"]) - float(row["onset"]) for row in rows if row["code"] == "cg_face"]
    assert f"| Child looks at | Parent’s face | {len(faces)} | {sum(faces):.2f} |" in page
    assert f"| `phone.mp4` | {-(-(tmp_path / 'phone.mp4').stat().st_size // 1000)} | the film |" in page
    assert "The father’s face is under 50 px wide in 100 % of the frames." in page
    assert "says nothing about how well real families are coded" in page


def test_the_answers_to_cues_are_listed(tmp_path: Path) -> None:
    text = masters(shipped_as("cues-responses", tmp_path), tmp_path)
    rows = table_of(tmp_path / "cues-responses.cue-response.master.csv")
    cues = [row for row in rows if row["tier"] == "cues"]
    assert len(cues) > 8
    table = text.partition("Which act answers which cue")[2].partition("###")[0]
    assert len([line for line in table.splitlines() if line.startswith("| ")]) == 1 + len(cues)
    assert "No act in time: no act of the parent begins in the 3 s after it. |" in table
    assert "Acted, but not on this: 1.3 s later the parent leans in; she asked for a rest" in table
    assert "| Joins child’s activity | 1.08 s | At 0:56.2 the child points at the ball." in table


def test_a_page_without_master_codes_says_how_to_make_them(tmp_path: Path) -> None:
    scenario = shipped_as("phone", tmp_path)
    (tmp_path / "phone.gaze-near.master.csv").unlink()
    with pytest.raises(CoderError, match="python -m studio masters phone"):
        masters(scenario, tmp_path)


def test_a_page_without_clocks_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(CoderError, match="python -m studio film two-cameras"):
        clocks(load("two-cameras"), tmp_path)


def test_a_clip_without_a_film_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogue, "SAMPLES", tmp_path)
    monkeypatch.setattr(catalogue, "PAGES", tmp_path / "pages")
    run("two-cameras")
    assert capsys.readouterr().err == (
        "two-cameras: there is no two-cameras.a.mp4 yet; the catalogue takes the clip once it is made "
        "(python -m studio make two-cameras).\n"
    )
    assert not list(tmp_path.iterdir())


def test_the_command_writes_page_picture_and_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = small(shipped_as("phone", tmp_path))
    silently_filmed(scenario, tmp_path)
    monkeypatch.setattr(catalogue, "SAMPLES", tmp_path)
    monkeypatch.setattr(catalogue, "PAGES", tmp_path / "pages")
    run("phone")
    assert {path.name for path in (tmp_path / "pages").iterdir()} == {"phone.md", "phone.jpg", INDEX}
    assert "[Filmed with a phone](phone.md)" in (tmp_path / "pages" / INDEX).read_text("utf-8")


@pytest.mark.parametrize("name", FILMED)
def test_the_page_is_the_one_that_the_command_would_write_now(name: str) -> None:
    """If this fails: python -m studio catalogue"""
    assert (PAGES / f"{name}.md").read_text("utf-8") == page_text(load(name), SAMPLES)


def test_the_index_is_the_one_that_the_command_would_write_now() -> None:
    """If this fails: python -m studio catalogue"""
    assert (PAGES / INDEX).read_text("utf-8") == index_text(SAMPLES)


def test_there_are_no_pages_of_clips_that_are_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {Path(INDEX).stem, *FILMED}
    assert {path.stem for path in PAGES.glob("*.jpg")} == set(FILMED)


def test_every_verb_can_be_told() -> None:
    """Each phrase of the vocabulary comes back with the partner's name in it."""
    for verb in VERBS.values():
        for text, target in verb.phrases:
            one = act(verb.who[0], verb.name, 0.0, target="ball" if target == "{toy}" else target)
            words = phrase(scene(one), one)
            assert "{" not in words
            assert words.split()[0] == text.split()[0]
