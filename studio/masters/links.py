"""Which act of the parent answers which cue of the child, how soon, and how well it fits (`…links.csv`).

The scheme marks cues and acts and leaves this judgement for later; the windows and the rule of the nearest cue are
this module's own.
"""

import csv
import io
from dataclasses import dataclass

from coder.formats.cells import guarded
from coder.model.time import MILLISECOND_US, Span
from studio.acts import PARENT
from studio.masters.cues import cues
from studio.masters.looks import unseen
from studio.masters.material import Material
from studio.masters.responses import acts
from studio.masters.signs import Sign
from studio.masters.times import time_text

WINDOW_US = 3_000 * MILLISECOND_US
"""An answer to a cue without distress begins within 3000 ms of it."""

DISTRESS_WINDOW_US = 5_000 * MILLISECOND_US
"""An answer to distress begins within 5000 ms."""

PROMPT_US = 2_000 * MILLISECOND_US
"""An answer is prompt if it begins within 2000 ms: computed, never judged."""

UNSEEN_SHARE = 0.5
"""An unanswered cue cannot be judged if the parent is not codable for half of its window, or the window runs
past the end."""

AUTHORS_FIT = {"match": "o_match", "part": "o_part", "mismatch": "o_mis"}
AGAINST = ("act_impose", "act_redirect")
"""Acts on something else, or against the cue, whatever the cue is."""

FITTING = {
    "cue_look": ("act_talk", "act_warm", "act_echo", "act_join"),
    "cue_voice": ("act_talk", "act_echo", "act_join"),
    "cue_gesture": ("act_join", "act_echo"),
    "cue_smile": ("act_warm", "act_talk", "act_touch", "act_join", "act_echo"),
    "cue_newact": ("act_join", "act_echo"),
    "cue_distress": ("act_soothe",),
    "cue_away": (),
}
"""Acts that fit a cue where the author has not said so; every other act fits it loosely."""

COLUMNS = ("cue_code", "cue_onset", "act_code", "act_onset", "latency", "outcome", "reason")


@dataclass(frozen=True)
class Link:
    """One cue with its first answer, if there is one. reason: why the outcome is what it is, for a person."""

    cue: Sign
    act: Sign | None
    outcome: str
    reason: str

    @property
    def latency_us(self) -> int | None:
        """From the cue to its answer."""
        return None if self.act is None else self.act.at_us - self.cue.at_us


def window_us(cue: Sign) -> int:
    """How long an answer to this cue may take to begin."""
    return DISTRESS_WINDOW_US if cue.code == "cue_distress" else WINDOW_US


def links(material: Material) -> list[Link]:
    """Every cue with its outcome, by onset."""
    found = cues(material)
    answers = answered(found, acts(material))
    return [_link(material, cue, answers.get(place)) for place, cue in enumerate(found)]


def answered(found: list[Sign], replies: list[Sign]) -> dict[int, Sign]:
    """Place of a cue -> the act that answers it.

    An act answers at most one cue, the nearest earlier one without an answer; a cue has one answer, the first.
    An act that begins with the cue does not answer it.
    """
    answers: dict[int, Sign] = {}
    for reply in sorted(replies, key=lambda one: one.at_us):
        open_cues = [
            place
            for place, cue in enumerate(found)
            if place not in answers and cue.at_us < reply.at_us <= cue.at_us + window_us(cue)
        ]
        if open_cues:
            answers[max(open_cues, key=lambda place: (found[place].at_us, place))] = reply
    return answers


def _link(material: Material, cue: Sign, act: Sign | None) -> Link:
    if act is None:
        return Link(cue, None, *_unanswered(material, cue))
    when = "prompt" if act.at_us - cue.at_us <= PROMPT_US else "in the window"
    fit, why = _fit(material, cue, act)
    return Link(cue, act, fit, f"{when}; {why}")


def _unanswered(material: Material, cue: Sign) -> tuple[str, str]:
    window = Span(cue.at_us, cue.at_us + window_us(cue))
    inside = material.frames.within(window.start_us, window.end_us)
    if window.end_us > material.frames.window.end_us:
        return "o_na", "the window runs past the end"
    if unseen(material, PARENT)[inside.start : inside.stop].mean() >= UNSEEN_SHARE:
        return "o_na", "the parent cannot be seen for half of the window"
    return "o_none", "no act in the window"


def _fit(material: Material, cue: Sign, act: Sign) -> tuple[str, str]:
    """The author's judgement of what answers this cue in its window; else by what kind of act the first one is."""
    names = {one.id for one in cue.acts if one.id is not None}
    for one in material.acts:
        begun = cue.at_us < one.start_us <= cue.at_us + window_us(cue)
        if one.answers in names and one.fit is not None and begun:
            return AUTHORS_FIT[one.fit], "; ".join(filter(None, ("as the author meant it", one.note)))
    if act.code in AGAINST:
        return "o_mis", "on something else, or against the cue"
    if act.code in FITTING[cue.code]:
        return "o_match", "this kind of act fits this cue"
    return "o_part", "this kind of act fits this cue loosely"


def links_text(found: list[Link]) -> str:
    """The links as CSV; times and latency in seconds, empty where there is no answer."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for link in found:
        latency = link.latency_us
        answer = ("", "", "") if link.act is None or latency is None else (
            link.act.code, time_text(link.act.at_us), time_text(latency),
        )  # fmt: skip
        writer.writerow((link.cue.code, time_text(link.cue.at_us), *answer, link.outcome, guarded(link.reason)))
    return out.getvalue()
