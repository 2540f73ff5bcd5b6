"""Numbers as papers print them, and the sentences round them. What is undefined is said, never printed."""

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.statistic import BIAS
from coder.model.time import SECOND_US

THIN = "\u202f"  # a narrow space that does not break


def coefficient(value: float) -> str:
    """`.71`, `−.12`, `1.00`; what only rounds to 1 is `> .99`."""
    text = f"{abs(value):.2f}"
    if text == "1.00" and abs(value) < 1:
        text = f">{THIN}.99"
    sign = "−" if value < 0 and text != "0.00" else ""
    return sign + text.removeprefix("0")


def limits(estimate: Estimate) -> str:
    """`.58–.84`; `−.05 to .40` where a dash would be misread; "" without an interval."""
    if estimate.low is None or estimate.high is None:
        return ""
    return _between(estimate.low, coefficient(estimate.low), coefficient(estimate.high))


def limits_seconds(estimate: Estimate) -> str:
    """`0.05–0.12 s`, in the same way."""
    if estimate.low is None or estimate.high is None:
        return ""
    return _between(estimate.low, signed(estimate.low), signed(estimate.high)) + f"{THIN}s"


def _between(low: float, low_text: str, high_text: str) -> str:
    return f"{low_text} to {high_text}" if low < 0 else f"{low_text}–{high_text}"


def is_approximate(estimate: Estimate) -> bool:
    """True if the interval covers less than it says and is labelled so."""
    return estimate.method.startswith("approximate")


def interval(estimate: Estimate) -> str:
    """`95 % interval .58–.84`, `approximate 95 % interval .58–.84`; "" if there is none."""
    if not limits(estimate):
        return ""
    return f"{'approximate ' if is_approximate(estimate) else ''}95{THIN}% interval {limits(estimate)}"


def percent(share: float) -> str:
    """`82 %`; what only rounds to 0 or 100 is `< 1 %` or `> 99 %`."""
    if 0 < share < 0.005:
        return f"<{THIN}1{THIN}%"
    if 0.995 <= share < 1:
        return f">{THIN}99{THIN}%"
    return f"{share * 100:.0f}{THIN}%"


def share_or_words(share: float | None, words: str) -> str:
    """A percentage, or the words that stand for there being none."""
    return words if share is None else percent(share)


def count(number: float) -> str:
    """`12 480`, with a narrow space between thousands."""
    return f"{round(number):,}".replace(",", THIN)


def signed(seconds: float) -> str:
    """`0.12`, `−0.05`."""
    text = f"{abs(seconds):.2f}"
    return f"−{text}" if seconds < 0 and text != "0.00" else text


def seconds(value: float) -> str:
    """`13.7 s`, from a minute on `2:05 min`, from an hour on `8 h 20 min`."""
    if value < 59.95:
        return f"{value:.1f}{THIN}s"
    whole = round(value)
    if whole >= 3600:
        return f"{whole // 3600}{THIN}h {round(whole % 3600 / 60):02}{THIN}min"
    return f"{whole // 60}:{whole % 60:02}{THIN}min"


def duration(span_us: int) -> str:
    """The same from microseconds; two decimals below a second, where they matter."""
    return f"{span_us / SECOND_US:.2f}{THIN}s" if 0 < span_us < SECOND_US else seconds(span_us / SECOND_US)


def later(bias: Estimate, a: str, b: str, what: str = "") -> str:
    """`Sasha marks 0.40 s later`; "" where neither does. bias: B − A in seconds. what: “the same changes ”."""
    if bias.value is None or signed(bias.value) == "0.00":
        return ""
    return f"{b if bias.value > 0 else a} marks {what}{signed(abs(bias.value))}{THIN}s later"


def by_name(sentence: str, a: str, b: str) -> str:
    """A sentence about “Coder A” or “Coder B” with their names."""
    return sentence.replace("Coder A", a).replace("Coder B", b)


def counted(number: int, what: str, ending: str = "s") -> str:
    """`1 session`, `4 sessions`."""
    return f"{count(number)} {what}{'' if number == 1 else ending}"


def tiers(number: int) -> str:
    """`1 tier`, `4 tiers`."""
    return f"{number} tier{'' if number == 1 else 's'}"


def joined(names: list[str]) -> str:
    """`Robin`, `Robin and Sasha`, `Robin, Sasha and Kim`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_CHANCE_CORRECTED = ("time-unit kappa", "estimated accuracy")


def one_sided(agreement: Agreement) -> bool:
    """True if one coder stayed with one code and the other did not: kappa is 0 then, however alike they are."""
    table = agreement.confusion.table if agreement.confusion is not None else ()
    if agreement.statistic not in _CHANCE_CORRECTED or agreement.estimate.status is Status.NO_VARIANCE:
        return False
    margins = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    return any(sum(total > 0 for total in margin) == 1 for margin in margins)


_BY_STATUS = {
    Status.BELOW_CHANCE: ("act", "no better than chance: act"),
    Status.TOO_FEW: ("none", "too little to judge"),
}


def _of_bias(bias: float, found: Estimate, target: float, floor: float | None) -> tuple[str, str]:
    """Of a timing bias less is better, whoever marks later."""
    if abs(bias) <= target:
        beyond = found.low is not None and found.high is not None and max(-found.low, found.high) > target
        return ("open", "within the target, but may lie beyond it") if beyond else ("good", "within the target")
    return (
        ("act", "beyond the floor: act")
        if floor is not None and abs(bias) > floor
        else ("low", "beyond the target")
    )


def _of_coefficient(value: float, found: Estimate, target: float, floor: float | None) -> tuple[str, str]:
    open_question = found.low is not None and found.high is not None and found.low < target <= found.high
    if value >= target:
        return (
            ("open", "reaches the target, but may lie below it")
            if open_question
            else ("good", "reaches the target")
        )
    if floor is not None and value < floor:
        return "act", "below the floor: act"
    just = "just " if coefficient(value) == coefficient(target) else ""
    return "low", f"{just}below the target" + (", but may reach it" if open_question else "")


def verdict(agreement: Agreement) -> tuple[str, str]:
    """Where an estimate stands against its target: a word for the style and the words.

    The styles: good, open (good, but the interval holds the target: the sample does not settle the question), low,
    act, look (no coefficient can tell, people must) and none.
    """
    found, target, floor = agreement.estimate, agreement.target, agreement.floor
    if target is None:
        return "none", "no target in the scheme"
    if found.status in (Status.OK, Status.BELOW_CHANCE) and one_sided(agreement):
        return "look", "one coder never changed the code: look together"
    if found.value is None or found.status is not Status.OK:
        return _BY_STATUS.get(found.status, ("none", "cannot be judged"))
    judged = _of_bias if agreement.statistic == BIAS else _of_coefficient
    return judged(found.value, found, target, floor)
