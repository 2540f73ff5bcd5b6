"""From a checked scheme document to the words of the model: milliseconds become microseconds, ids values."""

from coder.formats.scheme_document import (
    CodeDocument,
    DerivedDocument,
    EvidenceDocument,
    ModifierDocument,
    ScaleDocument,
    SchemeDocument,
    TargetDocument,
    TierDocument,
)
from coder.formats.scheme_keys import normal_key
from coder.model.scheme import (
    NOT_RATED,
    RATING,
    Code,
    Derived,
    Evidence,
    Modifier,
    Option,
    Sampling,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Target,
    Tier,
    TierKind,
)
from coder.model.time import MILLISECOND_US


def scheme_of(document: SchemeDocument, identity: SchemeId) -> Scheme:
    """The scheme of a document that has no problems."""
    modifiers = {modifier.id: _modifier(modifier) for modifier in document.modifiers}
    tiers = tuple(_tier(tier, modifiers) for tier in document.tiers)
    return Scheme(
        id=identity,
        title=_prose(document.title),
        summary=_prose(document.summary),
        licence=document.licence,
        language=document.language,
        ages=document.ages,
        tiers=tiers,
        derived=tuple(_derived(derived, tiers) for derived in document.derived),
        sources=tuple(map(_prose, document.sources)),
        authors=tuple(document.authors),
    )


def _prose(text: str) -> str:
    """A text that was broken into lines for its file, as one paragraph."""
    return " ".join(text.split())


def _us(milliseconds: int | None) -> int | None:
    return None if milliseconds is None else milliseconds * MILLISECOND_US


def _modifier(modifier: ModifierDocument) -> Modifier:
    options = tuple(Option(one.id, one.label, normal_key(one.key)) for one in modifier.options)
    return Modifier(
        modifier.id, modifier.label, modifier.kind, options, modifier.required, modifier.low, modifier.high
    )


def _evidence(evidence: list[EvidenceDocument]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(one.feature, one.test, one.expect, one.during, one.min_coverage, one.strength) for one in evidence
    )


def _targets(targets: list[TargetDocument]) -> tuple[Target, ...]:
    return tuple(
        Target(one.statistic, one.target, one.floor, _us(one.unit_ms), _us(one.tolerance_ms), one.min_events)
        for one in targets
    )


def _code(code: CodeDocument, modifiers: dict[str, Modifier], rating: tuple[Modifier, ...]) -> Code:
    return Code(
        id=code.id,
        label=_prose(code.label),
        key=normal_key(code.key),
        definition=_prose(code.definition),
        examples=tuple(map(_prose, code.examples)),
        non_examples=tuple(map(_prose, code.non_examples)),
        min_us=code.min_ms * MILLISECOND_US,
        absorb_us=code.absorb_ms * MILLISECOND_US,
        uncodable=code.uncodable,
        modifiers=(*rating, *(modifiers[name] for name in code.modifiers)),
        evidence=_evidence(code.evidence),
        anchors=_anchors(code.anchors),
    )


def _anchors(anchors: dict[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted((int(number), _prose(text)) for number, text in anchors.items()))


def _scale(scale: ScaleDocument) -> Scale:
    return Scale(scale.low, scale.high, _anchors(scale.anchors), tuple(scale.reasons_for), _prose(scale.na))


def _rating(scale: Scale) -> Modifier:
    """What every item of a rating tier asks for. It has no keys: they are the business of who asks for it."""
    options = [Option(str(number), str(number), "") for number in range(scale.low, scale.high + 1)]
    options += [Option(NOT_RATED, scale.na, "")] if scale.na else []
    return Modifier(RATING, "Rating", "single", tuple(options), required=True)


def _tier(tier: TierDocument, modifiers: dict[str, Modifier]) -> Tier:
    scale = None if tier.scale is None else _scale(tier.scale)
    rating = () if scale is None else (_rating(scale),)
    return Tier(
        id=tier.id,
        label=_prose(tier.label),
        stream=Stream(tier.stream),
        kind=TierKind(tier.kind),
        codes=tuple(_code(code, modifiers, rating) for code in tier.codes),
        exclusive=tier.exclusive,
        exhaustive=tier.exhaustive,
        default=tier.default,
        rule=_prose(tier.rule),
        scale=scale,
        targets=_targets(tier.targets),
        every_us=tier.every_ms * MILLISECOND_US,
        sampling=None if tier.sampling is None else Sampling(tier.sampling),
    )


def _derived(derived: DerivedDocument, tiers: tuple[Tier, ...]) -> Derived:
    """A tier named in `of` stands for its codable codes; parameters in _ms become parameters in _us."""
    codable = {tier.id: [code.id for code in tier.codes if not code.uncodable] for tier in tiers}
    return Derived(
        id=derived.id,
        label=_prose(derived.label),
        definition=_prose(derived.definition),
        rule=derived.rule,
        of=tuple(code for name in derived.of for code in codable.get(name, [name])),
        parameters=dict(_parameter(name, value) for name, value in derived.parameters.items()),
        evidence=_evidence(derived.evidence),
        targets=_targets(derived.targets),
    )


def _parameter(name: str, value: int) -> tuple[str, int]:
    stem = name.removesuffix("_ms")
    return (name, value) if stem == name else (f"{stem}_us", value * MILLISECOND_US)
