"""Moving what was coded with one version of a scheme to another: a plan word by word, decided by a person.

A word is a code, or one value of a code's details. The plan proposes what it can; a word that has gone is left
open, and one whose meaning changed waits until somebody has read the change. `recoded` then makes the events.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from coder.model.coding import NOTHING, CodingPass, Event
from coder.model.scheme import RATING, Code, Modifier, Option, Scheme, Tier, TierKind
from coder.model.scheme_changes import Difference, code_differences, option_differences, paired, tier_differences

_MOST_NUMBERS = 100


@dataclass(frozen=True, slots=True, order=True)
class Word:
    """A code of a scheme; with `modifier` and `value`, one value of one of its details. All are ids."""

    tier: str
    code: str
    modifier: str = ""
    value: str = ""

    @property
    def of_code(self) -> "Word":
        """The code itself."""
        return Word(self.tier, self.code)

    @property
    def is_detail(self) -> bool:
        """True for a value of a detail."""
        return self.modifier != ""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one word. events: how many events have it.

    new: its word in the new version; None with `decided`: its events (or the detail) are left out. onset_only: a
    state becomes a moment, and how long it lasted is lost. differences: between the old word and the new.
    confirmed: somebody has read those that touch the meaning.
    """

    old: Word
    events: int
    new: Word | None = None
    decided: bool = False
    onset_only: bool = False
    differences: tuple[Difference, ...] = ()
    confirmed: bool = False

    @property
    def asks(self) -> bool:
        """True if the meaning of the word changed, so that a person must confirm it."""
        return any(one.meaning for one in self.differences)

    @property
    def settled(self) -> bool:
        """True if nothing is left to be decided or confirmed."""
        return self.decided and (self.confirmed or not self.asks)

    @property
    def left_out(self) -> bool:
        """True if it has been decided that the word has no place in the new version."""
        return self.decided and self.new is None

    @property
    def plain(self) -> bool:
        """True if the word is the same in both versions, and stays what it is."""
        return self.decided and self.new == self.old and not self.differences


@dataclass(frozen=True)
class Recoding:
    """The plan for one pass: each word that it uses, codes in the order of the old scheme, then their details."""

    old: Scheme
    new: Scheme
    steps: tuple[Step, ...]

    @property
    def unsettled(self) -> tuple[Step, ...]:
        """What a person still has to decide or confirm."""
        return tuple(step for step in self.steps if not step.settled and self._matters(step))

    def step(self, word: Word) -> Step:
        """The step of a word; KeyError if the pass does not use it."""
        return self._steps[word]

    def has(self, word: Word) -> bool:
        """True if the pass uses the word."""
        return word in self._steps

    def covers(self, coding: CodingPass) -> bool:
        """True if the plan knows every word of the pass."""
        return all(self.has(word) for event in coding for word in (*words_of(event, self.old), *as_right(event)))

    def choices(self, word: Word) -> tuple[tuple[Word, bool], ...]:
        """The words of the new version that this one may become, each with whether only its onset is kept."""
        if word.is_detail:
            code = self.step(word.of_code).new
            if code is None:
                return ()
            details = self.new.code(code.tier, code.code).modifiers
            return tuple(
                (replace(code, modifier=detail.id, value=value), False)
                for detail in details
                for value in _values(detail, word.value)
            )
        tier = self.old.tier(word.tier)
        fits = ((other, code, _fit(tier, other)) for other, code in self.new.codes())
        return tuple((Word(other.id, code.id), fit == _ONSET) for other, code, fit in fits if fit)

    def chosen(self, word: Word, new: Word | None, *, confirmed: bool = False) -> "Recoding":
        """The plan with another fate for a word; None leaves it out. What follows from it is proposed anew.

        Raises ValueError if the word cannot become that one.
        """
        onset_only = False
        if new is not None:
            fits = dict(self.choices(word))
            if new not in fits:
                raise ValueError(f"{word} cannot become {new}")
            onset_only = fits[new]
        step = _stepped(self.old, self.new, replace(self.step(word), onset_only=onset_only), new)
        steps = [replace(step, confirmed=confirmed) if one.old == word else one for one in self.steps]
        if not word.is_detail:
            steps = [
                _open(_stepped(self.old, self.new, one, _proposed_detail(self.old, self.new, one.old, new)))
                if one.old.is_detail and one.old.of_code == word
                else one
                for one in steps
            ]
        return replace(self, steps=tuple(steps))

    def confirmed(self, word: Word, *, read: bool = True) -> "Recoding":
        """The plan in which somebody has read what changed about a word, or has not."""
        return replace(
            self,
            steps=tuple(replace(one, confirmed=read) if one.old == word else one for one in self.steps),
        )

    def _matters(self, step: Step) -> bool:
        """False for the details of a code whose events are left out."""
        return not step.old.is_detail or not self.step(step.old.of_code).left_out

    @cached_property
    def _steps(self) -> dict[Word, Step]:
        return {step.old: step for step in self.steps}


def propose(coding: CodingPass, old: Scheme, new: Scheme) -> Recoding:
    """A plan for a pass: the same id stays, a word of a like label is proposed, the rest is left open."""
    used = Counter(word for event in coding for word in words_of(event, old))
    used.update(dict.fromkeys((word for event in coding for word in as_right(event)), 0))
    tiers = paired(old.tiers, new.tiers)
    steps: list[Step] = []
    for tier, code in old.codes():
        word = Word(tier.id, code.id)
        if word in used:
            target = _proposed_code(tier, code, tiers.get(tier.id), new)
            steps.append(_open(_stepped(old, new, Step(word, used[word]), target)))
            details = sorted((one for one in used if one.is_detail and one.of_code == word), key=_place(code))
            for one in details:
                detail = _proposed_detail(old, new, one, target)
                steps.append(_open(_stepped(old, new, Step(one, used[one]), detail)))
    return Recoding(old, new, tuple(steps))


def words_of(event: Event, scheme: Scheme) -> Iterator[Word]:
    """The words that an event uses: its code, and each value of its details."""
    yield Word(event.tier, event.code)
    for modifier, value in event.modifiers:
        for part in parts(_modifier(scheme.code(event.tier, event.code), modifier), value):
            yield Word(event.tier, event.code, modifier, part)


def as_right(event: Event) -> Iterator[Word]:
    """The words that an event names as right as its own: their fate is decided too, though no event has them."""
    return (Word(event.tier, code) for code in event.either if code != NOTHING)


def parts(modifier: Modifier | None, value: str) -> list[str]:
    """The single values that an event holds of a detail."""
    return value.split(",") if modifier is not None and modifier.kind == "multi" else [value]


_SAME, _ONSET = "same", "onset"


def _fit(tier: Tier, other: Tier) -> str:
    """How events of one tier can lie in another: as they are, by their onset only, or "" for not at all.

    Equal intervals must be equal in both: what was judged of 10 s says nothing of 5 s. A moment has no length
    that a state could have.
    """
    if tier.kind is not other.kind:
        return _ONSET if (tier.kind, other.kind) == (TierKind.STATE, TierKind.POINT) else ""
    other_grid = tier.kind is TierKind.INTERVAL and tier.every_us != other.every_us
    return "" if other_grid else _SAME


def _proposed_code(tier: Tier, code: Code, match: Tier | None, new: Scheme) -> Word | None:
    """In the tier that takes the old one's place; else the code of that id in any tier of the same kind."""
    if match is not None and _fit(tier, match) == _SAME:
        found = paired(tier.codes, match.codes).get(code.id)
        if found is not None:
            return Word(match.id, found.id)
    moved = (
        Word(other.id, one.id) for other, one in new.codes() if one.id == code.id and _fit(tier, other) == _SAME
    )
    return None if code.uncodable else next(moved, None)


def _proposed_detail(old: Scheme, new: Scheme, word: Word, target: Word | None) -> Word | None:
    """The value that takes the place of a value; None where nothing does, or where a scale is another one."""
    if target is None:
        return None
    code, other = old.code(word.tier, word.code), new.code(target.tier, target.code)
    detail, match = _modifier(code, word.modifier), paired(code.modifiers, other.modifiers).get(word.modifier)
    if detail is None or match is None:
        return None
    value: str | None = word.value
    if detail.kind != "number" and match.kind != "number":
        scales = detail.id == RATING and [one.id for one in detail.options] != [one.id for one in match.options]
        option = None if scales else paired(detail.options, match.options).get(word.value)
        value = None if option is None else option.id
    fits = value is not None and value in _values(match, word.value)
    return replace(target, modifier=match.id, value=value) if fits and value is not None else None


def _stepped(old: Scheme, new: Scheme, step: Step, target: Word | None) -> Step:
    """The step to another word, decided, with what differs and nothing of that confirmed."""
    found: tuple[Difference, ...] = ()
    word = step.old
    if target is not None:
        tiers = old.tier(word.tier), new.tier(target.tier)
        code, other = tiers[0].code(word.code), tiers[1].code(target.code)
        if word.is_detail and word.modifier != RATING:  # a number that somebody chose needs no second yes
            option = _option(_modifier(code, word.modifier), word.value)
            taken = _option(_modifier(other, target.modifier), target.value)
            if option is not None and taken is not None:
                found = option_differences(word.tier, word.code, option, taken)
        elif not word.is_detail:
            of_tier = tier_differences(old, tiers[0], new, tiers[1])
            found = (*of_tier, *code_differences(old, tiers[0], code, new, tiers[1], other))
    return replace(step, new=target, decided=True, differences=found, confirmed=False)


def _open(step: Step) -> Step:
    """A step that was proposed is open while it leads nowhere: only a person leaves something out."""
    return step if step.new is not None else replace(step, decided=False)


def _modifier(code: Code, modifier_id: str) -> Modifier | None:
    return next((one for one in code.modifiers if one.id == modifier_id), None)


def _option(modifier: Modifier | None, value: str) -> Option | None:
    return next((one for one in modifier.options if one.id == value), None) if modifier is not None else None


def _values(modifier: Modifier, held: str) -> list[str]:
    """The values that a detail can have; of numbers without limits only the one that is held, if it is one."""
    if modifier.kind != "number":
        return [option.id for option in modifier.options]
    if modifier.low is not None and modifier.high is not None and modifier.high - modifier.low <= _MOST_NUMBERS:
        return [str(number) for number in range(modifier.low, modifier.high + 1)]
    number = int(held) if held.isascii() and held.removeprefix("-").isdigit() else None
    low_enough = number is not None and (modifier.high is None or number <= modifier.high)
    high_enough = number is not None and (modifier.low is None or number >= modifier.low)
    return [held] if low_enough and high_enough else []


def _place(code: Code) -> Callable[[Word], tuple[int, int, int, str]]:
    """Details in the order of the scheme, numbers by size; what the scheme does not know comes last."""
    places = {
        (modifier.id, option.id): (at, number)
        for at, modifier in enumerate(code.modifiers)
        for number, option in enumerate(modifier.options)
    }

    def place(word: Word) -> tuple[int, int, int, str]:
        at, number = places.get((word.modifier, word.value), (len(code.modifiers), 0))
        return at, number, len(word.value), word.value

    return place
