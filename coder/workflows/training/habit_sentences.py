"""Habits in words: what a trainee does again and again, how often of how many, and what helps."""

from collections.abc import Callable

from coder.language import later, plural, tr
from coder.model.scheme import Modifier, Option, Scheme
from coder.model.time import clock
from coder.training.habits import Habit, Pattern


def pattern_words(pattern: Pattern, scheme: Scheme) -> str:
    """One or two sentences about a habit: what, how often of how many; then what helps.

    scheme: in the language that is spoken.
    """
    said = _SAID[pattern.habit](pattern, scheme)
    help_ = tr(_ONE_SIDED[bool(pattern.value)]) if _is_open(pattern) else tr(_HELPS[pattern.habit])
    if pattern.tier and pattern.habit in _OF_A_TIER:
        return tr("{tier}: {said} {help}", tier=scheme.tier(pattern.tier).label, said=said, help=help_)
    return tr("{said} {help}", said=said, help=help_)


_OF_A_TIER = (Habit.LATE, Habit.EARLY, Habit.UNSTEADY, Habit.SHORT_MISSED, Habit.DETAIL)
"""Habits whose sentences do not name what they are about; the tier stands before them if it is one."""

_HELPS = {
    Habit.LATE: later("Step back from where you noticed it to the first frame that shows it, and mark there."),
    Habit.EARLY: later("Wait until it can be seen, then step back to the first frame that shows it."),
    Habit.UNSTEADY: later("Go to each change frame by frame before you mark it."),
    Habit.SHORT_MISSED: later("Watch at half the speed where much happens."),
    Habit.MISSED: later("Read the definition again, then look at each of them."),
    Habit.EXTRA: later("Read the definition again: what must be seen for it, and what is not enough?"),
    Habit.BUNCHED: later("Watch that stretch again without coding, then code it anew."),
    Habit.BUSY: later("Watch such moments once for each tier."),
    Habit.CONFUSED: later(
        "Read both definitions side by side: what can be seen in the one and never in the other?"
    ),
    Habit.OVERUSED: later("Read the definition again: what is not enough for it?"),
    Habit.UNDERUSED: later("Read the definition again: what is enough for it?"),
    Habit.GAPS: later("Where nothing fits, the tier has a code for that, too."),
    Habit.DETAIL: later("Read what the scheme says of both."),
    Habit.HIGHER: later("Read what the scale says of each number before you rate."),
    Habit.LOWER: later("Read what the scale says of each number before you rate."),
    Habit.MIDDLE: later("The ends of the scale are there to be used: read what it says of them."),
    Habit.TURNED: later("Read what the lowest and the highest number mean for this item."),
    Habit.LATER: later("Take a break sooner, and step back to the first frame that shows a change."),
    Habit.BLINDER: later("Read its definition again before the next session."),
}


_ONE_SIDED = {
    True: later("Go through all the questions of each event before you leave it."),
    False: later("Read what the scheme says of when it is asked for."),
}
"""What helps where only one of the two says anything of a detail. True: it is the master."""


def _late(one: Pattern, _: Scheme) -> str:
    return tr(
        "You mark late: {count} of the {of} marks that the master has, too, come late, typically by {by} s.",
        by=_seconds(one.by),
        count=one.count,
        of=one.of,
    )


def _early(one: Pattern, _: Scheme) -> str:
    return tr(
        "You mark early: {count} of the {of} marks that the master has, too, come early, typically by {by} s.",
        by=_seconds(one.by),
        count=one.count,
        of=one.of,
    )


def _unsteady(one: Pattern, _: Scheme) -> str:
    return tr(
        "Your marks scatter: {count} of {of} lie far from where you usually mark.", count=one.count, of=one.of
    )


def _short_missed(one: Pattern, scheme: Scheme) -> str:
    code = _code(one, scheme)
    if one.count == one.of and code:
        return tr("All {count} of your misses are “{code}”, shorter than one second.", count=one.count, code=code)
    if one.count == one.of:
        return tr("All {count} of your misses are shorter than one second.", count=one.count)
    if code:
        return tr(
            "{count} of your {of} misses are “{code}”, shorter than one second.",
            count=one.count,
            of=one.of,
            code=code,
        )
    return tr("{count} of your {of} misses are shorter than one second.", count=one.count, of=one.of)


def _missed(one: Pattern, scheme: Scheme) -> str:
    counts = {"count": one.count, "of": one.of}
    if one.code is not None:
        return tr("You miss “{code}”: {count} of {of}.", code=_code(one, scheme), **counts)
    if one.tier:
        return tr("You miss events of “{tier}”: {count} of {of}.", tier=scheme.tier(one.tier).label, **counts)
    return tr("You miss events: {count} of {of}.", **counts)


def _extra(one: Pattern, scheme: Scheme) -> str:
    counts = {"count": one.count, "of": one.of}
    if one.code is not None:
        return tr(
            "You mark “{code}” where the master has nothing of it: {count} of your {of}.",
            code=_code(one, scheme),
            **counts,
        )
    if one.tier:
        tier = scheme.tier(one.tier).label
        return tr("You mark what the master does not have in “{tier}”: {count} of your {of}.", tier=tier, **counts)
    return tr("You mark what the master does not have: {count} of your {of}.", **counts)


def _bunched(one: Pattern, _: Scheme) -> str:
    return tr(
        "Your misses lie close together: {count} of {of} within {by} s from {time} on.",
        count=one.count,
        of=one.of,
        by=f"{one.by:.0f}",
        time=clock(one.places[0].span.start_us),
    )


def _busy(one: Pattern, _: Scheme) -> str:
    return tr(
        "You miss what begins just when something else begins: {count} of your {of} misses.",
        count=one.count,
        of=one.of,
    )


def _confused(one: Pattern, scheme: Scheme) -> str:
    return tr(
        "You mix up “{code}” and “{other}”: {count} of {of}.",
        code=_code(one, scheme),
        other=scheme.name_of(one.tier, one.other or ""),
        count=one.count,
        of=one.of,
    )


def _overused(one: Pattern, scheme: Scheme) -> str:
    words = {"code": _code(one, scheme), "count": one.count, "of": one.of}
    return tr("You have “{code}” more often than the master: {count} against {of}.", **words)


def _underused(one: Pattern, scheme: Scheme) -> str:
    words = {"code": _code(one, scheme), "count": one.count, "of": one.of}
    return tr("You have “{code}” less often than the master: {count} against {of}.", **words)


def _gaps(one: Pattern, scheme: Scheme) -> str:
    return plural(
        "“{tier}” must have a code at all times; you left {count} gap of {by} s.",
        "“{tier}” must have a code at all times; you left {count} gaps, {by} s in all.",
        one.count,
        tier=scheme.tier(one.tier).label,
        by=_seconds(one.by),
    )


def _is_open(one: Pattern) -> bool:
    return one.habit is Habit.DETAIL and not (one.value and one.other_value)


def _detail(one: Pattern, scheme: Scheme) -> str:
    if _is_open(one):
        words = {
            "detail": detail_name(scheme, one.tier, one.detail),
            "value": value_name(scheme, one.tier, one.detail, one.value or one.other_value),
            "count": one.count,
            "of": one.of,
        }
        if one.value:
            return tr("You leave “{detail}” open where the master has “{value}”: {count} of {of}.", **words)
        return tr("You say “{value}” of “{detail}” where the master leaves it open: {count} of {of}.", **words)
    return tr(
        "Of “{detail}” you mix up “{value}” and “{other}”: {count} of {of}.",
        detail=detail_name(scheme, one.tier, one.detail),
        value=value_name(scheme, one.tier, one.detail, one.value),
        other=value_name(scheme, one.tier, one.detail, one.other_value),
        count=one.count,
        of=one.of,
    )


def _higher(one: Pattern, _: Scheme) -> str:
    words = {"count": one.count, "of": one.of, "by": f"{one.by:.1f}"}
    return tr("You rate higher than the master: {count} of {of} ratings, by {by} points on average.", **words)


def _lower(one: Pattern, _: Scheme) -> str:
    words = {"count": one.count, "of": one.of, "by": f"{one.by:.1f}"}
    return tr("You rate lower than the master: {count} of {of} ratings, by {by} points on average.", **words)


def _middle(one: Pattern, _: Scheme) -> str:
    words = {"count": one.count, "of": one.of}
    return tr(
        "You keep to the middle of the scale: {count} of {of} ratings lie nearer to it than the master’s.", **words
    )


def _turned(one: Pattern, scheme: Scheme) -> str:
    return tr(
        "You seem to read the scale of “{item}” the wrong way round: {count} of {of} ratings.",
        item=_code(one, scheme),
        count=one.count,
        of=one.of,
    )


def _later(one: Pattern, _: Scheme) -> str:
    return tr(
        "You mark later from attempt to attempt: by {by} s at the first of {count}, by {until} s at the last.",
        by=_seconds(one.by, signed=True),
        until=_seconds(one.until, signed=True),
        count=one.count,
    )


def _blinder(one: Pattern, scheme: Scheme) -> str:
    return tr(
        "You see “{code}” less and less: {by} missed at the first attempt, {until} at the last.",
        code=_code(one, scheme),
        by=_share(one.by),
        until=_share(one.until),
    )


_SAID: dict[Habit, Callable[[Pattern, Scheme], str]] = {
    Habit.LATE: _late,
    Habit.EARLY: _early,
    Habit.UNSTEADY: _unsteady,
    Habit.SHORT_MISSED: _short_missed,
    Habit.MISSED: _missed,
    Habit.EXTRA: _extra,
    Habit.BUNCHED: _bunched,
    Habit.BUSY: _busy,
    Habit.CONFUSED: _confused,
    Habit.OVERUSED: _overused,
    Habit.UNDERUSED: _underused,
    Habit.GAPS: _gaps,
    Habit.DETAIL: _detail,
    Habit.HIGHER: _higher,
    Habit.LOWER: _lower,
    Habit.MIDDLE: _middle,
    Habit.TURNED: _turned,
    Habit.LATER: _later,
    Habit.BLINDER: _blinder,
}


def _code(one: Pattern, scheme: Scheme) -> str:
    return "" if one.code is None else scheme.name_of(one.tier, one.code)


def _seconds(value: float, *, signed: bool = False) -> str:
    return f"{value:.2f}" if signed else f"{abs(value):.2f}"


def _share(value: float) -> str:
    return f"{value:.0%}".replace("%", "\u202f%")


def detail_name(scheme: Scheme, tier: str, detail: str) -> str:
    """What a detail of a tier's events is called."""
    found = _modifier(scheme, tier, detail)
    return detail if found is None else found.label


def value_name(scheme: Scheme, tier: str, detail: str, value: str) -> str:
    """What was chosen, option by option; `nothing` if nothing was."""
    if not value:
        return tr("nothing")
    found = _modifier(scheme, tier, detail)
    options: dict[str, Option] = {} if found is None else {one.id: one for one in found.options}
    return ", ".join(options[part].label if part in options else part for part in value.split(","))


def _modifier(scheme: Scheme, tier: str, detail: str) -> Modifier | None:
    codes = scheme.tier(tier).codes
    return next((one for code in codes for one in code.modifiers if one.id == detail), None)
