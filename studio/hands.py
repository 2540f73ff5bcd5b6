"""Who has what in hand, when: worked out from the acts of a script alone, with every impossibility named.

A toy is held by one person at a time; it is taken from the table in reach or from a held-out hand; a hand does one
thing at a time. Standard library only: this module also runs where the pictures are rendered.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from studio.acts import BODY, BOTH_HANDS, FACE, HEAD, PEOPLE, VOICE, Act, contact_us, other

MIDDLE = "middle"
ROOM_BETWEEN_VOICES_US = 400_000
SOONEST_TAKE_US = 400_000
_MOVES = frozenset({"take", "put_down", "roll"})
_USES = frozenset({"offer", "show", "play", "reach"})


@dataclass(frozen=True)
class Stay:
    """Where one toy is over [start_us, end_us): in `holder`'s hand, or (holder None) on the table at `place`.

    `place` is "middle", or "parent" / "child" (the table in front of that person); None while held.
    """

    toy: str
    holder: str | None
    place: str | None
    start_us: int
    end_us: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with one act (by its index), and how to mend it."""

    index: int
    text: str


@dataclass
class _Toy:
    """One toy while its way is followed."""

    name: str
    stays: list[Stay]
    offered: Act | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def now(self) -> Stay:
        return self.stays[-1]

    def goes(self, at_us: int, holder: str | None, place: str | None) -> None:
        length_us = self.now.end_us
        self.stays[-1] = replace(self.now, end_us=at_us)
        self.stays.append(Stay(self.name, holder, place, at_us, length_us))

    def fault(self, act: Act, text: str) -> None:
        self.faults.append(Fault(act.index, text))


def end_us(act: Act) -> int:
    """The end of an act; every act of a resolved script has one."""
    assert act.end_us is not None
    return act.end_us


def toy_stays(
    acts: tuple[Act, ...], start: dict[str, str], length_us: int
) -> tuple[dict[str, list[Stay]], list[Fault]]:
    """Follow each toy of `start` (toy -> place at 0) through the acts; its stays tile [0, length_us)."""
    stays: dict[str, list[Stay]] = {}
    faults: list[Fault] = []
    for name, place in start.items():
        toy = _Toy(name, [Stay(name, None, place, 0, length_us)])
        mine = [a for a in acts if a.target == name and a.verb in _MOVES | _USES]
        for act in sorted(mine, key=lambda a: contact_us(a) if a.verb in _MOVES else a.start_us):
            _step(toy, act)
        stays[name] = toy.stays
        faults += toy.faults
    return stays, faults


def _step(toy: _Toy, act: Act) -> None:
    held_by, mine = toy.now.holder, toy.now.holder == act.who
    reachable = held_by is None and toy.now.place in (MIDDLE, act.who)
    if act.verb == "take":
        _take(toy, act)
    elif act.verb == "put_down" and mine:
        place = {"own": act.who, "other": other(act.who)}.get(act.where or "own", MIDDLE)
        toy.goes(contact_us(act), None, place)
    elif act.verb == "roll" and (mine or reachable):
        toy.goes(contact_us(act), None, other(act.who))
    elif act.verb == "offer" and mine:
        toy.offered = act
    elif (act.verb == "show" and mine) or (act.verb == "play" and (mine or reachable)) or act.verb == "reach":
        pass
    elif act.verb in ("put_down", "offer", "show"):
        toy.fault(act, f"the {act.who} does not hold the {toy.name} then; let it take the {toy.name} before")
    else:
        toy.fault(act, f"the {toy.name} is out of reach then ({_whereabouts(toy)}); bring it nearer")


def _take(toy: _Toy, act: Act) -> None:
    grasp_us, now = contact_us(act), toy.now
    offer = toy.offered
    if now.holder == act.who:
        toy.fault(act, f"the {act.who} holds the {toy.name} already; leave this act out")
    elif now.holder is None and now.place not in (MIDDLE, act.who):
        toy.fault(act, f"the {toy.name} is out of reach then ({_whereabouts(toy)}); bring it nearer")
    elif now.holder is not None and act.kind != "away":
        if offer is None or offer.who != now.holder or not offer.start_us <= grasp_us <= end_us(offer):
            toy.fault(act, f"the {now.holder} holds the {toy.name} and does not offer it; add an offer before")
        elif act.start_us < offer.start_us + SOONEST_TAKE_US:
            toy.fault(act, "nobody takes an offered toy so soon; start it 0.5 to 1.5 s after the offer")
    toy.offered = None
    if now.holder != act.who:
        toy.goes(grasp_us, act.who, None)


def _whereabouts(toy: _Toy) -> str:
    now = toy.now
    return f"the {now.holder} holds it" if now.holder else f"it lies before the {now.place}"


def hand_faults(acts: tuple[Act, ...], stays: dict[str, list[Stay]]) -> list[Fault]:
    """Acts for which a person would need a third hand, or a hand that is busy."""
    faults: list[Fault] = []
    for who in PEOPLE:
        busy = [(s.start_us, s.end_us, 1) for toy in stays.values() for s in toy if s.holder == who]
        mine = [a for a in acts if a.who == who]
        for act in mine:
            need = _hands_needed(act, stays)
            span = _free_hand_span(act)
            at_once = _same_toy_at_once(act, mine)
            if act.verb == "leave" and any(a < end_us(act) and act.start_us < b for a, b, _ in busy):
                faults.append(Fault(act.index, f"the {who} leaves with a toy in hand; put it down before"))
            elif need and not at_once and sum(n for a, b, n in busy if a < span[1] and span[0] < b) + need > 2:
                faults.append(Fault(act.index, f"the {who}'s hands are full then; put a toy down before"))
            busy += [(*span, need)] if need else []
            faults += at_once
    return faults


def _free_hand_span(act: Act) -> tuple[int, int]:
    """When an act needs a hand beside those that hold toys: a take does so until its grasp."""
    return act.start_us, contact_us(act) if act.verb == "take" else end_us(act)


def _hands_needed(act: Act, stays: dict[str, list[Stay]]) -> int:
    if act.verb in BOTH_HANDS:
        return 2
    if act.verb in ("play", "roll") and act.target in stays:
        return 0 if _holder_at(stays[act.target], act.start_us) == act.who else 1
    return 1 if act.verb in ("take", "reach", "point", "wave", "touch", "tickle") else 0


def _holder_at(stays: list[Stay], at_us: int) -> str | None:
    return next((s.holder for s in stays if s.start_us <= at_us < s.end_us), None)


def _same_toy_at_once(act: Act, mine: list[Act]) -> list[Fault]:
    """A hand on one toy does one act at a time (checked against the acts that began before)."""
    if act.verb not in _MOVES | _USES:
        return []
    return [
        Fault(act.index, f"the {act.who} is still busy with the {act.target} then; start it {_later(act, before)}")
        for before in mine
        if before.index < act.index
        and before.target == act.target
        and before.verb in _MOVES | _USES
        and end_us(before) > act.start_us
    ]


def _later(act: Act, before: Act) -> str:
    return f"{(end_us(before) - act.start_us) / 1e6:.2f} s later or shorten the act before"


def clash_faults(acts: tuple[Act, ...], meant: frozenset[int]) -> list[Fault]:
    """Two faces, voices or postures of one person at once; two voices too near each other (unless `meant`)."""
    faults: list[Fault] = []
    for group, name in ((FACE, "face"), (VOICE, "voice"), (BODY, "posture"), (HEAD, "nod")):
        for who in PEOPLE:
            mine = [a for a in acts if a.who == who and a.verb in group]
            for before, act in pairwise(mine):
                if end_us(before) > act.start_us:
                    text = f"the {who} has two acts of {name} at once; start it {_later(act, before)}"
                    faults.append(Fault(act.index, text))
    voices = [a for a in acts if a.verb in VOICE]
    for before, act in pairwise(voices):
        near = end_us(before) + ROOM_BETWEEN_VOICES_US > act.start_us
        if before.who != act.who and near and act.index not in meant:
            late = (end_us(before) + ROOM_BETWEEN_VOICES_US - act.start_us) / 1e6
            text = f"it runs into the {before.who}'s voice; start it {late:.2f} s later or write overlap = true"
            faults.append(Fault(act.index, text))
    return faults
