"""When parent and child share what they do with a toy, by “Shared Play”: act builds on act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coder.model.coding import Modifiers
from coder.model.time import SECOND_US, Span
from studio.acts import CHILD, Act, other
from studio.masters.material import Material, span_of

BUILDS_ON_US = 5 * SECOND_US
"""An act builds on the other's if it begins while that one goes on or at most this much later: the time in which
shared-play judges what came of an invitation (“watch the 5 seconds after it”)."""

INTERRUPTION_US = 3 * SECOND_US
"""shared-play, engage: “When sharing is interrupted for less than 3 seconds and the same activity goes on, the
sharing goes on too.”"""

AWARE_US = 10 * SECOND_US
"""shared-play, en_mutual: “at least once every ten seconds the child openly shows that it is aware … If ten
seconds pass without such a sign, change to ‘Sharing, parent carries it’ at the last sign.”"""

HANDLING = ("take", "offer", "put_down", "play", "show", "roll")
"""Verbs with which a hand is on a toy."""

EXCHANGE = ("take", "offer", "roll")
BUILDING = ("play", "put_down")
BUILDING_TOY = "block"


@dataclass(frozen=True)
class Sharing:
    """A stretch of sharing one toy. acts: the chain from its very first act, by whoever began it."""

    toy: str
    span: Span
    acts: tuple[Act, ...]

    def modifiers(self, within: Span) -> Modifiers:
        """`who_started` (who made the chain's first act), and `play_kind` where a kind fills most of a state."""
        lengths: dict[str, int] = {}
        for act in self.acts:
            part = span_of(act).intersection(within)
            lengths[_kind(act)] = lengths.get(_kind(act), 0) + (part.duration_us if part else 0)
        most = max(lengths, key=lambda kind: lengths[kind])
        kind = (("play_kind", most),) if most else ()
        return (*kind, ("who_started", self.acts[0].who))


def sharings(material: Material) -> list[Sharing]:
    """All stretches of sharing, toy by toy. They may overlap if two toys are shared at once."""
    return [stretch for toy in material.truth.holder for stretch in _joined(_of_toy(material, toy))]


def _of_toy(material: Material, toy: str) -> Iterator[Sharing]:
    """Chains of acts on the toy in which each builds on the other's last.

    shared-play, en_shared: “Onset: the first act of the child that builds on an act of the parent.” The stretch
    ends with the last act of the chain; an act that builds on nothing begins another.
    """
    chain: list[Act] = []
    last_end_us: dict[str, int] = {}
    for act in on_toy(material, toy):
        before = last_end_us.get(other(act.who))
        if chain and (before is None or act.start_us > before + BUILDS_ON_US):
            # the same person acts on alone: no chain goes on, a new one may begin here
            yield from _stretch(toy, chain)
            chain = []
        chain.append(act)
        last_end_us[act.who] = max(span_of(act).end_us, last_end_us.get(act.who, 0))
    yield from _stretch(toy, chain)


def _stretch(toy: str, chain: list[Act]) -> Iterator[Sharing]:
    answers = [act for place, act in enumerate(chain) if act.who == CHILD and _parents(chain[:place])]
    if answers:
        end_us = max(span_of(act).end_us for act in chain)
        yield Sharing(toy, Span(answers[0].start_us, end_us), tuple(chain))


def _parents(acts: Iterable[Act]) -> bool:
    return any(act.who != CHILD for act in acts)


def _joined(stretches: Iterable[Sharing]) -> list[Sharing]:
    """Stretches of one toy with less than 3 s between them are one."""
    row: list[Sharing] = []
    for stretch in stretches:
        if row and stretch.span.start_us - row[-1].span.end_us < INTERRUPTION_US:
            last = row.pop()
            end_us = max(last.span.end_us, stretch.span.end_us)
            stretch = replace(  # noqa: PLW2901  # the two become the stretch that is kept
                last, span=Span(last.span.start_us, end_us), acts=last.acts + stretch.acts
            )
        row.append(stretch)
    return row


def on_toy(material: Material, toy: str) -> list[Act]:
    """Both persons' acts with a hand on the toy, by onset."""
    return [act for act in material.acts if act.verb in HANDLING and act.target == toy]


def mutual_spans(stretch: Span, signs: Iterable[Span]) -> list[Span]:
    """The parts of a sharing in which no ten seconds pass without a sign of the child."""
    found: list[Span] = []
    start_us, last_us = stretch.start_us, None
    for sign in sorted(shared for sign in signs if (shared := _inside(sign, stretch)) is not None):
        since_us = stretch.start_us if last_us is None else last_us
        if sign.start_us - since_us > AWARE_US:
            if last_us is not None:
                found.append(Span(start_us, last_us))
            start_us = sign.start_us
        last_us = sign.end_us if last_us is None else max(last_us, sign.end_us)
    if last_us is not None:
        end_us = stretch.end_us if stretch.end_us - last_us <= AWARE_US else last_us
        found.append(Span(start_us, end_us))
    return found


def _inside(sign: Span, stretch: Span) -> Span | None:
    start_us, end_us = max(sign.start_us, stretch.start_us), min(sign.end_us, stretch.end_us)
    return Span(start_us, end_us) if start_us <= end_us else None


def _kind(act: Act) -> str:
    if act.verb in EXCHANGE:
        return "give-take"
    return "build" if act.verb in BUILDING and act.target == BUILDING_TOY else ""
