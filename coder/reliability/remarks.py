"""What a reader must know beside a number, said from its counts."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from coder.model.agreement import STATUS_SENTENCES, Agreement, Estimate, Status
from coder.model.statistic import (
    AC1,
    AC2,
    ALPHA,
    ICC,
    ICC_ONE_WAY,
    KAPPA_MAX,
    NEGATIVE,
    PABAK,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
    WEIGHTED_KAPPA,
)
from coder.reliability.words import RATINGS

RARE = 0.05
RARE_STATES = 10

_ALIKE = "All were rated alike, by both coders: there was nothing to disagree about."
_TOGETHER_HIGHER = "Over all items together, which is higher than item by item where items differ in level."
_RAISED = (ICC, ICC_ONE_WAY, WEIGHTED_KAPPA, ALPHA, AC2)
_CHANCE_CORRECTED = (TIME_UNIT_KAPPA, KAPPA_MAX, PABAK, AC1)
_ON_ONE_CODE = (*_CHANCE_CORRECTED, SPECIFIC, NEGATIVE)


def remarked(found: Estimate, made: Agreement) -> Estimate:
    """The estimate with the remarks that its agreement's counts call for. made: without this estimate yet."""
    if found.value is None:
        alike = made.unit == RATINGS and found.status is Status.NO_VARIANCE and not found.note
        return replace(found, note=_ALIKE) if alike else found
    said = [*_rare(made)]
    grey = bool(said) and made.statistic in _CHANCE_CORRECTED and found.status is Status.OK
    said += [*_lenient(made), *_matched(made), *_left_out(made)]
    if not said:
        return found
    own = found.note or (STATUS_SENTENCES[found.status] if found.status is Status.TOO_FEW else "")
    note = " ".join(part for part in (*said, own) if part)
    return replace(found, note=note, status=Status.TOO_FEW if grey else found.status)


def _rare(made: Agreement) -> Iterator[str]:
    """Whether a code of states is too rare for its kappa to say much (its specific agreement still does)."""
    if made.code is None or made.statistic not in _ON_ONE_CODE or "states_a" not in made.counts:
        return
    confusion = made.confusion
    if confusion is None or made.code not in confusion.categories:
        return
    at, table = confusion.categories.index(made.code), confusion.table
    given = sum(table[at]) + sum(row[at] for row in table) - table[at][at]
    if 0 < given < RARE * sum(map(sum, table)):
        yield f"Rare: under {100 * RARE:.0f} % of the compared time."
    elif made.statistic in _CHANCE_CORRECTED and max(_both(made.counts, "states")) < RARE_STATES:
        yield f"Rare: under {RARE_STATES} states of this code in either coder’s pass."


def _both(counts: Mapping[str, float], name: str) -> tuple[float, float]:
    return counts.get(f"{name}_a", 0), counts.get(f"{name}_b", 0)


def _lenient(made: Agreement) -> Iterator[str]:
    if made.statistic in (TOLERANT_KAPPA_A, TOLERANT_KAPPA_B):
        yield "Lenient: time counts as agreement if the other coder has the code close by."


def _matched(made: Agreement) -> Iterator[str]:
    """Of agreement on details: on how many events that both coders marked it rests."""
    if not made.detail:
        return
    counts = made.counts
    of_both, matched = sum(_both(counts, "events")), counts.get("matched", 0)
    share = f" ({200 * matched / of_both:.0f} %)" if of_both else ""
    a, b = _both(counts, "events")
    unit = made.unit.removesuffix("s") if matched == 1 else made.unit
    yield f"On {matched:.0f} {unit}{share}; A has {a:.0f}, B {b:.0f}."
    if half := counts.get("one_chose", 0):
        yield (
            f"In {half:.0f} of them only one coder gave a number; {'it is' if half == 1 else 'they are'} left out."
        )


def _left_out(made: Agreement) -> Iterator[str]:
    """Of ratings: what is not in the number, and that items were put together."""
    if made.unit != RATINGS:
        return
    counts = made.counts
    if made.code is None and counts.get("items", 0) > counts.get("sessions", 0):
        yield _TOGETHER_HIGHER if made.statistic in _RAISED else "Over all items together."
    if half := counts.get("one_not_rated", 0):
        yield f"In {half:.0f} more, one coder gave a number and the other said that it cannot be rated."
    if alone := counts.get("one_missing", 0):
        yield f"{alone:.0f} more {'was' if alone == 1 else 'were'} rated by one coder only."
