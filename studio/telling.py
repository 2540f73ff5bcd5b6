"""A script in plain words, for people who will never open the file: who they are, the story, what happens when."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.model.problem import CoderError, Problem
from studio.acts import CHILD, FACE, PARENT, SECOND_US, TOYS, VERBS, WORD_SECONDS, Act, other
from studio.scenario import Scenario

_NOUNS = {
    (PARENT, "female"): "mother",
    (PARENT, "male"): "father",
    (CHILD, "female"): "girl",
    (CHILD, "male"): "boy",
}
_PURPOSES = {
    "comfort": "to comfort",
    "steer": "about something else",
    "join": "about what is going on",
    "invite": "an invitation",
    "sing": "sung",
}
_FITS = {"match": "fits", "part": "fits in part", "mismatch": "does not fit"}
# What lasts long enough that its end is worth telling; looks last until the next look.
_LASTING = FACE | {
    *("fuss", "cry", "offer", "play", "show", "point", "wave", "touch", "tickle"),
    *("lean_in", "lean_back", "turn_away", "hide", "rock", "leave"),
}
_ACT = re.compile(r"\s*\{")


@dataclass(frozen=True)
class Passage:
    """A part of the script under one comment of its author; "" for acts before the first comment."""

    heading: str
    acts: tuple[Act, ...]


def noun(scenario: Scenario, who: str) -> str:
    """What a person is called: mother, father, girl or boy."""
    return _NOUNS[who, scenario.person(who).sex]


def age(years: float) -> str:
    """An age as clinicians say it: months until two years, then years and months."""
    months = round(years * 12)
    whole, rest = divmod(months, 12)
    if months < 24:
        return f"{months} months"
    return f"{whole} years" + (f" {rest} month{'s' if rest > 1 else ''}" if rest else "")


def minutes(at_us: int) -> str:
    """A time as m:ss.s, rounded to the nearest tenth."""
    tenths = (at_us + SECOND_US // 20) // (SECOND_US // 10)
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def story(path: Path) -> tuple[str, ...]:
    """The sentences, a line each, with which the author opens the script."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return tuple(lines)


def passages(scenario: Scenario, path: Path) -> tuple[Passage, ...]:
    """The acts under the comments that their author put above them, each passage in the order of time.

    Raises CoderError if the script has not one line for each act.
    """
    headings: dict[int, str] = {}  # place of an act in the file -> the comment above it
    number, waiting = 0, ""
    for line in _list_of_acts(path.read_text("utf-8").splitlines()):
        if _ACT.match(line):
            number += 1
            if waiting:
                headings[number], waiting = waiting, ""
        elif line.strip().startswith("#"):
            waiting = f"{waiting} {line.strip().removeprefix('#').strip()}".strip()
    if number != len(scenario.acts):
        what = f"{number} lines begin an act, and there are {len(scenario.acts)} acts."
        raise CoderError(Problem(what, path.name, "Write each act on a line of its own."))
    begins = sorted({1, *headings})
    ends = [*begins[1:], number + 1]
    in_time = sorted(zip(scenario.numbers, scenario.acts, strict=True), key=lambda one: one[1].start_us)
    return tuple(
        Passage(headings.get(first, ""), tuple(act for place, act in in_time if first <= place < end))
        for first, end in zip(begins, ends, strict=True)
    )


def _list_of_acts(lines: Iterable[str]) -> Iterable[str]:
    inside = False
    for line in lines:
        if inside and line.startswith("]"):
            return
        if inside:
            yield line
        inside = inside or line.startswith("acts = [")


def phrase(scenario: Scenario, act: Act) -> str:
    """What the script says of an act, with the partner called by name: “touches the boy’s hand”."""
    return worded(act, f"the {noun(scenario, other(act.who))}")


def worded(act: Act, partner: str) -> str:
    """The same with any name for the partner: “touches the child’s hand”."""
    for text, target in VERBS[act.verb].phrases:
        if target == act.target or (target == "{toy}" and act.target in TOYS):
            words = text.format(other=partner, toy=act.target).replace("'", "’")
            return f"{words} “{act.words}”" if act.words else words
    raise ValueError(f"{act.verb} has no phrase for {act.target}")  # every Act was made from one of them


def told(scenario: Scenario, act: Act) -> str:
    """An act with everything that its author said of it."""
    partner = f"the {noun(scenario, other(act.who))}"
    words = phrase(scenario, act)
    if act.where in ("middle", "other"):
        words += " in the middle" if act.where == "middle" else f" before {partner}"
    if act.kind in ("loom", "away"):
        words += ", too near" if act.kind == "loom" else " out of the other’s hand"
    if act.verb in _LASTING and act.end_us is not None:
        words += f", until {minutes(act.end_us)}"
    remarks = [_PURPOSES[act.kind]] if act.kind in _PURPOSES else []
    if act.verb == "touch":
        remarks.append(str(act.kind))
    if act.echo:
        remarks.append(f"takes up what {partner} did")
    if act.answers is not None and act.fit is not None:
        asked = next(one for one in scenario.acts if one.id == act.answers)
        remarks.append(f"meant as an answer to {minutes(asked.start_us)}; {_FITS[act.fit]}")
    if act.note:
        remarks.append(act.note)
    return words + (f" ({'; '.join(remarks)})" if remarks else "")


def happenings(scenario: Scenario, path: Path) -> str:
    """The Markdown table of what happens when."""
    names = [noun(scenario, who).capitalize() for who in (CHILD, PARENT)]
    rows = [("time", *names)]
    for passage in passages(scenario, path):
        if passage.heading:
            rows.append(("", f"**{passage.heading}**", ""))
        for act in passage.acts:
            words = told(scenario, act)
            rows.append((minutes(act.start_us), *((words, "") if act.who == CHILD else ("", words))))
    return table(rows)


def vocabulary() -> str:
    """The Markdown table of all phrases that a script may use; `studio/README.md` shows it."""
    rows = [("phrase", "who", "lasts, unless `for` says otherwise", "`kind`")]
    for verb in VERBS.values():
        phrases = ", ".join(f"`{text.format(other='PARTNER', toy='TOY')}`" for text, _ in verb.phrases)
        who = "both" if len(verb.who) > 1 else verb.who[0]
        lasts = "until the next look" if verb.seconds is None else f"{verb.seconds:g} s"
        lasts = f"about {WORD_SECONDS:g} s a word" if verb.name == "say" else lasts
        rows.append((phrases, who, lasts, ", ".join(verb.kinds)))
    return table(rows)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table, the first of them its heading."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"
