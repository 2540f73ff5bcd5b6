"""Where a film lies on the session's clock, in words."""

from coder.language import grouped, plural, tr
from coder.model.time import MILLISECOND_US, SECOND_US
from coder.workflows.cameras import Proposal

_HOUR_S = 3600


def offset_words(camera: str, offset_us: int) -> str:
    """`camera b begins 1.500 s later.`"""
    seconds = f"{abs(offset_us) / SECOND_US:.3f}"
    if offset_us > 0:
        return tr("{camera} begins {seconds} s later.", camera=camera, seconds=seconds)
    if offset_us < 0:
        return tr("{camera} begins {seconds} s earlier.", camera=camera, seconds=seconds)
    return tr("{camera} begins with the session.", camera=camera)


def skew_words(skew_ppm: int) -> str:
    """`Its clock runs 120 ppm fast: 0.43 s an hour.`"""
    ppm, seconds = grouped(abs(skew_ppm)), f"{abs(skew_ppm) * _HOUR_S / SECOND_US:.2f}"
    if skew_ppm > 0:
        return tr("Its clock runs {ppm} ppm fast: {seconds} s an hour.", ppm=ppm, seconds=seconds)
    if skew_ppm < 0:
        return tr("Its clock runs {ppm} ppm slow: {seconds} s an hour.", ppm=ppm, seconds=seconds)
    return tr("Its clock runs like the session’s.")


def sureness_words(proposal: Proposal) -> str:
    """How sure a proposal is: how many places agree, and to how many milliseconds."""
    count = len(proposal.matches)
    if not proposal.enough:
        return proposal.remark or tr("The places that were found do not agree.")
    within = f"{max(proposal.uncertainty_us / MILLISECOND_US, 1):.0f}"
    if proposal.sound:
        sure = plural(
            "Found at {count} place; right to within {within} ms.",
            "Found at {count} places that agree; right to within {within} ms.",
            count,
            within=within,
        )
    else:
        sure = plural(
            "From {count} pair; right to within {within} ms.",
            "From {count} pairs; right to within {within} ms.",
            count,
            within=within,
        )
    return f"{sure} {proposal.remark}".strip()


def offset_text(offset_us: int) -> str:
    """`+1.500 s`, for a table."""
    return f"{offset_us / SECOND_US:{'+' if offset_us else ''}.3f} s"


def skew_text(skew_ppm: int) -> str:
    """`+120 ppm`, for a table."""
    return f"{skew_ppm:{'+' if skew_ppm else ''},} ppm"
