"""All frames of a clip, drawn picture by picture; may be ended at any time and goes on where it was."""

import sys
import time

from studio.clock import frame_times_us
from studio.heard import Heard
from studio.places import build_folder
from studio.scenario import load
from studio.stage import plan
from studio.stage.acting import Acting
from studio.stage.exposure import Group, groups_of, share_out, shot_of
from studio.stage.figures import human_of
from studio.stage.render import Photographer, hand_out, look_of
from studio.stage.room import Stage

_REPORT_S = 60.0


def shoot(clip: str, part: int = 0, parts: int = 1) -> int:
    """Draw one share of a clip's pictures and link the frames; returns how many frames still wait."""
    scenario, build = load(clip), build_folder(clip)
    acting = Acting(scenario, Heard.from_json((build / "sound.json").read_text()))
    humans = {who: human_of(scenario.person(who)) for who in ("parent", "child")}
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
        _draw(photographer, share_out(groups, part, parts), f"{clip} {camera.id} part {part}/{parts}")
        missing += hand_out([photographer.path(shot) for shot in shots], build / "frames" / camera.id)
    return missing


def _draw(photographer: Photographer, groups: list[Group], name: str) -> None:
    said = time.monotonic()
    # the lights change seldom in a script: all of one light first
    for number, group in enumerate(sorted(groups, key=lambda group: group.shots[0].light)):
        photographer.take(group)
        if time.monotonic() - said > _REPORT_S:
            said = time.monotonic()
            _say(f"{name}: {number + 1} of {len(groups)} groups")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
