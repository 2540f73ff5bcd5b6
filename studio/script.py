"""Reading the acts of a scenario: phrases to verbs, `at` / `after` / `for` to spans. Standard library only."""

from dataclasses import dataclass, replace

from studio.acts import (
    DEFAULT_KIND,
    FITS,
    GAZE,
    PEOPLE,
    SECOND_US,
    WHERE,
    Act,
    contact_us,
    other,
    parse_phrase,
    usual_us,
)
from studio.sheet import Sheet


@dataclass(frozen=True)
class Script:
    """The acts in order of onset (acts[i].index == i), each one's place in the file, and the meant overlaps."""

    acts: tuple[Act, ...]
    numbers: tuple[int, ...]
    overlaps: frozenset[int]


@dataclass(frozen=True)
class _Line:
    """One act as read, before it is put in order."""

    number: int
    act: Act
    overlap: bool
    sheet: Sheet


def read_acts(sheets: list[Sheet], toys: tuple[str, ...], length_us: int) -> Script:
    """Resolve the acts of a file; problems are noted on the sheets."""
    lines: list[_Line] = []
    onset_us = 0
    for number, sheet in enumerate(sheets, start=1):
        onset_us = _onset(sheet, onset_us, first=number == 1)
        line = _line(number, sheet, onset_us, toys, length_us)
        if line is not None:
            lines.append(line)
    lines.sort(key=lambda line: (line.act.start_us, line.number))
    _check_links(lines)
    acts = _end_offers(_end_looks([line.act for line in lines], lines, length_us))
    acts = [replace(act, index=index) for index, act in enumerate(acts)]
    overlaps = frozenset(index for index, line in enumerate(lines) if line.overlap)
    return Script(tuple(acts), tuple(line.number for line in lines), overlaps)


def _onset(sheet: Sheet, before_us: int, first: bool) -> int:
    at, after = sheet.raw("at"), sheet.raw("after")
    if (at is None) == (after is None):
        sheet.problem("needs either at = seconds or after = seconds, one of the two")
        return before_us
    if at is not None:
        return round(sheet.number("at", 0, 3600) * SECOND_US)
    if first:
        sheet.problem("the first act has none before it; write at = seconds")
    return before_us + round(sheet.number("after", 0, 600) * SECOND_US)


def _line(number: int, sheet: Sheet, start_us: int, toys: tuple[str, ...], length_us: int) -> _Line | None:
    actors = [who for who in PEOPLE if sheet.raw(who) is not None]
    if len(actors) != 1:
        sheet.problem('needs one actor; write parent = "…" or child = "…"')
        return None
    who = actors[0]
    sheet.where += f" ({who}, {start_us / SECOND_US:.2f} s)"
    try:
        verb, target = parse_phrase(who, sheet.text(who), toys)
    except ValueError as wrong:
        sheet.problem(str(wrong))
        return None
    words = sheet.option("words")
    lasts = sheet.maybe("for", 0.1, 600)
    if (verb.name == "say") != (words is not None):
        sheet.problem('“says” needs words = "…"' if words is None else "words are only for “says”; leave them out")
    if verb.name in GAZE and lasts is not None:
        sheet.problem("a look lasts until the next look; leave out for")
    lasts_us = usual_us(verb, words) if lasts is None else round(lasts * SECOND_US)
    if start_us + (lasts_us or 1) > length_us:
        sheet.problem(f"ends after the clip ({length_us / SECOND_US:g} s); start it sooner or shorten it with for")
    kind = sheet.choice("kind", verb.kinds) if verb.kinds and sheet.raw("kind") is not None else None
    where = sheet.choice("where", WHERE) if verb.name == "put_down" and sheet.raw("where") is not None else None
    act = Act(
        index=number - 1,
        who=who,
        verb=verb.name,
        target=target,
        start_us=start_us,
        end_us=None if lasts_us is None or verb.name in GAZE else start_us + lasts_us,
        words=words,
        kind=kind or DEFAULT_KIND.get(verb.name),
        where=where or ("own" if verb.name == "put_down" else None),
        echo=sheet.flag("echo", default=False),
        id=sheet.option("id"),
        answers=sheet.option("answers"),
        fit=sheet.choice("fit", FITS) if sheet.raw("fit") is not None else None,
        cue=sheet.flag("cue", default=verb.cue),
        note=sheet.text("note", ""),
    )
    overlap = sheet.flag("overlap", default=False)
    sheet.close()
    return _Line(number, act, overlap, sheet)


def _check_links(lines: list[_Line]) -> None:
    """Ids are single; an answer comes after an act of the other person and says how it fits."""
    known: dict[str, Act] = {}
    for line in lines:
        if line.act.id is not None and known.setdefault(line.act.id, line.act) is not line.act:
            line.sheet.problem(f"the id “{line.act.id}” is there twice; give this act another one")
    for line in lines:
        act = line.act
        if (act.answers is None) != (act.fit is None):
            line.sheet.problem("answers and fit belong together; write both or none")
        if act.answers is None:
            continue
        asked = known.get(act.answers)
        if asked is None:
            line.sheet.problem(f"no act has the id “{act.answers}”; give the answered act this id")
        elif asked.who == act.who or asked.start_us > act.start_us:
            line.sheet.problem(f"“{act.answers}” is no earlier act of the {other(act.who)}; name one that is")


def _end_looks(acts: list[Act], lines: list[_Line], length_us: int) -> list[Act]:
    """Each look ends at the same person's next look, the last one with the clip."""
    ended = list(acts)
    for who in PEOPLE:
        looks = [place for place, act in enumerate(acts) if act.who == who and act.verb in GAZE]
        if lines and (not looks or acts[looks[0]].start_us != 0):
            lines[0].sheet.problems.append(
                f"{lines[0].sheet.where.split(',')[0]}: the {who} looks nowhere at 0 s; "
                f'add {{ at = 0.0, {who} = "looks at …" }}.'
            )
        for place, following in zip(looks, [*looks[1:], None], strict=False):  # no looks: no pairs
            end_us = length_us if following is None else acts[following].start_us
            ended[place] = replace(acts[place], end_us=end_us)
            if end_us <= acts[place].start_us:
                lines[place].sheet.problem("is followed by another look at once; leave one of the two out")
    return ended


def _end_offers(acts: list[Act]) -> list[Act]:
    """An offer that the other takes ends at the grasp."""
    ended = list(acts)
    for place, act in enumerate(acts):
        if act.verb != "offer" or act.end_us is None:
            continue
        grasps = [
            contact_us(take)
            for take in acts
            if take.who != act.who and take.verb == "take" and take.target == act.target
            if act.start_us <= contact_us(take) <= act.end_us
        ]
        if grasps:
            ended[place] = replace(act, end_us=min(grasps))
    return ended
