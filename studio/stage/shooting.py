"""All frames of a clip, drawn picture by picture; may be ended at any time and goes on where it was."""

import sys
import time
from pathlib import Path

from studio.acts import PEOPLE
from studio.clock import frame_times_us
from studio.heard import read_heard
from studio.places import build_folder
from studio.scenario import load
from studio.stage import plan
from studio.stage.acting import Acting
from studio.stage.exposure import Group, groups_of, shot_of
from studio.stage.figures import human_of
from studio.stage.render import Photographer, hand_out, look_of
from studio.stage.room import Stage

_REPORT_S = 60.0
_STRETCH = 8


def shoot(clip: str) -> int:
    """Draw a clip's pictures, together with any other process that does the same now, and link its frames.

    Returns how many frames still wait for the pictures that another process is drawing.
    """
    scenario, build = load(clip), build_folder(clip)
    acting = Acting(scenario, read_heard(build / "sound.json"))
    humans = {who: human_of(scenario.person(who)) for who in PEOPLE}
    missing = 0
    for camera in scenario.cameras:
        look = look_of(scenario, camera)
        times = frame_times_us(scenario, camera)
        shots = [shot_of(acting.at(t).frame, scenario.picture.light_at(t), humans, look) for t in times]
        groups = groups_of(shots)
        pictures = sum(len(group.shots) for group in groups)
        _say(f"{clip} {camera.id}: {len(shots)} frames, {pictures} pictures in {len(groups)} groups")
        folder = build / "pictures" / camera.id
        photographer = Photographer(Stage(scenario), plan.camera_of(scenario, camera), look, folder)
        _draw(photographer, groups, folder / "claims", f"{clip} {camera.id}")
        missing += hand_out([photographer.path(shot) for shot in shots], build / "frames" / camera.id)
    return missing


def _draw(photographer: Photographer, groups: list[Group], claims: Path, name: str) -> None:
    """Draw stretch by stretch of the film, each claimed first; neighbours in the film are drawn by one process,
    since each is made from the one before."""
    said = time.monotonic()
    # the lights change seldom in a script: all of one light first
    in_order = sorted(groups, key=lambda group: group.shots[0].light)
    for start in range(0, len(in_order), _STRETCH):
        if not _claim(claims / str(start)):
            continue
        for group in in_order[start : start + _STRETCH]:
            photographer.take(group)
        if time.monotonic() - said > _REPORT_S:
            said = time.monotonic()
            _say(f"{name}: group {start + _STRETCH} of {len(in_order)}")


def _claim(mark: Path) -> bool:
    """True for the first process that asks. Who starts the processes clears the claims of an earlier run."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
