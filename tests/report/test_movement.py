"""The sentence on whether two people's movement goes together."""

from coder.report import Movement
from coder.report.movement import movement_sentence

FOUND = Movement(
    session="v1",
    estimate=0.412,
    lag_us=-400_000,
    baseline=0.1,
    baseline_95=0.2,
    p=0.0104,
    smallest_p=0.002,
    coverage=0.75,
)


def test_it_says_who_follows_and_what_chance_gives():
    assert movement_sentence(FOUND) == (
        "v1: mean windowed correlation 0.41, 0.4 s apart, the child after; in shifted time 0.10 on average, 0.20 "
        "at the 95th percentile, p = 0.010 (least 0.002); known in 75% of the time."
    )


def test_what_is_not_defined_says_why():
    assert movement_sentence(Movement(session="v1", silent="Too short.")) == "v1: Too short."
