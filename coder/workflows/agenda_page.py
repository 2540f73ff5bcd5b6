"""The agenda of a training meeting on paper, in the language that is spoken."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from coder import __version__
from coder.language import grouped, later, plural, spoken, tr
from coder.model.disagreement import Disagreement, DisagreementKind, Verdict
from coder.model.scheme import Scheme, SchemeId
from coder.model.time import clock
from coder.report.agenda import AgendaNote, AgendaPage, AgendaScheme, AgendaTopic, agenda_plain, render_agenda
from coder.store import StudyStore
from coder.workflows.agenda import Agenda, Noted, SchemeAgenda, Topic, agenda_steps
from coder.workflows.outputs import require_ending
from coder.workflows.steps import Steps

Counted = TypeVar("Counted", DisagreementKind, Verdict)

IN_FULL = 5
_NOTES = 3
_AGAINST = 3
_IN_TABLE = 20

_KINDS = (
    ((DisagreementKind.MISSED, DisagreementKind.EXTRA), later("{count} × only one coder has it")),
    ((DisagreementKind.CODE,), later("{count} × another code")),
    ((DisagreementKind.EARLY, DisagreementKind.LATE), later("{count} × the same change at another moment")),
    ((DisagreementKind.MODIFIER,), later("{count} × another detail")),
    ((DisagreementKind.RATING,), later("{count} × another rating")),
)
_VERDICTS = (
    ((Verdict.UNCLEAR,), later("{count} × the scheme does not say")),
    ((Verdict.A, Verdict.B), later("{count} × one of the two is right")),
    ((Verdict.EITHER,), later("{count} × both are right")),
    ((Verdict.NEITHER,), later("{count} × neither is right")),
    ((Verdict.UNKNOWN,), later("{count} × the film does not show it")),
)
_ONE_VERDICT = {
    Verdict.A: later("{coder} is right."),
    Verdict.B: later("{coder} is right."),
    Verdict.EITHER: later("Both are right."),
    Verdict.NEITHER: later("Neither is right."),
    Verdict.UNCLEAR: later("The scheme does not say."),
    Verdict.UNKNOWN: later("The film does not show it."),
}


def agenda_page_steps(store: StudyStore, scheme_id: SchemeId | None, out: Path) -> Steps[Path]:
    """Write the agenda of one scheme, or of all, for browsers. Raises CoderError, also if `out` is not .html."""
    require_ending(out, ".html", ".htm")
    found = yield from agenda_steps(store, scheme_id)
    return render_agenda(agenda_page(store, found), out)


def plain_agenda_steps(store: StudyStore, scheme_id: SchemeId | None) -> Steps[tuple[str, ...]]:
    """The same as HTML for Qt's documents, in parts, to be printed or made a PDF of."""
    found = yield from agenda_steps(store, scheme_id)
    return agenda_plain(agenda_page(store, found))


def agenda_title(store: StudyStore) -> str:
    """What the agenda is called at the foot of its pages."""
    return tr("{study} – agenda of a training meeting", study=store.study.name)


def agenda_page(store: StudyStore, found: Agenda) -> AgendaPage:
    """The agenda in words: the first topics in full, of the others the numbers."""
    remarks = []
    if found.outdated:
        remarks.append(
            plural(
                "{count} verdict is about a difference that is no more, and is not counted.",
                "{count} verdicts are about differences that are no more, and are not counted.",
                found.outdated,
            )
        )
    return AgendaPage(
        language=spoken(),
        title=tr("Agenda of a training meeting"),
        study=store.study.name,
        made=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, coder {__version__}",
        schemes=tuple(map(_scheme, found.schemes)),
        remarks=tuple(remarks),
        say={
            "nothing": tr("There is nothing to talk about yet: no session is coded by two who have submitted."),
            "decide": tr("What we agree on:"),
            "rest": tr("What else the coders differ in"),
            "code": tr("Code"),
            "tier": tr("Tier"),
            "differences": tr("Differences"),
        },
    )


def _scheme(one: SchemeAgenda) -> AgendaScheme:
    sessions = plural("{count} session", "{count} sessions", one.sessions)
    lead = plural(
        "{count} difference in {sessions}.",
        "{count} differences in {sessions}.",
        one.differences,
        sessions=sessions,
    )
    settled = _listed(one.verdicts, _VERDICTS)
    lead += " " + (tr("Settled: {verdicts}.", verdicts=settled) if settled else tr("None is settled yet."))
    full, rest = one.topics[:IN_FULL], one.topics[IN_FULL:]
    named = {(topic.tier, topic.code) for topic in full}
    return AgendaScheme(
        one.scheme.title,
        one.scheme.id.version,
        lead,
        tuple(_topic(topic, one.scheme, named) for topic in full),
        tuple(_in_table(topic, one.scheme) for topic in rest[:_IN_TABLE]),
    )


def _in_table(topic: Topic, scheme: Scheme) -> tuple[str, str, str]:
    tier = scheme.tier(topic.tier)
    return tier.code(topic.code).label, tier.label, _listed(topic.kinds, _KINDS)


def _topic(topic: Topic, scheme: Scheme, named: set[tuple[str, str]]) -> AgendaTopic:
    """named: the codes that are topics themselves, whose definitions stand there."""
    tier = scheme.tier(topic.tier)
    others = [code for code in topic.against if code is not None and code != topic.code][:1]
    shown = topic.noted[:_NOTES]
    more = len(topic.noted) - len(shown)
    return AgendaTopic(
        tier.code(topic.code).label,
        tier.label,
        tuple(_facts(topic, scheme)),
        tier.code(topic.code).definition,
        tuple(
            (tier.code(code).label, tier.code(code).definition)
            for code in others
            if (topic.tier, code) not in named
        ),
        tuple(_note(one, scheme) for one in shown),
        plural("And {count} more note.", "And {count} more notes.", more) if more else "",
    )


def _facts(topic: Topic, scheme: Scheme) -> Iterator[str]:
    number = plural("{count} difference", "{count} differences", topic.differences)
    yield f"{number}: {_listed(topic.kinds, _KINDS)}."
    if topic.against:
        instead = ", ".join(
            f"{grouped(number)} × {_label(scheme, topic.tier, code)}"
            for code, number in list(topic.against.items())[:_AGAINST]
        )
        yield tr("The other coder had instead: {codes}.", codes=instead)
    if settled := _listed(topic.verdicts, _VERDICTS):
        still = plural("{count} is open", "{count} are open", topic.open) if topic.open else tr("none is open")
        yield tr("Settled: {verdicts}; {open}.", verdicts=settled, open=still)


def _listed(counts: Mapping[Counted, int], names: Iterable[tuple[tuple[Counted, ...], str]]) -> str:
    """`4 × another code, 2 × another detail`, the most frequent first; "" for nothing."""
    summed = [(sum(counts.get(one, 0) for one in group), text) for group, text in names]
    told = sorted((one for one in summed if one[0]), key=lambda one: -one[0])
    return ", ".join(tr(text, count=grouped(number)) for number, text in told)


def _note(one: Noted, scheme: Scheme) -> AgendaNote:
    about, note = one.settlement.about, one.settlement.note
    said = tr(
        "{coder_a}: {code_a}, {coder_b}: {code_b}",
        coder_a=one.coder_a,
        code_a=_given(scheme, about, about.code_a, about.value_a),
        coder_b=one.coder_b,
        code_b=_given(scheme, about, about.code_b, about.value_b),
    )
    who = one.coder_a if one.verdict is Verdict.A else one.coder_b
    verdict = tr(_ONE_VERDICT[one.verdict], coder=who) if one.verdict is not None else ""
    written = tr("“{note}” ({coder})", note=note, coder=one.settled_by) if note else ""
    return AgendaNote(f"{one.session}, {clock(about.span.start_us)}", said, verdict, written)


def _given(scheme: Scheme, about: Disagreement, code: str | None, value: str) -> str:
    label = _label(scheme, about.tier, code)
    if not value or code is None:
        return label
    asked = (one for one in scheme.code(about.tier, code).modifiers if one.id == about.detail)
    labels = {option.id: option.label for one in asked for option in one.options}
    return f"{label} ({', '.join(labels.get(one, one) for one in value.split(','))})"


def _label(scheme: Scheme, tier: str, code: str | None) -> str:
    return tr("nothing") if code is None else scheme.code(tier, code).label
