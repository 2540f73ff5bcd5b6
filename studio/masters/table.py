"""Master codes as the table that the product imports, checked with the product's own reader and rules."""

import csv
import io
from collections.abc import Callable, Mapping

from coder.annotate.rules import review
from coder.formats.cells import guarded, modifiers_cell
from coder.formats.event_row import NOTHING_CELL
from coder.formats.events_table import parse_events
from coder.formats.scheme_file import read_scheme
from coder.model.coding import CodingPass, PassHeader
from coder.model.problem import CoderError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Purpose
from coder.model.time import Span
from coder.settings.shipped import shipped
from studio.masters.face import face_to_face
from studio.masters.gaze import gaze_near
from studio.masters.material import Coded, Material
from studio.masters.play import shared_play
from studio.masters.ratings import ratings
from studio.masters.responses import cue_response
from studio.masters.times import time_text
from studio.scenario import Scenario

COLUMNS = ("tier", "code", "onset", "offset", "modifiers", "note")
ANSWER = "answer"
"""One column more where one thing answers another."""
TOLERANCE = ("either", "onset_zone", "offset_zone")
"""What masters have besides: codes that are as right, and where a boundary may lie as well."""
RATED = "ratings"
DERIVATIONS: Mapping[str, Callable[[Material], list[Coded]]] = {
    "gaze-near": gaze_near,
    "shared-play": shared_play,
    "cue-response": cue_response,
    "face-to-face": face_to_face,
    RATED: ratings,
}
"""Scheme -> how its masters are derived."""


def schemes_of(scenario: Scenario) -> tuple[str, ...]:
    """The schemes for which a clip has masters: those the script names, and the ratings if it gives any.

    Raises CoderError for one that nobody can derive.
    """
    named = [*scenario.schemes, *([RATED] if scenario.ratings else [])]
    unknown = [name for name in named if name not in DERIVATIONS]
    if unknown:
        what = f"There are no master codes for “{unknown[0]}”."
        raise CoderError(Problem(what, f"{scenario.name}.toml", f"The schemes are: {', '.join(DERIVATIONS)}."))
    return tuple(dict.fromkeys(named))


def checked_text(scheme_name: str, of_clip: Material) -> str:
    """The master table of one scheme. Raises CoderError if the product would find the least fault with it."""
    scheme = read_scheme(shipped("schemes") / f"{scheme_name}.toml")
    name = f"{of_clip.name}.{scheme_name}.master.csv"
    text = table_text(DERIVATIONS[scheme_name](of_clip), scheme)
    problems = faults(text, name, scheme, of_clip.frames.window)
    if problems:
        raise CoderError(*problems)
    return text


def table_text(found: list[Coded], scheme: Scheme) -> str:
    """The codes as CSV, tier by tier in the scheme's order, each tier by time."""
    places = {tier.id: place for place, tier in enumerate(scheme.tiers)}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, *([ANSWER] if scheme.links else []), *TOLERANCE))
    for one in sorted(found, key=lambda coded: (places[coded.tier], coded.span, coded.code)):
        times = time_text(one.span.start_us), time_text(one.span.end_us)
        cells = one.tier, one.code, *times, modifiers_cell(one.modifiers), guarded(one.note)
        answer = [guarded(one.answer)] if scheme.links else []
        either = guarded("; ".join(code or NOTHING_CELL for code in one.either))
        writer.writerow((*cells, *answer, either, _zone_text(one.onset_zone), _zone_text(one.offset_zone)))
    return out.getvalue()


def _zone_text(zone: Span | None) -> str:
    return "" if zone is None else f"{time_text(zone.start_us)}-{time_text(zone.end_us)}"


def faults(text: str, name: str, scheme: Scheme, window: Span) -> list[Problem]:
    """What a coder would be told before submitting this pass: doubts as well as what hinders.

    Raises FormatError if the product cannot read the table.
    """
    events = parse_events(text, name, scheme, window)
    header = PassHeader("master", name, scheme.id, "master", Purpose.MAIN, window)
    return [
        Problem(finding.problem.what, f"{name}, {finding.tier}, {finding.problem.where}", finding.problem.hint)
        for finding in review(CodingPass.of(header, events), scheme)
    ]
