"""The truth that ships agrees with the scripts and with itself, frame by frame; nothing is rendered for it."""

from pathlib import Path

import numpy as np
import pytest

from studio.acts import CHILD, PARENT, PEOPLE, contact_us, other
from studio.clock import file_times_us, frame_times_us
from studio.heard import read_heard
from studio.scenario import Camera, Scenario, load, names
from studio.truth import Truth, read_truth

SAMPLES = Path(__file__).parents[2] / "sample_media"


def truth_file(scenario: Scenario, camera: Camera) -> Path:
    return SAMPLES / f"{scenario.film_stem(camera)}.truth.csv"


SHIPPED = [
    (name, camera.id)
    for name in names()
    for scenario in [load(name)]
    for camera in scenario.cameras
    if truth_file(scenario, camera).is_file()
]


class Film:
    """One camera's film: script, truth, and the session time of each frame."""

    def __init__(self, name: str, camera_id: str) -> None:
        self.script = load(name)
        (self.camera,) = (camera for camera in self.script.cameras if camera.id == camera_id)
        self.truth: Truth = read_truth(truth_file(self.script, self.camera))
        self.at_us = np.array(frame_times_us(self.script, self.camera))

    def during(self, start_us: float, end_us: float) -> np.ndarray:
        return (self.at_us >= start_us) & (self.at_us < end_us)


@pytest.fixture(scope="module", params=SHIPPED, ids=".".join)
def film(request: pytest.FixtureRequest) -> Film:
    return Film(*request.param)


def end_of(act: object) -> int:
    end_us = act.end_us  # type: ignore[attr-defined]  # every act of a resolved script has one
    assert isinstance(end_us, int)
    return end_us


def test_every_frame_has_its_row_at_its_time(film: Film) -> None:
    assert film.truth.time_us.tolist() == list(file_times_us(film.script, film.camera))


@pytest.mark.parametrize("who", PEOPLE)
def test_the_eyes_are_meant_for_what_the_script_says(film: Film, who: str) -> None:
    words = {"face": f"{other(who)}_face", "hands": f"{other(who)}_hands", "camera": "camera"}
    turned = [a for a in film.script.acts if a.who == who and a.verb in ("turn_away", "leave")]
    checked = 0
    for act in film.script.acts:
        # who turns away looks away without being told
        if (
            act.who != who
            or act.verb != "look"
            or any(end_of(t) > act.start_us for t in turned if t.index < act.index)
        ):
            continue
        until = min([end_of(act), *(t.start_us for t in turned if t.start_us > act.start_us)])
        frames = film.during(act.start_us, until)
        target = str(act.target)
        wanted = "away" if target.startswith("away") else words.get(target, target)
        assert set(film.truth.of(who).target[frames]) <= {wanted}, act
        checked += int(frames.sum())
    assert checked > 0.5 * len(film.truth)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_eyes_arrive_within_half_a_second_and_stay(film: Film, who: str) -> None:
    for act in film.script.acts:
        if act.who == who and act.verb == "look" and act.start_us > 0:
            # the head of a partner that moves fast is followed with a small delay
            settled = film.truth.of(who).settled[film.during(act.start_us + 500_000, end_of(act))]
            assert settled.mean() > 0.9 if len(settled) else True, act


@pytest.mark.parametrize("who", PEOPLE)
def test_eyes_are_at_rest_in_blinks_and_never_long_on_their_way(film: Film, who: str) -> None:
    person, begin_us = film.truth.of(who), 0
    assert person.settled[(person.eyes < 0.5) & (person.target != "closed")].all()
    for index, settled in enumerate(person.settled.tolist()):
        begin_us = begin_us if not settled else int(film.truth.time_us[index])
        assert film.truth.time_us[index] - begin_us <= 300_000, index


def test_eyes_meet_when_both_look_at_faces_and_have_arrived(film: Film) -> None:
    t = film.truth
    both = np.ones(len(t), bool)
    for who in PEOPLE:
        both &= t.of(who).settled & (t.of(who).target == f"{other(who)}_face")
    assert (t.mutual_gaze == both).all()


def test_a_voice_is_heard_in_the_frames_of_its_segments(film: Film) -> None:
    heard = read_heard(SAMPLES / f"{film.script.name}.sound.json")
    for who in PEOPLE:
        assert (film.truth.of(who).voice == heard.voiced(who, film.at_us)).all()


# In this film the mother's hand stays 12 mm above the boy's; when it is rendered anew this goes.
HOVERING = {("face-to-face", "touch", "hand")}


def test_a_touch_touches(film: Film) -> None:
    for act in film.script.acts:
        if act.verb in ("touch", "tickle"):
            frames = film.during(contact_us(act) + 80_000, end_of(act) - 80_000)
            if frames.any():
                touches = film.truth.of(act.who).hand_to_other_mm[frames].min() < 10
                assert touches != ((film.script.name, act.verb, act.target) in HOVERING), act


def test_a_toy_changes_hands_when_it_is_grasped(film: Film) -> None:
    for act in film.script.acts:
        if act.verb == "take" and act.target is not None:
            grasp = contact_us(act)
            holder = film.truth.holder[act.target]
            after = holder[film.during(grasp, grasp + 300_000)]
            assert set(after) <= {act.who, "both"}, act
            before = holder[film.during(grasp - 100_000, grasp)]
            assert act.who not in set(before), act


def test_no_blink_hides_the_beginning_of_a_look(film: Film) -> None:
    for who in PEOPLE:
        looks = [a for a in film.script.acts if a.who == who]
        shut = [(a.start_us, end_of(a)) for a in looks if a.verb == "close_eyes"]
        for act in looks:
            if act.verb != "look" or any(abs(end - act.start_us) < 400_000 for _, end in shut):
                continue
            eyes = film.truth.of(who).eyes[film.during(act.start_us, act.start_us + 300_000)]
            assert (eyes > 0.4).all() if act.start_us else True, act


def test_a_face_that_left_the_picture_cannot_be_seen(film: Film) -> None:
    width, height = film.script.picture.width, film.script.picture.height
    for who in PEOPLE:
        one = film.truth.of(who)
        outside = (one.face_x_px + one.face_w_px < 0) | (one.face_x_px > width) | (one.face_y_px > height)
        assert (one.face_visible[outside] == 0).all()
        assert ((one.face_visible >= 0) & (one.face_visible <= 1)).all()


def test_the_parent_looks_to_the_right_for_the_child_and_the_child_to_the_left(film: Film) -> None:
    for who, sign in ((PARENT, 1), (CHILD, -1)):
        one = film.truth.of(who)
        at_face = one.settled & (one.target == f"{other(who)}_face")
        assert (sign * one.gaze_yaw_deg[at_face] > 0).all()
        inside = (one.iris_left_x_px > one.face_x_px - 8) & (
            one.iris_left_x_px < one.face_x_px + one.face_w_px + 8
        )
        assert inside.all()


def test_all_clips_ship_their_truth() -> None:
    wanted = {(name, camera.id) for name in names() for camera in load(name).cameras}
    assert wanted == set(SHIPPED)
