"""How sure a coder is: certain, likely, a guess. Pure functions that make one `Edit`."""

from collections.abc import Sequence
from dataclasses import replace

from coder.language import later, plural, tr
from coder.model.coding import Certainty, Event
from coder.model.edit import Change, Edit
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme
from coder.model.time import clock

WORDS = {
    Certainty.CERTAIN: later("certain"),
    Certainty.LIKELY: later("likely"),
    Certainty.GUESS: later("a guess"),
}
"""What each is called on the screen, from the surest on; to be put through `tr`."""


def following(certainty: Certainty) -> Certainty:
    """What comes after: certain, likely, a guess, and certain again."""
    steps = tuple(WORDS)
    return steps[(steps.index(certainty) + 1) % len(steps)]


def set_certainty(scheme: Scheme, events: Sequence[Event], certainty: Certainty) -> Edit:
    """Say of events how sure they are. Raises CodingError if all are so already."""
    changes = [
        Change(event, replace(event, certainty=certainty)) for event in events if event.certainty is not certainty
    ]
    said = tr(WORDS[certainty])
    if not changes:
        raise CodingError(Problem(tr("This is “{certainty}” already.", certainty=said)))
    if len(events) == 1:
        label = scheme.name_of(events[0].tier, events[0].code)
        time = clock(events[0].onset_us)
        return Edit.of(tr("“{code}” at {time}: {certainty}", code=label, time=time, certainty=said), *changes)
    text = plural("{count} event: {certainty}", "{count} events: {certainty}", len(events), certainty=said)
    return Edit.of(text, *changes)
