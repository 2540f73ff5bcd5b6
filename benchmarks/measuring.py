"""The measure of the measuring: what extractors make of the sample clips, beside the clips' known truth.

    python benchmarks/measuring.py [--quick] [--clip NAME] [--write docs/measuring.md]

--quick measures every tenth frame. --write makes the page for clinicians; the same clips, models and versions give
the same page. Nothing is hidden: what is bad stands there too.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measures.clips import Clip, clips
from benchmarks.measures.frames import Measured, dyad_frames, person_frames
from benchmarks.measures.page import Results, page, screen
from benchmarks.measures.readings import PEOPLE, READERS, Reader
from coder.features.extractor import Block, make
from coder.features.provenance import provenance
from coder.features.run import extract
from coder.media import fingerprint
from coder.model.problem import CoderError, Problem
from coder.model.track import Provenance
from coder.staging import write_whole
from studio.scenario import ScenarioError
from studio.truth import TruthError


def signals_of(
    film: Path, extractor: str, settings: Mapping[str, str]
) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]], Provenance]:
    """The measured frames, every signal in them (NaN where invalid), and where they come from."""
    made = make(extractor, settings)
    blocks = [message for message in extract(film, extractor, settings) if isinstance(message, Block)]
    values = np.concatenate([np.where(block.valid, block.values, np.nan) for block in blocks], axis=1)
    indices = np.concatenate([block.indices for block in blocks])
    named = {signal.id: values[row] for row, signal in enumerate(made.signals)}
    return indices, named, provenance(made, fingerprint(film).sha256, blocks)


def measured(clip: Clip, reader: Reader, settings: Mapping[str, str]) -> tuple[Measured, Provenance]:
    """One clip, measured in a child process as the product does it."""
    indices, signals, made = signals_of(clip.film, reader.extractor, settings)
    if indices.max(initial=0) >= len(clip.truth):
        raise CoderError(Problem("The film has more frames than its truth.", clip.name, "Make both anew."))
    reading = reader.read(signals)
    people = {who: person_frames(clip, indices, reading, who) for who in PEOPLE}
    return Measured(clip.name, people, dyad_frames(clip, indices, reading)), made


def results(chosen: Sequence[Clip], *, quick: bool) -> list[Results]:
    """What every extractor makes of the clips."""
    found = []
    for reader in READERS:
        settings = reader.quick if quick else {}
        both = [measured(clip, reader, settings) for clip in chosen]
        every = str(make(reader.extractor, settings).step)
        found.append(Results(reader, tuple(one for one, _ in both), tuple(made for _, made in both), every))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="every tenth frame")
    parser.add_argument("--clip", action="append", help="only this clip; may be given more than once")
    parser.add_argument("--write", type=Path, help="write the page to this file")
    asked = parser.parse_args(arguments)
    try:
        there = clips()
        chosen = [clip for clip in there if asked.clip is None or clip.name in asked.clip]
        if not chosen:
            sys.stderr.write(
                f"There is no such clip. Known: {', '.join(clip.name for clip in there) or 'none'}.\n"
            )
            return 1
        found = results(chosen, quick=asked.quick)
        print("\n\n".join(map(screen, found)))
        if asked.write:
            write_whole(asked.write, page(found).encode())
    except (CoderError, ScenarioError, TruthError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
