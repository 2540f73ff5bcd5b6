"""States that follow from others and are never keyed, such as looking at each other's face."""

from collections.abc import Mapping

from coder.analysis.material import Material
from coder.analysis.spans import Spans, shared
from coder.analysis.turns import alternation_spans
from coder.model.codable import union
from coder.model.coding import CodingPass
from coder.model.scheme import Derived, Scheme

_STATES = ("both", "matching", "alternation")


def in_time(scheme: Scheme) -> tuple[Derived, ...]:
    """The derived measures of a scheme that are states too: they have a place in time."""
    return tuple(derived for derived in scheme.derived if derived.rule in _STATES)


def derived_states(coding: CodingPass, scheme: Scheme) -> Mapping[str, Spans]:
    """Id of a derived state -> its stretches of the coded window, in order; see `in_time`.

    A state with “within” is looked for in those parts of the session only. KeyError if the scheme lacks a code.
    """
    material = Material(coding, scheme)
    return {derived.id: state(material, derived) for derived in in_time(scheme)}


def state(material: Material, derived: Derived) -> Spans:
    """The stretches of one derived state, in order."""
    if derived.rule == "alternation":
        return shared(alternation_spans(material, derived), parts(material, derived))
    term = (" and " if derived.rule == "both" else " or ").join(derived.of)
    return shared(material.holds(term), ground(material, derived))


def ground(material: Material, derived: Derived) -> Spans:
    """The time in which a derived state is looked for: all that could be coded, in its parts of the session."""
    return shared(material.codable(*derived.of), parts(material, derived))


def parts(material: Material, derived: Derived) -> Spans:
    """The parts of the session that a derived measure looks at, joined; without any, the whole window."""
    if not derived.within:
        return (material.window,)
    return union(span for code in part_codes(material, derived) for span in material.holds(code))


def part_codes(material: Material, derived: Derived) -> tuple[str, ...]:
    """The codes of the parts that a derived measure looks at, in its order; without any, those of the tier."""
    codes = (code.id for code in material.scheme.tier(derived.within).codes if not code.uncodable)
    return derived.parts or tuple(codes)
