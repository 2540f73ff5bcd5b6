"""What is proposed when two films are laid side by side: where one begins, how fast its clock runs, how sure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A moment that was found in both films.

    session_us: when it is on the session's clock. lag_us: how much later that is than on the other film's own
    clock. strength: 0 (no better than the next best place) … 1 (nothing else comes near).
    """

    session_us: int
    lag_us: int
    strength: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """Offset and skew of a film as `Media` keeps them, for a person to accept.

    uncertainty_us: how far the film may still be off anywhere in the shared stretch: two standard errors, and of
    sound the way it had to go. matches: in order of time. sound: found in the sound, not marked by hand. enough:
    the matches agree; where it is False the numbers are a guess at best. remark: one sentence for the person, ""
    if there is nothing to say.
    """

    offset_us: int
    skew_ppm: int
    uncertainty_us: int
    matches: tuple[Match, ...]
    sound: bool
    enough: bool
    remark: str = ""
