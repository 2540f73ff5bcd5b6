"""Master codes of “Face to Face with a Pause”: parts, the two persons' phases, breaches."""

from dataclasses import replace

from coder.model.problem import CoderError, Problem
from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, PARENT, Act
from studio.masters.cues import distress
from studio.masters.frames import UNCODABLE, Labels, Run, bridged, long_enough, runs, without_short
from studio.masters.looks import looks
from studio.masters.material import Coded, Material, span_of
from studio.masters.nearness import touching_from_us
from studio.masters.signs import grouped, heard, smile_span, smiling
from studio.masters.why.face import breach_reason, brief_smile_reason, part_reason, phase_reason, self_reason
from studio.masters.zones import eyes_on_their_way, smile_grows

PHASE_US = SECOND_US
"""cp, pp: “A phase lasts one second or longer; what interrupts it for less is part of it.” Voice: “Pauses of less
than one second belong to it.” Self-comfort under one second is none."""

DOZE_US = 2 * SECOND_US
"""cp_doze: “heavy or closed lids, and for two seconds or longer it turns to nothing”."""

SCAN_US = 2 * SECOND_US
"""s_scan: “each time for two seconds or longer”; “back for an instant” between two is less than that."""

STILL_AGAIN_US = SECOND_US
"""breaches: “A breach that goes on is marked once; after one second of still face the next one counts anew.”"""

EPISODES = {"play": "ep_play", "pause": "ep_pause", "again": "ep_again", "other": "ep_other"}
LEVEL_FACE, LEVEL_FUSS, LEVEL_CRY = "1", "2", "3"
"""How strong distress is: in the face alone, heard as fussing, or cried out."""

ELSEWHERE = ("away", "camera", "closed")
SMILES = ("smile", "laugh", "play_face")


def face_to_face(material: Material) -> list[Coded]:
    """All lines of the scheme; no scripted session is ended early."""
    pauses = [coded.span for coded in _episodes(material) if coded.code == "ep_pause"]
    lines = (
        _episodes(material),
        _infant(material),
        _self(material),
        _parent(material),
        _breaches(material, pauses),
    )
    return [coded for line in lines for coded in line]


def _episodes(material: Material) -> list[Coded]:
    if not material.episodes:
        hint = 'Write episodes = [ { at = 0.0, name = "play" }, … ].'
        raise CoderError(Problem("The script names no parts of the session.", material.name, hint))
    labels = ["ep_other"] * len(material.frames)
    for episode in material.episodes:
        _write(material, labels, Span(episode.start_us, episode.end_us), EPISODES[episode.name])
    return [
        Coded("ep", run.label, span, note=part_reason(span, run.label))
        for run in runs(labels)
        for span in [material.frames.span(run)]
    ]


def _infant(material: Material) -> list[Coded]:
    """“Mood comes before attention.” A whimper that is heard counts also where the face cannot be seen."""
    frames, look, smile = material.frames, looks(material, CHILD).labels, smiling(material, CHILD)
    dozing = long_enough([label == "closed" for label in look], frames, DOZE_US)
    labels = []
    for at, target in enumerate(look):
        attention = "cp_joy" if smile[at] else "cp_watch"
        seen = attention if target == "parent_face" else "cp_doze" if dozing[at] else "cp_thing"
        labels.append(UNCODABLE if target == UNCODABLE else seen)
    for act in material.acts_of(CHILD, "coo", "laugh"):
        for at in material.during(heard(material, act)):
            labels[at] = "cp_joy" if look[at] == "parent_face" else labels[at]
    for act, span in sorted(distress(material), key=lambda entry: entry[0].verb == "cry"):
        _write(material, labels, span, "cp_cry" if act.verb == "cry" else "cp_fuss")
    return [
        replace(_phase(material, "cp", CHILD, run), modifiers=_level(material, run.label, frames.span(run)))
        for run in runs(_phases(material, labels))
    ]


def _phase(material: Material, tier: str, who: str, run: Run) -> Coded:
    """A phase with its reason; it may begin as well while a smile grows, or while the eyes are on their way."""
    span = material.frames.span(run)
    grows = smile_grows(material, who, run.first) if run.first else None
    turns = eyes_on_their_way(material, who, run.first) if run.first else None
    note = phase_reason(material, who, run.label, span)
    return Coded(tier, run.label, span, note=note, onset_zone=grows or turns)


def _level(material: Material, code: str, span: Span) -> tuple[tuple[str, str], ...]:
    if code == "cp_cry":
        return (("level", LEVEL_CRY),)
    if code != "cp_fuss":
        return ()
    voiced = any(act.verb != "sad" and one.overlaps(span) for act, one in distress(material))
    return (("level", LEVEL_FUSS if voiced else LEVEL_FACE),)


def _self(material: Material) -> list[Coded]:
    """Twisting away before looking away, as the scheme orders; the scripts know no calming with mouth or hands."""
    frames, labels = material.frames, ["s_none"] * len(material.frames)
    away = [
        frames.span(run)
        for run in runs(looks(material, CHILD).labels)
        if run.label == "away" and frames.length_us(run) >= SCAN_US
    ]
    series: list[list[Span]] = []
    for span in away:
        if series and span.start_us - series[-1][-1].end_us < SCAN_US:
            series[-1].append(span)
        else:
            series.append([span])
    for one in series:
        if len(one) > 1:  # “One look aside: none.”
            _write(material, labels, Span(one[0].start_us, one[-1].end_us), "s_scan")
    for act in material.acts_of(CHILD, "turn_away", "lean_back"):
        _write(material, labels, span_of(act), "s_escape")
    labels = without_short(bridged(labels, frames, PHASE_US), frames, _least_self_us)
    return [Coded("self", run.label, frames.span(run), note=self_reason(run.label)) for run in runs(labels)]


def _least_self_us(code: str) -> int:
    return SCAN_US if code == "s_scan" else 0 if code == "s_none" else PHASE_US


def _parent(material: Material) -> list[Coded]:
    frames, look, smile = material.frames, looks(material, PARENT).labels, smiling(material, PARENT)
    voice = material.truth.parent.voice
    elsewhere = long_enough([label in ELSEWHERE for label in look], frames, PHASE_US)
    playful = material.flags(filter(_plays, material.acts_of(PARENT, *SMILES, "tickle", "touch")))
    still = material.flags(material.acts_of(PARENT, "still_face"))
    labels = []
    for at, target in enumerate(look):
        if target == UNCODABLE:
            labels.append("p_voice" if voice[at] else UNCODABLE)
        elif elsewhere[at]:
            labels.append("p_else")
        elif smile[at] or playful[at]:
            labels.append("p_joy")
        elif voice[at]:
            labels.append("p_voice")
        else:
            labels.append("p_still" if still[at] else "p_quiet")
    return [_with_smile(material, _phase(material, "pp", PARENT, run)) for run in runs(_phases(material, labels))]


def _with_smile(material: Material, phase: Coded) -> Coded:
    """A smile that the script lets last a second, and that shows a little shorter: to count it is as right."""
    smiles = [
        act
        for act in material.acts_of(PARENT, *SMILES)
        if span_of(act).duration_us >= PHASE_US
        and phase.span.contains(act.start_us)
        and span_of(act).end_us <= phase.span.end_us
    ]
    if not smiles or phase.code == "p_joy":
        return phase
    return replace(phase, note=brief_smile_reason(phase.span, smiles[0]), either=("p_joy",))


def _plays(act: Act) -> bool:
    """p_joy: “makes a big play face, or plays with hands and feet of the infant”; smiles are seen in the truth."""
    return act.verb in ("laugh", "play_face", "tickle") or act.kind == "playful"


def _breaches(material: Material, pauses: list[Span]) -> list[Coded]:
    found: list[tuple[Act, Span]] = []
    for act in material.acts_of(PARENT, *SMILES, "say", "touch", "tickle"):
        span = heard(material, act) if act.verb == "say" else smile_span(material, act)
        if act.verb in ("touch", "tickle"):
            at_us = touching_from_us(material, act)
            span = span_of(act) if at_us is None else Span(at_us, span_of(act).end_us)
        found.append((act, span))
    marks = [(material.frames.mark(at), group[0]) for at, group in grouped(found, STILL_AGAIN_US)]
    return [
        Coded("breaches", "breach", Span.moment(at), note=breach_reason(act))
        for at, act in marks
        if any(pause.contains(at) for pause in pauses)
    ]


def _phases(material: Material, labels: Labels) -> Labels:
    frames = material.frames
    return without_short(bridged(labels, frames, PHASE_US), frames, lambda _: PHASE_US)


def _write(material: Material, labels: Labels, span: Span, label: str) -> None:
    for index in material.during(span):
        labels[index] = label
