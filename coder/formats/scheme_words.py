"""From a checked scheme document to the words of the model: milliseconds become microseconds, ids values."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from coder.formats.scheme_document import (
    CodeDocument,
    DerivedDocument,
    EvidenceDocument,
    LinkDocument,
    ModifierDocument,
    ScaleDocument,
    SchemeDocument,
    TargetDocument,
    TierDocument,
)
from coder.formats.scheme_keys import normal_key
from coder.model.scheme import (
    NOT_RATED,
    OUTCOME,
    RATING,
    Answered,
    Code,
    Derived,
    Evidence,
    Link,
    Modifier,
    Option,
    Outcome,
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
    links = tuple(_link(link, modifiers) for link in document.links)
    judged = {link.cues: (_outcome(link), *link.details) for link in links}
    tiers = tuple(_tier(tier, modifiers, judged.get(tier.id, ())) for tier in document.tiers)
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
        links=links,
    )


def _prose(text: str) -> str:
    """A text that was broken into lines for its file, as one paragraph."""
    return " ".join(text.split())


def _us(milliseconds: int | None) -> int | None:
    return None if milliseconds is None else milliseconds * MILLISECOND_US


def _modifier(modifier: ModifierDocument) -> Modifier:
    options = tuple(
        Option(one.id, one.label, normal_key(one.key), _prose(one.definition)) for one in modifier.options
    )
    return Modifier(
        modifier.id, modifier.label, modifier.kind, options, modifier.required, modifier.low, modifier.high
    )


def _evidence(evidence: list[EvidenceDocument]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            one.feature,
            one.test,
            one.expect,
            one.during,
            one.min_coverage,
            one.strength,
            one.around_ms * MILLISECOND_US,
        )
        for one in evidence
    )


def _targets(targets: list[TargetDocument]) -> tuple[Target, ...]:
    return tuple(
        Target(one.statistic, one.target, one.floor, _us(one.unit_ms), _us(one.tolerance_ms), one.min_events)
        for one in targets
    )


def _code(code: CodeDocument, modifiers: Mapping[str, Modifier], own: Iterable[Modifier]) -> Code:
    """own: what the tier asks for with each of its codes."""
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
        window_us=code.window_ms * MILLISECOND_US,
        modifiers=(*own, *(modifiers[name] for name in code.modifiers)),
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


def _link(link: LinkDocument, modifiers: Mapping[str, Modifier]) -> Link:
    outcomes = tuple(
        Outcome(one.id, _prose(one.label), normal_key(one.key), _prose(one.definition), Answered(one.answered))
        for one in link.outcomes
    )
    return Link(
        id=link.id,
        label=_prose(link.label),
        cues=link.cues,
        acts=link.acts,
        window_us=link.window_ms * MILLISECOND_US,
        prompt_us=link.prompt_ms * MILLISECOND_US,
        outcomes=outcomes,
        details=tuple(replace(modifiers[name], judged=True) for name in link.details),
        rule=_prose(link.rule),
        required=link.required,
        targets=_targets(link.targets),
    )


def _outcome(link: Link) -> Modifier:
    """What every cue of a link is asked for in its review. It has no keys of its own, as a rating has none."""
    options = tuple(Option(one.id, one.label, "", one.definition) for one in link.outcomes)
    return Modifier(OUTCOME, link.label, "single", options, required=link.required, judged=True)


def _tier(tier: TierDocument, modifiers: Mapping[str, Modifier], judged: tuple[Modifier, ...]) -> Tier:
    scale = None if tier.scale is None else _scale(tier.scale)
    own = judged if scale is None else (_rating(scale), *judged)
    return Tier(
        id=tier.id,
        label=_prose(tier.label),
        stream=Stream(tier.stream),
        kind=TierKind(tier.kind),
        codes=tuple(_code(code, modifiers, own) for code in tier.codes),
        exclusive=tier.exclusive,
        exhaustive=tier.exhaustive,
        default=tier.default,
        rule=_prose(tier.rule),
        scale=scale,
        targets=_targets(tier.targets),
        every_us=tier.every_ms * MILLISECOND_US,
        sampling=None if tier.sampling is None else Sampling(tier.sampling),
        shortest_us=tier.shortest_ms * MILLISECOND_US,
        viewings=tier.viewings,
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
        within=derived.within or "",
        parts=tuple(derived.parts),
    )


def _parameter(name: str, value: int) -> tuple[str, int]:
    stem = name.removesuffix("_ms")
    return (name, value) if stem == name else (f"{stem}_us", value * MILLISECOND_US)
