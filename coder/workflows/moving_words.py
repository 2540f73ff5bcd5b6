"""What a person reads when a pass is moved: what differs, what becomes of each word, what it comes to."""

from coder.language import later, plural, tr
from coder.model.recoded import Recoded
from coder.model.recoding import Recoding, Step, Word
from coder.model.scheme import Scheme
from coder.model.scheme_changes import Aspect, Difference

ASPECTS = {
    Aspect.ADDED: later("New"),
    Aspect.REMOVED: later("Gone"),
    Aspect.RENAMED: later("Id"),
    Aspect.TITLE: later("Title"),
    Aspect.SUMMARY: later("Summary"),
    Aspect.LICENCE: later("Licence"),
    Aspect.STREAM: later("Whose behaviour"),
    Aspect.KIND: later("Kind of tier"),
    Aspect.EXCLUSIVE: later("One code at a time"),
    Aspect.EXHAUSTIVE: later("Without gaps"),
    Aspect.DEFAULT: later("Code of gaps"),
    Aspect.RULE: later("Rule of the tier"),
    Aspect.SCALE: later("Scale"),
    Aspect.EVERY: later("Length of intervals"),
    Aspect.SAMPLING: later("What an interval needs"),
    Aspect.SHORTEST: later("Shortest segment"),
    Aspect.VIEWINGS: later("Viewings"),
    Aspect.TARGETS: later("Targets of agreement"),
    Aspect.LABEL: later("Name"),
    Aspect.KEY: later("Key"),
    Aspect.DEFINITION: later("Definition"),
    Aspect.EXAMPLES: later("Examples"),
    Aspect.NON_EXAMPLES: later("Not coded"),
    Aspect.MIN: later("Minimum length"),
    Aspect.ABSORB: later("Interruptions that do not count"),
    Aspect.UNCODABLE: later("Missing data"),
    Aspect.WINDOW: later("Time for an answer"),
    Aspect.PROMPT: later("Prompt within"),
    Aspect.ANSWERED_BY: later("Answered by"),
    Aspect.LINK_RULE: later("Rule of answers"),
    Aspect.ANCHORS: later("What ratings mean"),
    Aspect.DETAIL: later("Detail"),
    Aspect.EVIDENCE: later("Evidence"),
    Aspect.MEASURE: later("Measure"),
}
_RULES = {"yes": later("yes"), "no": later("no")}


def aspect_words(difference: Difference) -> str:
    """What it is that differs: `Definition`."""
    return tr(ASPECTS[difference.aspect])


def sides(difference: Difference) -> tuple[str, str]:
    """How it was and how it is, in words."""
    before, after = (
        tr(_RULES[side]) if side in _RULES else side for side in (difference.before, difference.after)
    )
    return before, after


def word_text(scheme: Scheme, word: Word) -> str:
    """What a word is called: the code, or the detail with its value."""
    if not word.is_detail:
        return scheme.name_of(word.tier, word.code)
    for modifier in scheme.code(word.tier, word.code).modifiers:
        if modifier.id == word.modifier:
            value = next((option.label for option in modifier.options if option.id == word.value), word.value)
            return tr("{detail}: {value}", detail=modifier.label, value=value)
    return tr("{detail}: {value}", detail=word.modifier, value=word.value)


def step_words(plan: Recoding, step: Step) -> str:
    """`“Watching”`, or `“Who started: Child” of “Sharing”`: what is to be decided."""
    name = word_text(plan.old, step.old)
    if not step.old.is_detail:
        return tr("“{word}”", word=name)
    return tr("“{word}” of “{code}”", word=name, code=word_text(plan.old, step.old.of_code))


def choice_text(plan: Recoding, word: Word, *, onset_only: bool) -> str:
    """How a choice is offered: its tier before it, and what a moment costs."""
    if word.is_detail:
        return word_text(plan.new, word)
    named = tr(
        "{tier}: {code}", tier=plan.new.tier(word.tier).label, code=plan.new.code(word.tier, word.code).label
    )
    return tr("{code} – the onset only, without its length", code=named) if onset_only else named


def summary(result: Recoded) -> str:
    """`212 events move, 3 are left out`: what a plan comes to."""
    said = [plural("{count} event moves", "{count} events move", result.moved)]
    left, shed, joined, unjudged = (
        len(some) for some in (result.left_out, result.shed, result.joined, result.unjudged)
    )
    if left:
        said.append(plural("{count} is left out", "{count} are left out", left))
    if shed:
        said.append(plural("{count} loses a detail", "{count} lose a detail", shed))
    if joined:
        said.append(
            plural("{count} is joined to the state before", "{count} are joined to the state before", joined)
        )
    if unjudged:
        said.append(plural("{count} cue is to be judged again", "{count} cues are to be judged again", unjudged))
    return tr("{what}.", what=", ".join(said))


def plan_words(plan: Recoding) -> str:
    """The plan as the journal keeps it: versions, and what becomes of each word that does not simply stay."""
    head = tr(
        "Moved from “{scheme}” {old} to {new}",
        scheme=plan.new.title,
        old=plan.old.id.version,
        new=plan.new.id.version,
    )
    said = [_fate(plan, step) for step in plan.steps if not step.plain and not _of_left_out(plan, step)]
    if not said:
        return head
    return tr("{head}: {fates}", head=head, fates="; ".join(said))


def _of_left_out(plan: Recoding, step: Step) -> bool:
    return step.old.is_detail and plan.step(step.old.of_code).left_out


def _fate(plan: Recoding, step: Step) -> str:
    word, count = step_words(plan, step), step.events
    if step.new is None:
        return plural("{word} left out ({count} event)", "{word} left out ({count} events)", count, word=word)
    new = word_text(plan.new, step.new)
    if step.onset_only:
        return plural(
            "{word} became “{new}”, onset only ({count} event)",
            "{word} became “{new}”, onset only ({count} events)",
            count,
            word=word,
            new=new,
        )
    if word_text(plan.old, step.old) == new:
        return plural(
            "{word} kept, changes confirmed ({count} event)",
            "{word} kept, changes confirmed ({count} events)",
            count,
            word=word,
        )
    return plural(
        "{word} became “{new}” ({count} event)",
        "{word} became “{new}” ({count} events)",
        count,
        word=word,
        new=new,
    )
