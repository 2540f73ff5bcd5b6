"""`python -m studio.stage render <clip> [--part i/n]`: the steps that need the stage's own environment."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from studio.clock import frame_times_us
from studio.heard import Heard
from studio.scenario import load
from studio.stage.acting import Acting
from studio.stage.exposure import groups_of, share_out, shot_of
from studio.stage.figures import human_of

_ROOT = Path(__file__).resolve().parent.parent.parent


def build_folder(clip: str) -> Path:
    """Where a clip's intermediate files are: build/studio/<clip>, or under STUDIO_BUILD."""
    return Path(os.environ.get("STUDIO_BUILD") or _ROOT / "build" / "studio") / clip


def render(clip: str, part: int, parts: int) -> int:
    """Draw a clip's frames; returns how many are still missing."""
    from studio.stage.render import Photographer, hand_out, look_of  # noqa: PLC0415  # Blender: wanted for this alone
    from studio.stage.room import Stage  # noqa: PLC0415

    scenario, build = load(clip), build_folder(clip)
    acting = Acting(scenario, Heard.from_json((build / "sound.json").read_text()))
    humans = {who: human_of(scenario.person(who)) for who in ("parent", "child")}
    missing = 0
    for camera in scenario.cameras:
        look = look_of(scenario, camera)
        times = frame_times_us(scenario, camera)
        shots = [shot_of(acting.at(t).frame, scenario.picture.light_at(t), humans, look) for t in times]
        groups = groups_of(shots)
        mine = share_out(groups, part, parts)
        sys.stdout.write(f"{clip} {camera.id}: {len(shots)} frames, {sum(len(g.shots) for g in groups)} pictures in "
                         f"{len(groups)} groups; {len(mine)} of them here\n")  # fmt: skip
        stage = Stage(scenario)
        from studio.stage import plan  # noqa: PLC0415
        photographer = Photographer(stage, plan.camera_of(scenario, camera), look, build / "pictures" / camera.id)
        for group in mine:
            photographer.take(group)
        missing += hand_out([photographer.path(shot) for shot in shots], build / "frames" / camera.id)
    return missing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step."""
    parser = argparse.ArgumentParser(prog="python -m studio.stage")
    parser.add_argument("step", choices=["render"])
    parser.add_argument("clip")
    parser.add_argument("--part", default="0/1", help="i/n: draw the i-th of n shares (from 0)")
    chosen = parser.parse_args(arguments)
    part, parts = (int(number) for number in chosen.part.split("/"))
    missing = render(chosen.clip, part, parts)
    if missing:
        sys.stdout.write(f"{missing} frames wait for the other parts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
