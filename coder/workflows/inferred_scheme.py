"""The scheme of files of events: one that is installed and knows all their codes, else one made up from them."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from coder.formats.events_outline import Mark, Outline
from coder.language import tr
from coder.model.problem import FormatError, Problem
from coder.model.scheme import (
    NOT_RATED,
    RATING,
    Code,
    Modifier,
    Option,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Tier,
    TierKind,
)
from coder.workflows.scheme_library import own_entries, shipped_entries

_NAMELESS = ("inferred", "0", "")
_STATES, _MOMENTS = "states", "moments"


def installed_scheme(outlines: Sequence[Outline]) -> Scheme | None:
    """The installed scheme that the files were coded with, or that has all their tiers and codes, if there is one.

    Where the files state a scheme only that very one counts; else, of several, the one with the fewest codes.
    """
    entries = (*shipped_entries(), *own_entries())
    found = [one.scheme for one in entries if one.usable and one.scheme is not None]
    if any(stated := stated_scheme(outlines)):
        fitting = [one for one in found if _is(one.id, stated)]
    else:
        fitting = [one for one in found if _knows(one, outlines)]
    return min(fitting, key=lambda one: sum(1 for _ in one.codes()), default=None)


def inferred_scheme(outlines: Sequence[Outline]) -> Scheme:
    """A scheme of just the tiers and codes that the files hold, each as it occurs, in the order of the first file.

    A tier whose events are all moments is one of points, one whose events all have a rating one of ratings, any
    other one of states; it is exclusive if no two of its events overlap in any of the files. Events without a tier
    are put on one of states, or one of moments. Raises FormatError if there is nothing to infer from.
    """
    marks = [mark for one in outlines for mark in one.marks]
    if not marks:
        what = tr("Neither file holds an event, so there is nothing to compare.")
        raise FormatError(Problem(what))
    if any(mark.answered for mark in marks):
        what = tr("The files say what answers what, and only their scheme knows what may.")
        raise FormatError(Problem(what, hint=tr("Name the scheme with --scheme.")))
    name, version, sha256 = (
        stated or usual for stated, usual in zip(stated_scheme(outlines), _NAMELESS, strict=True)
    )
    placed = _placed(marks)
    rows: dict[str, list[list[Mark]]] = {tier: [[] for _ in outlines] for tier in placed.values()}
    for number, one in enumerate(outlines):
        for mark in one.marks:
            rows[placed[mark.tier, mark.code]][number].append(mark)
    tiers = tuple(_tier(tier, by_file) for tier, by_file in rows.items())
    return Scheme(SchemeId(name, version, sha256), name, "", "", "en", "", tiers)


def stated_scheme(outlines: Sequence[Outline]) -> tuple[str, str, str]:
    """The first file that states a scheme has it; reading the other one tells if it states another."""
    return next((one.scheme for one in outlines if any(one.scheme)), ("", "", ""))


def _is(scheme: SchemeId, stated: tuple[str, str, str]) -> bool:
    ours = (scheme.name, scheme.version, scheme.sha256)
    return all(said in ("", own) for said, own in zip(stated, ours, strict=True))


def _knows(scheme: Scheme, outlines: Sequence[Outline]) -> bool:
    places = {(mark.tier, mark.code) for one in outlines for mark in one.marks}
    known = [(tier.id, code.id) for tier, code in scheme.codes()]
    codes = [code for _, code in known]
    return bool(places) and all((tier, code) in known if tier else codes.count(code) == 1 for tier, code in places)


def _placed(marks: Iterable[Mark]) -> dict[tuple[str, str], str]:
    """The tier of each (tier that the file names, code)."""
    lasting: dict[tuple[str, str], bool] = {}
    for mark in marks:
        place = mark.tier, mark.code
        lasting[place] = lasting.get(place, False) or mark.end_us > mark.start_us
    return {place: place[0] or (_STATES if lasts else _MOMENTS) for place, lasts in lasting.items()}


def _tier(tier: str, rows: Sequence[Sequence[Mark]]) -> Tier:
    """rows: its events in each file."""
    marks = [mark for row in rows for mark in row]
    ratings = [value for mark in marks for name, value in mark.modifiers if name == RATING]
    kind = TierKind.STATE
    if len(ratings) == len(marks) and (scale := _scale(ratings)) is not None:
        return Tier(tier, tier, Stream.SESSION, TierKind.RATING, _codes(marks, scale), scale=scale)
    if all(mark.start_us == mark.end_us for mark in marks):
        kind = TierKind.POINT
    exclusive = kind is TierKind.STATE and not any(map(_overlap, rows))
    return Tier(tier, tier, Stream.SESSION, kind, _codes(marks), exclusive=exclusive)


def _overlap(row: Iterable[Mark]) -> bool:
    """True if any two share time."""
    latest = 0
    for mark in sorted(row, key=lambda one: one.start_us):
        if mark.start_us < latest:
            return True
        latest = max(latest, mark.end_us)
    return False


def _scale(ratings: Iterable[str]) -> Scale | None:
    numbers = [rating for rating in ratings if rating != NOT_RATED]
    if not numbers or not all(number.lstrip("-").isdigit() for number in numbers):
        return None
    found = sorted(map(int, numbers))
    return Scale(found[0], max(found[-1], found[0] + 1), na="not rated")


def _codes(marks: Sequence[Mark], scale: Scale | None = None) -> tuple[Code, ...]:
    known = dict.fromkeys(code for mark in marks for code in (mark.code, *mark.either))
    by_code = {code: list(group) for code, group in groupby(sorted(marks, key=_code_of), key=_code_of)}
    return tuple(Code(code, code, "", "", modifiers=_modifiers(by_code.get(code, []), scale)) for code in known)


def _code_of(mark: Mark) -> str:
    return mark.code


def _modifiers(marks: Iterable[Mark], scale: Scale | None) -> tuple[Modifier, ...]:
    values: dict[str, list[str]] = {}
    for mark in marks:
        for name, value in mark.modifiers:
            values.setdefault(name, []).append(value)
    if scale is not None:
        values[RATING] = [*map(str, range(scale.low, scale.high + 1)), NOT_RATED]
    return tuple(_modifier(name, found) for name, found in values.items())


def _modifier(name: str, values: Iterable[str]) -> Modifier:
    chosen = [[part.strip() for part in value.split(",")] for value in values]
    kind = "multi" if any(len(parts) > 1 for parts in chosen) else "single"
    options = dict.fromkeys(part for parts in chosen for part in parts)
    return Modifier(name, name, kind, tuple(Option(part, part, "") for part in options))
