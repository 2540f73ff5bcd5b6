"""The measure of the measuring: what the extractors make of the sample clips, beside the clips' known truth.

    python benchmarks/measuring.py [--cache FOLDER] [--clip NAME] [--write docs/measuring.md]

What was seen and heard is kept in --cache and taken from there the next time; who is who and all that follows
is always concluded anew. --write makes the page for clinicians; the same clips, models and versions give the
same page. Nothing is hidden: what is bad stands there too.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measures.answers import answers
from benchmarks.measures.clips import Clip, clips
from benchmarks.measures.frames import measured
from benchmarks.measures.page import Results, page, screen
from benchmarks.measures.seeing import track
from benchmarks.measures.voices import judged
from coder.model.problem import CoderError, Problem
from coder.staging import write_whole
from studio.scenario import ScenarioError
from studio.truth import TruthError


def results(chosen: Sequence[Clip], cache: Path | None) -> Results:
    """What is made of the clips."""
    found, made = [], []
    for clip in chosen:
        people = track(clip.film, "people", cache)
        if people.columns["frame"].max(initial=0) >= len(clip.truth):
            raise CoderError(Problem("The film has more frames than its truth.", clip.name, "Make both anew."))
        voice = track(clip.film, "voice", cache) if judged(clip) else None
        found.append(measured(clip, answers(people), voice))
        made += [one.made for one in (people, voice) if one is not None]
    return Results(tuple(found), tuple(made))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, help="folder of earlier runs, filled where it lacks one")
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
        found = results(chosen, asked.cache)
        print(screen(found))
        if asked.write:
            write_whole(asked.write, page(found).encode())
    except (CoderError, ScenarioError, TruthError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
