"""The certificate in words: whom, for which scheme, on which clips, with what results, until when."""

from collections.abc import Iterator
from itertools import groupby

from coder import __version__
from coder.language import spoken, tr
from coder.model.training import Certificate
from coder.report.certificate import CertificateLine, CertificatePage, CertificatePart, certificate_plain
from coder.store import StudyStore
from coder.training.certification import last_day
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.certifying import rule_changes
from coder.workflows.training.taken import taken_courses
from coder.workflows.training.words import criterion_words, rule_words


def certificate_html(store: StudyStore, certificate: Certificate) -> str:
    """The certificate as HTML for Qt's documents, to be made a PDF of or printed.

    Raises CoderError if the study does not have the scheme.
    """
    return certificate_plain(certificate_page(store, certificate))


def certificate_title(certificate: Certificate) -> str:
    """What it is called at the foot of its pages."""
    return tr("Certificate of {coder} – {course}", coder=certificate.coder, course=certificate.course_title)


def certificate_page(store: StudyStore, certificate: Certificate) -> CertificatePage:
    """The certificate in the language that is spoken: every number with its limits, as the decision has them."""
    scheme = in_language(frozen_scheme(store, certificate.scheme))
    said = certificate.decision
    parts = tuple(
        CertificatePart(
            clip or tr("All clips together"),
            tuple(CertificateLine(criterion_words(one, scheme), one.met) for one in criteria),
        )
        for clip, criteria in groupby(said.criteria, key=lambda one: one.clip)
    )
    facts = (
        (tr("Scheme"), tr("{title}, version {version}", title=scheme.title, version=certificate.scheme.version)),
        (
            tr("Course"),
            tr("{title}, version {version}", title=certificate.course_title, version=certificate.course.version),
        ),
        (tr("Test"), str(certificate.test_set)),
        (tr("Clips"), ", ".join(said.clips)),
        (tr("Masters"), ", ".join(certificate.masters)),
        (tr("Issued on"), certificate.issued_at),
        (tr("Holds until"), last_day(certificate).isoformat()),
    )
    statement = tr(
        "has passed the test of the course “{course}”: what its rule asks of a coder of “{scheme}” was reached.",
        course=certificate.course_title,
        scheme=scheme.title,
    )
    made = tr(
        "Certificate {id}, course {sha256}, made by coder {version}.",
        id=certificate.id,
        sha256=certificate.course.sha256[:16],
        version=__version__,
    )
    return CertificatePage(
        language=spoken(),
        title=tr("Certificate"),
        coder=certificate.coder,
        statement=statement,
        facts=facts,
        parts=parts,
        rule=(*rule_words(said.rule, scheme), *_changes(store, certificate)),
        notice=certificate.notice,
        made=made,
        say={
            "reached": tr("What was reached, with 95 % limits where they can be given"),
            "rule": tr("What the rule asks"),
        },
    )


def _changes(store: StudyStore, certificate: Certificate) -> Iterator[str]:
    """Who made the rule what it was for this test, if it is not the course's own."""
    for taken in taken_courses(store):
        changes = rule_changes(store, taken.id) if taken.course.id.name == certificate.course.name else ()
        for one in [one for one in changes if one.rule == certificate.decision.rule][-1:]:
            name = store.coder(one.actor).name
            yield tr("Changed on {day} by {name}: {why}", day=one.at[:10], name=name, why=one.why)
