"""What the shipped tables of a clip hold, for people: master codes, answers to cues, the truth in figures."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coder.formats.events_csv import read_events
from coder.formats.scheme_file import read_scheme
from coder.model.coding import Event
from coder.model.problem import CoderError, Problem
from coder.model.scheme import NOT_RATED, RATING, Link, Scheme, Tier, TierKind
from coder.model.time import SECOND_US
from coder.settings.shipped import shipped
from studio.acts import CHILD, PARENT
from studio.masters.looks import EYES_SEEN
from studio.masters.material import material, truth_path
from studio.masters.table import schemes_of
from studio.scenario import Scenario
from studio.telling import minutes, noun, table
from studio.truth import Flags, Numbers, Person, Truth, read_truth


def scheme(name: str) -> Scheme:
    """A shipped scheme."""
    return read_scheme(shipped("schemes") / f"{name}.toml")


def masters(scenario: Scenario, media: Path) -> str:
    """The master codes, scheme by scheme. Raises CoderError if a file is missing or wrong."""
    parts = []
    for name in schemes_of(scenario):
        its, path = scheme(name), _there(media / f"{scenario.name}.{name}.master.csv", "masters", scenario)
        events = read_events(path, its)
        parts.append(
            f"### {its.title}\n\n`{path.name}`: {_counted(len(events), 'code')}.\n\n{_coded(its, events)}"
        )
        parts += [_answers(its, link, events) for link in its.links]
    return "\n".join(parts)


def _there(path: Path, step: str, scenario: Scenario) -> Path:
    """The path of a file that a step makes. Raises CoderError if it is missing."""
    if not path.is_file():
        hint = f"Make it first: python -m studio {step} {scenario.name}"
        raise CoderError(Problem(f"“{path.name}” is not there.", str(path.parent), hint))
    return path


def _coded(its: Scheme, events: Sequence[Event]) -> str:
    """One table for the lines of a scheme; rating lines get one of their own."""
    rows = [("line", "code", "how often", "seconds")]
    rated = [("item", "rating", "the author’s reason")]
    for tier in its.tiers:
        if tier.kind is TierKind.RATING:
            rated += _rated(tier, events)
            continue
        here = [event for event in events if event.tier == tier.id]
        often = Counter(event.code for event in here)
        for code in tier.codes:
            if often[code.id]:
                long_us = sum(event.span.duration_us for event in here if event.code == code.id)
                seconds = f"{long_us / SECOND_US:.2f}" if tier.kind is TierKind.STATE else ""
                rows.append((tier.label, code.label, str(often[code.id]), seconds))
    return "\n".join(table(part) for part in (rows, rated) if len(part) > 1)


def _rated(tier: Tier, events: Sequence[Event]) -> list[tuple[str, str, str]]:
    na = tier.scale.na if tier.scale else ""
    values = {event.code: (event.modifier(RATING), event.note) for event in events if event.tier == tier.id}
    return [
        (code.label, na if values[code.id][0] == NOT_RATED else str(values[code.id][0]), values[code.id][1])
        for code in tier.codes
        if code.id in values
    ]


def _answers(its: Scheme, link: Link, events: Sequence[Event]) -> str:
    """The cues, each with its answer and what the master says of it."""
    labels = {code.id: code.label for _, code in its.codes()}
    acts = {event.id: event for event in events if event.tier == link.acts}
    rows = [("cue at", "cue", "answer at", "answer", "after", "why, and what came of it")]
    for cue in (event for event in events if event.tier == link.cues):
        act = acts.get(cue.answer)
        answer = ("", "", "") if act is None else (
            minutes(act.onset_us), labels[act.code], f"{(act.onset_us - cue.onset_us) / SECOND_US:.2f} s",
        )  # fmt: skip
        rows.append((minutes(cue.onset_us), labels[cue.code], *answer, cue.note))
    return f"Which act answers which cue:\n\n{table(rows)}"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def figures(scenario: Scenario, media: Path) -> str:
    """The truth in figures, one column a person, and what holds of both. Raises TruthError or CoderError."""
    truth = read_truth(truth_path(scenario, media))
    of_clip = material(scenario, media)
    seconds = np.diff(of_clip.frames.edges_us) / SECOND_US
    names = [noun(scenario, who) for who in (CHILD, PARENT)]
    rows: list[Sequence[str]] = [("", *(name.capitalize() for name in names))]
    people = [(who, truth.of(who)) for who in (CHILD, PARENT)]
    looked = Counter(str(target) for _, person in people for target in person.target)
    for target in sorted(looked, key=lambda one: (-looked[one], one)):
        cells = [_seconds(seconds[person.target == target]) for _, person in people]
        rows.append((f"eyes meant for: {_target(scenario, target)}", *cells))
    rows += [
        ("eyes on their way", *(_seconds(seconds[~person.settled]) for _, person in people)),
        ("voice", *(_seconds(seconds[person.voice]) for _, person in people)),
        ("less than half of the face in sight", *(_seconds(seconds[_hidden(person)]) for _, person in people)),
        ("width of the face, px", *(_range(person.face_w_px) for _, person in people)),
        ("head turned to the side, degrees", *(_range(person.head_yaw_deg) for _, person in people)),
    ]
    return f"{table(rows)}\n{_both(truth, seconds)}"


def _both(truth: Truth, seconds: Numbers) -> str:
    hands = np.minimum(truth.parent.hand_to_other_mm, truth.child.hand_to_other_mm)
    return (
        f"Mutual gaze, both pairs of eyes at rest on the other’s face: {_seconds(seconds[truth.mutual_gaze])}. "
        f"Distance of the heads: {_range(truth.head_distance_mm)} mm. "
        f"Nearest hand to the other’s body: {_range(hands)} mm.\n"
    )


def _hidden(person: Person) -> Flags:
    return np.asarray(person.face_visible < EYES_SEEN)


def _seconds(values: Numbers) -> str:
    return f"{values.sum():.1f} s" if len(values) else "–"


def _range(values: Numbers) -> str:
    return f"{values.min():.0f} to {values.max():.0f}".replace("-", "−")


def _target(scenario: Scenario, target: str) -> str:
    whose, _, part = target.partition("_")
    if part in ("face", "hands"):
        return f"the {noun(scenario, whose)}’s {part}"
    return {"away": "somewhere else", "camera": "the camera", "closed": "nothing, lids shut"}.get(
        target, f"the {target}"
    )


def cautions(scenario: Scenario, media: Path) -> list[str]:
    """What a person who uses this clip should know about it in particular, drawn from its truth."""
    truth = read_truth(truth_path(scenario, media))
    found = []
    for who in (CHILD, PARENT):
        person, name = truth.of(who), noun(scenario, who)
        share = float(_hidden(person).mean())
        if share >= 0.01:
            found.append(f"Less than half of the {name}’s face is in sight in {100 * share:.0f} % of the frames.")
        small = float((person.face_w_px < 50).mean())
        if small >= 0.1:
            found.append(f"The {name}’s face is under 50 px wide in {100 * small:.0f} % of the frames.")
        found += [
            f"The {name} leaves the picture at {minutes(act.start_us)} and cannot be seen for a while."
            for act in scenario.acts
            if act.who == who and act.verb == "leave"
        ]
    if scenario.picture.dim_from_us is not None:
        found.append(f"The light is dim from {minutes(scenario.picture.dim_from_us)} on.")
    if scenario.picture.frames == "phone":
        found.append("The frames do not come at a steady rate: count on their times, never on their numbers.")
    return found


def clocks(scenario: Scenario, media: Path) -> list[str]:
    """How the clocks of several cameras lie to each other, from the clip's .json; nothing for one camera."""
    if len(scenario.cameras) == 1:
        return []
    path = _there(media / f"{scenario.name}.json", "film", scenario)
    try:
        document = json.loads(path.read_text("utf-8"))
        found = [
            f"`{one['film']}`: its first frame is at {one['offset_us'] / SECOND_US:.3f} s of the session, its "
            f"clock runs {one['skew_ppm']} ppm fast, {one['frames']:,} frames."
            for one in document["cameras"]
        ]
        return found + [
            f"The palms meet at {at / SECOND_US:.3f} s of the session." for at in document["claps_session_us"]
        ]
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise CoderError(
            Problem(f"The clocks cannot be read ({error}).", path.name, "Make them: python -m studio film")
        ) from error


def partner_names(scenario: Scenario) -> str:
    """“a mother and her son”."""
    her = "her" if scenario.parent.sex == "female" else "his"
    return f"a {noun(scenario, PARENT)} and {her} {'daughter' if scenario.child.sex == 'female' else 'son'}"
