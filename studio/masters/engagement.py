"""Master codes of “Shared Play”: the child's engagement, from what the two handle and where they look.

For each frame, the first that applies: not codable; sharing (see `sharing`), with the child showing it or not;
with the person; handling an object; watching what the parent does; examining an object with the eyes; not engaged.
"""

from collections import Counter

from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, PARENT
from studio.masters.frames import UNCODABLE, Labels, Run, bridged, runs, without_short
from studio.masters.looks import looks, unseen
from studio.masters.material import Coded, Material, span_of
from studio.masters.sharing import HANDLING, Sharing, mutual_spans, sharings
from studio.masters.why.play import engagement_reason
from studio.masters.why.words import told
from studio.masters.zones import eyes_on_their_way

LEAST_US = SECOND_US
"""shared-play, engage: “A state counts if it lasts for one second”, and “A glance away of
less than a second between two moments of play: the play goes on.”"""

LEAST_SHARING_US = 3 * SECOND_US
"""shared-play, engage: “… and the two kinds of sharing if they last for three”."""

SHARING = ("en_shared", "en_mutual")
BODY_GAMES = ("tickle", "hide", "clap", "wave")
"""What a parent does with a child and no object: “face-to-face play, tickling, songs and rhymes, cuddling”."""

SIGNS = ("offer", "show", "roll", "point", "say")
"""Acts that openly refer to the parent: “gives or shows something, names it for the parent, takes a turn”."""


def engagement(material: Material, turns_us: list[int]) -> list[Coded]:
    """The line `engage`, without a gap. turns_us: the child's turns in play, which are signs of awareness too."""
    frames, moment = material.frames, _alone(material)
    labels = without_short(bridged(moment, frames, LEAST_US), frames, lambda _: LEAST_US)
    stretches = [one for one in sharings(material) if one.span.duration_us >= LEAST_SHARING_US]
    signs = _signs(material, turns_us)
    for stretch in stretches:
        _write(material, labels, stretch.span, "en_shared")
        for span in mutual_spans(stretch.span, signs):
            _write(material, labels, span, "en_mutual")
    gone = unseen(material, CHILD)
    labels = [UNCODABLE if lost else label for label, lost in zip(labels, gone, strict=True)]
    labels = without_short(labels, frames, _least_us)
    return [_coded(material, run, stretches, signs, moment) for run in runs(labels)]


def _coded(material: Material, run: Run, stretches: list[Sharing], signs: list[Span], moment: Labels) -> Coded:
    """moment: each frame without regard to sharing and least lengths."""
    span = material.frames.span(run)
    stretch = _stretch_of(run.label, span, stretches)
    either, why = _as_right(material, run, stretch, moment)
    codable = run.first > 0 and run.label != UNCODABLE
    return Coded(
        "engage",
        run.label,
        span,
        stretch.modifiers(span) if stretch else (),
        told(engagement_reason(material, run, stretch, signs), why),
        either=either,
        onset_zone=eyes_on_their_way(material, CHILD, run.first) if codable else None,
    )


def _as_right(
    material: Material, run: Run, stretch: Sharing | None, moment: Labels
) -> tuple[tuple[str, ...], str]:
    """Codes that fit no worse, and why: play that the parent only began; what fills a third, only broken up."""
    if run.label == "en_shared" and stretch is not None:
        last = max((act.start_us for act in stretch.acts if act.who == PARENT), default=0)
        why = "“With an object alone” is as right: the parent began it, and does nothing more with it"
        return (("en_object",), why) if last < stretch.span.start_us else ((), "")
    if run.label in (UNCODABLE, *SHARING):
        return (), ""
    needed = run.stop - run.first
    often = Counter(moment[run.first : run.stop])
    codes = {code for code, count in often.items() if code != run.label and 3 * count >= needed}
    if codes:
        return tuple(sorted(codes)), "a third of it is another state, only broken up: that code is as right"
    away = sum(label == "away" for label in looks(material, CHILD).labels[run.first : run.stop])
    if run.label == "en_person" and 2 * away >= needed:
        return ("en_off",), "the child looks away for most of it: “Not engaged” is as right"
    return (), ""


def _least_us(code: str) -> int:
    return LEAST_SHARING_US if code in SHARING else LEAST_US


def _stretch_of(code: str, span: Span, stretches: list[Sharing]) -> Sharing | None:
    """The sharing that fills most of a state; None for the other states."""
    shares = [(part.duration_us, one) for one in stretches if (part := one.span.intersection(span))]
    return max(shares, key=lambda share: share[0])[1] if code in SHARING and shares else None


def _signs(material: Material, turns_us: list[int]) -> list[Span]:
    frames, labels = material.frames, looks(material, CHILD).labels
    at_face = [frames.span(run) for run in runs(labels) if run.label == "parent_face"]
    return at_face + [span_of(act) for act in material.acts_of(CHILD, *SIGNS)] + [Span(at, at) for at in turns_us]


def _write(material: Material, labels: Labels, span: Span, label: str) -> None:
    for index in material.during(span):
        labels[index] = label


def _alone(material: Material) -> Labels:
    """Each frame without regard to sharing."""
    child, parent = looks(material, CHILD).labels, looks(material, PARENT).labels
    busy = {toy: _handles(material, CHILD, toy) for toy in material.truth.holder}
    parents = {toy: _handles(material, PARENT, toy) for toy in material.truth.holder}
    game = material.flags(material.acts_of(PARENT, *BODY_GAMES, "touch", "play_face"))
    hides = material.acts_of(CHILD, "hide")
    peekaboo = material.flags([*material.acts_of(PARENT, "tickle"), *hides])
    row = []
    for at, target in enumerate(child):
        acting = any(hands[at] for hands in busy.values())
        addressed = parent[at] == "child_face" or bool(material.truth.parent.voice[at]) or game[at]
        with_face = target == "parent_face" and addressed
        with_hands = target == "parent_hands" and game[at]
        if not acting and (with_face or with_hands or peekaboo[at]):
            row.append("en_person")
        elif acting:
            row.append("en_object")
        elif target in ("parent_face", "parent_hands") or (target in parents and parents[target][at]):
            row.append("en_watch")
        else:
            # eyes that rest on a thing examine it, also one that lies on the table
            row.append("en_object" if target in busy else "en_off")
    return row


def _handles(material: Material, who: str, toy: str) -> list[bool]:
    """For each frame: has the person a hand at work on the toy? The parent also by holding it."""
    row = material.flags(act for act in material.acts_of(who, *HANDLING) if act.target == toy)
    if who == PARENT:
        held = [str(holder) in (who, "both") for holder in material.truth.holder[toy]]
        row = [one or two for one, two in zip(row, held, strict=True)]
    return row
