"""What the page of evidence shows for one choice of scheme, session and coder: chosen and added up, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.annotate.view.asked import code_label
from coder.evidence.concordance import OF_SESSION, summed
from coder.evidence.moments import once
from coder.language import tr
from coder.model.evidence import CodeCoverage, Concordance, ConcordanceSum, Contrast, FeatureErrors, Silence
from coder.model.problem import CoderError
from coder.model.scheme import Scheme, SchemeId
from coder.model.track import Coverage, Provenance
from coder.store import StudyStore
from coder.workflows.evidence import PassEvidence, SessionEvidence, StudyEvidence, evidence_steps
from coder.workflows.scheme_languages import in_language
from coder.workflows.steps import Steps


@dataclass(frozen=True)
class Damaged:
    """What was measured cannot be read; the error says which file and what to do."""

    error: CoderError


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is looked at. session_id: "" for all. coder: by name, "" for all."""

    scheme_id: SchemeId
    session_id: str = ""
    coder: str = ""


@dataclass(frozen=True)
class SeenRow:
    """How much could be seen of a session, or of all of them (session None); asked: questions nobody answered."""

    session: SessionEvidence | None
    name: str
    coverage: Coverage | None
    asked: int

    @property
    def silent(self) -> bool:
        """True if features cannot speak about it at all."""
        return self.coverage is None or (self.coverage.both or 0.0) < OF_SESSION


@dataclass(frozen=True)
class RuleRow:
    """One rule of the scheme over the chosen passes. errors: None while nobody has judged its signal."""

    scheme: Scheme
    sum: ConcordanceSum
    errors: FeatureErrors | None

    @property
    def label(self) -> str:
        """What the code or the derived state is called."""
        return code_label(self.scheme, self.sum.tier, self.sum.code)

    @property
    def why(self) -> Silence:
        """SPEAKS if any of the passes says something, else what most of them say."""
        whys = [part.why for part in self.sum.parts]
        return Silence.SPEAKS if Silence.SPEAKS in whys else max(set(whys), key=whys.count)


@dataclass(frozen=True)
class PartRow:
    """One pass beside one rule. name: whose it is, and of which session where several are looked at."""

    coding: PassEvidence
    concordance: Concordance
    name: str


def looked_steps(store: StudyStore) -> Steps[StudyEvidence | Damaged]:
    """All evidence of a study that may be seen; `Damaged` where it cannot be read, for the page to say."""
    try:
        return (yield from evidence_steps(store))
    except CoderError as error:
        return Damaged(error)


def schemes_in(evidence: StudyEvidence) -> tuple[Scheme, ...]:
    """The schemes of the passes that may be seen, in the language that is spoken."""
    return tuple(in_language(one.scheme) for one in evidence.schemes)


def coders_in(evidence: StudyEvidence, scheme_id: SchemeId) -> tuple[str, ...]:
    """Who has coded with a scheme, by name."""
    found = (one.coder.name for session in evidence.sessions for one in _with(session, scheme_id))
    return tuple(dict.fromkeys(found))


def passes_of(evidence: StudyEvidence, chosen: Chosen) -> tuple[PassEvidence, ...]:
    """The passes that are looked at."""
    return tuple(
        one
        for session in evidence.sessions
        if chosen.session_id in ("", session.session.id)
        for one in _with(session, chosen.scheme_id)
        if chosen.coder in ("", one.coder.name)
    )


def seen_rows(evidence: StudyEvidence, chosen: Chosen) -> tuple[SeenRow, ...]:
    """One line for each session that was coded with the scheme; above them, of several, all together."""
    rows = []
    for session in evidence.sessions:
        mine = [one for one in _with(session, chosen.scheme_id) if chosen.coder in ("", one.coder.name)]
        if mine:
            asked = len(once(each for one in mine for each in one.open_questions))
            rows.append(SeenRow(session, session.session.name, session.coverage, asked))
    if len(rows) < 2:
        return tuple(rows)
    asked = sum(row.asked for row in rows)
    return (SeenRow(None, tr("All sessions"), _all_seen(rows), asked), *rows)


def rule_rows(evidence: StudyEvidence, chosen: Chosen) -> tuple[RuleRow, ...]:
    """One line for each rule of the scheme."""
    passes = passes_of(evidence, chosen)
    if not passes:
        return ()
    scheme = in_language(passes[0].scheme)
    lengths = [one.coding.window.duration_us for one in passes]
    errors = {(one.tier, one.code, one.feature): one for one in errors_of(evidence, chosen)}
    sums = (summed(row, lengths) for row in zip(*(one.concordances for one in passes), strict=True))
    return tuple(RuleRow(scheme, one, errors.get((one.tier, one.code, one.rule.feature))) for one in sums)


def part_rows(evidence: StudyEvidence, chosen: Chosen, row: RuleRow) -> tuple[PartRow, ...]:
    """Every pass beside one rule."""

    def name(coding: PassEvidence) -> str:
        if chosen.session_id:
            return coding.coder.name
        return tr("{coder}, {session}", coder=coding.coder.name, session=coding.session.name)

    both = zip(passes_of(evidence, chosen), row.sum.parts, strict=True)
    return tuple(PartRow(coding, part, name(coding)) for coding, part in both)


def errors_of(evidence: StudyEvidence, chosen: Chosen) -> tuple[FeatureErrors, ...]:
    """How often signals were found wrong: over the whole study, whatever session is looked at."""
    mine = (one for one in evidence.schemes if one.scheme.id == chosen.scheme_id)
    return tuple(errors for one in mine for errors in one.errors)


def contrasts_of(evidence: StudyEvidence, chosen: Chosen, row: RuleRow) -> tuple[Contrast, ...]:
    """Every two coders beside one rule, over the whole study."""
    wanted = (row.sum.tier, row.sum.code, row.sum.rule)
    mine = (one for one in evidence.schemes if one.scheme.id == chosen.scheme_id)
    return tuple(one for each in mine for one in each.contrasts if (one.tier, one.code, one.rule) == wanted)


def code_rows(evidence: StudyEvidence, chosen: Chosen) -> tuple[CodeCoverage, ...]:
    """How much could be seen while each code held, over the chosen passes."""
    parts: dict[tuple[str, str], list[CodeCoverage]] = {}
    for coding in passes_of(evidence, chosen):
        for one in coding.coverage:
            parts.setdefault((one.tier, one.code), []).append(one)
    return tuple(_together(each) for each in parts.values())


def sources_of(evidence: StudyEvidence, chosen: Chosen) -> tuple[Provenance, ...]:
    """By what the chosen sessions were measured, each measurement of a kind once."""
    known: dict[tuple[str, str, str, str], Provenance] = {}
    for session in evidence.sessions:
        if chosen.session_id in ("", session.session.id):
            for one in session.sources:
                kind = (
                    one.extractor,
                    one.version,
                    str(sorted(one.settings.items())),
                    str(sorted(one.models.items())),
                )
                known.setdefault(kind, one)
    return tuple(known.values())


def _with(session: SessionEvidence, scheme_id: SchemeId) -> list[PassEvidence]:
    return [one for one in session.passes if one.scheme.id == scheme_id]


def _all_seen(rows: Sequence[SeenRow]) -> Coverage | None:
    """Of all sessions that were measured, each by the length of its coded window."""
    known = [
        (row.coverage, row.session.session.window.duration_us)
        for row in rows
        if row.coverage is not None and row.session is not None
    ]
    if not known:
        return None
    gap = max(one.longest_gap_us for one, _ in known)
    child, parent, both, both_heads = (_mean([(getattr(one, name), us) for one, us in known]) for name in _SHARES)
    return Coverage(child, parent, both, both_heads, gap)


_SHARES = ("child", "parent", "both", "both_heads")


def _together(parts: Sequence[CodeCoverage]) -> CodeCoverage:
    child, parent, both, heads = (_mean([(getattr(one, name), one.coded_us) for one in parts]) for name in _SHARES)
    coded_us = sum(one.coded_us for one in parts)
    return CodeCoverage(
        tier=parts[0].tier,
        code=parts[0].code,
        coded_us=coded_us,
        child=child,
        parent=parent,
        both=both,
        both_heads=heads,
    )


def _mean(shares: Sequence[tuple[float | None, int]]) -> float | None:
    known = [(share, us) for share, us in shares if share is not None and us]
    return sum(share * us for share, us in known) / sum(us for _, us in known) if known else None
