"""What is said about one difference beside the film: a sentence, the master's reason, what else would be right."""

from collections.abc import Iterator

from coder.annotate.view.differing import time_text
from coder.annotate.view.walk_content import Said
from coder.language import tr
from coder.model.coding import NOTHING, Event
from coder.model.scheme import Scheme
from coder.model.training import Edge, Master, Zone
from coder.training.differences import Difference
from coder.workflows.training.words import difference_words


def about_difference(one: Difference, key: Master, scheme: Scheme) -> tuple[Said, ...]:
    """The sentence, then what the master says. key: as the master was made, with reasons and zones."""
    said = [Said("", difference_words(one, scheme))]
    if one.master is not None:
        original = next((event for event in key.events if event.id == one.master.id), one.master)
        if original.note:
            said.append(Said(tr("Why: the master’s reason"), original.note))
        allowed = [*_either(original, scheme), *_zones(original, key)]
        if allowed:
            said.append(Said(tr("What else would be right"), " ".join(allowed)))
    return tuple(said)


def _either(event: Event, scheme: Scheme) -> Iterator[str]:
    names = [scheme.code(event.tier, code).label for code in event.either if code != NOTHING]
    if names:
        yield tr("Here as right: {codes}.", codes=", ".join(names))
    if NOTHING in event.either:
        yield tr("To mark nothing here is as right.")


def _zones(event: Event, key: Master) -> Iterator[str]:
    for zone in key.zones:
        if zone.event == event.id and not zone.span.is_moment:  # cut to the clip, one may have no room left
            yield _zone_text(zone)


def _zone_text(zone: Zone) -> str:
    start, end = time_text(zone.span.start_us), time_text(zone.span.end_us)
    if zone.edge is Edge.ONSET:
        return tr("It may begin anywhere from {start} to {end}.", start=start, end=end)
    return tr("It may end anywhere from {start} to {end}.", start=start, end=end)
