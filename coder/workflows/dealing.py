"""The arithmetic of a draw: how many of each stratum, and who gets which session."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

Key = tuple[str, ...]
"""A stratum: a value of each thing that divides the sessions."""


def shares_of(sizes: Mapping[Key, int], share: Fraction) -> dict[Key, int]:
    """How many of each stratum: by largest remainders, at least one of each, none if the share is 0.

    sizes: how many sessions each stratum has, at least one. The sum is the share of all, rounded to the nearest
    whole number (a half upwards), or the number of strata where that is more. Of equal remainders the larger
    stratum comes first, then the one whose name does.
    """
    if share == 0:
        return dict.fromkeys(sizes, 0)
    everything = sum(sizes.values())
    total = int(share * everything + Fraction(1, 2))
    quota = {key: Fraction(total * size, everything) for key, size in sizes.items()}
    counts = {key: max(int(part), 1) for key, part in quota.items()}
    ordered = sorted(sizes, key=lambda key: (-sizes[key], key))
    while sum(counts.values()) < total:
        counts[max(ordered, key=lambda key: quota[key] - counts[key])] += 1
    while sum(counts.values()) > total and any(count > 1 for count in counts.values()):
        shrinkable = [key for key in reversed(ordered) if counts[key] > 1]
        counts[max(shrinkable, key=lambda key: counts[key] - quota[key])] -= 1
    return counts


def dealt(
    sessions: Iterable[str],
    free: Mapping[str, Sequence[str]],
    loads: Mapping[str, int],
    rank: Callable[[str], str],
) -> dict[str, str]:
    """Session id -> coder id, so that the loads are as even as can be.

    Each session goes to the least loaded coder who may have it; then, as long as a chain of coders leads from one
    to another with at least two less, each of the chain hands one on (Harvey et al., Semi-matchings for bipartite
    graphs and load balancing, 2006: no such chain is left exactly when it is optimal).
    """
    held = dict(loads)
    given: dict[str, str] = {}
    for session in sorted(sessions, key=lambda one: (len(free[one]), rank(one))):
        coder = min(free[session], key=lambda who: (held[who], rank(f"{session}/{who}")))
        given[session] = coder
        held[coder] += 1
    while chain := _chain(given, free, held):
        for session, coder in chain:
            held[given[session]] -= 1
            held[coder] += 1
            given[session] = coder
    return given


def _chain(
    given: Mapping[str, str], free: Mapping[str, Sequence[str]], held: Mapping[str, int]
) -> list[tuple[str, str]]:
    """Which sessions change hands, and to whom, so that a heavily loaded coder has one less; [] if none do."""
    mine: dict[str, list[str]] = defaultdict(list)
    for session, coder in given.items():
        mine[coder].append(session)
    for start in sorted(mine, key=lambda who: (-held[who], who)):
        came: dict[str, tuple[str, str]] = {}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for session, taker in ((one, who) for one in mine[giver] for who in free[one]):
                if taker == start or taker in came:
                    continue
                came[taker] = (session, giver)
                waiting.append(taker)
                if held[taker] <= held[start] - 2:
                    return _back(came, taker, start)
    return []


def _back(came: Mapping[str, tuple[str, str]], taker: str, start: str) -> list[tuple[str, str]]:
    chain = []
    while taker != start:
        session, giver = came[taker]
        chain.append((session, taker))
        taker = giver
    return chain
