"""The words in which reasons speak of persons, things, acts and times."""

from collections.abc import Iterable, Sequence

from coder.model.time import SECOND_US, Span
from studio.acts import Act, other
from studio.masters.material import Material, span_of
from studio.telling import minutes, worded

NOT_TOLD = ("look", "close_eyes", "still_face")
"""Acts that are no doings: where somebody looks is told otherwise."""


def deed(act: Act) -> str:
    """“plays with the ball”, “says “Hello.””: what the person does, in words."""
    return worded(act, f"the {other(act.who)}")


def does(act: Act) -> str:
    """“the child plays with the ball”."""
    return f"the {act.who} {deed(act)}"


def at(time_us: int) -> str:
    """“0:13.8”: when, as people read clocks."""
    return minutes(time_us)


def lasting(span_us: int) -> str:
    """“3.2 s”."""
    return f"{span_us / SECOND_US:.1f} s"


def listed(parts: Sequence[str]) -> str:
    """“a, b and c”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def sentence(text: str) -> str:
    """The text with a capital letter in front and a full stop behind."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?", ".”", "!”", "?”")) else ".")


def told(*parts: str) -> str:
    """Sentences in a row, without those that are empty."""
    return " ".join(sentence(part) for part in parts if part)


def during(material: Material, span: Span, who: str, leave: Iterable[str] = NOT_TOLD) -> list[Act]:
    """What a person does while `span` lasts, in order; acts that only reach a little way into it are left out."""
    left = set(leave)
    found = []
    for act in material.acts:
        shared = span_of(act).intersection(span)
        if act.who == who and act.verb not in left and shared:
            whole = min(span_of(act).duration_us, span.duration_us)
            if 2 * shared.duration_us >= whole:
                found.append(act)
    return found


def quoted(label: str) -> str:
    """A code as people know it."""
    return f"“{label}”"
