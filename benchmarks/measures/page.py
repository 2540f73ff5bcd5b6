"""The scores as tables: aligned on the screen, or a page in Markdown that says the same each time it is made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.measures.answers import PEOPLE
from benchmarks.measures.frames import (
    CONDITIONS,
    KINDS,
    TOUCH_MM,
    Condition,
    DyadFrames,
    Measured,
    PersonFrames,
    dyad_scores,
    person_scores,
    together,
)
from benchmarks.measures.scores import LEAST, ONSET_US, Figure
from coder.model.track import Provenance

Row = tuple[str, ...]
NOT_SAID = "–"

PERSON_HEADING: Row = (
    *("condition", "frames", "face found", "right person", "looks at face: decided", "right", "guessing", "F1"),
    *("target: right", "guessing", "macro F1", "head yaw", "gaze", "inside"),
)
DYAD_HEADING: Row = (
    *("condition", "frames", "mutual gaze: decided", "right", "guessing", "F1"),
    *("distance: error", "bias", "inside", "rank", "touch F1"),
)
CLIP_HEADING: Row = (
    *("clip", "found", "right person", "switches", "looks: decided", "right", "guessing", "F1", "target F1"),
    *("mutual F1", "distance", "rank", "touch F1", "voice F1", "voice onset"),
)

SHAPED_ON = ("dyad-first", "face-to-face", "hard-to-see", "phone", "two-cameras.a", "two-cameras.b")
"""The clips whose figures were looked at while gaze and proximity were shaped; the others were only checked."""

PREFACE = f"""\
# How well the pictures and the sound are measured

Made by `python benchmarks/measuring.py --write docs/measuring.md`; do not edit it by hand.

The sample clips are rendered, so what really happens in them is known to the frame. The program measures them
as it measures any film, with default settings and nobody’s help, and its answers are compared with that truth.
**Read the figures as the best case.** Rendered faces are clean and evenly lit, and nobody holds the camera; no
real family and no real infant has been measured. A figure that is bad here will not be good at home, and a good
one is no promise.

## How to read the tables

- **Found**: the face is said to be seen. **Right person**: it is that person’s, not the other’s. **Switches**:
  how often one becomes the other; 0 is wanted.
- **Looks at face**: does this person look at the other’s face? Asked while the eyes rest. **Decided** is the
  share of frames with an answer; where the uncertainty spans two targets there is none, and that is not counted
  as wrong. **Right** is the share of right answers, **guessing** what one reaches by always giving the commoner
  answer: the measurement is of use only where it does better. **F1** weighs missed looks against made-up ones:
  1 is perfect, 0 means that not one was found.
- **Target**: which of {len(KINDS)} kinds is looked at ({", ".join(KINDS)}). **Macro F1** is the mean over the
  kinds, so that a rare kind counts as much as a common one.
- **Head yaw**: median size of the error of the head’s turn to the side. **Gaze**: median angle between the
  measured and the true direction of the eyes; **inside** is how often it lies within the uncertainty that the
  program states (68 % would be right, less is too bold, more too cautious).
- **Mutual gaze**: both look at each other’s face.
- **Distance**: between the two pairs of eyes. **Inside**: how often the true distance lies within the
  uncertainty that the program states (one standard deviation; about 68 % is right). **Rank** is a rank
  correlation: it asks only whether nearer is measured as nearer; 1 is perfect, 0 is chance.
- **Touch**: a hand may touch the other; in truth it is within {TOUCH_MM:g} mm. One camera cannot tell touching
  from reaching past.
- **Voice**: somebody’s voice is heard, frame by frame; **onset** is the median error of its beginnings, with
  the share of them that has a measured one within {ONSET_US // 1000} ms.
- In brackets: the number of frames a figure rests on, where that is not all of the line’s. A dash: fewer than
  {LEAST} frames, or nothing to compute from. Neighbouring frames resemble each other: a hundred are much less
  than a hundred observations.
"""

HONEST = """\
## On which clips it was shaped

Sizes, spreads and limits were taken from anatomy and literature, not fitted. But the way of reckoning was shaped
while looking at figures of
{shaped}
(and, before the finder of faces was renewed, of all clips). The line “only checked” holds the other clips. Two of
the last steps were taken with the gaze errors of all clips in view: that eyes go along with the head up and down,
too, and how far before the eyeball’s middle the lids’ corners lie.
"""


@dataclass(frozen=True, eq=False)
class Results:
    """What was made of the clips. made: where it comes from, clip by clip, of pictures and of sound."""

    clips: tuple[Measured, ...]
    made: tuple[Provenance, ...]

    @property
    def groups(self) -> Iterator[Measured]:
        """The clips by whether they were looked at on the way, and all of them."""
        for name, parts in (
            ("shaped on", [one for one in self.clips if one.name in SHAPED_ON]),
            ("only checked", [one for one in self.clips if one.name not in SHAPED_ON]),
            ("all", self.clips),
        ):
            if parts and len(self.clips) > 1:
                yield together(parts, name)


def tables(results: Results) -> Iterator[tuple[str, list[Row]]]:
    """(title, rows with their heading)."""
    whole = together(results.clips, "all clips")
    pooled = PersonFrames.joined([whole.people[who] for who in PEOPLE])
    rows = [PERSON_HEADING]
    for condition in CONDITIONS:
        frames = pooled.only(condition.holds(pooled))
        if len(frames):
            rows.append(person_row(condition.name, frames, condition))
    for who in PEOPLE:
        frames = whole.people[who]
        rows.append(person_row(f"{who}, in view", frames.only(CONDITIONS[0].holds(frames)), CONDITIONS[0]))
    yield "Each person, all clips together, by condition", rows
    dyads = [DYAD_HEADING]
    for condition in CONDITIONS:
        frames_of_both = whole.dyad.only(condition.holds(whole.dyad))
        if len(frames_of_both) and condition.in_view:
            dyads.append(dyad_row(condition.name, frames_of_both))
    yield "Both together, all clips, by condition (that of the worse of the two faces)", dyads
    yield "Clip by clip", [CLIP_HEADING, *(clip_row(one) for one in (*results.clips, *results.groups))]


def no_better(results: Results) -> Iterator[str]:
    """Where answers about looks and mutual gaze are not oftener right than the commoner answer would be."""
    whole = together(results.clips, "all clips")
    pooled = PersonFrames.joined([whole.people[who] for who in PEOPLE])
    for condition in CONDITIONS:
        if condition.in_view:
            each = person_scores(pooled.only(condition.holds(pooled)))
            both = dyad_scores(whole.dyad.only(condition.holds(whole.dyad)))
            for question, scores in (("looks at face", each.looks), ("mutual gaze", both.mutual)):
                right, guess = scores.accuracy.shown, scores.guess.shown
                if right is not None and guess is not None and right <= guess < 1:
                    yield f"{question}, {condition.name} ({100 * right:.0f} % against {100 * guess:.0f} %)"


def person_row(name: str, frames: PersonFrames, condition: Condition) -> Row:
    """Out of view only what was wrongly found is told."""
    scores = person_scores(frames)
    found = (name, str(scores.frames), percent(scores.found))
    if not condition.in_view:
        return (*found, *(NOT_SAID,) * (len(PERSON_HEADING) - len(found)))
    return (
        *found,
        percent(scores.right),
        percent(scores.decided),
        percent(scores.looks.accuracy, of=scores.decided.n),
        percent(scores.looks.guess),
        number(scores.looks.f1, ".2f"),
        percent(scores.target.accuracy, of=scores.decided.n),
        percent(scores.target.guess),
        number(scores.target.macro_f1, ".2f"),
        number(scores.yaw.median, ".1f", "°"),
        number(scores.gaze.median, ".0f", "°"),
        percent(scores.gaze_inside),
    )


def dyad_row(name: str, frames: DyadFrames) -> Row:
    """One line of the dyad's table."""
    scores = dyad_scores(frames)
    return (
        name,
        str(scores.frames),
        percent(scores.decided),
        percent(scores.mutual.accuracy, of=scores.decided.n),
        percent(scores.mutual.guess),
        number(scores.mutual.f1, ".2f"),
        number(scores.distance.mean, ".0f", " mm", of=scores.frames),
        number(scores.distance.bias, "+.0f", " mm"),
        percent(scores.inside),
        number(scores.rank, ".2f"),
        number(scores.touch.f1, ".2f", of=scores.frames),
    )


def clip_row(one: Measured) -> Row:
    """One clip in a line, both persons together."""
    people = PersonFrames.joined([one.people[who].only(CONDITIONS[0].holds(one.people[who])) for who in PEOPLE])
    each, both, voice = person_scores(people), dyad_scores(one.dyad), one.heard
    return (
        one.name,
        percent(each.found),
        percent(each.right),
        str(one.switches),
        percent(each.decided),
        percent(each.looks.accuracy),
        percent(each.looks.guess),
        number(each.looks.f1, ".2f"),
        number(each.target.macro_f1, ".2f"),
        number(both.mutual.f1, ".2f"),
        number(both.distance.mean, ".0f", " mm"),
        number(both.rank, ".2f"),
        number(both.touch.f1, ".2f"),
        NOT_SAID if voice is None else number(voice.frames.f1, ".2f"),
        NOT_SAID if voice is None else f"{number(voice.error_ms, '.0f', ' ms')}, {percent(voice.found)}",
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
    lines: list[str] = []
    for title, rows in tables(results):
        lines += ["", title, *_aligned(rows)]
    return "\n".join(lines[1:])


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def page(results: Results) -> str:
    """The page for clinicians, in Markdown. It has no date: the same clips and versions give the same page."""
    shaped = ", ".join(f"`{one.name}`" for one in results.clips if one.name in SHAPED_ON)
    lines = [PREFACE, "| condition | which frames |", "|---|---|"]
    lines += [f"| {condition.name} | {condition.words} |" for condition in CONDITIONS]
    for title, rows in tables(results):
        lines += ["", f"## {title}", "", *_markdown(rows)]
    lines += ["", f"**No better than always guessing:** {'; '.join(no_better(results)) or 'nothing'}."]
    lines += ["", HONEST.format(shaped=shaped), "## What it was made with", "", *_origin(results)]
    return "\n".join(lines) + "\n"


def _markdown(rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if place == 0:
            yield "|" + "---|" * len(row)


def _origin(results: Results) -> Iterator[str]:
    for name in dict.fromkeys(made.extractor for made in results.made):
        mine = [made for made in results.made if made.extractor == name]
        told = {made.version: made for made in mine}
        for first in told.values():
            yield f"- `{name}` version {first.version}; settings: {_pairs(first.settings)}"
            yield f"- packages: {_pairs(first.packages)}"
            models = ", ".join(f"{model} {sha[:12]}" for model, sha in sorted(first.models.items()))
            yield f"- models (sha256): {models}"
    lost = sum(made.frames_dropped for made in results.made)
    yield f"- films (sha256): {', '.join(sorted({made.media_sha256[:12] for made in results.made}))}"
    yield f"- {sum(made.frames_decoded for made in results.made)} frames measured, {lost} could not be decoded"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(values.items()))
