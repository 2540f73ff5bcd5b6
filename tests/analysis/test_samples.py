"""Measures of the sample clips' master passes against their scripts and the truth of their frames.

The truth is read here by a path of its own: from the frames, without a tier, a code or an event.
"""

import csv
import tomllib
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import pytest

from coder.analysis import measures
from coder.formats import read_events, read_scheme
from coder.model.coding import CodingPass, PassHeader
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span

ROOT = Path(__file__).parents[2]
SAMPLES, SCENARIOS = ROOT / "sample_media", ROOT / "studio" / "scenarios"


def script(clip: str):
    return tomllib.loads((SCENARIOS / f"{clip}.toml").read_text("utf-8"))


def frames(clip: str) -> list[tuple[float, float, dict[str, str]]]:
    """(begins at, lasts, row) of every frame, in seconds."""
    with (SAMPLES / f"{clip}.truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    starts = [float(one["time_s"]) for one in rows]
    return [
        (at, end - at, one)
        for (at, end), one in zip(pairwise([*starts, script(clip)["seconds"]]), rows, strict=True)
    ]


def found(clip: str, scheme_name: str) -> dict[tuple[str, ...], float | None]:
    """(id, *part) -> value of the master pass."""
    scheme = read_scheme(ROOT / "schemes" / f"{scheme_name}.toml")
    window = Span(0, round(script(clip)["seconds"] * SECOND_US))
    header = PassHeader("p", clip, scheme.id, "master", Purpose.MAIN, window)
    coding = CodingPass.of(header, read_events(SAMPLES / f"{clip}.{scheme_name}.master.csv", scheme))
    return {(one.name, *one.part): one.value for one in measures(coding, scheme)}


def looking(clip: str, who: str) -> list[str]:
    """What each frame's look is at: the last thing that the eyes have arrived at."""
    seen, now = [], ""
    for _, _, row in frames(clip):
        now = row[f"{who}_target"] if row[f"{who}_settled"] == "1" or not now else now
        seen.append(now)
    return seen


@pytest.mark.parametrize("clip", ["first-practice", "cues-responses", "shared-play", "phone"])
def test_looking_at_each_others_face_is_as_long_as_in_the_frames(clip: str):
    lengths = [length for _, length, _ in frames(clip)]
    both = [
        child == "parent_face" and parent == "child_face"
        for child, parent in zip(looking(clip, "child"), looking(clip, "parent"), strict=True)
    ]
    runs = sum(now and not before for before, now in pairwise([False, *both]))
    numbers = found(clip, "gaze-near")
    assert numbers["mutual_face", "stretches"] == runs
    frame_s = max(lengths)
    assert numbers["mutual_face", "time"] == pytest.approx(
        sum(length for length, held in zip(lengths, both, strict=True) if held), abs=frame_s * runs
    )
    face = sum(length for length, at in zip(lengths, looking(clip, "child"), strict=True) if at == "parent_face")
    share = numbers["child_gaze_share", "Parent’s face"]
    assert share == pytest.approx(100 * face / sum(lengths), abs=100 * frame_s * 10 / sum(lengths))


EPISODES = (("Play", 0, 17), ("Pause", 17, 30), ("Play again", 30, 45))


def test_the_infants_distress_in_each_episode_is_as_scripted():
    acts = script("face-to-face")["acts"]
    sad = [(act["at"], act["at"] + act["for"]) for act in acts if act.get("child") in ("looks sad", "fusses")]
    numbers = found("face-to-face", "face-to-face")
    share = {}
    for name, start, end in EPISODES:
        scripted = sum(
            any(on <= at < off for on, off in sad) for at, _, _ in frames("face-to-face") if start <= at < end
        )
        share[name] = 100 * scripted / (25 * (end - start))
        found_share = numbers["phase_share", name, "Fusses or withdraws"]
        assert found_share == pytest.approx(share[name], abs=100 * 3 / (25 * (end - start)))
    distress = "Cries or Fusses or withdraws"
    assert numbers["pause_effect", distress, "from Play to Pause"] == pytest.approx(
        share["Pause"] - share["Play"], abs=1
    )
    assert numbers["repair_effect", distress, "from Pause to Play again"] == pytest.approx(
        share["Play again"] - share["Pause"], abs=2
    )


def test_the_infants_face_to_the_parent_in_each_episode_is_as_in_the_frames():
    acts = script("face-to-face")["acts"]
    sad = [(act["at"], act["at"] + act["for"]) for act in acts if act.get("child") == "looks sad"]
    times = [at for at, _, _ in frames("face-to-face")]
    turned = [
        at == "parent_face" and not any(on <= begins < off for on, off in sad)
        for begins, at in zip(times, looking("face-to-face", "child"), strict=True)
    ]
    # A phase lasts a second at least: 25 frames.
    kept = [
        held and len(run) >= 25 for held, run in ((held, list(run)) for held, run in groupby(turned)) for _ in run
    ]
    numbers = found("face-to-face", "face-to-face")
    for name, start, end in EPISODES:
        inside = [held for at, held in zip(times, kept, strict=True) if start <= at < end]
        share = sum(
            numbers["phase_share", name, phase] or 0 for phase in ("Watches the parent", "Joy toward the parent")
        )
        edges = sum(a != b for a, b in pairwise(inside))
        assert share == pytest.approx(100 * sum(inside) / len(inside), abs=100 * (edges + 1) * 2 / len(inside))


def test_the_pause_is_kept_but_for_the_scripted_second():
    (breach,) = [act for act in script("face-to-face")["acts"] if act.get("note") == "breach of the pause"]
    numbers = found("face-to-face", "face-to-face")
    assert numbers["breach_rate", "Pause", "Smiles, talks or touches", "number"] == 1
    assert numbers["still_lost", "Pause", "time"] == pytest.approx(breach["for"], abs=0.08)
    assert numbers["still_lost", "Pause", "at most 2 s (1: yes, 0: no)"] == 1


def scripted_answers() -> dict[str, tuple[str, float | None]]:
    """Name of a cue -> (how the script says that it was answered, seconds to the answer)."""
    acts = script("cues-responses")["acts"]
    cues = {act["id"]: act["at"] for act in acts if "id" in act and "child" in act}
    told = {act["answers"]: (act["fit"], act["at"] - cues[act["answers"]]) for act in acts if "answers" in act}
    return {cue: told.get(cue, ("none", None)) for cue in cues}


@pytest.mark.parametrize(
    ("measure", "kinds"),
    [
        ("answers_all", ("look", "new", "voice", "gesture", "smile", "away", "distress")),
        ("answers_calm", ("look", "new", "voice", "gesture", "smile")),
        ("answers_distress", ("distress",)),
        ("answers_break", ("away",)),
    ],
)
def test_answers_to_cues_are_as_scripted(measure: str, kinds: tuple[str, ...]):
    answers = [answer for cue, answer in scripted_answers().items() if cue.rpartition("-")[0] in kinds]
    assert len(answers) == {"answers_all": 11, "answers_calm": 9}.get(measure, 1)
    every = found("cues-responses", "cue-response")
    numbers = {", ".join(part): value for (name, *part), value in every.items() if name == measure}

    def share(*fits: str) -> float:
        return 100 * sum(fit in fits for fit, _ in answers) / len(answers)

    assert numbers["answered"] == pytest.approx(share("match", "part"))
    assert numbers["Answered, and it fits"] == pytest.approx(share("match"))
    assert numbers["Answered, fits loosely"] == pytest.approx(share("part"))
    assert numbers["Acted, but not on this"] == pytest.approx(share("mismatch"))
    assert numbers["No act in time"] == pytest.approx(share("none"))
    times = [seconds for fit, seconds in answers if fit in ("match", "part") and seconds is not None]
    if times:
        # Eyes and faces need up to 0.3 s to arrive; the script tells when they set out.
        assert numbers["median time to the answer"] == pytest.approx(median(times), abs=0.3)
        prompt = 100 * sum(seconds <= 2 for seconds in times) / len(times)
        assert numbers["prompt, of the answers"] == pytest.approx(prompt)
    else:
        assert numbers["median time to the answer"] is None
