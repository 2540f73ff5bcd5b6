"""Master codes of “Cues and Responses”: the acts of the parent, and all together. See `links` for the answers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.model.coding import NOTHING
from coder.model.time import SECOND_US
from studio.acts import CHILD, PARENT, Act
from studio.masters.cues import cues, distress, hidden, point, smiles, utterances
from studio.masters.links import TOGETHER_US, Answered, answers
from studio.masters.looks import looks
from studio.masters.material import Coded, Material, span_of
from studio.masters.nearness import touching_from_us
from studio.masters.sharing import HANDLING
from studio.masters.signs import Sign, grouped, heard
from studio.masters.why.cues import act_reason, cue_reason
from studio.masters.why.words import told
from studio.masters.zones import look_begins

PAUSE_US = SECOND_US
"""act_talk: “After a pause of one second or longer a new utterance begins.”"""

COMFORT_US = 10 * SECOND_US
"""act_soothe: “During distress, or in the ten seconds after it”."""

WITHDRAWN_US = SECOND_US
"""act_impose: “for stimulation that goes on, the moment one second after the child began to withdraw”."""

BREAK_US = 3 * SECOND_US
"""How long after its beginning a child's asking for a break still stands; stimulation begun then imposes."""

WARM = ("smile", "laugh", "play_face")
TOUCHES = ("touch", "tickle")
STIMULATES = ("tickle", "touch", "lean_in")
ON_TOYS = (*HANDLING, "reach", "point")


def cue_response(material: Material) -> list[Coded]:
    """All four lines of the scheme, the cues with what came of them."""
    replies = acts(material)
    return [
        *(_cue(material, one) for one in answers(material, cues(material), replies)),
        *hidden(material, CHILD, "child_view"),
        *(_act(material, place, replies) for place in range(len(replies))),
        *hidden(material, PARENT, "parent_view"),
    ]


def _cue(material: Material, answered: Answered) -> Coded:
    """A look may begin until it can be seen; a smile that follows the last one at once may be no second cue."""
    cue, why = answered.cue, cue_reason(material, answered.cue)
    if cue.code == "cue_look":
        zone = look_begins(material, CHILD, material.frames.showing(cue.at_us))
        return replace(answered.coded(why), onset_zone=zone)
    if cue.code != "cue_smile":
        return answered.coded(why)
    ends = [span_of(act).end_us for act in material.acts_of(CHILD, "smile", "laugh") if act not in cue.acts]
    if not any(0 <= cue.at_us - end_us < PAUSE_US for end_us in ends):
        return answered.coded(why)
    doubt = (
        "the last smile or laugh has hardly faded: who takes them for one marks nothing here, which is as right"
    )
    return replace(answered.coded(told(why, doubt)), either=(NOTHING,))


def _act(material: Material, place: int, replies: Sequence[Sign]) -> Coded:
    sign = replies[place]
    focus = _focus(material, sign.at_us)
    plea = next((one for one in reversed(_breaks(material)) if one.start_us < sign.at_us), None)
    note = act_reason(material, sign, focus, plea)
    either: tuple[str, ...] = ()
    twins = [one for one in replies[:place] if one.code == sign.code and sign.at_us - one.at_us < TOGETHER_US]
    if twins:
        note = told(note, "it begins together with the one before: who takes them for one act marks only that")
        either = (NOTHING,)
    elif sign.code == "act_talk" and any(_names_another(material, act) for act in sign.acts):
        note = told(
            note, "it also asks the child to turn to something else: “Steers to something else” is as right"
        )
        either = ("act_redirect",)
    return replace(point("acts", sign), note=note, either=either)


def _names_another(material: Material, act: Act) -> bool:
    """An invitation that names a thing to which the child is not attending, while it attends to another."""
    words, focus = _words(act), _focus(material, heard(material, act).start_us)
    return act.kind == "invite" and bool(focus) and bool(words & set(material.truth.holder) - focus)


def acts(material: Material) -> list[Sign]:
    """The parent's acts by onset. One act has one code, the more telling one: see the tier's rule."""
    spoken = [act for act in material.acts_of(PARENT, "say") if _say_code(material, act) == "act_talk"]
    warm = [act for act in material.acts_of(PARENT, *WARM) if _to_child(material, act)]
    found = [
        *utterances(material, spoken, "act_talk", PAUSE_US),
        *smiles(material, warm, "act_warm"),
        *_toy_signs(material),
        *(sign for act in material.acts if act.who == PARENT for sign in _signs(material, act)),
        *_goes_on_imposing(material),
    ]
    return sorted(found, key=lambda sign: (sign.at_us, sign.code))


def _signs(material: Material, act: Act) -> Iterator[Sign]:
    """The code of one act that stands for itself; most acts of body and gaze have none.

    acts: “imposing before steering, comforting before touching, copying before talking, joining before talking”.
    """
    mark = material.frames.mark
    if act.verb == "say":
        code = _say_code(material, act)
        if code != "act_talk":
            yield Sign(code, mark(heard(material, act).start_us), (act,))
    elif act.verb in TOUCHES:
        at_us, code = touching_from_us(material, act), _touch_code(material, act)
        if at_us is not None and code:
            yield Sign(code, at_us, (act,))
    elif act.verb == "lean_in":
        if act.kind == "loom" or _asked_for_a_break(material, act):
            yield Sign("act_impose", mark(act.start_us), (act,))
    elif act.verb == "rock":
        code = "act_soothe" if _in_distress(material, act.start_us) else "act_touch"
        yield Sign(code, mark(act.start_us), (act,))
    elif act.echo and act.verb not in (*ON_TOYS, *WARM):
        yield Sign("act_echo", mark(act.start_us), (act,))


def _toy_signs(material: Material) -> Iterator[Sign]:
    """“An act that goes on is marked once, at its beginning”: taken, shown and put down is one act with a toy.

    To put a toy back before oneself ends an act and begins none.
    """
    for toy in material.truth.holder:
        mine = [(act, span_of(act)) for act in material.acts_of(PARENT, *ON_TOYS) if act.target == toy]
        for _, group in grouped(mine, PAUSE_US):
            last = ""
            for act in group:
                code = _toy_code(material, act)
                ends = act.verb == "put_down" and act.where != "other"
                if code != last and not ends:
                    yield Sign(code, material.frames.mark(act.start_us), (act,))
                    last = code


def _to_child(material: Material, act: Act) -> bool:
    """“Smiles at the telephone” is no warm act: the eyes must be on the child or on what the two are at."""
    look = looks(material, PARENT).labels[material.frames.showing(act.start_us)]
    return look not in ("away", "camera", "closed")


def _say_code(material: Material, act: Act) -> str:
    if act.kind == "steer":
        return "act_redirect"
    if act.kind == "comfort" and _in_distress(material, heard(material, act).start_us):
        return "act_soothe"
    if act.echo:
        return "act_echo"
    return "act_join" if act.kind == "join" or _names_focus(material, act) else "act_talk"


def _names_focus(material: Material, act: Act) -> bool:
    """act_join: “touches, moves, names … the thing … that the child is attending to”."""
    return bool(_words(act) & _focus(material, heard(material, act).start_us))


def _words(act: Act) -> set[str]:
    return {word.strip(".,!?…").lower() for word in (act.words or "").split()}


def _touch_code(material: Material, act: Act) -> str:
    if act.kind == "holding" or _asked_for_a_break(material, act):
        return "act_impose"
    if act.kind == "care":
        return ""
    if act.kind == "affectionate" and _in_distress(material, act.start_us):
        return "act_soothe"
    return "act_touch"


def _toy_code(material: Material, act: Act) -> str:
    """Copying a movement; taking away; what the child is attending to; something else; or nothing to compete with.

    act_redirect: “Offers something while the child is attending to nothing: talks, or joins.”
    """
    focus = _focus(material, act.start_us)
    if act.verb == "take" and act.kind == "away":
        return "act_impose"
    if act.echo:
        return "act_echo"
    return "act_join" if not focus or act.target in focus else "act_redirect"


def _focus(material: Material, at_us: int) -> set[str]:
    """The toys that the child is attending to: looked at, or under its hand in an act that goes on."""
    look = looks(material, CHILD).labels[material.frames.showing(at_us)]
    handled = {str(act.target) for act in material.acts_of(CHILD, *ON_TOYS) if span_of(act).contains(at_us)}
    return handled | ({look} & set(material.truth.holder))


def _in_distress(material: Material, at_us: int) -> bool:
    spans = [span for _, span in distress(material)]
    return any(span.start_us <= at_us <= span.end_us + COMFORT_US for span in spans)


def _breaks(material: Material) -> list[Act]:
    return [act for sign in cues(material) if sign.code == "cue_away" for act in sign.acts]


def _asked_for_a_break(material: Material, act: Act) -> bool:
    return any(one.start_us < act.start_us <= one.start_us + BREAK_US for one in _breaks(material))


def _goes_on_imposing(material: Material) -> Iterator[Sign]:
    """Stimulation that had begun before the child withdrew, and still goes on one second later."""
    for plea in _breaks(material):
        at_us = plea.start_us + WITHDRAWN_US
        for act in material.acts_of(PARENT, *STIMULATES):
            if act.start_us <= plea.start_us and span_of(act).end_us > at_us:
                yield Sign("act_impose", material.frames.mark(at_us), (act,))
