"""Numbers as a paper in the style of the APA prints them, to be copied into one."""

from coder.model.agreement import Estimate
from coder.report import statistic_words, words
from coder.report.statistic_words import Printed

APPROXIMATE = "approximate"


def number(value: float) -> str:
    """`4,312`."""
    return f"{round(value):,}"


def percent(share: float) -> str:
    """`82%`; what only rounds to 0 or 100 is `<1%` or `>99%`."""
    return words.percent(share).replace(words.THIN, "")


def estimate(found: Estimate, how: Printed) -> str:
    """`.71`, `82%`, `0.12 s`; "" if there is none."""
    return "" if found.value is None else _one(found.value, how)


def interval(found: Estimate, how: Printed) -> str:
    """`95% CI [.58, .84]`, `approximate 95% CI [.58, .84]`; `no confidence interval` where there is none."""
    if found.low is None or found.high is None:
        return "no confidence interval"
    low, high = (_one(one, how).removesuffix(" s") for one in (found.low, found.high))
    label = f"{APPROXIMATE} 95% CI" if words.is_approximate(found) else "95% CI"
    return f"{label} [{low}, {high}]"


def method(found: Estimate) -> str:
    """How the interval was made, without the label that stands before the interval; "" if there is none."""
    return found.method.removeprefix(f"{APPROXIMATE}: ")


def _one(value: float, how: Printed) -> str:
    text = statistic_words.one_number(value, how)
    if how is Printed.SECONDS:
        return text.replace(words.THIN, " ")
    return text.replace(words.THIN, "")
