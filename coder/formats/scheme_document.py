"""What may stand in a scheme file, field by field. The JSON schema, and so every editor's help, comes from here.

These models check the form only (names and types of fields). What the fields must mean together is checked in
`scheme_rules`, so that both kinds of mistake are listed in one go. The descriptions are shown beside the fields of
the scheme editor too, in the language that is spoken.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from coder.language import later

Text = Annotated[str, StringConstraints(pattern=r"\S")]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Milliseconds = Annotated[int, Field(ge=0, le=3_600_000)]
AnswerTime = Annotated[int, Field(ge=0, le=10_000)]
Share = Annotated[float, Field(gt=0, le=1)]
Positive = Annotated[float, Field(gt=0, le=1000)]

Statistic = Literal[
    "time-unit kappa",
    "event kappa",
    "estimated accuracy",
    "% agreement",
    "specific agreement",
    "PABAK",
    "AC1",
    "alpha",
    "F1",
    "sensitivity",
    "precision",
    "timing bias",
    "ICC(A,1)",
    "weighted kappa",
    "AC2",
    "% exact",
    "% within one",
    "kappa",
]
Rule = Literal[
    "both",
    "led_by_first",
    "recovery",
    "percent_time",
    "change",
    "bouts",
    "matching",
    "without",
    "transitions",
    "rate",
    "alternation",
    "turn_intervals",
    "modifier_share",
    "responses",
    "unsolicited",
    "contingency",
    "item_mean",
    "item_sum",
]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="")


class OptionDocument(_Table):
    """One value that a modifier can take."""

    id: Id = Field(description=later("Short name of the option as it is kept in the data, e.g. “eyes”."))
    label: Text = Field(description=later("What the coder reads."))
    key: str = Field(description=later("The key that chooses this option right after the code was keyed."))
    definition: str = Field(default="", description=later("When the option is chosen."))


class ModifierDocument(_Table):
    """A detail that is asked for with a code. Declared once, used by every code that names it."""

    id: Id = Field(description=later("Short name of the modifier as it is kept in the data."))
    label: Text = Field(description=later("What the coder reads."))
    kind: Literal["single", "multi", "number"] = Field(
        description=later("“single”: one option; “multi”: any options; “number”: a whole number from low to high.")
    )
    options: list[OptionDocument] = Field(default=[], description=later("The options, for “single” and “multi”."))
    required: bool = Field(
        default=False, description=later("True: a pass cannot be submitted while it is missing.")
    )
    low: int | None = Field(default=None, description=later("Smallest number, for “number”."))
    high: int | None = Field(default=None, description=later("Largest number, for “number”."))


class EvidenceDocument(_Table):
    """What a measured signal should show while the code holds. It supports a check and never becomes a code."""

    feature: Id = Field(description=later("The measured signal, e.g. “child_toward” or “head_distance_heads”."))
    test: Literal["on", "off", "lowest_third", "highest_third", "rises", "falls", "rises_by", "falls_by"] = Field(
        description=later(
            "What a valid frame must show: the signal is on, or off; its value is in the session's lowest "
            "third, or in its highest. “rises”, “falls”, “rises_by” and “falls_by”: what it does from the first "
            "half of the frames to the second."
        )
    )
    expect: Positive = Field(
        description=later(
            "Least share (0 to 1) of the valid frames that pass the test; for “rises” and “falls” the "
            "least change, as a share of the signal's usual range in the session; for “rises_by” and “falls_by” "
            "the least change, in the signal's own unit."
        )
    )
    during: Literal["event", "around"] = Field(
        default="event",
        description=later("Which frames count: those of the whole event, or those around its onset."),
    )
    around_ms: Milliseconds = Field(
        default=0, description=later("For “around”: how far before and after the onset. Whole milliseconds.")
    )
    min_coverage: Share = Field(
        description=later(
            "Least share (0 to 1) of the event's frames that must be valid; below it there is no evidence."
        )
    )
    strength: Literal["strong", "medium", "weak", "none"] = Field(
        description=later("How much the signal can say about this code; “none” is shown and never counted.")
    )


class TargetDocument(_Table):
    """What agreement between coders should reach."""

    statistic: Statistic = Field(description=later("The measure of agreement."))
    target: Share = Field(
        description=later("The value to reach; of the timing bias the greatest that is allowed, in seconds.")
    )
    floor: Share | None = Field(
        default=None,
        description=later("Below this value something must be done; of the timing bias, above it."),
    )
    unit_ms: Milliseconds | None = Field(
        default=None, description=later("Length of a time unit in whole milliseconds.")
    )
    tolerance_ms: Milliseconds | None = Field(
        default=None, description=later("How far apart two onsets may lie and still match, in whole milliseconds.")
    )
    min_events: int = Field(
        default=0, ge=0, description=later("With fewer events nothing is said about the target.")
    )


class CodeDocument(_Table):
    """One code with all that a coder needs at the moment of doubt."""

    id: Id = Field(
        description=later("Short name of the code as it is kept in the data; never change it once used.")
    )
    label: Text = Field(description=later("What the coder reads on the palette and on the timeline."))
    key: str = Field(
        default="",
        description=later(
            "The key: a letter, a digit, a sign, or F2 to F10 or F12. Reserved for the player: Space, "
            "arrows, Home, End, PageUp, PageDown, J, K, L, Enter, Esc, Tab, Backspace, Delete, F1, F11 and "
            ", . [ ] + - = ?"
        ),
    )
    definition: Text = Field(description=later("When exactly the code is given, and where it begins and ends."))
    examples: list[Text] = Field(default=[], description=later("Moments that get this code."))
    non_examples: list[Text] = Field(default=[], description=later("Moments that look alike and do not get it."))
    min_ms: Milliseconds = Field(
        default=0, description=later("Shorter states are pointed out. Whole milliseconds.")
    )
    absorb_ms: Milliseconds = Field(
        default=0,
        description=later(
            "An interruption shorter than this, after which the same state goes on, does not end it."
        ),
    )
    uncodable: bool = Field(default=False, description=later("True: time under this code is missing data."))
    window_ms: AnswerTime = Field(
        default=0,
        description=later(
            "Only for a cue: how long an answer to it may take to begin, 1000 to 10000; 0: as the link says."
        ),
    )
    modifiers: list[Id] = Field(
        default=[], description=later("Ids of the modifiers that are asked for with this code.")
    )
    evidence: list[EvidenceDocument] = Field(default=[], description=later("What measured signals should show."))
    anchors: dict[str, Text] = Field(
        default={},
        description=later("Only for an item of a rating tier: what a rating of it means, by number."),
        min_length=2,
    )


class ScaleDocument(_Table):
    """The scale of a rating tier: whole numbers, some of them anchored in words."""

    low: int = Field(description=later("Lowest rating."))
    high: int = Field(description=later("Highest rating."))
    anchors: dict[str, Text] = Field(
        default={},
        description=later("What a rating means, by number, for items without anchors of their own."),
        min_length=2,
    )
    reasons_for: list[int] = Field(default=[], description=later("Ratings that must be given a reason in words."))
    na: str = Field(
        default="",
        description=later(
            "What it is called when an item cannot be rated, e.g. “No opportunity”. Without it, every "
            "item must be rated."
        ),
    )


class TierDocument(_Table):
    """One line of the timeline: codes that belong together."""

    id: Id = Field(description=later("Short name of the tier as it is kept in the data."))
    label: Text = Field(description=later("What the coder reads beside the line."))
    stream: Literal["child", "parent", "dyad", "session"] = Field(
        description=later("Whose behaviour it describes.")
    )
    kind: Literal["state", "point", "interval", "rating"] = Field(
        description=later(
            "“state”: onset and offset; “point”: onset only; “interval”: each interval of every_ms is "
            "judged for itself; “rating”: numbers on a scale."
        )
    )
    exclusive: bool = Field(default=False, description=later("True: starting one code ends the other."))
    exhaustive: bool = Field(default=False, description=later("True: there is always a code; a gap is a mistake."))
    default: Id | None = Field(default=None, description=later("The code that fills gaps of an exhaustive tier."))
    rule: str = Field(default="", description=later("What holds for all codes of this tier."))
    scale: ScaleDocument | None = Field(
        default=None, description=later("Only for kind “rating”, and needed there.")
    )
    every_ms: Milliseconds = Field(
        default=0,
        description=later(
            "Length of the intervals (kind “interval”, needed there) or of the segments that are rated "
            "(kind “rating”; 0: the whole coded window), from the start of the coded window on. Whole "
            "milliseconds."
        ),
    )
    shortest_ms: Milliseconds = Field(
        default=0,
        description=later(
            "Only for kind “rating” with every_ms: a rest of the window that is shorter than this belongs "
            "to the segment before it. Whole milliseconds."
        ),
    )
    viewings: int = Field(
        default=0,
        ge=0,
        le=9,
        description=later("Only for kind “rating”: how often a segment is watched before it is rated."),
    )
    sampling: Literal["partial", "whole", "momentary"] | None = Field(
        default=None,
        description=later(
            "Only for kind “interval”, and needed there. “partial”: the code was seen in some of the "
            "interval; “whole”: in all of it; “momentary”: at its very end."
        ),
    )
    targets: list[TargetDocument] = Field(
        default=[], description=later("What agreement on this tier should reach.")
    )
    codes: list[CodeDocument] = Field(
        description=later("The codes, in the order in which they are shown."), min_length=1
    )


class OutcomeDocument(_Table):
    """One judgement of what came of a cue."""

    id: Id = Field(description=later("Short name of the outcome as it is kept in the data."))
    label: Text = Field(description=later("What the coder reads in the review."))
    key: str = Field(description=later("The key that gives this outcome in the review."))
    definition: Text = Field(description=later("When this outcome is given."))
    answered: Literal["fits", "loosely", "misses", "none", "unknown"] = Field(
        description=later(
            "How it counts in rates: an act that fits; one that fits loosely; one on something else or "
            "against the cue; no act in the window; cannot be told (left out of rates)."
        )
    )


class LinkDocument(_Table):
    """Events of one tier that answer events of another; the coder judges the answers in a review of their own."""

    id: Id = Field(description=later("Short name of the link."))
    label: Text = Field(description=later("What the coder reads over the review."))
    cues: Id = Field(description=later("Id of the point tier whose events ask for an answer."))
    acts: Id = Field(description=later("Id of the point tier whose events answer."))
    window_ms: AnswerTime = Field(
        description=later(
            "How long after a cue an answer may begin, where the cue's code does not say. 1000 to 10000."
        )
    )
    prompt_ms: AnswerTime = Field(
        description=later("An answer is prompt if it begins within this time; computed, never judged.")
    )
    outcomes: list[OutcomeDocument] = Field(
        description=later("The judgements, in the order of their keys."), min_length=1
    )
    details: list[Id] = Field(
        default=[], description=later("Ids of modifiers that are asked for with an answer, in the review.")
    )
    rule: str = Field(default="", description=later("What holds for all judgements of this link."))
    required: bool = Field(
        default=False, description=later("True: a pass cannot be submitted while a cue has no outcome.")
    )
    targets: list[TargetDocument] = Field(
        default=[],
        description=later("What agreement on the outcomes should reach, over the cues that both coders marked."),
    )


class DerivedDocument(_Table):
    """A state or measure that is computed from the coded events and never keyed."""

    id: Id = Field(description=later("Short name as it is kept in results."))
    label: Text = Field(description=later("What a reader of results sees."))
    definition: Text = Field(description=later("What it means and how it is computed, in words."))
    rule: Rule = Field(
        description=later(
            "How it is computed. “both”: the named codes hold at once. “led_by_first”: share of the "
            "stretches of “both” that the first code entered first. “recovery”: time from the end of the "
            "code to its "
            "next onset. “percent_time”: share of codable time. “change”: share of codable time in one "
            "part of the "
            "session less the share in the part before it. “bouts”: number, mean and longest stretch. “matching”: "
            "time in which any of the terms holds, and how long it takes to come back to it. “without”: time in "
            "which none of them holds. “transitions”: what follows what. “rate”: number of moments, and "
            "per minute. "
            "“alternation”: runs in which two point codes take turns. “turn_intervals”: gaps, overlaps and "
            "pauses of two people’s voices. “modifier_share”: share of a "
            "code's events with "
            "one modifier value. “responses”: what came of the cues of a link. “unsolicited”: acts of a link that "
            "begin in no cue's window. “contingency”: odds ratio and Yule's Q of an act in a cue's window. "
            "“item_mean”: mean of each rated item over the segments. “item_sum”: sum and mean of the "
            "rated items in "
            "each segment."
        )
    )
    of: list[Text] = Field(
        description=later(
            "Ids of codes, or of a tier for all its codable codes. Codes are joined with “or” (any of "
            "them) and “and” (all at once): “cp_cry or cp_fuss”. For “modifier_share” “code:modifier=option”."
        ),
        min_length=1,
    )
    parameters: dict[Id, Annotated[int, Field(ge=0)]] = Field(
        default={}, description=later("Whole numbers that the rule needs; names in _ms are milliseconds.")
    )
    within: Id | None = Field(
        default=None, description=later("Id of a state tier: the measure is computed for each of its codes apart.")
    )
    parts: list[Id] = Field(
        default=[],
        description=later(
            "Ids of codes of the tier in “within”: only these, in this order. “change” computes from each "
            "to the next."
        ),
    )
    targets: list[TargetDocument] = Field(default=[], description=later("What agreement on it should reach."))
    evidence: list[EvidenceDocument] = Field(default=[], description=later("What measured signals should show."))


class SchemeDocument(_Table):
    """A coding scheme: tiers with codes, keys, definitions, modifiers and targets."""

    name: Id = Field(description=later("Name of the scheme, the same in all its versions."))
    version: Text = Field(description=later("Version, as text: “1.0”. Raise it with every change of meaning."))
    title: Text = Field(description=later("Title for people."))
    summary: Text = Field(description=later("What the scheme is for, in a few sentences."))
    licence: Text = Field(description=later("Under which licence the scheme may be passed on, e.g. “CC BY 4.0”."))
    language: Text = Field(description=later("Language of the wording, e.g. “en”."))
    ages: Text = Field(description=later("Ages of the children the scheme is meant for."))
    authors: list[Text] = Field(default=[], description=later("Who wrote it."))
    sources: list[Text] = Field(default=[], description=later("Published work whose ideas the scheme builds on."))
    modifiers: list[ModifierDocument] = Field(default=[], description=later("Details that codes can ask for."))
    tiers: list[TierDocument] = Field(
        description=later("The lines of the timeline, from top to bottom."), min_length=1
    )
    links: list[LinkDocument] = Field(
        default=[], description=later("Which events answer which; judged in a review once both tiers are coded.")
    )
    derived: list[DerivedDocument] = Field(
        default=[], description=later("What is computed from the coded events.")
    )


def scheme_json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a scheme file, with a description of every field."""
    schema = SchemeDocument.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:coder-workstation:scheme",  # a name: no editor looks for it on the net
        **schema,
        "title": "Coding scheme",
    }
