"""What the page of a course says: what comes next, and what its buttons do."""

from datetime import date

from coder.language import plural, tr
from coder.model.training import Certificate, Standing, Step, StepKind
from coder.training.certification import last_day
from coder.workflows.training.progress import CourseProgress, StepProgress, StepState
from coder.workflows.training.words import standing_words


def try_text(chosen: StepProgress) -> str:
    """What the button below the steps does with the chosen one."""
    if chosen.state is StepState.BEGUN:
        return tr("Go on with this s&tep")
    again = chosen.state is StepState.DONE
    kind = chosen.step.kind
    if kind is StepKind.GUIDED:
        return tr("&Watch again") if again else tr("&Watch")
    if kind is StepKind.PRACTICE:
        return tr("Practise &again") if again else tr("Prac&tise")
    return tr("Begin the &test")


def next_words(progress: CourseProgress) -> tuple[str, str]:
    """What the card at the top says: a heading, and a line."""
    step = progress.next
    if step is None:
        return standing_words(progress.where.standing), _nothing_left(progress)
    return tr("Next: {title}", title=step.title), _about(progress, step)


def _nothing_left(progress: CourseProgress) -> str:
    where, certificate = progress.where, progress.certificate
    if where.standing in (Standing.CERTIFIED, Standing.DUE_SOON) and certificate is not None:
        return certificate_text(certificate, where.due_on)
    return tr(
        "This course has no further test: a clip counts only the first time. You can go on practising, and your "
        "supervisor can make a course with other clips."
    )


def certificate_text(certificate: Certificate, due_on: date | None) -> str:
    """How long a certificate holds. due_on: when a re-check is due if its holder codes nothing until then."""
    until = tr("The certificate holds until {day}.", day=last_day(certificate).isoformat())
    if due_on is None or due_on.isoformat() >= certificate.expires_at:
        return until
    soon = tr("If you do not code with this scheme before {day}, a re-check is due then.", day=due_on.isoformat())
    return f"{until} {soon}"


def _about(progress: CourseProgress, step: Step) -> str:
    if step.kind is not StepKind.TEST:
        return step.text
    tests = progress.taken.course.tests(step.test_set)
    at = [one.id for one in tests].index(step.id) + 1
    words = plural(
        "The test has {count} clip. You code it once, and see nothing of what is right before you have "
        "submitted it.",
        "This is clip {at} of {count} of the test. You code each once, and see nothing of what is right before "
        "you have submitted the last.",
        len(tests),
        at=at,
    )
    return "\n\n".join(filter(None, (step.text, words)))
