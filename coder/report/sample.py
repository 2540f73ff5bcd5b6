"""The sample in words: what was coded, by whom, how it was chosen and whether the coders were blind."""

from coder.model.time import SECOND_US
from coder.report import words
from coder.report.data import SchemePart
from coder.report.findings import shared_us

_NOT_RECORDED = "is not recorded in this study"
_WITHHELD = (
    "The software withholds the codes of a session that is coded twice, and what was measured in its pictures, "
    "until all who code it have submitted."
)
_REOPENED = "In {} a pass was reopened after comparison was possible; what was changed then was not blind."


def blind_words(reopened: int) -> tuple[str, ...]:
    """What kept the coders from each other's codes. reopened: sessions with a pass that was opened again later."""
    which = "one session" if reopened == 1 else words.counted(reopened, "session")
    return (_WITHHELD, _REOPENED.format(which)) if reopened else (_WITHHELD,)


def sample_lines(part: SchemePart) -> tuple[tuple[str, str], ...]:
    """(name, words) of each fact that is known."""
    sample, lines = part.sample, []
    if sample is not None:
        share = f" ({words.percent(sample.double_coded / sample.coded)})" if sample.coded else ""
        coded = words.counted(sample.coded, "session")
        lines.append(
            ("Sessions", f"{coded} coded, {words.count(sample.double_coded)}{share} by two or more coders")
        )
        lines.append(("Coders", "; ".join(_coder(*one) for one in sample.passes)))
        lines.append(("Chosen", _chosen(part)))
        lines.append(
            ("Blind", " ".join(sample.blind) or f"What the coders could see of each other {_NOT_RECORDED}.")
        )
    if part.counted:
        lines.append(("Windows", _windows(part)))
    return tuple(line for line in lines if line[1])


def _coder(name: str, main: int, double: int) -> str:
    told = [
        words.counted(number, f"{kind} pass", "es") for number, kind in ((main, "main"), (double, "reliability"))
    ]
    return f"{name}, {words.joined([one for one, number in zip(told, (main, double), strict=True) if number])}"


def _chosen(part: SchemePart) -> str:
    sample = part.sample
    assert sample is not None
    told = [f"{words.counted(number, 'session')} {origin}." for origin, number in sample.drawn]
    if sample.undrawn:
        told.append(
            f"How {words.counted(sample.undrawn, 'double-coded session')} came to be chosen {_NOT_RECORDED}."
        )
    return " ".join(told)


def _windows(part: SchemePart) -> str:
    """How long the stretches are that were compared."""
    lengths = [shared_us(one) / SECOND_US for one in part.counted]
    if len(lengths) == 1:
        return f"{words.seconds(lengths[0])} compared"
    low, high = words.seconds(min(lengths)), words.seconds(max(lengths))
    each = low if low == high else f"{low} to {high}"
    return f"{each} a session, {words.seconds(sum(lengths))} in all"
