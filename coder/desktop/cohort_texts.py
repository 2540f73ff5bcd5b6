"""What is said of one trainee in one course: where they stand, since when, and what is to be looked at."""

from collections.abc import Iterator

from coder.desktop.cohort_rows import CohortRow, steps_done
from coder.desktop.wording import breakable
from coder.language import plural, tr
from coder.model.training import Standing
from coder.training.certification import last_day
from coder.workflows.training.cohort import Member
from coder.workflows.training.words import (
    alert_words,
    damaged_words,
    decision_words,
    standing_words,
    stuck_words,
)


def standing_lines(row: CohortRow) -> Iterator[str]:
    """Standing, certificate, how far in the course, what came from elsewhere; a sentence each."""
    one = row.member
    if row.damaged is not None:
        yield damaged_words(row.damaged)
        yield from (breakable(str(problem)) for problem in row.damaged.problems)
        return
    if one is None:
        yield tr("{coder} has not begun a course yet.", coder=row.coder.name)
        return
    where = one.where
    yield tr("{standing}.", standing=standing_words(where.standing))
    if where.certificate is not None:
        words = {"issued": where.certificate.issued_at, "expires": last_day(where.certificate).isoformat()}
        yield tr("Certificate of {issued}, until {expires}.", **words)
    if where.due_on is not None:
        yield _due(one)
    if where.last_coded_on is not None:
        yield tr("Last coded with the scheme on {day}.", day=where.last_coded_on.isoformat())
    yield from _course(one)
    if one.studies:
        names = ", ".join(tr("“{study}”", study=study) for study in one.studies)
        yield tr("Counted in: the training record from {studies}; what was coded stays there.", studies=names)


def _due(member: Member) -> str:
    where = member.where
    day = where.due_on.isoformat() if where.due_on is not None else ""
    if where.standing in (Standing.EXPIRED, Standing.ABSENT, Standing.FAILED):
        return tr("A re-check is due since {day}.", day=day)
    return (
        tr("A re-check is due on {day}, earlier after an absence.", day=day) if _by_expiry(member) else _away(day)
    )


def _by_expiry(member: Member) -> bool:
    where = member.where
    return (
        where.certificate is not None
        and where.due_on is not None
        and where.due_on.isoformat() == where.certificate.expires_at[:10]
    )


def _away(day: str) -> str:
    return tr("A re-check is due on {day} if nothing is coded with the scheme until then.", day=day)


def _course(member: Member) -> Iterator[str]:
    done = steps_done(member)
    attempts = len(member.scores)
    told = plural(
        "{count} attempt was compared with the master.",
        "{count} attempts were compared with the master.",
        attempts,
    )
    if done is None or member.progress is None:
        yield told
        return
    next_step = member.progress.next
    steps = tr("{done} of {all} steps are done.", done=done[0], all=done[1])
    following = tr("Next: “{step}”.", step=next_step.title) if next_step is not None else ""
    yield " ".join(filter(None, (steps, following, told)))
    if member.where.standing is Standing.FAILED and next_step is None:
        yield tr("The course has no further test: a newer version with another one is needed, or another course.")


def drift_lines(member: Member) -> tuple[str, ...]:
    """What is wrong with the sessions that were coded twice since the certificate."""
    if member.scheme is None:
        return ()
    return tuple(alert_words(one, member.scheme) for one in member.alerts)


def stuck_lines(member: Member) -> tuple[str, ...]:
    """What is not reached, the farthest first; nothing while a certificate is there."""
    if member.scheme is None or member.where.certificate is not None:
        return ()
    return tuple(tr("• {requirement}", requirement=stuck_words(one, member.scheme)) for one in member.stuck)


def failed_lines(member: Member) -> tuple[str, ...]:
    """What the trainee was told after the newest test, if it was not passed."""
    if member.scheme is None or member.failed is None:
        return ()
    lead, *missed = decision_words(member.failed, member.scheme)
    return lead, *(tr("• {requirement}", requirement=one) for one in missed)


def no_scheme_line() -> str:
    """Why codes cannot be named and numbers are not shown."""
    return tr(
        "This study does not have the scheme of the course, so its numbers cannot be named. Take the course here, "
        "or code with its scheme, and they are shown."
    )
