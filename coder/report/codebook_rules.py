"""What a scheme computes and asks for beyond its codes, in sentences: evidence, answers, measures."""

from collections.abc import Iterator

from coder.language import later, tr
from coder.model.scheme import Answered, Code, Derived, Evidence, Link, Scheme
from coder.report.codebook_words import length, share

_SIGNALS = {
    "child_toward": later("Child’s head turned to the parent"),
    "parent_toward": later("Parent’s head turned to the child"),
    "mutual_toward": later("Heads turned to each other"),
    "child_off_other_deg": later("How far the child’s head is turned away from the parent’s"),
    "parent_off_other_deg": later("How far the parent’s head is turned away from the child’s"),
    "head_distance_heads": later("Distance of the heads"),
    "child_motion": later("Movement of the child"),
    "parent_motion": later("Movement of the parent"),
    "both_found": later("Both faces found"),
    "child_looks_face": later("Child looks at the parent’s face"),
    "parent_looks_face": later("Parent looks at the child’s face"),
    "mutual_face": later("Both look at the other’s face"),
    "touch": later("Touch, as far as it can be measured"),
    "parent_hand_near": later("A hand of the parent at the child’s body"),
    "voice": later("A voice can be heard"),
}
_TESTS = {
    "on": later("“{signal}” is on in {share} of the frames or more."),
    "off": later("“{signal}” is off in {share} of the frames or more."),
    "lowest_third": later("“{signal}” is in the lowest third of its session in {share} of the frames or more."),
    "highest_third": later("“{signal}” is in the highest third of its session in {share} of the frames or more."),
    "rises": later("“{signal}” rises, by {share} of its range in the session or more."),
    "falls": later("“{signal}” falls, by {share} of its range in the session or more."),
    "rises_by": later("“{signal}” rises, by {number} or more."),
    "falls_by": later("“{signal}” falls, by {number} or more."),
}
_STRENGTH = {
    "strong": later("It can say much about this code."),
    "medium": later("It can say something about this code."),
    "weak": later("It can say little about this code."),
    "none": later("It is shown only, and never counted for or against this code."),
}
_ANSWERED = {
    Answered.FITS: later("In rates it counts as answered."),
    Answered.LOOSELY: later("In rates it counts as answered, though loosely."),
    Answered.MISSES: later("In rates it counts as not answered."),
    Answered.NONE: later("In rates it counts as not answered: no act."),
    Answered.UNKNOWN: later("It is left out of all rates."),
}


def evidence(one: Evidence) -> str:
    """What a measured signal should show while a code holds."""
    signal = tr(_SIGNALS[one.feature]) if one.feature in _SIGNALS else one.feature
    parts = [tr(_TESTS[one.test], signal=signal, share=share(one.expect), number=f"{one.expect:g}")]
    if one.during == "around":
        parts.append(
            tr("Looked at from {length} before the onset to {length} after it.", length=length(one.around_us))
        )
    parts.append(
        tr("It needs {share} of the frames in which this can be measured.", share=share(one.min_coverage))
    )
    parts.append(tr(_STRENGTH[one.strength]))
    return " ".join(parts)


def answers(link: Link, scheme: Scheme) -> Iterator[str]:
    """How a link is judged, in sentences."""
    yield tr(
        "Once both are coded, go through the events of “{cues}” one by one. For each the program plays the "
        "stretch and proposes the first event of “{acts}” that begins in time; you say how well it answers.",
        cues=scheme.tier(link.cues).label,
        acts=scheme.tier(link.acts).label,
    )
    yield tr(
        "An answer begins {length} after the cue or sooner, unless the cue says otherwise.",
        length=length(link.window_us),
    )
    yield tr("One that begins within {length} is prompt; that is computed.", length=length(link.prompt_us))
    if link.required:
        yield tr("Every cue must be judged before you submit.")


def outcome(answered: Answered) -> str:
    """How an outcome counts in rates."""
    return tr(_ANSWERED[answered])


def computed_from(one: Derived, scheme: Scheme) -> str:
    """The labels of what a measure is computed from; "" where a rule looks at everything."""
    return "; ".join(_term(term, scheme) for term in one.of)


def computed_within(one: Derived, scheme: Scheme) -> str:
    """For which parts of the session a measure is computed apart; "" for the whole window."""
    if not one.within:
        return ""
    tier = scheme.tier(one.within)
    codes = one.parts or tuple(code.id for code in tier.codes if not code.uncodable)
    return ", ".join(f"“{tier.code(code).label}”" for code in codes)


def _term(term: str, scheme: Scheme) -> str:
    """`“Joy” and “Smiling play”`: a term with labels in the place of its ids."""
    ways = [[_name(code.strip(), scheme) for code in part.split(" and ")] for part in term.split(" or ")]
    both, either = tr("and"), tr("or")
    joined = [f" {both} ".join(f"“{name}”" for name in names) for names in ways]
    return f" {either} ".join(joined)


def _name(ref: str, scheme: Scheme) -> str:
    code_id, _, detail = ref.partition(":")
    for tier in scheme.tiers:
        if tier.id == code_id:
            return tier.label
        for code in tier.codes:
            if code.id == code_id:
                name = scheme.name_of(tier.id, code.id)
                return f"{name}: {_option(code, detail)}" if detail else name
    return ref


def _option(code: Code, detail: str) -> str:
    modifier_id, _, option_id = detail.partition("=")
    for modifier in code.modifiers:
        if modifier.id == modifier_id:
            return next((one.label for one in modifier.options if one.id == option_id), option_id)
    return detail
