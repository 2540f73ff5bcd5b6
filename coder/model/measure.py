"""A measure: one number that was computed from a pass, with what it was computed from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a derived measure.

    name, label: id and label of the `Derived`. part: which number of it this is, in words: labels of codes,
    "median", … and the code of the tier that divides the measure, if one does. unit: "s", "%", "per minute",
    "count" or "". n: how many events, stretches or units it was computed from. value: None where it is not
    defined; `why` then says so in one sentence. Beside a value, `why` says what limits it, if anything does.
    """

    name: str
    label: str
    part: tuple[str, ...]
    value: float | None
    unit: str
    n: int
    why: str = ""
