"""The measure of the measuring, on series made by hand whose scores are known."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.measures.clips import SAMPLES, Clip, clips, old_truth
from benchmarks.measures.frames import (
    CONDITION_WORDS,
    CONDITIONS,
    Measured,
    PersonFrames,
    dyad_frames,
    dyad_scores,
    person_frames,
    person_scores,
    together,
)
from benchmarks.measures.page import DYAD_HEADING, PERSON_HEADING, Results, page, screen
from benchmarks.measures.readings import PEOPLE, DyadFacesReader, Reading
from benchmarks.measures.scores import LEAST, Figure, Values, errors, rank_correlation, share, sorted_out
from benchmarks.measuring import main
from coder.features.dyad import DyadFaces
from coder.features.geometry import yaw_pitch_deg
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


def test_a_figure_on_few_frames_is_not_shown() -> None:
    assert Figure(0.5, LEAST).shown == 0.5
    assert Figure(0.5, LEAST - 1).shown is None


# ── truth and answers side by side ───────────────────────────────────────────────────────────────────────────────


def person(
    target: list[str], yaw_deg: float, *, settled: str = "", visible: float = 1.0, width: float = 80
) -> Person:
    """A person with a still head; s is settled, m moving."""
    n = len(target)
    values = {field.name: np.zeros(n) for field in fields(Person)}
    values |= {
        "head_yaw_deg": np.full(n, yaw_deg),
        "face_visible": np.full(n, visible),
        "face_w_px": np.full(n, width),
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
CLIP = clip(person(FACES, 40, settled="ssms"), person(["parent_face", "ball", "ball", "parent_face"], -30))


def reading(n: int = 4, **others: object) -> Reading:
    """Answers that are right about everybody in CLIP."""
    given = {
        "found": {who: np.ones(n) for who in PEOPLE},
        "yaw_deg": {"parent": np.full(n, 40.0), "child": np.full(n, -30.0)},
        "facing": {"parent": drawn("yynyyyyy"[:n]), "child": drawn("ynnyyyyy"[:n])},
        "mutual": drawn("ynny"[:n]),
        "distance_mm": 500.0 + np.arange(n),
    }
    return Reading(**{**given, **others})  # type: ignore[arg-type]  # the parts have different kinds of values


ALL = np.arange(4)


def test_right_answers_score_as_right() -> None:
    for who in PEOPLE:
        scores = person_scores(person_frames(CLIP, ALL, reading(), who))
        assert (scores.found.value, scores.right.value) == (1, 1)
        assert (scores.facing.accuracy.value, scores.facing.f1.value) == (1, 1)
        assert (scores.yaw.median.value, scores.yaw.bias.value) == (0, 0)
    both = dyad_scores(dyad_frames(CLIP, ALL, reading()))
    assert (both.mutual.f1.value, both.distance.bias.value) == (1, 0)
    assert both.rank.value == pytest.approx(1)


def test_eyes_on_their_way_are_no_truth() -> None:
    assert person_scores(person_frames(CLIP, ALL, reading(), "parent")).facing.accuracy.n == 3
    assert person_scores(person_frames(CLIP, ALL, reading(), "child")).facing.accuracy.n == 4
    assert dyad_scores(dyad_frames(CLIP, ALL, reading())).mutual.accuracy.n == 3


def test_taking_one_for_the_other_is_found_out() -> None:
    swapped = reading(yaw_deg={"parent": np.full(4, -28.0), "child": np.full(4, 41.0)})
    scores = person_scores(person_frames(CLIP, ALL, swapped, "parent"))
    assert (scores.found.value, scores.right) == (1, Figure(0, 4))


def test_who_was_found_cannot_be_told_where_heads_point_alike() -> None:
    alike = clip(person(FACES, 20), person(["ball"] * 4, -10))
    assert person_scores(person_frames(alike, ALL, reading(), "parent")).right == Figure(None, 0)


def test_the_truth_is_taken_at_the_measured_frames_only() -> None:
    both = dyad_frames(CLIP, np.array([1, 3]), reading(2, distance_mm=numbers(501, 503), mutual=drawn("ny")))
    assert both.true_distance_mm.tolist() == [501, 503]
    assert dyad_scores(both).mutual.accuracy == Figure(1, 2)


def test_yaw_has_the_same_zero_and_sign_in_truth_and_extractor() -> None:
    """Both are atan2(right, back) in the camera's axes, as `studio.stage.measure` writes it."""
    right, up, back = 0.5, 0.1, 0.8
    direction = np.array([right, up, back]) / np.linalg.norm([right, up, back])
    assert yaw_pitch_deg(direction)[0] == pytest.approx(np.degrees(np.arctan2(right, back)))
    assert yaw_pitch_deg(direction)[1] > 0


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
    assert [sum(kept(name, frames)) for name in ("frontal", "oblique", "profile", "all frames")] == [2, 2, 2, 6]


def test_a_face_out_of_view_is_in_no_other_condition_and_an_unknown_one_is_in_view() -> None:
    frames = seen(visible=numbers(0, 0.09, 0.1, 0.5, 0.9, 1, NAN), turned_deg=np.zeros(7))
    assert kept("out of view", frames) == [True, True, False, False, False, False, False]
    assert (
        kept("all frames", frames) == kept("frontal", frames) == [not out for out in kept("out of view", frames)]
    )
    assert kept("partly hidden", frames) == [False, False, True, True, False, False, False]


def test_small_and_dim() -> None:
    frames = seen(width_px=numbers(49, 50, NAN), dim=numbers(1, 0, 0))
    assert kept("small face", frames) == kept("dim", frames) == [True, False, False]


def test_every_condition_is_explained() -> None:
    assert [condition.name for condition in CONDITIONS] == list(CONDITION_WORDS)


def test_of_a_dyad_the_worse_face_counts() -> None:
    worse = clip(person(FACES, -70, visible=0.5, width=90), person(["ball"] * 4, 10, visible=1, width=40))
    both = dyad_frames(worse, ALL, reading())
    assert (both.turned_deg[0], both.visible[0], both.width_px[0]) == (70, 0.5, 40)


def test_clips_are_pooled_frame_by_frame() -> None:
    other = clip(person(FACES, 20), person(["ball"] * 4, -40), name="other")
    parts = [measured(CLIP), measured(other)]
    whole = together(parts, "both")
    assert len(whole.dyad) == len(whole.people["child"]) == 8
    assert whole.people["parent"].true_yaw_deg.tolist() == [40.0] * 4 + [20.0] * 4


# ── the extractor's answers ──────────────────────────────────────────────────────────────────────────────────────


def test_a_face_whose_owner_is_unknown_was_not_found_and_has_no_yaw_of_zero() -> None:
    signals = {signal.id: numbers(NAN, 1) for signal in DyadFaces.signals}
    read = DyadFacesReader().read(signals)
    assert read.found["child"].tolist() == [0, 1]
    for series in (read.yaw_deg["child"], read.facing["child"], read.mutual, read.distance_mm):
        assert np.isnan(series[0])


def test_a_head_is_the_mean_of_the_two_face_heights() -> None:
    signals = {signal.id: numbers(2) for signal in DyadFaces.signals}
    assert DyadFacesReader().read(signals).distance_mm[0] == pytest.approx(176.6 + 0.75 * 176.6)


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


def measured(one: Clip) -> Measured:
    """A clip with right answers."""
    n = len(one.truth)
    return Measured(
        one.name,
        {who: person_frames(one, np.arange(n), reading(n), who) for who in PEOPLE},
        dyad_frames(one, np.arange(n), reading(n)),
    )


def long_clip(name: str, visible: float = 1.0) -> Clip:
    """Twelve frames."""
    return clip(
        person(FACES * 3, 40, visible=visible),
        person(["parent_face", "ball", "ball", "parent_face"] * 3, -30),
        name=name,
    )


MADE = Provenance("dyad-faces", "1", "f" * 64, {"every": "1"}, {"a.tflite": "e" * 64}, {"numpy": "2.1"}, 12, 0)


def results(*drawn_clips: Clip) -> Results:
    """What the extractor made of clips, all answers right."""
    n = len(drawn_clips[0].truth)
    answers = reading(
        n,
        facing={"parent": drawn("yyny" * 3), "child": drawn("ynny" * 3)},
        mutual=drawn("ynny" * 3),
    )
    made = [
        Measured(
            one.name,
            {who: person_frames(one, np.arange(n), answers, who) for who in PEOPLE},
            dyad_frames(one, np.arange(n), answers),
        )
        for one in drawn_clips
    ]
    return Results(DyadFacesReader(), tuple(made), tuple(replace(MADE) for _ in made), "1")


def test_the_page_says_the_same_each_time_and_says_where_it_comes_from() -> None:
    text = page([results(long_clip("one"), long_clip("two"))])
    assert text == page([results(long_clip("one"), long_clip("two"))])
    for told in ("### All clips together", "### one", "### two", "f" * 12, "a.tflite " + "e" * 12, "numpy 2.1"):
        assert told in text, told
    assert "nan" not in text.lower()


def test_the_tables_have_as_many_cells_as_their_headings() -> None:
    text = page([results(long_clip("one"))])
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    widths = {line.count("|") for line in rows if not line.startswith("| condition | which")}
    assert widths == {3, len(PERSON_HEADING) + 1, len(DYAD_HEADING) + 1}
    assert "| all frames | parent | 12 | 100 % | 100 % | 100 % | 75 % | 1.00 | 0.0° | 0.0° | +0.0° |" in text
    assert "| all frames | 12 | 100 % | 50 % | 1.00 | 0 mm | +0 mm | 1.00 |" in text


def test_out_of_view_only_what_was_wrongly_found_is_told() -> None:
    text = page([results(long_clip("one", visible=0.0))])
    assert "| out of view | parent | 12 | 100 % | – | – | – | – | – | – | – |" in text
    assert "| all frames | parent |" not in text
    assert "| out of view | 12 |" not in text


def test_the_screen_tells_the_rules() -> None:
    told = screen(results(long_clip("one")))
    assert "on below 20°, off above 30°" in told
    assert "one: each person" in told


def test_an_unknown_clip_gets_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--clip", "nobody"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("There is no such clip. Known: ")
    assert "dyad-first" in said


@pytest.mark.slow
def test_the_sample_clip_is_measured_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--clip", "dyad-first", "--write", str(tmp_path / "measuring.md")]) == 0
    assert "dyad-first: each person" in capsys.readouterr().out
    text = (tmp_path / "measuring.md").read_text(encoding="utf-8")
    assert "Every 10th frame was measured." in text
    assert "| all frames | child | 20 | " in text
