"""Master codes of “Shared Play”: the child's engagement, from what the two handle and where they look.

For each frame, the first that applies: not codable; sharing (see `sharing`), with the child showing it or not;
with the person; handling an object; watching what the parent does; examining an object with the eyes; not engaged.
"""

from coder.model.coding import Modifiers
from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, PARENT
from studio.masters.frames import UNCODABLE, Labels, bridged, runs, without_short
from studio.masters.looks import looks, unseen
from studio.masters.material import Coded, Material, span_of
from studio.masters.sharing import HANDLING, Sharing, mutual_spans, sharings

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
    frames = material.frames
    labels = without_short(bridged(_alone(material), frames, LEAST_US), frames, lambda _: LEAST_US)
    stretches = [one for one in sharings(material) if one.span.duration_us >= LEAST_SHARING_US]
    signs = _signs(material, turns_us)
    for stretch in stretches:
        _write(material, labels, stretch.span, "en_shared")
        for span in mutual_spans(stretch.span, signs):
            _write(material, labels, span, "en_mutual")
    gone = unseen(material, CHILD)
    labels = [UNCODABLE if lost else label for label, lost in zip(labels, gone, strict=True)]
    labels = without_short(labels, frames, _least_us)
    return [
        Coded("engage", run.label, frames.span(run), _modifiers(run.label, frames.span(run), stretches))
        for run in runs(labels)
    ]


def _least_us(code: str) -> int:
    return LEAST_SHARING_US if code in SHARING else LEAST_US


def _modifiers(code: str, span: Span, stretches: list[Sharing]) -> Modifiers:
    """The details of the sharing that fills most of a state."""
    shares = [(part.duration_us, one) for one in stretches if (part := one.span.intersection(span))]
    if code not in SHARING or not shares:
        return ()
    return max(shares, key=lambda share: share[0])[1].modifiers(span)


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
