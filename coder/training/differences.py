"""Every difference of a trainee's pass from the master, one by one, to be looked at in the film.

They are the disagreements of the two passes (`coder.reliability.disagreements`, A the master), told as what a
trainee did:

- where codes exclude each other a disagreement can only say that two codes stand side by side; a state for which
  the trainee marked no change was missed, and one that stands for nothing in the master is extra (see `marks`);
- a point event that was found, but further off than the scheme lets marks lie apart, is early or late;
- a boundary that lies closer than that is left out, and so is a sliver of that length; one that lies further off
  than the tier's tolerance is no mark of the same change, and told as the codes that stand there.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import BIAS
from coder.model.time import MILLISECOND_US, SECOND_US, Span
from coder.reliability.disagreements import disagreements, is_brief
from coder.reliability.yardsticks import tolerance_us
from coder.training.marks import Fate, Mark, Marks, marks

TIMING_US = 300 * MILLISECOND_US
"""How far a mark may lie off where the scheme has no target for timing bias."""

_BOUNDARIES = (DisagreementKind.EARLY, DisagreementKind.LATE)
_CODES = (DisagreementKind.CODE, DisagreementKind.MISSED, DisagreementKind.EXTRA)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. about: where and what; A is the master, B the trainee, `about.kind` its class.

    lag_us: how much later the trainee marks it (negative: earlier), for EARLY and LATE; else None. master, own:
    the events of either; None where there is none, or where the scheme's default holds.
    """

    about: Disagreement
    lag_us: int | None = None
    master: Event | None = None
    own: Event | None = None

    @property
    def kind(self) -> DisagreementKind:
        """Its class."""
        return self.about.kind

    @property
    def tier(self) -> str:
        """The id of its tier."""
        return self.about.tier

    @property
    def span(self) -> Span:
        """Where it is, on the clock of the session."""
        return self.about.span

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it is about, the master's first; what to filter by."""
        return tuple(dict.fromkeys(code for code in (self.about.code_a, self.about.code_b) if code is not None))


def timing_us(tier: Tier) -> int:
    """How far a mark may lie off: the scheme's target for timing bias, or `TIMING_US`."""
    targets = (abs(round(one.target * SECOND_US)) for one in tier.targets if one.statistic == BIAS)
    return next(targets, TIMING_US)


def differences(
    master: CodingPass, attempt: CodingPass, scheme: Scheme, tiers: Collection[str] = ()
) -> tuple[Difference, ...]:
    """All of them in the order of time, then of the scheme's tiers. tiers: ids of those in play, () for all."""
    found = disagreements(master, attempt, scheme, against="master")
    met = {one.tier.id: one for one in marks(master, attempt, scheme, tiers)}
    told: list[Difference] = []
    for tier in scheme.tiers:
        if tiers and tier.id not in tiers:
            continue
        here = [one for one in found if one.tier == tier.id and not _only_touches(one)]
        events = tuple({event.id: event for event in coding.row(tier.id)} for coding in (master, attempt))
        if tier.kind is TierKind.STATE:
            here = [*_of_states(sorted(here, key=lambda one: one.span), met[tier.id])]
        elif tier.kind is TierKind.POINT:
            here += _apart(met[tier.id])
        told += [_difference(one, *events) for one in here]
    place = {tier.id: number for number, tier in enumerate(scheme.tiers)}
    return tuple(sorted(told, key=lambda one: (one.span, place[one.tier])))


def _only_touches(one: Disagreement) -> bool:
    """True for a detail of two states that hardly overlap, which are no two marks of one behaviour."""
    return one.kind is DisagreementKind.MODIFIER and is_brief(one)


def _difference(one: Disagreement, of_a: Mapping[str, Event], of_b: Mapping[str, Event]) -> Difference:
    lag_us = None
    if one.kind in _BOUNDARIES:
        lag_us = one.span.duration_us * (1 if one.kind is DisagreementKind.LATE else -1)
    return Difference(one, lag_us, of_a.get(one.event_a), of_b.get(one.event_b))


def _apart(met: Marks) -> Iterator[Disagreement]:
    """Point events that were found, but too far off."""
    for mark in met.of(Fate.FOUND):
        lag_us = mark.lag_us or 0
        if mark.own is None or abs(lag_us) <= timing_us(met.tier):
            continue
        kind = DisagreementKind.LATE if lag_us > 0 else DisagreementKind.EARLY
        span = Span(*sorted((mark.event.onset_us, mark.own.onset_us)))
        codes = (mark.event.code, mark.own.code)
        yield Disagreement(span, met.tier.id, *codes, kind, abs(lag_us), mark.event.id, mark.own.id)


def _of_states(here: Sequence[Disagreement], met: Marks) -> Iterator[Disagreement]:
    """The disagreements of a tier of states, in order of time, as what a trainee did; each event once."""
    fates = {mark.event.id: mark for mark in met.marks}
    extra = {event.id: event for event in met.extra}
    stands_for = {mark.own.id: mark.event for mark in reversed(met.of(Fate.FOUND)) if mark.own is not None}
    told: dict[tuple[DisagreementKind, str, str], Disagreement] = {}
    for one in here:
        if one.kind not in _CODES:
            if one.kind not in _BOUNDARIES or one.span.duration_us > timing_us(met.tier):
                yield _no_change(one) if _too_far(one, met.tier) else one
            continue
        mine = _as_done(one, fates, extra, stands_for)
        mine = one if _too_far(mine, met.tier) else mine
        key = mine.kind, mine.event_a, mine.event_b
        if key in told:
            before = told[key]
            span = Span(before.span.start_us, max(before.span.end_us, mine.span.end_us))
            told[key] = replace(before, span=span, weight_us=before.weight_us + mine.weight_us)
        elif mine.kind in (DisagreementKind.MISSED, DisagreementKind.EXTRA) or (
            mine.span.duration_us > timing_us(met.tier)
        ):
            told[key] = mine
    yield from told.values()


def _too_far(one: Disagreement, tier: Tier) -> bool:
    """True for a boundary that lies so far off that the two are no marks of one change."""
    return one.kind in _BOUNDARIES and one.span.duration_us > tolerance_us(tier)


def _no_change(one: Disagreement) -> Disagreement:
    """A boundary as what stands there: two codes, or one and none."""
    if one.code_b is None:
        return replace(one, kind=DisagreementKind.MISSED)
    return replace(one, kind=DisagreementKind.EXTRA if one.code_a is None else DisagreementKind.CODE)


def _as_done(
    one: Disagreement, fates: Mapping[str, Mark], extra: Mapping[str, Event], stands_for: Mapping[str, Event]
) -> Disagreement:
    """A stretch with two codes, or with one and none, as missed, extra, other code, early or late."""
    mark = fates.get(one.event_a)
    if mark is not None and mark.fate is Fate.MISSED:
        return replace(one, kind=DisagreementKind.MISSED, span=mark.event.span, event_b="", code_b=mark.through)
    if one.event_b in extra:
        return replace(one, kind=DisagreementKind.EXTRA, span=extra[one.event_b].span)
    return _change(one, mark, stands_for.get(one.event_b)) or one


def _change(one: Disagreement, mark: Mark | None, known: Event | None) -> Disagreement | None:
    """The stretch as EARLY or LATE if all that both have there has its counterpart, or is no event.

    mark: of the master's event, None if there is none or only the default. known: the master's event for which the
    trainee's stands.
    """
    early, late = (replace(one, kind=kind) for kind in _BOUNDARIES)
    if mark is None:
        if known is None:
            return None
        if one.span.start_us < known.onset_us:
            return replace(early, span=Span(one.span.start_us, known.onset_us))
        return replace(late, span=Span(min(known.offset_us, one.span.start_us), one.span.end_us))
    if mark.fate is not Fate.FOUND or mark.own is None:
        return None
    if mark.own.onset_us >= one.span.end_us:
        return replace(late, span=Span(mark.event.onset_us, mark.own.onset_us))
    return early if one.span.start_us >= mark.own.offset_us else None
