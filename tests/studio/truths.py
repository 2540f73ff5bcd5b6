"""Truth tables made by hand: one letter a frame says who looks where, or a script is acted out without bodies."""

from dataclasses import replace

import numpy as np

from studio.acts import PEOPLE, Act, contact_us, other
from studio.heard import Segment
from studio.masters.frames import Frames
from studio.masters.material import Material
from studio.scenario import Scenario
from studio.truth import Person, Truth

STEP_US = 100_000
"""A letter stands for a tenth of a second."""

TOYS = {"b": "ball", "c": "cup", "k": "block"}
FREE = {"a": "away", "m": "camera", "x": "closed"}


def person(who: str, drawn: str, **columns: object) -> Person:
    """A person who looks as drawn, fully seen: f face, h hands, b c k toys, a away, m camera, x closed.

    A capital letter: on the way to that target, not settled. A minus: as before, but the face cannot be seen.
    """
    known = {"f": f"{other(who)}_face", "h": f"{other(who)}_hands", **TOYS, **FREE}
    n = len(drawn)
    targets: list[str] = []
    for letter in drawn:
        targets.append(targets[-1] if letter == "-" else known[letter.lower()])
    zeros, middle = np.zeros(n), np.full(n, 30.0)
    made = Person(
        target=np.array(targets),
        settled=np.array([not letter.isupper() for letter in drawn]),
        gaze_yaw_deg=zeros, gaze_pitch_deg=zeros, head_yaw_deg=zeros, head_pitch_deg=zeros, head_roll_deg=zeros,
        face_x_px=middle, face_y_px=middle, face_w_px=middle, face_h_px=middle,
        face_visible=np.array([0.0 if letter == "-" else 1.0 for letter in drawn]),
        iris_left_x_px=middle, iris_left_y_px=middle, iris_right_x_px=middle, iris_right_y_px=middle,
        camera_distance_mm=np.full(n, 1400.0),
        mouth=zeros, smile=zeros,
        eyes=np.array([0.0 if letter in "xX" else 1.0 for letter in drawn]),
        voice=np.zeros(n, dtype=np.bool_),
        hand_to_other_mm=np.full(n, 200.0),
    )  # fmt: skip
    given = {name: _column(value) for name, value in columns.items()}
    return replace(made, **given)  # type: ignore[arg-type]  # the columns are named as in Person


def _column(value: object) -> object:
    """A drawn column: digits are tenths (0 none .. 9 nearly all); arrays are taken as they are."""
    return np.array([int(digit) / 9 for digit in value]) if isinstance(value, str) else value


def drawn(
    child: str,
    parent: str,
    *acts: Act,
    voices: tuple[Segment, ...] = (),
    holder: dict[str, str] | None = None,
    distance_mm: object = None,
    child_is: dict[str, object] | None = None,
    parent_is: dict[str, object] | None = None,
    **given: object,
) -> Material:
    """Material of as many tenths of a second as there are letters. holder: toy -> letters n, p, c, b a frame."""
    n = len(child)
    words = {"n": "none", "p": "parent", "c": "child", "b": "both"}
    held = {toy: np.array(["none"] * n) for toy in TOYS.values()}
    held |= {toy: np.array([words[letter] for letter in row]) for toy, row in (holder or {}).items()}
    truth = Truth(
        frame=np.arange(n),
        time_us=np.arange(n) * STEP_US,
        parent=person("parent", parent, **(parent_is or {})),
        child=person("child", child, **(child_is or {})),
        head_distance_mm=np.full(n, 550.0) if distance_mm is None else np.asarray(distance_mm, dtype=np.float64),
        mutual_gaze=np.zeros(n, dtype=np.bool_),
        holder=held,
    )
    frames = Frames(tuple(range(0, (n + 1) * STEP_US, STEP_US)))
    numbered = tuple(replace(act, index=place) for place, act in enumerate(acts))
    return Material("drawn", numbered, truth, frames, voices, **given)  # type: ignore[arg-type]  # as in Material


def acted(scenario: Scenario, frames: Frames) -> Material:
    """A script acted out by nobody: eyes jump within 120 ms, faces and hands are where the acts want them."""
    n = len(frames)
    times = np.array(frames.edges_us[:-1])
    held = {toy: np.array(["none"] * n, dtype="<U6") for toy in scenario.room.toys}
    for toy, stays in scenario.stays().items():
        for stay in stays:
            held[toy][(times >= stay.start_us) & (times < stay.end_us)] = stay.holder or "none"
    people = {who: _acted(scenario, who, times) for who in PEOPLE}
    truth = Truth(
        np.arange(n),
        times,
        people["parent"],
        people["child"],
        np.full(n, 550.0),
        np.zeros(n, dtype=np.bool_),
        held,
    )
    voices = tuple(
        Segment(act.who, act.index, act.start_us, act.end_us or 0) for act in scenario.acts if act.verb in _VOICES
    )
    return Material(
        scenario.name, scenario.acts, truth, frames, voices, scenario.picture, scenario.ratings, scenario.episodes
    )


_VOICES = ("say", "coo", "babble", "squeal", "fuss", "cry", "laugh", "cough")


def _acted(scenario: Scenario, who: str, times: np.ndarray) -> Person:
    made = person(who, "a" * len(times))
    targets = np.array(["away"] * len(times), dtype="<U12")
    settled, values = np.ones(len(times), dtype=np.bool_), {"smile": made.smile.copy(), "eyes": made.eyes.copy()}
    near, visible = made.hand_to_other_mm.copy(), made.face_visible.copy()
    voice = made.voice.copy()
    for act in (one for one in scenario.acts if one.who == who):
        inside = (times >= act.start_us) & (times < (act.end_us or 0))
        if act.verb == "look":
            goal = str(act.target)
            targets[inside] = (
                f"{other(who)}_{goal}" if goal in ("face", "hands") else goal.split("_", maxsplit=1)[0]
            )
            settled[inside & (times < act.start_us + 120_000) & (times > 0)] = False
        elif act.verb == "close_eyes":
            targets[inside], values["eyes"][inside] = "closed", 0.0
        elif act.verb in ("smile", "laugh"):
            values["smile"][inside] = 0.8
        elif act.verb in ("touch", "tickle"):
            near[inside & (times >= contact_us(act))] = 0.0
        elif act.verb == "leave":
            visible[inside] = 0.0
        voice |= inside & (act.verb in _VOICES)
    return replace(
        made, target=targets, settled=settled, hand_to_other_mm=near, face_visible=visible, voice=voice, **values
    )
