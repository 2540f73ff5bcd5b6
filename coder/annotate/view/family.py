"""Which tiers are coded now: all, those of one person, or one alone; and what becomes of the others."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from coder.annotate.families import Family, InPlay, families
from coder.annotate.keymap import CodeKey, Do, Keymap
from coder.annotate.view.content import Place
from coder.annotate.view.layout import STREAM_NAMES
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme


class Families:
    """The families of a scheme, and in `in_play` the one that is coded. begin: where the coder was before."""

    def __init__(self, scheme: Scheme, keymap: Keymap, begin: Place | None, say: Callable[[str], None]) -> None:
        self.all = families(scheme)
        self._scheme = scheme
        self._keymap = keymap
        self._say = say
        known = frozenset(tier.id for tier in scheme.tiers)
        kept = frozenset(begin.tiers) & known if begin is not None else frozenset()
        self.in_play = Watched(InPlay(kept or known, hidden=begin.hidden if begin is not None else False))

    def current(self) -> Family:
        """The family that is in play."""
        for family in self.all:
            if frozenset(family.tiers) == self.in_play.value.tiers:
                return family
        return Family(tuple(tier.id for tier in self._scheme.tiers if tier.id in self.in_play.value))

    def name(self, family: Family) -> str:
        """How a family is called on the screen."""
        if family.tier:
            return self._scheme.tier(family.tier).label
        if len(family.tiers) == len(self._scheme.tiers):
            return tr("All tiers")
        if family.stream is not None:
            return tr(STREAM_NAMES[family.stream])
        return ", ".join(self._scheme.tier(tier).label for tier in family.tiers)

    def choose(self, family: Family) -> None:
        """Code this family from now on."""
        self.in_play.set(replace(self.in_play.value, tiers=frozenset(family.tiers)))
        self._say(tr("In play: {family}", family=self.name(family)))

    def next(self) -> None:
        """The family after this one; after the last, all tiers."""
        at = next((n for n, family in enumerate(self.all) if family == self.current()), -1)
        self.choose(self.all[(at + 1) % len(self.all)])

    def swap_others(self) -> None:
        """Hide the tiers that are not in play, or show them faintly."""
        hidden = not self.in_play.value.hidden
        self.in_play.set(replace(self.in_play.value, hidden=hidden))
        self._say(tr("The other tiers are hidden") if hidden else tr("The other tiers are shown faintly"))

    def check(self, meaning: CodeKey) -> None:
        """Raises CodingError if a code's tier is not in play."""
        if meaning.tier.id not in self.in_play.value:
            what = tr("“{code}” belongs to a tier that is not in play.", code=meaning.code.label)
            hint = tr("To code it: {command}.", command=self._keymap.command(Do.FAMILY).hint)
            raise CodingError(Problem(what, hint=hint))

    def placed(self, place: Place) -> Place:
        """The place with what is in play."""
        in_play = self.in_play.value
        tiers = () if len(in_play.tiers) == len(self._scheme.tiers) else tuple(sorted(in_play.tiers))
        return replace(place, tiers=tiers, hidden=in_play.hidden)

    def commands(self) -> Mapping[Do, Callable[[], None]]:
        """What the keys of families do."""
        return {Do.FAMILY: self.next, Do.OTHERS: self.swap_others}
