"""Simulated coders: passes with planted errors, made from a master pass.

    python -m studio passes <clip>

careful         marks changes a little early or late (SD 100 ms), misses one short event in fifty
hasty           400 ms late (SD 150 ms), misses a fifth of the short events; rates toward the middle of the scale;
                says of one answer in ten that it fits loosely where it fits, or the other way round
confused        careful, but mixes two codes of one tier up, either way, in a third of the cases, and turns a
                rating scale round; of a third of the answers, fitting and fitting loosely are mixed up
drifting-1 … 5  five sessions: each 80 ms later and blinder to one code than the one before; rates 0.3 higher

Short events are states under one second and point events. Nobody moves the ends of the coded window or of
uncodable time. Each pass has a ledger beside it, `….planted.csv`, with every difference from the master.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from coder.formats.cells import guarded, modifiers_cell, seconds
from coder.formats.events_csv import MAX_BYTES, read_events
from coder.formats.files import read_text
from coder.formats.scheme_file import find_scheme, read_scheme
from coder.model.codable import uncodable
from coder.model.coding import CodingPass, Event, Modifiers, PassHeader
from coder.model.problem import CoderError, FormatError, Problem
from coder.model.scheme import Code, Scheme, Tier, TierKind
from coder.model.study import Purpose
from coder.model.time import MILLISECOND_US, SECOND_US, Span
from coder.settings.shipped import shipped
from coder.staging import write_whole
from studio.habits import SimulatedCoder, coders
from studio.judges import judged
from studio.masters.table import ANSWER, COLUMNS
from studio.places import SAMPLES
from studio.raters import rated
from studio.slips import DULLED, MISSED, Hand, Slip, of_points, of_states

LEDGER_COLUMNS = (
    *("what", "tier", "code", "onset", "offset", "modifiers"),
    *("coder_code", "coder_onset", "coder_offset", "coder_modifiers", "shift_ms"),
)
LEDGER_ANSWERS = ("answer", "coder_answer")
"""Two columns more where one thing answers another."""


def simulated(
    master: CodingPass, scheme: Scheme, coder: SimulatedCoder, frames_us: Sequence[int], seed: int
) -> tuple[CodingPass, tuple[Slip, ...]]:
    """The coder's pass and its ledger, both tier by tier in the order of time.

    frames_us: where the frames of the film begin, rising; every time that is moved comes to lie on one. The same
    seed gives the same pass; other films, schemes and coders draw other numbers. How faint a point event is rests
    on film and scheme only, so that an event which a drifting coder lost stays lost.
    """
    inside = [at for at in frames_us if master.window.contains(at)]
    draw, faint = _random(seed, master, coder.name), _random(seed, master, "faintness")
    events: list[Event] = []
    slips: list[Slip] = []
    for tier in scheme.tiers:
        hand = _hand(coder, tier, draw, faint)
        for row in _lines(master, tier):
            if tier.kind is TierKind.STATE:
                blind = frozenset(code.id for code in tier.codes if code.uncodable)
                made, errors = of_states(row, master.window, blind, inside, hand)
            elif tier.kind is TierKind.POINT:
                lost = uncodable(master, scheme, tier, master.window)
                made, errors = of_points(row, lost, tier.exclusive, inside, hand)
            elif tier.kind is TierKind.RATING:
                made, errors = rated(row, tier, coder, draw, faint)
            else:
                made, errors = list(row), []
            events += made
            slips += errors
    header = replace(master.header, id=f"{master.header.id}-{coder.name}", coder_id=coder.name)
    judges = _random(seed, master, f"{coder.name} judges")
    coding, judgements = judged(master, CodingPass.of(header, events), scheme, coder, judges)
    final = {event.id: event for event in coding}
    slips = [slip if slip.coder is None else replace(slip, coder=final[slip.coder.id]) for slip in slips]
    return coding, (*slips, *judgements)


def _random(seed: int, master: CodingPass, whose: str) -> np.random.Generator:
    name = f"{master.header.session_id}.{master.header.scheme.name}.{whose}"
    return np.random.default_rng([seed, crc32(name.encode())])


def _lines(master: CodingPass, tier: Tier) -> Iterator[tuple[Event, ...]]:
    """The events that must not share time: a whole exclusive tier, or one code of another."""
    row = master.row(tier.id)
    if tier.exclusive or tier.kind is not TierKind.STATE:
        yield row
    else:
        yield from (tuple(event for event in row if event.code == code.id) for code in tier.codes)


def _hand(coder: SimulatedCoder, tier: Tier, draw: np.random.Generator, faint: np.random.Generator) -> Hand:
    pair = coder.confuses if coder.confuses and set(coder.confuses) <= {code.id for code in tier.codes} else None
    if tier.kind is TierKind.STATE and not tier.exclusive:
        pair = None  # the code that is taken for another may hold at the same time as that other

    def shift_us() -> float:
        return float(draw.normal(coder.bias_ms, coder.spread_ms)) * MILLISECOND_US

    def fault(event: Event) -> str:
        strength, lapse = faint.random(), draw.random()
        brief_ms = event.span.duration_us / MILLISECOND_US
        point = tier.kind is TierKind.POINT
        if event.code == coder.dulled and (
            strength < coder.dulled_share if point else brief_ms < coder.dulled_below_ms
        ):
            return DULLED
        return MISSED if lapse < coder.misses and (point or brief_ms < coder.short_ms) else ""

    def called(event: Event) -> str:
        if pair is None or event.code not in pair or draw.random() >= coder.confusion_rate:
            return event.code
        return pair[1] if event.code == pair[0] else pair[0]

    def recoded(event: Event, code: str) -> Event:
        if code == event.code:
            return event
        return replace(event, code=code, modifiers=_fitting(event.modifiers, tier.code(code)))

    return Hand(shift_us, fault, called, recoded)


def _fitting(modifiers: Modifiers, code: Code) -> Modifiers:
    """The modifiers that a code takes; what it must have and was not given is its first option."""
    known = {modifier.id: modifier for modifier in code.modifiers}
    kept = {name: value for name, value in modifiers if name in known}
    for name, modifier in known.items():
        if modifier.required and name not in kept:
            kept[name] = modifier.options[0].id if modifier.options else str(modifier.low or 0)
    return tuple(sorted(kept.items()))


def run(clip: str, *, seed: int = 1, media: Path = SAMPLES, of: str = "master") -> tuple[Path, ...]:
    """Write the passes and ledgers of all simulated coders for every master of a clip; the files, in order.

    media: the folder with `<clip>.<scheme>.<of>.csv` and `<clip>.truth.csv`; the passes go to its folder `passes`.
    Raises CoderError if the clip has no master or a file is wrong; then nothing was written.
    """
    masters = [path for path in sorted(media.glob(f"{clip}.*.{of}.csv")) if path.name.count(".") == 3]
    if not masters:
        hint = f"Make it first: python -m studio masters {clip}"
        raise CoderError(Problem(f"“{clip}” has no {of} pass.", str(media), hint))
    frames_us = frame_times(clip, media)
    texts: dict[Path, str] = {}
    for path in masters:
        scheme = read_scheme(find_scheme(path.name.split(".")[1], shipped("schemes")))
        master = read_master(path, scheme, frames_us)
        for coder in coders(master, scheme):
            coding, slips = simulated(master, scheme, coder, frames_us, seed)
            name = f"{clip}.{scheme.id.name}.{coder.name}"
            texts[media / "passes" / f"{name}.csv"] = pass_text(coding, scheme)
            texts[media / "passes" / f"{name}.planted.csv"] = ledger_text(slips, master, coding, scheme)
    (media / "passes").mkdir(exist_ok=True)
    for path, text in texts.items():
        write_whole(path, text.encode())
    return tuple(texts)


def frame_times(clip: str, media: Path) -> tuple[int, ...]:
    """Where the frames begin, in µs, by the truth of the film or of its first camera. Raises CoderError."""
    paths = [path for name in (clip, f"{clip}.a") if (path := media / f"{name}.truth.csv").is_file()]
    if not paths:
        raise CoderError(
            Problem(f"“{clip}” has no truth.", str(media), f"Make it first: python -m studio truth {clip}")
        )
    text = read_text(paths[0], MAX_BYTES, FormatError).removeprefix("\ufeff")
    try:
        found = tuple(round(float(row["time_s"]) * SECOND_US) for row in csv.DictReader(io.StringIO(text)))
    except (KeyError, ValueError) as error:
        what = f"The truth has no time for a frame ({error})."
        raise FormatError(Problem(what, paths[0].name, "Make it anew: python -m studio truth")) from error
    if len(found) < 2 or any(later <= sooner for sooner, later in pairwise(found)):
        raise FormatError(Problem("The times of the frames do not rise.", paths[0].name, "Make the truth anew."))
    return found


def read_master(path: Path, scheme: Scheme, frames_us: Sequence[int]) -> CodingPass:
    """A master pass; its coded window runs from the first frame to the end of its last event or frame."""
    # ids of the file's order instead of random ones: events of one time keep it, and draw the same numbers
    read = read_events(path, scheme)
    ids = {event.id: f"{number:05d}" for number, event in enumerate(read)} | {"": ""}
    events = [replace(event, id=ids[event.id], answer=ids[event.answer]) for event in read]
    # how long the last frame lasts is what the master's last state says, not what the table of frames could say
    last_us = max((event.offset_us for event in events), default=0)
    window = Span(frames_us[0], last_us if last_us > frames_us[-1] else 2 * frames_us[-1] - frames_us[-2])
    header = PassHeader(path.stem, path.name.split(".")[0], scheme.id, "master", Purpose.TRAINING, window)
    return CodingPass.of(header, events)


def pass_text(coding: CodingPass, scheme: Scheme) -> str:
    """A pass in the product's import format, tier by tier."""
    events = [event for tier in scheme.tiers for event in coding.row(tier.id)]
    rows = [(*_cells(event), guarded(event.note)) for event in events]
    if not scheme.links:
        return _table(COLUMNS, rows)
    return _table((*COLUMNS, ANSWER), [(*row, _answer(e, coding)) for row, e in zip(rows, events, strict=True)])


def ledger_text(slips: Sequence[Slip], master: CodingPass, coding: CodingPass, scheme: Scheme) -> str:
    """The planted errors, one a row."""
    rows = []
    for slip in slips:
        shift = "" if slip.shift_us is None else f"{slip.shift_us / MILLISECOND_US:g}"
        theirs = ("",) * 4 if slip.coder is None else _cells(slip.coder)[1:]
        answers = (_answer(slip.master, master), "" if slip.coder is None else _answer(slip.coder, coding))
        rows.append((slip.what, *_cells(slip.master), *theirs, shift, *(answers if scheme.links else ())))
    return _table((*LEDGER_COLUMNS, *(LEDGER_ANSWERS if scheme.links else ())), rows)


def _answer(event: Event, coding: CodingPass) -> str:
    """What answers an event, by code and onset."""
    found = next((act for act in coding if act.id == event.answer), None) if event.answer else None
    return "" if found is None else guarded(f"{found.code}@{seconds(found.onset_us)}")


def _cells(event: Event) -> tuple[str, ...]:
    times = (seconds(event.onset_us), seconds(event.offset_us))
    return event.tier, event.code, *times, guarded(modifiers_cell(event.modifiers))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows((columns, *rows))
    return out.getvalue()
