"""How fast the film runs: the speeds there are, and what the keys make of them."""

from dataclasses import dataclass

RATES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Motion:
    """Whether the film runs, and its rate: below 0 backwards; while it stands the one at which it would play."""

    playing: bool = False
    rate: float = 1.0


_SHUTTLE = (-4.0, -2.0, -1.0, 1.0, 2.0, 4.0)


def rate_text(rate: float) -> str:
    """`0.5 ×`: a playing speed; with a minus sign backwards."""
    return f"{'−' if rate < 0 else ''}{abs(rate):g} ×"


def stepped(rate: float, by: int) -> float:
    """The next speed of `RATES` above (by 1) or below (by -1), in the present direction."""
    speeds = [speed for speed in RATES if (speed - abs(rate)) * by > 0]
    speed = abs(rate) if not speeds else min(speeds) if by > 0 else max(speeds)
    return speed if rate > 0 else -speed


def shuttled(rate: float | None, by: int) -> float:
    """What J (by -1) and L (by 1) do, as in film editors: one rung along −4 −2 −1 1 2 4.

    From standing (None) the first press plays at normal speed in its own direction, each further one is faster.
    The other key goes down again rung by rung, and from normal speed it turns round. A speed between two rungs
    goes to the next rung.
    """
    if rate is None:
        return float(by)
    rungs = [rung for rung in _SHUTTLE if (rung - rate) * by > 0]
    return rate if not rungs else min(rungs) if by > 0 else max(rungs)
