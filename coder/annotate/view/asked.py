"""What a walk asks about: a disagreement of two coders, or a question of evidence to one pass. Free of Qt."""

from collections.abc import Mapping

from coder.annotate.view.differing import codes_of, item_text, kind_text
from coder.language import later, tr
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.evidence import Answer, Concern, Question
from coder.model.scheme import Code, Evidence, Scheme, Tier

Asked = Disagreement | Question

CONCERN_NAMES = {
    Concern.AGAINST: later("Evidence against it"),
    Concern.UNCODED: later("Evidence, but no code"),
    Concern.VISIBLE: later("Not codable, yet visible"),
}

ANSWER_KEYS = {
    Answer.CODE_WRONG: "W",
    Answer.FEATURE_WRONG: "F",
    Answer.UNCLEAR: "S",
    Answer.UNKNOWN: "C",
}
"""The last two are as for verdicts: the scheme is unclear, the film does not show."""

_ANSWER_NAMES = {
    Answer.CODE_WRONG: later("The code is wrong"),
    Answer.FEATURE_WRONG: later("The feature is wrong"),
    Answer.UNCLEAR: later("Scheme unclear"),
    Answer.UNKNOWN: later("The film does not show"),
}
_BADGES = {
    Answer.CODE_WRONG: later("Code wrong"),
    Answer.FEATURE_WRONG: later("Feature wrong"),
    Answer.UNCLEAR: later("Scheme unclear"),
    Answer.UNKNOWN: later("Cannot tell"),
}
_CODE_WRONG: Mapping[Concern, str] = {
    Concern.UNCODED: later("A code is missing"),
    Concern.VISIBLE: later("It can be coded"),
}


def answer_text(answer: Answer, concern: Concern) -> str:
    """An answer in the words that fit what was asked."""
    if answer is Answer.CODE_WRONG and concern in _CODE_WRONG:
        return tr(_CODE_WRONG[concern])
    return tr(_ANSWER_NAMES[answer])


def answer_badge(answer: Answer, concern: Concern) -> str:
    """The same where there is little room."""
    if answer is Answer.CODE_WRONG and concern in _CODE_WRONG:
        return tr(_CODE_WRONG[concern])
    return tr(_BADGES[answer])


def answer_words(answer: Answer) -> str:
    """An answer where it is not known what was asked, as on the sheet of keys."""
    return tr(_ANSWER_NAMES[answer])


def asked_text(one: Asked, scheme: Scheme) -> str:
    """`Late by 0.40 s`, `Evidence against it`: the class."""
    return tr(CONCERN_NAMES[one.concern]) if isinstance(one, Question) else kind_text(one, scheme)


def about_text(one: Asked, scheme: Scheme) -> str:
    """What it is about: the tier, and where there is one code in question alone, the code."""
    if not isinstance(one, Question):
        return item_text(one, scheme)
    code = code_label(scheme, one.tier, one.code)
    return tr("{tier}: {code}", tier=scheme.tier(one.tier).label, code=code) if one.tier else code


def code_label(scheme: Scheme, tier: str, code: str) -> str:
    """What a code is called, or, where `tier` is "", a derived state; its id if the scheme has none such."""
    if tier:
        return scheme.code(tier, code).label
    return next((derived.label for derived in scheme.derived if derived.id == code), code)


def tiers_asked(one: Asked, scheme: Scheme) -> tuple[Tier, ...]:
    """The tiers in question: of a derived state those that it is computed from."""
    if one.tier:
        return (scheme.tier(one.tier),)
    return tuple(dict.fromkeys(tier for tier, _ in codes_asked(one, scheme)))


def rules_asked(one: Asked, scheme: Scheme) -> tuple[Evidence, ...]:
    """The rules of evidence of the codes in question; of a question those of its signal."""
    if isinstance(one, Question):
        rules = _rules(scheme, one.tier, one.code)
        return tuple(rule for rule in rules if not one.feature or rule.feature == one.feature)
    return tuple(rule for _, code in codes_of(one, scheme) for rule in code.evidence)


def codes_asked(one: Asked, scheme: Scheme) -> tuple[tuple[Tier, Code], ...]:
    """The codes in question, A's first; each once. Of a derived state those that it is computed from."""
    if not isinstance(one, Question):
        return codes_of(one, scheme)
    if one.tier:
        tier = scheme.tier(one.tier)
        return ((tier, tier.code(one.code)),)
    named = {term.partition(":")[0] for each in scheme.derived if each.id == one.code for term in each.of}
    return tuple((tier, code) for tier in scheme.tiers for code in tier.codes if {code.id, tier.id} & named)


def events_asked(one: Asked | None) -> frozenset[str]:
    """Ids of the events in question."""
    if one is None:
        return frozenset()
    ids = {one.event_id} if isinstance(one, Question) else {one.event_a, one.event_b}
    return frozenset(ids - {""})


def definition_asked(one: Asked, scheme: Scheme) -> str:
    """What the scheme says of the derived state in question; "" where it is about codes."""
    if not isinstance(one, Question) or one.tier:
        return ""
    return next((derived.definition.strip() for derived in scheme.derived if derived.id == one.code), "")


def is_rating(one: Asked | None) -> bool:
    """True for a rating: it is about a whole segment, no place to look at."""
    return isinstance(one, Disagreement) and one.kind is DisagreementKind.RATING


def item_asked(one: Asked | None) -> str:
    """The code in question; A's, or where A has none, B's."""
    if one is None:
        return ""
    return one.code if isinstance(one, Question) else one.code_a or one.code_b or ""


def _rules(scheme: Scheme, tier: str, code: str) -> tuple[Evidence, ...]:
    if tier:
        return scheme.code(tier, code).evidence
    return next((derived.evidence for derived in scheme.derived if derived.id == code), ())
