"""What the scheme's rules would change at one place of a pass, in words: interruptions, and states too short."""

from collections.abc import Iterator
from dataclasses import dataclass

from coder.annotate.settle import Near, near, plain
from coder.language import tr
from coder.model.codable import gaps
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme, Tier
from coder.model.settling import Interruption
from coder.model.time import SECOND_US, Span, seconds_text


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A place and what a rule says about it. event: None for a gap. hinders: time without a code must not stay."""

    what: str
    hint: str
    span: Span
    event: Event | None
    hinders: bool = False


def unsettled(coding: CodingPass, scheme: Scheme, tier: Tier, at: int) -> Iterator[Unsettled]:
    """What the rules say about event number `at` of a tier of states, and the gap before it."""
    row = coding.row(tier.id)
    if tier.exclusive and plain(row, tier, at):
        return
    event, around = row[at], near(coding, tier, at)
    interruption = around.interruption(event)
    if interruption is not None:
        yield _interrupted(scheme, tier, interruption)
    else:
        yield from _short(scheme, tier, event, around)


def _interrupted(scheme: Scheme, tier: Tier, interruption: Interruption) -> Unsettled:
    code, span, inside = tier.code(interruption.before.code), interruption.span, interruption.inside
    what = tr(
        "“{code}” is interrupted for {length}, which is too short to end it.",
        code=scheme.name_of(tier.id, code.id),
        length=seconds_text(span.duration_us),
    )
    least = f"{code.absorb_us / SECOND_US:g}"
    hint = tr("Absorb it: what interrupts this code lasts at least {seconds} s.", seconds=least)
    must_be_full = tier.exhaustive and tier.default is None
    open_time = must_be_full and bool(gaps((event.span for event in inside), span))
    return Unsettled(what, hint, span, inside[0] if inside else None, open_time)


def _short(scheme: Scheme, tier: Tier, event: Event, around: Near) -> Iterator[Unsettled]:
    if around.too_short(tier, event):
        name, length = scheme.name_of(tier.id, event.code), seconds_text(event.span.duration_us)
        least = f"{tier.code(event.code).min_us / SECOND_US:g}"
        what = tr("“{code}” lasts {length}, less than the scheme asks for.", code=name, length=length)
        hint = tr("A state of this code lasts at least {seconds} s.", seconds=least)
        yield Unsettled(what, hint, event.span, event)
