"""A scheme in another language: its texts, each with a place of its own, and the same scheme with other words.

Only texts can be translated. Ids, keys, times and numbers are not texts, and the scheme's identity stays that of
the original: whoever codes in German codes with the same instrument and is compared with everybody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from coder.model.scheme import NOT_RATED, OUTCOME, RATING, Code, Link, Modifier, Option, Scheme, SchemeId, Tier

Put = Callable[[str, str], str]
"""What to put in the place of a text: its place, the text, and back comes the text to show."""


@dataclass(frozen=True)
class Translation:
    """Texts of a scheme in another language.

    of: the scheme that was translated. texts: by place, see `texts`. marks: by place the `mark` of the original
    text that was translated, as far as they were kept. translators: who answers for the wording.
    """

    of: SchemeId
    language: str
    translators: tuple[str, ...]
    texts: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)

    def holds(self, scheme: Scheme, place: str, original: str) -> bool:
        """True if there is a text for this place and the scheme still says there what was translated."""
        return place in self.texts and (scheme.id == self.of or self.marks.get(place) == mark(original))


@dataclass(frozen=True)
class Fit:
    """How a translation fits a scheme, in places. used: shown. missing: not translated. outdated: the original
    is not (or not known to be) the one that was translated, and is shown itself. unknown: the scheme has no such
    text.
    """

    used: tuple[str, ...]
    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    unknown: tuple[str, ...]


def mark(text: str) -> str:
    """The sign by which a text is known again: the first 8 digits of its sha256."""
    return sha256(text.encode()).hexdigest()[:8]


def texts(scheme: Scheme) -> dict[str, str]:
    """Every text of a scheme by its place, in the order of the file: `tiers.cg.codes.cg_face.examples.0`."""
    found: dict[str, str] = {}

    def keep(place: str, text: str) -> str:
        return found.setdefault(place, text)

    _rewritten(scheme, keep)
    return found


def fit(scheme: Scheme, translation: Translation) -> Fit:
    """Which texts of the scheme the translation holds, and which not."""
    originals = texts(scheme)
    used = tuple(place for place, text in originals.items() if translation.holds(scheme, place, text))
    return Fit(
        used,
        missing=tuple(place for place in originals if place not in translation.texts),
        outdated=tuple(place for place in originals if place in translation.texts and place not in set(used)),
        unknown=tuple(place for place in translation.texts if place not in originals),
    )


def translated(scheme: Scheme, translation: Translation) -> Scheme:
    """The same scheme, its identity included, in the translation's words; what it does not hold stays as it is.

    Returns the scheme itself where no text fits, so that it never claims a language that it does not speak.
    """

    def put(place: str, text: str) -> str:
        return translation.texts[place] if translation.holds(scheme, place, text) else text

    if not fit(scheme, translation).used:
        return scheme
    return replace(_rewritten(scheme, put), language=translation.language)


def _rewritten(scheme: Scheme, put: Put) -> Scheme:
    """The one walk over all texts of a scheme."""
    return replace(
        scheme,
        title=put("title", scheme.title),
        summary=put("summary", scheme.summary),
        ages=put("ages", scheme.ages),
        sources=_list(put, "sources", scheme.sources),
        tiers=tuple(_tier(put, tier, scheme.link_of(tier.id)) for tier in scheme.tiers),
        links=tuple(_link(put, link) for link in scheme.links),
        derived=tuple(
            replace(
                one,
                label=put(f"derived.{one.id}.label", one.label),
                definition=put(f"derived.{one.id}.definition", one.definition),
            )
            for one in scheme.derived
        ),
    )


def _list(put: Put, place: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(put(f"{place}.{number}", text) for number, text in enumerate(lines))


def _anchors(put: Put, place: str, anchors: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    return tuple((number, put(f"{place}.anchors.{number}", text)) for number, text in anchors)


def _some(put: Put, place: str, text: str) -> str:
    """A text that may be empty, and is none then."""
    return put(place, text) if text else ""


def _tier(put: Put, tier: Tier, link: Link | None) -> Tier:
    place, scale = f"tiers.{tier.id}", tier.scale
    if scale is not None:
        anchors = _anchors(put, f"{place}.scale", scale.anchors)
        scale = replace(scale, anchors=anchors, na=_some(put, f"{place}.scale.na", scale.na))
    return replace(
        tier,
        label=put(f"{place}.label", tier.label),
        rule=_some(put, f"{place}.rule", tier.rule),
        scale=scale,
        codes=tuple(_code(put, place, code, link) for code in tier.codes),
    )


def _code(put: Put, tier: str, code: Code, link: Link | None) -> Code:
    place = f"{tier}.codes.{code.id}"
    return replace(
        code,
        label=put(f"{place}.label", code.label),
        definition=put(f"{place}.definition", code.definition),
        examples=_list(put, f"{place}.examples", code.examples),
        non_examples=_list(put, f"{place}.non_examples", code.non_examples),
        anchors=_anchors(put, place, code.anchors),
        modifiers=tuple(_modifier(put, tier, one, link) for one in code.modifiers),
    )


def _modifier(put: Put, tier: str, modifier: Modifier, link: Link | None) -> Modifier:
    """A modifier that the program made of a scale or of a link has the words of these."""
    if modifier.id == RATING:
        options = (
            replace(one, label=put(f"{tier}.scale.na", one.label)) if one.id == NOT_RATED else one
            for one in modifier.options
        )
        return replace(modifier, options=tuple(options))
    if modifier.id == OUTCOME and modifier.judged and link is not None:
        label = put(f"links.{link.id}.label", modifier.label)
        return replace(modifier, label=label, options=_options(put, f"links.{link.id}.outcomes", modifier.options))
    place = f"modifiers.{modifier.id}"
    label = put(f"{place}.label", modifier.label)
    return replace(modifier, label=label, options=_options(put, f"{place}.options", modifier.options))


def _options(put: Put, place: str, options: tuple[Option, ...]) -> tuple[Option, ...]:
    return tuple(
        replace(
            one,
            label=put(f"{place}.{one.id}.label", one.label),
            definition=_some(put, f"{place}.{one.id}.definition", one.definition),
        )
        for one in options
    )


def _link(put: Put, link: Link) -> Link:
    place = f"links.{link.id}"
    return replace(
        link,
        label=put(f"{place}.label", link.label),
        rule=_some(put, f"{place}.rule", link.rule),
        outcomes=tuple(
            replace(
                one,
                label=put(f"{place}.outcomes.{one.id}.label", one.label),
                definition=put(f"{place}.outcomes.{one.id}.definition", one.definition),
            )
            for one in link.outcomes
        ),
        details=tuple(_modifier(put, place, one, None) for one in link.details),
    )
