"""What tracks say beside the codes, in sentences and tables of its own: it is never called reliability."""

from collections.abc import Iterator, Mapping, Sequence

from coder.model.evidence import (
    SILENCE_SENTENCES,
    CodeCoverage,
    Concordance,
    ConcordanceSum,
    Contrast,
    FeatureErrors,
    Figure,
    Silence,
)
from coder.model.scheme import Evidence, Scheme
from coder.model.time import SECOND_US
from coder.model.track import Provenance
from coder.report import words
from coder.report.data import EvidencePart
from coder.report.grids import Grid, GridRow
from coder.report.tables import Cell

EvidenceView = Mapping[str, object]

_SESSIONS = 3  # with fewer there are no limits, and a gap between two coders says nothing
_TESTS = {
    "on": "on in {} of the time seen",
    "off": "off in {} of the time seen",
    "lowest_third": "in the session’s lowest third in {} of the time seen",
    "highest_third": "in the session’s highest third in {} of the time seen",
    "rises": "rises by {} of its usual range",
    "falls": "falls by {} of its usual range",
    "rises_by": "rises by {}",
    "falls_by": "falls by {}",
}
_COLUMNS = (
    ("Consistent", "Share of the events with enough coverage that are as the rule expects, with Wilson’s limits."),
    ("In shifted time", "The same share with the codes moved round against the tracks: what chance gives."),
    ("AUC", "How well the signal tells the code’s time from other time; .50 is chance. Range over passes."),
    ("Kappa, 1 s", "The code and the thresholded signal, second by second. Range over passes."),
    ("Delay", "How much later than the signal’s change the code begins. Range over passes."),
)
_SEEN = (
    ("Child’s face", "Share of the code’s time in which the child’s face was seen."),
    ("Parent’s face", "Share of the code’s time in which the parent’s face was seen."),
    ("Both", "Share of the code’s time in which both faces were seen."),
    ("Both heads", "Share of the code’s time in which both heads’ directions are known."),
)


def evidence_view(part: EvidencePart) -> EvidenceView:
    """What the templates are given about one scheme."""
    return {
        "scheme": part.scheme,
        "counted": f"{words.counted(part.sessions, 'session')}, {words.counted(part.passes, 'pass', 'es')}",
        "sentences": [sentence for one in part.sums if (sentence := evidence_sentence(one, part))],
        "grids": [
            grid
            for grid in (_concordance(part), _coverage(part), _errors(part), _contrasts(part))
            if grid is not None
        ],
    }


def evidence_sentence(one: ConcordanceSum, part: EvidencePart) -> str:
    """How much could be seen, and of that how much was as expected, with what chance gives; "" without events."""
    if not one.events:
        return ""
    name, signal = named(part.scheme, one.tier, one.code), part.signals.get(one.rule.feature, "")
    if not signal:
        return f"“{name}”: “{one.rule.feature}” was not measured, so there is no evidence."
    seen = f"“{signal}” could be measured in {words.percent(one.available)} of the coded time."
    events = f"{words.counted(one.events, 'event')} of “{name}”"
    if not one.covered or one.share.value is None:
        why = {part.why for part in one.parts} - {Silence.SPEAKS}
        said = SILENCE_SENTENCES[why.pop()] if len(why) == 1 else "None had enough coverage."
        return f"{seen} Of {events} none can be judged by it. {said}"
    needed = words.percent(one.rule.min_coverage)
    chance = (
        "there is no baseline of shifted time"
        if one.baseline is None
        else f"shifted-time baseline {words.percent(one.baseline)}"
    )
    return (
        f"{seen} Of {events} {words.count(one.covered)} had enough coverage ({needed} or more); "
        f"{words.count(one.consistent)} ({words.percent(one.share.value)}, {_limits(one.share)}) "
        f"were consistent; {chance}."
    )


def named(scheme: Scheme, tier: str, code: str) -> str:
    """What a code or a derived state is called. tier: "" for a derived state."""
    if tier:
        return scheme.name_of(tier, code)
    return next((derived.label for derived in scheme.derived if derived.id == code), code)


def rule_words(rule: Evidence) -> str:
    """`on in 40 % of the time seen`: what a rule expects."""
    own_unit = rule.test.endswith("_by")
    expected = _TESTS[rule.test].format(f"{rule.expect:g}" if own_unit else words.percent(rule.expect))
    around = f", within {rule.around_us / SECOND_US:g} s of the onset" if rule.during == "around" else ""
    return expected + around


def source_words(source: Provenance) -> str:
    """Model, version and settings in one line, as a paper needs them."""
    models = ", ".join(f"{name} {sha256[:12]}" for name, sha256 in sorted(source.models.items()))
    settings = ", ".join(f"{name} = {value}" for name, value in sorted(source.settings.items()))
    parts = (f"{source.extractor} {source.version}", f"models: {models}" if models else "", settings)
    return "; ".join(part for part in parts if part)


def _concordance(part: EvidencePart) -> Grid | None:
    rows = []
    for one in part.sums:
        if not one.events:
            continue
        spoken = [each for each in one.parts if each.why is Silence.SPEAKS]
        signal = part.signals.get(one.rule.feature, one.rule.feature)
        rows.append(
            GridRow(
                named(part.scheme, one.tier, one.code),
                f"{signal}: {rule_words(one.rule)}; {one.rule.strength}",
                f"{words.count(one.covered)} of {words.count(one.events)}",
                (
                    (_share(one.share, _silence(one)), ""),
                    _in_shifted_time(one, spoken),
                    (_range([each.auc for each in spoken]), ""),
                    (_range([each.kappa for each in spoken]), ""),
                    (_delays(spoken), ""),
                ),
                "none",
                "",
            )
        )
    caption = (
        "Concordance of codes and signals; n: events with enough coverage, of all. It is no agreement between "
        "coders, and enters no coefficient."
    )
    return Grid(caption, "Code", _COLUMNS, tuple(rows), ()) if rows else None


def _in_shifted_time(one: ConcordanceSum, spoken: Sequence[Concordance]) -> tuple[Cell, str]:
    """The mean over the passes; over them the range of the 95th percentile and of p, with the least it can be."""
    if one.baseline is None:
        why = next((each.chance.why for each in spoken if each.chance.why is not Silence.SPEAKS), Silence.SPEAKS)
        return Cell("", "", False, SILENCE_SENTENCES[why]), ""
    known = [each.chance for each in spoken]
    tops = sorted(each.top for each in known if each.top is not None)
    ps = sorted(each.p for each in known if each.p is not None)
    least = min(each.least_p for each in known if each.least_p is not None)
    top = " to ".join(dict.fromkeys(words.percent(each) for each in (tops[0], tops[-1])))
    p = " to ".join(dict.fromkeys(f"{each:.3f}" for each in (ps[0], ps[-1])))
    counted = words.counted(len(ps), "pass", "es")
    said = f"95th percentile {top}; p {p}, at least {least:.3f}; {counted}"
    return Cell(words.percent(one.baseline), said, False, ""), ""


def _silence(one: ConcordanceSum) -> str:
    why = {part.why for part in one.parts} - {Silence.SPEAKS}
    return SILENCE_SENTENCES[why.pop()] if len(why) == 1 else "Features cannot speak about this."


def _share(figure: Figure, why: str) -> Cell:
    if figure.value is None:
        return Cell("", "", False, why)
    return Cell(words.percent(figure.value), _limits(figure), False, "")


def _limits(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"95{words.THIN}% interval {figure.low * 100:.0f}–{figure.high * 100:.0f}{words.THIN}%"


def _range(figures: Sequence[Figure]) -> Cell:
    """Of one pass its number, of several the least and the greatest."""
    known = sorted(figure.value for figure in figures if figure.value is not None)
    if not known:
        why = next((figure.why for figure in figures), Silence.SPEAKS)
        return Cell("", "", False, SILENCE_SENTENCES[why] or "–")
    low, high = words.coefficient(known[0]), words.coefficient(known[-1])
    return Cell(low if low == high else f"{low} to {high}", "", False, "")


def _delays(spoken: Sequence[Concordance]) -> Cell:
    known = sorted(each.lag_us / SECOND_US for each in spoken if each.lag_us is not None)
    if not known:
        why = next((each.lag_why for each in spoken), Silence.SPEAKS)
        return Cell("", "", False, SILENCE_SENTENCES[why] or "–")
    low, high = words.signed(known[0]), words.signed(known[-1])
    return Cell(f"{low if low == high else f'{low} to {high}'}{words.THIN}s", "", False, "")


def _coverage(part: EvidencePart) -> Grid | None:
    rows = tuple(_coverage_rows(part.scheme, part.coverage))
    caption = (
        "How much could be seen while each code held; n: how long it held, or was looked at around its onsets."
    )
    return Grid(caption, "Code", _SEEN, rows, ()) if rows else None


def _coverage_rows(scheme: Scheme, coverage: Sequence[CodeCoverage]) -> Iterator[GridRow]:
    for one in coverage:
        if one.coded_us:
            shares = (one.child, one.parent, one.both, one.both_heads)
            cells = tuple((Cell(words.share_or_words(share, "–"), "", False, ""), "") for share in shares)
            yield GridRow(named(scheme, one.tier, one.code), "", words.duration(one.coded_us), cells, "none", "")


def _errors(part: EvidencePart) -> Grid | None:
    columns = (
        ("Feature wrong", "Of the moments that were asked about and judged, where the feature was wrong."),
        ("Undecided", "The scheme was unclear, or the film does not show it."),
        ("Older measurement", "Said about a measurement that is not used any more."),
    )
    rows = tuple(_error_row(part, one) for one in part.errors)
    caption = "How often people found a feature wrong where it was asked about; n: moments that were judged."
    return Grid(caption, "Code", columns, rows, ()) if rows else None


def _error_row(part: EvidencePart, one: FeatureErrors) -> GridRow:
    cells = (
        (_share(one.rate, "not judged yet"), ""),
        (Cell(words.count(one.undecided), "", False, ""), ""),
        (Cell(words.count(one.outdated), "", False, ""), ""),
    )
    signal = part.signals.get(one.feature, one.feature) or "Faces in uncodable time"
    return GridRow(named(part.scheme, one.tier, one.code), signal, words.count(one.judged), cells, "none", "")


def _contrasts(part: EvidencePart) -> Grid | None:
    columns = (
        ("A", "Share of A’s events that are as the rule expects."),
        ("B", "Share of B’s events that are as the rule expects."),
        ("A − B", "The difference, with a jackknife over sessions."),
    )
    rows = tuple(_contrast_row(part, one) for one in part.contrasts if one.sessions >= _SESSIONS)
    caption = "Two coders beside the same signal; n: sessions. A gap says where to look again, not who is right."
    return Grid(caption, "Code", columns, rows, ()) if rows else None


def _contrast_row(part: EvidencePart, one: Contrast) -> GridRow:
    difference = one.difference
    assert difference.value is not None
    points = f"{difference.value * 100:+.0f}".replace("-", "−")
    limits = ""
    if difference.low is not None and difference.high is not None:
        limits = f"95{words.THIN}% interval {difference.low * 100:+.0f} to {difference.high * 100:+.0f}"
    signal = part.signals.get(one.rule.feature, one.rule.feature)
    return GridRow(
        named(part.scheme, one.tier, one.code),
        f"{signal}; {one.coder_a} (A), {one.coder_b} (B)",
        words.count(one.sessions),
        (
            (_share(one.share_a, ""), ""),
            (_share(one.share_b, ""), ""),
            (
                Cell(
                    f"{points} points",
                    limits.replace("-", "−"),
                    False,
                    "" if limits else "no limits: the sessions do not differ",
                ),
                "",
            ),
        ),
        "none",
        "",
    )
