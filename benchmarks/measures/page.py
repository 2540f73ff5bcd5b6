"""The scores as tables: aligned on the screen, or a page in Markdown that says the same each time it is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measures.frames import (
    APART_DEG,
    CONDITION_WORDS,
    CONDITIONS,
    Condition,
    DyadScores,
    Measured,
    PersonScores,
    dyad_scores,
    person_scores,
    together,
)
from benchmarks.measures.readings import PEOPLE, Reader
from benchmarks.measures.scores import LEAST, Figure
from coder.model.track import Provenance

Row = tuple[str, ...]
NOT_SAID = "–"

PERSON_HEADING: Row = (
    *("condition", "person", "frames", "face found", "right person", "looks at face: right", "always guessing"),
    *("F1", "head yaw: median", "90 % below", "bias"),
)
DYAD_HEADING: Row = (
    *("condition", "frames", "mutual gaze: right", "always guessing", "F1"),
    *("distance: mean error", "bias", "rank correlation"),
)


PREFACE = f"""\
# How well the pictures are measured

Made by `python benchmarks/measuring.py --write docs/measuring.md`; do not edit it by hand.

The program measures the sample clips, whose truth is known to the frame because they are rendered, and its
answers are compared with that truth. **Read these figures as the best case.** Rendered faces are clean and evenly
lit, with no noise and no camera movement; no real family and no real infant has been measured. A figure that is
bad here will not be good at home, and a figure that is good here is no promise.

## How to read the tables

- A number in brackets says on how many frames a figure rests, where that is not all of the line’s frames. What was
  not measured counts neither as right nor as wrong, so look at how many frames are left.
- A dash (–) means: fewer than {LEAST} frames, or nothing that the figure could be computed from.
- **Looks at face: right** is the share of frames with a right answer to “does this person look at the other’s
  face?”, while the eyes rest. **Always guessing** is what somebody who never sees the film would reach by always
  giving the commoner answer: an extractor is of use only where it does better. **F1** weighs looks that were
  missed against looks that were made up: 1 is perfect, 0 means that not one was found.
- **Head yaw** is how far the head is turned to the side. The bias has a sign: + is too far to the picture’s right.
- **Right person** tells how often a face that was found is the right person’s. It can be judged only where the two
  heads point at least {APART_DEG:g}° apart.
- **Distance** is between the heads, in mm; a bias with + is too far. **Rank correlation** asks only whether nearer
  is measured as nearer: 1 is perfect, 0 is chance.
- Where both are scored together, a condition is that of the worse of the two faces.
- Neighbouring frames resemble each other: a hundred frames are much less than a hundred observations.
"""


@dataclass(frozen=True, eq=False)
class Results:
    """What one extractor made of the clips. made: where it comes from, clip by clip. every: each n-th frame."""

    reader: Reader
    clips: tuple[Measured, ...]
    made: tuple[Provenance, ...]
    every: str

    @property
    def all(self) -> Measured:
        """All clips together."""
        return together(self.clips, "All clips together")


def tables(measured: Measured) -> Iterator[tuple[str, list[Row]]]:
    """(title, rows with their heading): the persons, then the dyad. A condition that no frame meets has no row."""
    people, dyads = [PERSON_HEADING], [DYAD_HEADING]
    for condition in CONDITIONS:
        for who in PEOPLE:
            frames = measured.people[who].only(condition.holds(measured.people[who]))
            if len(frames):
                people.append(person_row(condition, who, person_scores(frames)))
        dyad = measured.dyad.only(condition.holds(measured.dyad))
        if len(dyad) and condition.in_view:
            dyads.append(dyad_row(condition, dyad_scores(dyad)))
    yield "each person", people
    yield "both together", dyads


def person_row(condition: Condition, who: str, scores: PersonScores) -> Row:
    """One line of the persons' table; out of view only what was wrongly found is told."""
    found = (condition.name, who, str(scores.frames), percent(scores.found))
    if not condition.in_view:
        return (*found, *(NOT_SAID,) * (len(PERSON_HEADING) - len(found)))
    return (
        *found,
        percent(scores.right, of=scores.frames),
        percent(scores.facing.accuracy, of=scores.frames),
        percent(scores.facing.guess),
        number(scores.facing.f1, ".2f"),
        number(scores.yaw.median, ".1f", "°", of=scores.frames),
        number(scores.yaw.p90, ".1f", "°"),
        number(scores.yaw.bias, "+.1f", "°"),
    )


def dyad_row(condition: Condition, scores: DyadScores) -> Row:
    """One line of the dyad's table."""
    return (
        condition.name,
        str(scores.frames),
        percent(scores.mutual.accuracy, of=scores.frames),
        percent(scores.mutual.guess),
        number(scores.mutual.f1, ".2f"),
        number(scores.distance.mean, ".0f", " mm", of=scores.frames),
        number(scores.distance.bias, "+.0f", " mm"),
        number(scores.rank, ".2f"),
    )


def number(figure: Figure, how: str, unit: str = "", *, of: int | None = None) -> str:
    """The figure, with the frames it rests on where these are fewer than `of`; a dash where there is none."""
    rests = f" ({figure.n})" if of is not None and figure.n != of else ""
    return f"{NOT_SAID if figure.shown is None else format(figure.shown, how) + unit}{rests}"


def percent(figure: Figure, *, of: int | None = None) -> str:
    """As `number`, in per cent."""
    in_percent = Figure(None if figure.value is None else 100 * figure.value, figure.n)
    return number(in_percent, ".0f", " %", of=of)


def screen(results: Results) -> str:
    """Every table with its columns aligned."""
    lines = [f"{results.reader.extractor} {results.made[0].version}, every {_nth(results.every)}frame"]
    lines += [f"  {rule}" for rule in results.reader.rules]
    for measured in (*results.clips, *([results.all] if len(results.clips) > 1 else [])):
        for title, rows in tables(measured):
            lines += ["", f"{measured.name}: {title}", *_aligned(rows)]
    return "\n".join(lines)


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def page(all_results: Sequence[Results]) -> str:
    """The page for clinicians, in Markdown. It has no date: the same clips and versions give the same page."""
    lines = [PREFACE, "| condition | which frames |", "|---|---|"]
    lines += [f"| {name} | {words} |" for name, words in CONDITION_WORDS.items()]
    for results in all_results:
        lines += ["", f"## {results.reader.extractor}", "", f"Every {_nth(results.every)}frame was measured.", ""]
        lines += [f"- {rule}" for rule in results.reader.rules]
        for measured in (*([results.all] if len(results.clips) > 1 else []), *results.clips):
            lines += ["", f"### {measured.name}"]
            for title, rows in tables(measured):
                lines += ["", f"{title.capitalize()}:", "", *_markdown(rows)]
        lines += ["", "### What it was made with", "", *_origin(results)]
    return "\n".join(lines) + "\n"


def _nth(every: str) -> str:
    return "" if every == "1" else f"{every}th "


def _markdown(rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if place == 0:
            yield "|" + "---|" * len(row)


def _origin(results: Results) -> Iterator[str]:
    first = results.made[0]
    yield f"- `{first.extractor}` version {first.version}; settings: {_pairs(first.settings)}"
    yield f"- packages: {_pairs(first.packages)}"
    yield f"- models (sha256): {', '.join(f'{name} {sha[:12]}' for name, sha in sorted(first.models.items()))}"
    for measured, made in zip(results.clips, results.made, strict=True):
        lost = f", {made.frames_dropped} could not be decoded" if made.frames_dropped else ""
        yield f"- {measured.name}: sha256 {made.media_sha256[:12]}, {made.frames_decoded} frames measured{lost}"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(values.items()))
