"""What a trainee does again and again, beyond chance: the habits behind the differences from masters.

Of one attempt, or of several together. Each habit has a plain threshold that is told where it is computed; a
sound coder crosses one by chance less often than `habits.CHANCE`, and from fewer than `habits.LEAST` cases
nothing is said.
"""

from collections.abc import Collection, Sequence

from coder.model.scheme import Scheme
from coder.training.differences import differences
from coder.training.habits import Beside, Habit, Pattern, Place
from coder.training.habits_of_codes import confusions, detail_habits, gap_habits, usage
from coder.training.habits_of_misses import miss_habits
from coder.training.habits_of_ratings import rating_habits
from coder.training.habits_of_timing import timing_habits
from coder.training.marks import marks

__all__ = ["Beside", "Habit", "Pattern", "Place", "patterns"]


def patterns(clips: Sequence[Beside], scheme: Scheme, tiers: Collection[str] = ()) -> tuple[Pattern, ...]:
    """The habits that the attempts show together, those with most time in dispute first; () if there are none.

    clips: in the order in which they were coded. tiers: ids of those in play, () for all.
    """
    met = [marks(*clip, scheme, tiers) for clip in clips]
    differing = [differences(*clip, scheme, tiers) for clip in clips]
    mixed_up = [*confusions(met)]
    pairs = {(one.tier, frozenset((one.code or "", one.other or ""))) for one in mixed_up}
    missed = [*miss_habits(met, pairs)]
    explained = {(one.tier, code) for one in (*mixed_up, *missed) for code in (one.code, one.other) if code}
    found = [
        *mixed_up,
        *missed,
        *usage(met, explained),
        *detail_habits(met, differing),
        *gap_habits(clips, scheme, tiers),
        *rating_habits(clips, scheme, tiers),
        *timing_habits(met),
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight_us, one.chance)))
