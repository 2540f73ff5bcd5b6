"""All derived measures of a pass: each rule of a scheme computed for the whole window, or for each part of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from coder.analysis.answering import contingency, responses, unsolicited
from coder.analysis.counts import modifier_share, rate
from coder.analysis.derived import part_codes
from coder.analysis.items import item_mean, item_sum
from coder.analysis.material import Material
from coder.analysis.meeting import led_by_first, matching, recovery
from coder.analysis.number import Number
from coder.analysis.sequences import transitions
from coder.analysis.shares import both, bouts, change, percent_time, without
from coder.analysis.spans import Spans
from coder.analysis.turn_intervals import turn_intervals
from coder.analysis.turns import alternation
from coder.model.coding import CodingPass
from coder.model.measure import Measure
from coder.model.scheme import Derived, Scheme

IN_PARTS: Mapping[str, Callable[[Material, Derived, Spans], Iterable[Number]]] = {
    "both": both,
    "led_by_first": led_by_first,
    "recovery": recovery,
    "percent_time": percent_time,
    "bouts": bouts,
    "matching": matching,
    "without": without,
    "transitions": transitions,
    "rate": rate,
    "alternation": alternation,
    "turn_intervals": turn_intervals,
    "modifier_share": modifier_share,
    "responses": responses,
    "unsolicited": unsolicited,
    "contingency": contingency,
}
IN_SEGMENTS: Mapping[str, Callable[[Material, Derived], Iterable[Number]]] = {
    "item_mean": item_mean,
    "item_sum": item_sum,
}


def measures(coding: CodingPass, scheme: Scheme) -> tuple[Measure, ...]:
    """Every number of every derived measure of the scheme, in the scheme's order.

    The scheme's rules are applied first: short interruptions are absorbed, gaps hold the default code. Time that
    cannot be coded is left out, and only the coded window counts. A number that is not defined has no value and a
    sentence that says why.
    """
    material = Material(coding, scheme)
    return tuple(measure for derived in scheme.derived for measure in _of(material, derived))


def _of(material: Material, derived: Derived) -> Iterator[Measure]:
    if derived.rule in IN_SEGMENTS:
        yield from (_measure(derived, number) for number in IN_SEGMENTS[derived.rule](material, derived))
    elif derived.rule == "change":
        for lost, number in change(material, derived, list(_parts(material, derived))):
            yield _measure(derived, number, lost=lost)
    elif derived.within:
        for label, where in _parts(material, derived):
            for number in IN_PARTS[derived.rule](material, derived, where):
                yield _measure(derived, number, (label,), "" if where else label)
    else:
        for number in IN_PARTS[derived.rule](material, derived, (material.window,)):
            yield _measure(derived, number)


def _parts(material: Material, derived: Derived) -> Iterator[tuple[str, Spans]]:
    """The parts of the session by name, and where they are; () for one that does not occur."""
    for code in part_codes(material, derived):
        yield material.label(code), material.holds(code)


def _measure(derived: Derived, number: Number, within: tuple[str, ...] = (), lost: str = "") -> Measure:
    """lost: the label of a part that does not occur, the one reason why a number of it is not defined."""
    why = f"There is no “{lost}” in this pass." if lost and number.value is None else number.why
    value = None if number.value is None else float(number.value)
    return Measure(derived.id, derived.label, (*within, *number.part), value, number.unit, number.n, why)
