"""How the parts and the fields of a scheme are called in the editor, and their choices."""

from coder.language import later, tr

PARTS = {
    "modifiers": later("Detail"),
    "options": later("Option"),
    "tiers": later("Tier"),
    "codes": later("Code"),
    "links": later("Link"),
    "outcomes": later("Outcome"),
    "derived": later("Measure"),
    "targets": later("Target"),
    "evidence": later("Evidence"),
}
"""One part of each list of tables."""

GROUPS = {
    "modifiers": later("Details"),
    "tiers": later("Tiers"),
    "links": later("Answers"),
    "derived": later("Derived measures"),
}
"""The lists of the scheme itself."""

ABOUT = {
    "modifiers": later("Details that codes can ask for, such as how an act was done. Ins adds one."),
    "tiers": later(
        "The lines of the timeline, from top to bottom. Each has codes that belong together. Ins adds one."
    ),
    "links": later("Which events answer which; the coder judges it in a review of its own. Ins adds a link."),
    "derived": later("What is computed from the coded events and never keyed. Ins adds a measure."),
}

_LABELS = {
    "name": later("Name"),
    "version": later("Version"),
    "title": later("Title"),
    "summary": later("What it is for"),
    "licence": later("Licence"),
    "language": later("Language"),
    "ages": later("Ages"),
    "authors": later("Authors"),
    "sources": later("Sources"),
    "id": later("Short name"),
    "label": later("Label"),
    "key": later("Key"),
    "definition": later("Definition"),
    "examples": later("Examples"),
    "non_examples": later("Not to be coded so"),
    "min_ms": later("Shortest state"),
    "absorb_ms": later("Interruptions up to"),
    "uncodable": later("Cannot be coded"),
    "window_ms": later("Time to answer"),
    "prompt_ms": later("Prompt within"),
    "modifiers": later("Details"),
    "anchors": later("What ratings mean"),
    "stream": later("Whose behaviour"),
    "kind": later("Kind"),
    "exclusive": later("One code at a time"),
    "exhaustive": later("There is always a code"),
    "default": later("Gaps are filled with"),
    "rule": later("Rule for all"),
    "low": later("Lowest"),
    "high": later("Highest"),
    "reasons_for": later("Reasons needed for"),
    "na": later("If it cannot be rated"),
    "every_ms": later("Length of a stretch"),
    "shortest_ms": later("Shortest rest"),
    "viewings": later("Viewings"),
    "sampling": later("When a code counts"),
    "required": later("Required"),
    "cues": later("Cues"),
    "acts": later("Acts that answer"),
    "details": later("Details of an answer"),
    "answered": later("Counts as"),
    "of": later("Computed from"),
    "within": later("Apart for each code of"),
    "parts": later("Only these codes"),
    "statistic": later("Statistic"),
    "target": later("To reach"),
    "floor": later("Something must be done below"),
    "unit_ms": later("Time unit"),
    "tolerance_ms": later("Tolerance"),
    "min_events": later("Fewest events"),
    "feature": later("Signal"),
    "test": later("What it shows"),
    "expect": later("Least share"),
    "during": later("Frames that count"),
    "around_ms": later("Around the onset"),
    "min_coverage": later("Least coverage"),
    "strength": later("Strength"),
    "min_turns": later("Fewest turns"),
    "gap_ms": later("Longest gap"),
    "most_ms": later("At most"),
    "bin_ms": later("Length of a bin"),
}
_OF_ONE_LIST = {("derived", "rule"): later("How it is computed")}

_HELP = {
    "id": later("How it is called in the data: small letters, digits, - and _."),
    "key": later(
        "Press Enter, then the key. The player keeps some keys for itself; it says so when you press one."
    ),
    "kind": later("How its codes lie in time. What belongs to another kind goes when you change it."),
    "exclusive": later("Starting one code ends the other."),
    "exhaustive": later("A gap is a mistake, or is filled. Only where one code at a time holds."),
    "default": later("A default hides omissions: choose one only where “nothing happens” is what a gap means."),
    "uncodable": later("Time under this code is missing data, never a disagreement."),
    "min_ms": later("Shorter states are pointed out."),
    "modifiers": later("What is asked for with this code. Space ticks."),
    "details": later("What is asked for with an answer, in the review. Space ticks."),
    "reasons_for": later("Ratings that must be given a reason in words. Space ticks."),
    "cues": later("The tier of moments that ask for an answer."),
    "acts": later("The tier of moments that answer."),
    "window_ms": later("How long after a cue an answer may begin: 1000 to 10000."),
    "every_ms": later("Counted from the start of the coded window. Left empty, ratings are of the whole window."),
    "shortest_ms": later("A rest of the window that is shorter belongs to the stretch before it."),
    "viewings": later("How often a stretch is watched before it is rated."),
    "sampling": later("What must be seen of a code in a stretch."),
    "required": later("A pass cannot be submitted while it is missing."),
    "na": later("For example “No opportunity”. Left empty, every item must be rated."),
    "anchors": later("Left empty, a number has no words of its own."),
    "within": later("The measure is computed for each code of this tier apart."),
    "parts": later("Only these parts, in the order in which they are ticked."),
    "during": later("Which frames are looked at."),
    "around_ms": later("How far before and after the onset."),
    "unit_ms": later("Length of one unit in which coders are compared."),
    "tolerance_ms": later("How far apart two onsets may lie and still match."),
    "test": later("What a valid frame must show."),
    "of": later(
        "Short names of codes, or of a tier for all its codes. “a or b”: any of them; “a and b”: both at once. "
        "For the share of an option “code:detail=option”."
    ),
}
"""What the JSON Schema says of these is for whoever writes the file by hand."""

_ABOUT_RULES = later("What is computed of the codes named below.")

_CHOICES = {
    "child": later("Child"),
    "parent": later("Parent"),
    "dyad": later("Both together"),
    "session": later("Session"),
    "state": later("State: onset and offset"),
    "point": later("Point: a moment"),
    "interval": later("Interval: judged one by one"),
    "rating": later("Rating: numbers on a scale"),
    "single": later("Single: one option"),
    "multi": later("Multi: any options"),
    "number": later("Number"),
    "partial": later("Partial: seen in some of it"),
    "whole": later("Whole: seen in all of it"),
    "momentary": later("Momentary: seen at its end"),
    "fits": later("An act that fits"),
    "loosely": later("An act that fits loosely"),
    "misses": later("An act on something else or against the cue"),
    "none": later("No act in the window"),
    "unknown": later("Cannot be told"),
    "on": later("The signal is on"),
    "off": later("The signal is off"),
    "lowest_third": later("Its value is in the lowest third"),
    "highest_third": later("Its value is in the highest third"),
    "rises": later("It rises"),
    "falls": later("It falls"),
    "rises_by": later("It rises by so much"),
    "falls_by": later("It falls by so much"),
    "event": later("Those of the event"),
    "around": later("Those around its onset"),
    "strong": later("Strong"),
    "medium": later("Medium"),
    "weak": later("Weak"),
}
_RULES = {
    "both": later("Codes that hold at once"),
    "led_by_first": later("Who entered what both share first"),
    "recovery": later("Time until a code comes back"),
    "percent_time": later("Share of the time"),
    "change": later("Change of the share from part to part"),
    "bouts": later("Number and length of stretches"),
    "matching": later("Time in which any of the terms holds"),
    "without": later("Time in which none of them holds"),
    "transitions": later("What follows what"),
    "rate": later("Number of moments, and per minute"),
    "alternation": later("Runs in which two take turns"),
    "turn_intervals": later("Gaps, overlaps and pauses of two voices"),
    "modifier_share": later("Share of events with one option"),
    "responses": later("What came of the cues"),
    "unsolicited": later("Acts that no cue asked for"),
    "contingency": later("Acts after cues against acts at other times"),
    "item_mean": later("Mean of each rated item"),
    "item_sum": later("Sum of the rated items"),
}
_NO_STRENGTH = later("None: shown, never counted")

IDS_ARE_KEPT = later("It stands in the data of every pass: change it only if nothing was coded with it yet.")
IDS_FOLLOW = later("It follows the label until you change it here or save.")
ONE_A_LINE = later("One in each line.")


def label_of(list_field: str, field: str) -> str:
    """What a field is called; its own name if it is a new one that has no words yet."""
    words = _OF_ONE_LIST.get((list_field, field)) or _LABELS.get(field)
    return tr(words) if words else field


def help_of(list_field: str, field: str, otherwise: str) -> str:
    """What a field means. otherwise: what the file's own documentation says."""
    if (list_field, field) == ("derived", "rule"):
        return tr(_ABOUT_RULES)
    words = _HELP.get(field, otherwise)
    return tr(words)


def choice_of(field: str, value: str) -> str:
    """What a choice is called; statistics, and rules that are new, go by their own names."""
    if (field, value) == ("strength", "none"):
        return tr(_NO_STRENGTH)
    words = _RULES.get(value) if field == "rule" else _CHOICES.get(value) if field != "statistic" else None
    return tr(words) if words else value.replace("_", " ")
