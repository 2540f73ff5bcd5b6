"""What a guided step says about one event of the master: when it is, what belongs to it, what else is right."""

from collections.abc import Iterator

from coder.annotate.answering import act_of, latency_text
from coder.annotate.view.differing import rating_text, values_text
from coder.annotate.view.paint_tiers import span_text
from coder.desktop.guided_stops import Question, Stop
from coder.language import later, tr
from coder.model.coding import NOTHING, Event
from coder.model.scheme import OUTCOME, RATING, Link, Scheme, TierKind
from coder.model.time import clock, seconds_text
from coder.model.training import Edge, Zone
from coder.training.exercises import Grade, Judged
from coder.workflows.training.results import Watched
from coder.workflows.training.words import judged_words

GRADES = {
    Grade.RIGHT: later("✓ Right"),
    Grade.NEAR: later("≈ Close"),
    Grade.WRONG: later("✗ Not quite"),
}


def when(stop: Stop) -> str:
    """Its time, and how long it lasts."""
    span = stop.event.span
    if stop.tier.kind is TierKind.POINT or span.is_moment:
        return tr("A moment, at {time}", time=clock(span.start_us))
    return tr("{times}, lasts {length}", times=span_text(span), length=seconds_text(span.duration_us))


def rating_words(stop: Stop) -> str:
    """`5 on the scale from 1 to 7`, or how an item without a rating is called."""
    scale, value = stop.tier.scale, stop.event.modifier(RATING) or ""
    text = rating_text(stop.tier, value)
    if scale is None or text != value:
        return text
    return tr("{rating} on the scale from {low} to {high}", rating=value, low=scale.low, high=scale.high)


def anchor(stop: Stop) -> tuple[str, ...]:
    """What the scale says of the rating, where it says something."""
    value, scale = stop.event.modifier(RATING) or "", stop.tier.scale
    anchors = stop.code.anchors or (scale.anchors if scale is not None else ())
    return tuple(words for number, words in anchors if str(number) == value)


def facts(stop: Stop, watched: Watched) -> tuple[str, ...]:
    """What belongs to the event besides its code: details, what came of it, what else is as right."""
    event, scheme = stop.event, watched.scheme
    lines = [*_details(stop), *_answered(event, watched), *_answers(event, watched)]
    for code in event.either:
        if code == NOTHING:
            lines.append(tr("To mark nothing here is as right."))
        else:
            lines.append(tr("“{code}” is as right here.", code=scheme.name_of(event.tier, code)))
    zones = (zone for zone in watched.master.zones if zone.event == event.id)
    lines += [_zone(zone) for zone in zones if not zone.span.is_moment]  # one cut to the clip may have no room
    return tuple(lines)


def _details(stop: Stop) -> Iterator[str]:
    known = {detail.id: detail for detail in stop.code.modifiers}
    for name, value in stop.event.modifiers:
        detail = known.get(name)
        if detail is not None and not detail.judged and name != RATING:
            yield tr("{detail}: {value}", detail=detail.label, value=values_text(detail, value))


def _answered(event: Event, watched: Watched) -> Iterator[str]:
    """What came of a cue, and which act answers it."""
    link = watched.scheme.link_of(event.tier)
    outcome = link.outcome(event.modifier(OUTCOME)) if link is not None else None
    if link is None or outcome is None:
        return
    act = act_of(watched.coding, link, event)
    if act is None:
        yield tr("What came of it: {outcome}", outcome=outcome.label)
        return
    words = {
        "outcome": outcome.label,
        "act": watched.scheme.name_of(act.tier, act.code),
        "latency": latency_text(act.onset_us - event.onset_us, link),
    }
    yield tr("What came of it: {outcome}, by “{act}” after {latency}", **words)
    for detail in link.details:
        value = event.modifier(detail.id)
        if value:
            yield tr("{detail}: {value}", detail=detail.label, value=values_text(detail, value))


def _answers(event: Event, watched: Watched) -> Iterator[str]:
    """Which cue an act answers."""
    for link in _acting(event.tier, watched.scheme):
        for cue in watched.coding.row(link.cues):
            if cue.answer == event.id:
                name = watched.scheme.name_of(cue.tier, cue.code)
                yield tr("Answers “{cue}” at {time}", cue=name, time=clock(cue.onset_us))


def _acting(tier: str, scheme: Scheme) -> Iterator[Link]:
    return (link for link in scheme.links if link.acts == tier)


def _zone(zone: Zone) -> str:
    times = span_text(zone.span)
    if zone.edge is Edge.ONSET:
        return tr("Anywhere in {times} is right for where it begins.", times=times)
    return tr("Anywhere in {times} is right for where it ends.", times=times)


def judged_text(question: Question, result: Judged, answer: str | int, watched: Watched) -> str:
    """What is said to an answer: what is right, and how far off it was."""
    if question.rates:
        return _rating_judged(question.stop, str(answer))
    return judged_words(result, watched.scheme)


def _rating_judged(stop: Stop, given: str) -> str:
    right = stop.event.modifier(RATING) or ""
    if given == right:
        return tr("The master rates {rating}, too.", rating=rating_text(stop.tier, right))
    words = {"right": rating_text(stop.tier, right), "given": rating_text(stop.tier, given)}
    return tr("The master rates {right}; you said {given}.", **words)
