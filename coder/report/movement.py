"""Whether two people's movement goes together, in a sentence."""

from coder.model.time import SECOND_US
from coder.report.data import Movement


def movement_sentence(one: Movement) -> str:
    """The correlation with its lag, and what shifted time gives; or why there is none."""
    if one.silent:
        return f"{one.session}: {one.silent}"
    after = "at once" if not one.lag_us else f"{abs(one.lag_us) / SECOND_US:.1f} s apart"
    first = "" if not one.lag_us else f", the {'parent' if one.lag_us > 0 else 'child'} after"
    return (
        f"{one.session}: mean windowed correlation {one.estimate:.2f}, {after}{first}; in shifted time "
        f"{one.baseline:.2f} on average, {one.baseline_95:.2f} at the 95th percentile, p = {one.p:.3f} "
        f"(least {one.smallest_p:.3f}); known in {one.coverage:.0%} of the time."
    )
