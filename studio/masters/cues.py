"""Master codes of “Cues and Responses”: the signals of the child."""

from collections.abc import Iterable, Iterator

from coder.model.time import MILLISECOND_US, SECOND_US, Span
from studio.acts import CHILD, PARENT, Act
from studio.masters.frames import BLANK, UNCODABLE, runs
from studio.masters.looks import looks, unseen
from studio.masters.material import Coded, Material, span_of
from studio.masters.sharing import HANDLING
from studio.masters.signs import Sign, grouped, heard, sad_face, smile_span

ELSEWHERE_US = SECOND_US
"""cue_look: “after they were elsewhere for one second or longer”."""

STAYS_US = 300 * MILLISECOND_US
"""cue_look: “and stay there for at least 0.3 seconds”."""

PAUSE_US = SECOND_US
"""cue_voice: “Sounds that follow each other with less than one second between them are one cue.”"""

UNHANDLED_US = 3 * SECOND_US
"""cue_newact: “an object that it has not handled in the three seconds before”."""

CALM_US = 3 * SECOND_US
"""cue_distress: “A new cue of this kind needs at least three seconds of calm before it.”"""

REACTION_US = 3 * SECOND_US
"""cue_away: “withdraws from contact or stimulation”: which goes on, or ended at most this long before."""

TAKES_US = SECOND_US
"""A toy that is taken within this time after a hand went for it was reached for to be taken."""

CALLS = ("coo", "babble", "squeal", "say")
SHOWS = ("offer", "show", "point")
NEW_ACTS = ("take", "play", "roll")
WITHDRAWS = ("turn_away", "lean_back", "hide")
STIMULATES = ("touch", "tickle", "say", "play_face", "lean_in", "offer", "show", "clap", "wave", "point")


def cues(material: Material) -> list[Sign]:
    """The child's cues by onset. Acts that the script excepts (`cue = false`) are none."""
    found = [
        *_looks_up(material),
        *utterances(material, _acts(material, *CALLS), "cue_voice", PAUSE_US),
        *_gestures(material),
        *smiles(material, _acts(material, "smile", "laugh"), "cue_smile"),
        *_new_acts(material),
        *_distress(material),
        *_asks_for_a_break(material),
    ]
    return sorted(found, key=lambda sign: (sign.at_us, sign.code))


def hidden(material: Material, who: str, tier: str) -> list[Coded]:
    """The stretches in which a person cannot be coded: unseen, so that a sign could pass unnoticed."""
    frames = material.frames
    labels = [UNCODABLE if gone else BLANK for gone in unseen(material, who)]
    return [Coded(tier, UNCODABLE, frames.span(run)) for run in runs(labels) if run.label]


def utterances(material: Material, acts: Iterable[Act], code: str, pause_us: int) -> list[Sign]:
    """The beginnings of what is said or called after a pause of `pause_us` or more."""
    spans = [(act, heard(material, act)) for act in acts]
    return [Sign(code, material.frames.mark(at), group) for at, group in grouped(spans, pause_us)]


def smiles(material: Material, acts: Iterable[Act], code: str) -> list[Sign]:
    """The beginnings of smiles. One that grows wider, or becomes a laugh, is still the same."""
    spans = [(act, smile_span(material, act)) for act in acts]
    return [Sign(code, material.frames.mark(at), group) for at, group in grouped(spans, 1)]


def distress(material: Material) -> list[tuple[Act, Span]]:
    """The child's fussing, crying, and sad faces that can be seen, each with its time."""
    found = [(act, span_of(act)) for act in _acts(material, "sad") if sad_face(material, act)]
    cries = list(_acts(material, "fuss", "cry"))
    return found + [(act, Span(heard(material, act).start_us, span_of(act).end_us)) for act in cries]


def point(tier: str, sign: Sign) -> Coded:
    """A sign as an event of its tier."""
    return Coded(tier, sign.code, Span.moment(sign.at_us))


def _acts(material: Material, *verbs: str) -> list[Act]:
    return [act for act in material.acts_of(CHILD, *verbs) if act.cue]


def _looks_up(material: Material) -> Iterator[Sign]:
    frames = material.frames
    elsewhere_us = 0
    for run in runs(looks(material, CHILD).labels):
        if run.label == "parent_face":
            if elsewhere_us >= ELSEWHERE_US and frames.length_us(run) >= STAYS_US:
                at_us = frames.span(run).start_us
                meant = [act for act in material.acts_of(CHILD, "look") if act.start_us <= at_us][-1:]
                if all(act.cue for act in meant):
                    yield Sign("cue_look", at_us, tuple(meant))
            elsewhere_us = 0
        elif run.label == UNCODABLE:
            elsewhere_us = 0  # nobody saw where the child looked then
        else:
            elsewhere_us += frames.length_us(run)


def _gestures(material: Material) -> Iterator[Sign]:
    """“Reaches for a toy on the floor and takes it” is none; to reach in vain asks for it."""
    for act in _acts(material, *SHOWS, "reach"):
        takes = (one for one in material.acts_of(CHILD, "take") if one.target == act.target)
        got = any(act.start_us <= one.start_us <= span_of(act).end_us + TAKES_US for one in takes)
        if act.verb != "reach" or not got:
            yield Sign("cue_gesture", material.frames.mark(act.start_us), (act,))


def _new_acts(material: Material) -> Iterator[Sign]:
    for toy in material.truth.holder:
        last: Act | None = None
        for act in (one for one in material.acts_of(CHILD, *HANDLING) if one.target == toy):
            idle = last is None or act.start_us - span_of(last).end_us >= UNHANDLED_US
            other_kind = last is not None and last.verb != act.verb
            if act.verb in NEW_ACTS and act.cue and (idle or other_kind):
                yield Sign("cue_newact", material.frames.mark(act.start_us), (act,))
            last = act


def _distress(material: Material) -> list[Sign]:
    found = [(act, span) for act, span in distress(material) if act.cue]
    return [Sign("cue_distress", material.frames.mark(at), group) for at, group in grouped(found, CALM_US)]


def _asks_for_a_break(material: Material) -> Iterator[Sign]:
    stimulation = [span_of(act) for act in material.acts_of(PARENT, *STIMULATES)]
    for act in _acts(material, *WITHDRAWS):
        if any(span.start_us <= act.start_us <= span.end_us + REACTION_US for span in stimulation):
            yield Sign("cue_away", material.frames.mark(act.start_us), (act,))
