"""The measure of the measuring, on series made by hand whose scores are known."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.measures.answers import PEOPLE, Answers, answers_of, unit
from benchmarks.measures.clips import SAMPLES, Clip, clips, old_truth
from benchmarks.measures.frames import (
    CONDITIONS,
    Measured,
    PersonFrames,
    dyad_frames,
    dyad_scores,
    measured,
    person_frames,
    person_scores,
    together,
)
from benchmarks.measures.page import Results, page, screen
from benchmarks.measures.scores import (
    LEAST,
    Figure,
    Values,
    errors,
    kinds,
    matched,
    rank_correlation,
    share,
    sorted_out,
    switches,
)
from benchmarks.measures.seeing import Track, track
from benchmarks.measures.voices import heard
from benchmarks.measuring import main
from coder.features.concluding.signals import SIGNALS, Concluded
from coder.features.concluding.who import Identified
from coder.features.face import Box, Face
from coder.features.geometry import Head, yaws_pitches_deg
from coder.features.sighting import Look, Sighting
from coder.model.persons import Role
from coder.model.track import Provenance
from studio.truth import Person, Truth, TruthError, write_truth

NAN = float("nan")


def drawn(letters: str) -> Values:
    """y is yes, n is no, a dot is not known."""
    return np.array([{"y": 1.0, "n": 0.0, ".": NAN}[letter] for letter in letters])


def numbers(*values: float) -> Values:
    """A series."""
    return np.array(values, dtype=np.float64)


# ── scores ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_f1_and_accuracy() -> None:
    found = sorted_out(said=drawn("yyynnnnn"), true=drawn("yynynnnn"))  # 2 hits, 1 made up, 1 missed, 4 right noes
    assert found.f1 == Figure(2 * 2 / (2 * 2 + 1 + 1), 8)
    assert found.accuracy == Figure(6 / 8, 8)
    assert (found.yes, found.guess) == (Figure(3 / 8, 8), Figure(5 / 8, 8))


def test_what_is_not_known_is_no_answer_on_either_side() -> None:
    known = sorted_out(drawn("yyynnnnn"), drawn("yynynnnn"))
    holed = sorted_out(drawn("yyynnnnn..yn."), drawn("yynynnnnyn..."))
    assert holed == known
    assert share(drawn("yyn...")) == Figure(2 / 3, 3)
    assert errors(numbers(1, NAN, 5), numbers(0, 0, NAN)).mean == Figure(1, 1)
    rank = rank_correlation(numbers(1, NAN, 2, 3, 9), numbers(1, 0, 2, 3, NAN))
    assert rank.value == pytest.approx(1)
    assert rank.n == 3


def test_f1_without_any_yes_is_not_defined_and_without_a_hit_is_zero() -> None:
    assert sorted_out(drawn("nnnn"), drawn("nnnn")).f1 == Figure(None, 4)
    assert sorted_out(drawn("nnnn"), drawn("ynnn")).f1 == Figure(0, 4)
    nothing = sorted_out(drawn("...."), drawn("yyyy"))
    assert {getattr(nothing, field.name) for field in fields(nothing)} == {Figure(None, 0)}


def test_errors_are_measured_minus_true() -> None:
    found = errors(numbers(*range(1, 12)), numbers(*[2] * 10, 1))  # −1, 0, 1 … 8, and once 10
    assert found.median.value == 4
    assert found.p90.value == 8
    assert found.bias.value == pytest.approx((-1 + sum(range(9)) + 10) / 11)
    assert found.bias.n == 11
    assert found.mean.value == pytest.approx((1 + sum(range(9)) + 10) / 11)
    assert errors(numbers(NAN), numbers(1)).median == Figure(None, 0)


def test_rank_correlation() -> None:
    assert rank_correlation(numbers(1, 2, 3, 4, 5), numbers(2, 1, 4, 3, 5)).value == pytest.approx(0.8)
    assert rank_correlation(numbers(1, 2, 30), numbers(9, 5, 4)).value == pytest.approx(-1)
    assert rank_correlation(numbers(1, 1, 1), numbers(1, 2, 3)) == Figure(None, 3)
    assert rank_correlation(numbers(1, 2), numbers(1, 2)) == Figure(None, 2)


def test_kinds_count_alike_however_rare() -> None:
    found = kinds(said=numbers(1, 1, 1, 1, 3, 3, NAN), true=numbers(1, 1, 1, 3, 3, NAN, 1), count=4)
    assert found.accuracy == Figure(4 / 5, 5)
    assert found.guess == Figure(3 / 5, 5)
    assert found.macro_f1.value == pytest.approx((2 * 3 / (4 + 3) + 2 * 1 / (1 + 2)) / 2)
    assert kinds(numbers(NAN), numbers(1), 4).macro_f1 == Figure(None, 0)


def test_switches_are_changes_of_what_is_known() -> None:
    assert switches(drawn("yy.y")) == 0
    assert switches(drawn("yy.nn..y")) == 2
    assert switches(drawn("...")) == 0


def test_onsets_take_the_nearest_that_is_free_and_near() -> None:
    assert matched([1_000_000, 1_100_000], [1_080_000]) == [20_000]
    assert matched([1_000_000, 1_100_000], [1_080_000, 1_090_000]) == [10_000, 80_000]
    assert matched([1_000_000], [1_500_001]) == []


def test_a_figure_on_few_frames_is_not_shown() -> None:
    assert Figure(0.5, LEAST).shown == 0.5
    assert Figure(0.5, LEAST - 1).shown is None


# ── truth and answers side by side ───────────────────────────────────────────────────────────────────────────────


def person(
    target: list[str],
    yaw_deg: float,
    *,
    settled: str = "",
    visible: float = 1.0,
    width: float = 80,
    at_px: float = 100,
) -> Person:
    """A person with a still head; s is settled, m moving."""
    n = len(target)
    values = {field.name: np.zeros(n) for field in fields(Person)}
    values |= {
        "head_yaw_deg": np.full(n, yaw_deg),
        "face_visible": np.full(n, visible),
        "face_w_px": np.full(n, width),
        "face_x_px": np.full(n, at_px - width / 2),
        "face_y_px": np.full(n, at_px),
        "gaze_yaw_deg": np.full(n, 50.0),
        "gaze_pitch_deg": np.full(n, -10.0),
        "hand_to_other_mm": np.where(np.arange(n) % 4 == 3, 0.0, 400.0),
    }
    flags = np.array([letter == "s" for letter in settled or "s" * n])
    return Person(**{**values, "target": np.array(target), "settled": flags, "voice": np.zeros(n, np.bool_)})


def clip(parent: Person, child: Person, distance_mm: float = 500, name: str = "drawn") -> Clip:
    """A clip with this truth."""
    n = len(parent.target)
    mutual = (parent.target == "child_face") & (child.target == "parent_face") & parent.settled & child.settled
    distance = distance_mm + np.arange(n, dtype=np.float64)
    truth = Truth(
        np.arange(n), np.arange(n) * 40_000, parent, child, distance, mutual, {"ball": np.full(n, "none")}
    )
    return Clip(name, Path(f"{name}.mp4"), truth, np.zeros(n, np.bool_), 640, 360)


FACES = ["child_face", "child_face", "ball", "child_face"]
CLIP = clip(
    person(FACES, 40, settled="ssms"), person(["parent_face", "ball", "ball", "parent_face"], -30, at_px=400)
)


def given(n: int = 4, **others: object) -> Answers:
    """Answers that are right about everybody in CLIP."""
    right = {
        "frames": list(range(n)),
        "found": {who: np.ones(n) for who in PEOPLE},
        "face_px": {"parent": np.full((n, 2), 100.0), "child": np.full((n, 2), 400.0)},
        "yaw_deg": {"parent": np.full(n, 40.0), "child": np.full(n, -30.0)},
        "gaze": {who: unit(np.full(n, 50.0), np.full(n, -20.0)) for who in PEOPLE},
        "gaze_error_deg": {"parent": np.full(n, 10.0), "child": np.full(n, 5.0)},
        "looks": {"parent": drawn("yyny" * (n // 4)), "child": drawn("ynny" * (n // 4))},
        "target": {"parent": numbers(*[1, 1, 3, 1] * (n // 4)), "child": numbers(*[1, 3, 3, 1] * (n // 4))},
        "mutual": drawn("ynny" * (n // 4)),
        "distance_mm": 500.0 + np.arange(n),
        "error_mm": np.full(n, 10.0),
        "touch": drawn("nnny" * (n // 4)),
    }
    return Answers(**{**right, **others})  # type: ignore[arg-type]  # the parts have different kinds of values


def test_right_answers_score_as_right() -> None:
    for who in PEOPLE:
        scores = person_scores(person_frames(CLIP, given(), who))
        assert (scores.found.value, scores.right.value, scores.decided.value) == (1, 1, 1)
        assert (scores.looks.accuracy.value, scores.looks.f1.value) == (1, 1)
        assert (scores.target.accuracy.value, scores.target.macro_f1.value) == (1, 1)
        assert (scores.yaw.median.value, scores.yaw.bias.value) == (0, 0)
    both = dyad_scores(dyad_frames(CLIP, given()))
    assert (both.mutual.f1.value, both.distance.bias.value, both.inside.value, both.touch.f1.value) == (1, 0, 1, 1)
    assert both.rank.value == pytest.approx(1)


def test_eyes_on_their_way_are_no_truth() -> None:
    assert person_scores(person_frames(CLIP, given(), "parent")).looks.accuracy.n == 3
    assert person_scores(person_frames(CLIP, given(), "child")).looks.accuracy.n == 4
    assert dyad_scores(dyad_frames(CLIP, given())).mutual.accuracy.n == 3


def test_no_decision_is_neither_right_nor_wrong_and_is_told() -> None:
    unsure = given(looks={"parent": drawn("y..."), "child": drawn("....")})
    scores = person_scores(person_frames(CLIP, unsure, "parent"))
    assert (scores.decided, scores.looks.accuracy) == (Figure(1 / 3, 3), Figure(1.0, 1))
    assert person_scores(person_frames(CLIP, unsure, "child")).decided == Figure(0.0, 4)


def test_taking_one_for_the_other_is_found_out() -> None:
    swapped = given(face_px={"parent": np.full((4, 2), 390.0), "child": np.full((4, 2), 110.0)})
    scores = person_scores(person_frames(CLIP, swapped, "parent"))
    assert (scores.found.value, scores.right) == (1, Figure(0, 4))
    once = given(
        face_px={
            "parent": np.array([(90, 90), (400, 400), (100, 90), (NAN, NAN)]),
            "child": np.full((4, 2), 400.0),
        }
    )
    assert measured(CLIP, once, None).switches == 2
    assert together([measured(CLIP, once, None)] * 2, "twice").switches == 4


def test_a_distance_is_inside_if_its_own_uncertainty_covers_the_truth() -> None:
    off = given(distance_mm=500.0 + np.arange(4) + numbers(5, -9, 11, NAN))
    assert dyad_scores(dyad_frames(CLIP, off)).inside == Figure(2 / 3, 3)


def test_the_truth_is_taken_at_the_looked_at_frames_only() -> None:
    some = {who: np.ones(2) for who in PEOPLE}
    both = dyad_frames(
        CLIP,
        given(
            frames=[1, 3],
            found=some,
            distance_mm=numbers(501, 503),
            error_mm=numbers(1, 1),
            mutual=drawn("ny"),
            touch=drawn("nn"),
        ),
    )
    assert both.true_distance_mm.tolist() == [501, 503]
    assert dyad_scores(both).mutual.accuracy == Figure(1, 2)


def test_a_gaze_is_off_by_an_angle_and_inside_its_circle_or_not() -> None:
    parent, child = (person_scores(person_frames(CLIP, given(), who)) for who in PEOPLE)
    assert parent.gaze.median == Figure(pytest.approx(10), 3)
    assert (parent.gaze_inside, child.gaze_inside) == (Figure(1.0, 3), Figure(0.0, 4))


def test_what_is_looked_at_has_four_kinds() -> None:
    words = ["child_face", "child_hands", "ball", "away", "camera", "closed"]
    one = clip(person(words, 40), person(["ball"] * 6, -30))
    assert person_frames(one, given(6, **six()), "parent").true_target.tolist() == [1, 2, 3, 0, 0, 0]


def six() -> dict[str, object]:
    """Six frames without any answer."""
    nothing = np.full(6, NAN)
    each = dict.fromkeys(PEOPLE, nothing)
    return {
        **dict.fromkeys(("mutual", "distance_mm", "error_mm", "touch"), nothing),
        **dict.fromkeys(("yaw_deg", "looks", "target"), each),
        "found": {who: np.zeros(6) for who in PEOPLE},
        "face_px": {who: np.full((6, 2), NAN) for who in PEOPLE},
    }


def test_yaw_has_the_same_zero_and_sign_in_truth_and_extractor() -> None:
    """Both are atan2(right, back) in the camera's axes, as `studio.stage.measure` writes it."""
    right, up, back = 0.5, 0.1, 0.8
    direction = np.array([right, up, back]) / np.linalg.norm([right, up, back])
    yaw_deg, pitch_deg = yaws_pitches_deg(direction[None])
    assert yaw_deg[0] == pytest.approx(np.degrees(np.arctan2(right, back)))
    assert pitch_deg[0] > 0


def seen(**given: Values) -> PersonFrames:
    """Frames of which only the conditions matter; what is not given is not known."""
    n = len(next(iter(given.values())))
    values = {field.name: np.full(n, NAN) for field in fields(PersonFrames)}
    return PersonFrames(**{**values, "dim": np.zeros(n), **given})


def kept(name: str, frames: PersonFrames) -> list[bool]:
    """The frames that a condition holds for."""
    (condition,) = (one for one in CONDITIONS if one.name == name)
    return [bool(flag) for flag in condition.holds(frames)]


def test_conditions_by_the_turn_of_the_head() -> None:
    frames = seen(turned_deg=numbers(0, 29.9, 30, 59.9, 60, 90))
    assert [sum(kept(name, frames)) for name in ("frontal", "oblique", "profile", "in view")] == [2, 2, 2, 6]


def test_a_face_out_of_view_is_in_no_other_condition_and_an_unknown_one_is_in_view() -> None:
    frames = seen(visible=numbers(0, 0.09, 0.1, 0.5, 0.9, 1, NAN), turned_deg=np.zeros(7))
    assert kept("out of view", frames) == [True, True, False, False, False, False, False]
    assert kept("in view", frames) == kept("frontal", frames) == [not out for out in kept("out of view", frames)]
    assert kept("partly hidden", frames) == [False, False, True, True, False, False, False]


def test_small_and_dim() -> None:
    frames = seen(width_px=numbers(49, 50, NAN), dim=numbers(1, 0, 0))
    assert kept("small face", frames) == kept("dim", frames) == [True, False, False]


def test_of_a_dyad_the_worse_face_counts() -> None:
    worse = clip(person(FACES, -70, visible=0.5, width=90), person(["ball"] * 4, 10, visible=1, width=40))
    both = dyad_frames(worse, given())
    assert (both.turned_deg[0], both.visible[0], both.width_px[0]) == (70, 0.5, 40)


def test_clips_are_pooled_frame_by_frame() -> None:
    other = clip(person(FACES, 20), person(["ball"] * 4, -40), name="other")
    parts = [measured(CLIP, given(), None), measured(other, given(), None)]
    whole = together(parts, "both")
    assert len(whole.dyad) == len(whole.people["child"]) == 8
    assert whole.people["parent"].true_yaw_deg.tolist() == [40.0] * 4 + [20.0] * 4


# ── the answers in what is concluded ─────────────────────────────────────────────────────────────────────────────


def look(index: int, left: float) -> Look:
    """One face."""
    head = Head(np.eye(3), (left + 10, 50), 5.0)
    face = Face(Box(left, 40, left + 20, 60), head, None, meshed=True, width_px=20, iris=None)
    return Look(index, index * 40_000, 640, 360, (Sighting(face, None, 0.9),), 120, 50)


def test_what_is_not_valid_is_no_answer_and_who_is_unsure_was_not_found() -> None:
    looks = [look(0, 100), look(2, 300)]
    who = Identified(((Role.CHILD,), (Role.CHILD,)), ((0.9,), (0.2,)), ((0,), (0,)), ((False,), (False,)))
    shape = (len(SIGNALS), 2)
    valid = np.zeros(shape, np.bool_)
    valid[:, 0] = True
    concluded = Concluded(
        SIGNALS, np.array([0, 2]), np.array([0, 80_000]), np.ones(shape), valid, np.zeros(shape, np.uint8)
    )
    found = answers_of(concluded, looks, who)
    assert list(found.frames) == [0, 2]
    assert found.found["child"].tolist() == [1, 0]
    assert found.face_px["child"][0].tolist() == [110, 50]
    assert np.isnan(found.face_px["child"][1]).all()
    for series in (found.yaw_deg["child"], found.looks["child"], found.mutual, found.distance_mm, found.touch):
        assert series[0] == 1
        assert np.isnan(series[1])


# ── voices ───────────────────────────────────────────────────────────────────────────────────────────────────────


def voice(letters: str, step_us: int = 40_000) -> Track:
    """What was heard."""
    values = drawn(letters)
    columns = {
        "at_us": np.arange(len(letters)) * step_us,
        "voice": np.nan_to_num(values),
        "voice.valid": np.isfinite(values),
    }
    return Track(columns, MADE)


def speaking(letters: str) -> Clip:
    """A clip in which the parent speaks."""
    n = len(letters)
    flags = np.array([letter == "y" for letter in letters])
    return clip(replace(person(["ball"] * n, 0), voice=flags), person(["ball"] * n, 0))


def test_voices_are_compared_frame_by_frame_and_onset_by_onset() -> None:
    found = heard(speaking("nnnnnyyyyynnnnnnnnnnyyyyy"), voice("nnnnnnyyyynnnnnnnnnnyyyyy"))
    assert found.frames.f1.value == pytest.approx(2 * 9 / (9 + 10))
    assert (found.onsets, found.measured, found.errors_us) == (2, 2, (0, 40_000))
    assert found.found.value == 1


def test_a_short_pause_in_the_truth_is_no_onset_and_unheard_frames_are_no_answer() -> None:
    found = heard(speaking("nnnyyynnnyyy"), voice("nnnyyy......"))  # 120 ms
    assert (found.onsets, found.frames.accuracy) == (1, Figure(1.0, 6))


# ── the clips ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_old_truth_in_the_new_columns() -> None:
    truth = old_truth(SAMPLES / "dyad-first.truth.csv")
    assert len(truth) == 200
    assert truth.parent.head_yaw_deg[0] == pytest.approx(40 + 6.58)
    assert truth.child.head_yaw_deg[0] == pytest.approx(-36 - 6.6)
    assert truth.time_us[[0, 1, 199]].tolist() == [0, 40_000, 7_960_000]
    assert int(truth.mutual_gaze.sum()) == 108
    assert (~truth.parent.settled).sum() == 4
    assert (~truth.child.settled).sum() == 6
    both = (truth.parent.target == "child_face") & (truth.child.target == "parent_face")
    assert (both == truth.mutual_gaze).all()
    assert np.isnan(truth.child.face_visible).all()


def test_a_clip_needs_film_and_truth(tmp_path: Path) -> None:
    assert "dyad-first" in [one.name for one in clips()]
    (tmp_path / "dyad-first.truth.csv").write_bytes((SAMPLES / "dyad-first.truth.csv").read_bytes())
    assert clips(tmp_path) == ()


def test_a_truth_that_does_not_fit_its_script_or_its_film_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "first-practice.mp4").touch()
    write_truth(long_clip("short").truth, tmp_path / "first-practice.truth.csv")
    with pytest.raises(
        TruthError, match=r"first-practice.truth.csv has 12 frames, and its script 1500; make it anew"
    ):
        clips(tmp_path)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────


def long_clip(name: str, visible: float = 1.0) -> Clip:
    """Twelve frames."""
    return clip(
        person(FACES * 3, 40, visible=visible),
        person(["parent_face", "ball", "ball", "parent_face"] * 3, -30, at_px=400),
        name=name,
    )


MADE = Provenance("people", "1", "f" * 64, {"every": "1"}, {"a.tflite": "e" * 64}, {"numpy": "2.1"}, 12, 0)


def results(*drawn_clips: Clip) -> Results:
    """Right answers about clips."""
    found: list[Measured] = [measured(one, given(12), None) for one in drawn_clips]
    return Results(tuple(found), (MADE,) * len(found))


def test_the_page_says_the_same_each_time_and_says_where_it_comes_from() -> None:
    text = page(results(long_clip("one"), long_clip("dyad-first")))
    assert text == page(results(long_clip("one"), long_clip("dyad-first")))
    told = ("| one |", "| dyad-first |", "| shaped on |", "| only checked |", "| all |", "\n`dyad-first`\n")
    for words in (*told, "f" * 12, "a.tflite " + "e" * 12, "numpy 2.1", "24 frames measured"):
        assert words in text, words
    assert "nan" not in text.lower()


def test_what_is_no_better_than_guessing_is_said() -> None:
    assert "**No better than always guessing:** nothing." in page(results(long_clip("one")))
    one = long_clip("one")
    never = given(12, looks={who: np.zeros(12) for who in PEOPLE})
    text = page(Results((measured(one, never, None),), (MADE,)))
    assert "guessing:** looks at face, in view (38 % against 62 %);" in text


def test_rows_are_as_long_as_their_heading_and_out_of_view_says_only_what_was_made_up() -> None:
    hidden = long_clip("hidden", visible=0.0)
    lines = page(results(hidden)).splitlines()
    row = next(line for line in lines if line.startswith("| out of view | 12 "))
    assert row.count("–") == row.count("|") - 4
    tables = [line.count("|") for line in lines if line.startswith("|")]
    assert len(set(tables)) == 4  # conditions, each person, both together, clips


def test_the_screen_has_the_same_tables_with_columns_in_line() -> None:
    text = screen(results(long_clip("one")))
    assert "Clip by clip" in text
    heading, row = (line for line in text.splitlines() if line.startswith(("clip ", "one ")))
    assert heading.index("looks: decided") == row.index("100 %", heading.index("looks: decided"))


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_clip_gets_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--clip", "nowhere"]) == 1
    assert "There is no such clip. Known: " in capsys.readouterr().err


def test_what_was_heard_is_kept_and_taken_again(tmp_path: Path) -> None:
    film = SAMPLES / "dyad-first.mp4"
    first = track(film, "voice", tmp_path)
    kept = tmp_path / "dyad-first.voice.npz"
    with np.load(kept) as file:
        spoiled = {name: file[name] for name in file.files}
    spoiled["voice"] = spoiled["voice"] + 7
    np.savez(kept, **spoiled)
    again = track(film, "voice", tmp_path)
    assert (again.columns["voice"] == first.columns["voice"] + 7).all()
    assert again.made == first.made
    spoiled["made"] = np.array(str(spoiled["made"]).replace(first.made.media_sha256, "0" * 64))
    np.savez(kept, **spoiled)
    assert (track(film, "voice", tmp_path).columns["voice"] == first.columns["voice"]).all()
