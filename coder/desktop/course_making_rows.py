"""What the tables of a course that is being made show: its clips, and the events of one clip's master."""

from dataclasses import dataclass

from coder.desktop.tables import Column
from coder.language import later, tr
from coder.model.coding import NOTHING, Event
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US, Span
from coder.model.training import Edge, Master, StepKind
from coder.workflows.training.course_draft import DraftStep
from coder.workflows.training.master_edits import zone_of
from coder.workflows.training.words import step_kind_word


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a master."""

    master: Master
    scheme: Scheme
    event: Event

    @property
    def code(self) -> str:
        """What its code is called."""
        return self.scheme.code(self.event.tier, self.event.code).label

    @property
    def either(self) -> str:
        """What else is as right."""
        names = [
            tr("nothing marked") if code == NOTHING else self.scheme.code(self.event.tier, code).label
            for code in self.event.either
        ]
        return ", ".join(names)

    def zone(self, edge: Edge) -> str:
        """Where an edge may lie; "" if only where it is."""
        span = zone_of(self.master, self.scheme, self.event, edge)
        return "" if span is None else span_text(span)


def kind_text(step: DraftStep) -> str:
    """What a step is for; of a second test its number, too."""
    word = step_kind_word(step.kind)
    if step.kind is StepKind.TEST and step.test_set > 1:
        return tr("{kind} {number}", kind=word, number=step.test_set)
    return word


def seconds_of(at_us: int) -> str:
    """`12.48`: a time of the film, as it is typed."""
    whole = f"{at_us / SECOND_US:.3f}".rstrip("0").rstrip(".")
    return whole or "0"


def span_text(span: Span) -> str:
    """`12.4 – 12.9`."""
    return tr("{start} – {end}", start=seconds_of(span.start_us), end=seconds_of(span.end_us))


CLIP_COLUMNS: tuple[Column[DraftStep], ...] = (
    Column(later("For"), kind_text, width_px=92),
    Column(later("Title"), lambda step: step.title, wide=True),
    Column(later("Seconds"), lambda step: span_text(step.master.window), right=True, width_px=104, least_px=70),
    Column(later("Codes"), lambda step: str(len(step.master.events)), right=True, width_px=70),
    Column(later("Zones"), lambda step: str(len(step.master.zones)), right=True, width_px=70),
)

EVENT_COLUMNS: tuple[Column[EventRow], ...] = (
    Column(later("Begins"), lambda row: seconds_of(row.event.onset_us), right=True, width_px=72),
    Column(
        later("Ends"),
        lambda row: "" if row.event.span.is_moment else seconds_of(row.event.offset_us),
        right=True,
        width_px=72,
    ),
    Column(later("Code and tier"), lambda row: f"{row.code}\n{row.scheme.tier(row.event.tier).label}", wide=True),
    Column(
        later("As right"),
        lambda row: row.either,
        lambda row: "good" if row.event.either else "",
        width_px=120,
        least_px=80,
    ),
    Column(later("Begins within"), lambda row: row.zone(Edge.ONSET), right=True, width_px=112, least_px=96),
    Column(later("Ends within"), lambda row: row.zone(Edge.OFFSET), right=True, width_px=112, least_px=96),
    Column(later("Reason"), lambda row: row.event.note, tip=lambda row: row.event.note, wide=True),
)
