"""Scores of clips that can be read: `clip("A 17/20 4/5")`.

In clip A the trainee has the right code of `look` in 17 of 20 seconds and found 4 of the master's 5 moments of
`v`. `A#2` is a second attempt, `A*` a clip that the trainee had seen before.
"""

from coder.model.training import Attempt, Clip, Score, Step, StepKind
from coder.training.scoring import score
from tests.reliability.drawn import SCHEME, a_pass


def a_step(name: str = "A", tiers: tuple[str, ...] = (), kind: StepKind = StepKind.TEST) -> Step:
    return Step(f"step-{name}", kind, Clip(name, f"{name}.mp4"), f"{name}.csv", f"Clip {name}", tiers=tiers)


def an_attempt(name: str = "A", number: int = 1, *, first_view: bool = True) -> Attempt:
    begun = "2026-01-01T00:00:00+00:00"
    return Attempt(
        f"try-{name}", "course", f"step-{name}", "eve", f"s-{name}", "p", "m", number, first_view, begun
    )


def drawn(
    name: str, master: dict[str, str], trainee: dict[str, str], at: int = 0, *, limits: bool = False, **attempt
) -> Score:
    """The score of two drawings of one clip, submitted as number `at`."""
    a, b = a_pass("a", f"s-{name}", **master), a_pass("b", f"s-{name}", **trainee)
    done_at = f"2026-01-{1 + at // 24:02}T{at % 24:02}:00:00+00:00"
    return score(a_step(name), an_attempt(name, **attempt), done_at, a, b, SCHEME, limits=limits)


def clip(text: str, at: int = 0) -> Score:
    """One clip as in the head of this module, submitted as number `at`."""
    name, right, found = text.split()
    good, of = map(int, right.split("/"))
    hits, seen = map(int, found.split("/"))
    look = ("pt" * of)[:of]
    wrong = "".join("a" if i >= good else letter for i, letter in enumerate(look))
    # four seconds apart, so that none is near another
    cues, marked = "v..." * seen, "v..." * hits + "...." * (seen - hits)
    name, _, number = name.partition("#")
    return drawn(
        name.rstrip("*"),
        {"look": look, "cues": cues},
        {"look": wrong, "cues": marked},
        at,
        number=int(number or 1),
        first_view=not name.endswith("*"),
    )


def clips(*texts: str) -> tuple[Score, ...]:
    """Clips in the order of their submission."""
    return tuple(clip(text, at) for at, text in enumerate(texts))
