"""The catalogue of the sample clips, `docs/samples/`: a page and a sheet of moments for each, and an index.

Pages are made from what ships and nothing else: the script, and the clip's files in `sample_media/`. The same
files give the same text, byte for byte; a test compares.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from coder.media import MediaFacts, probe
from coder.model.time import MILLISECOND_US
from coder.staging import write_whole
from studio.acts import CHILD, PARENT
from studio.findings import cautions, clocks, figures, masters, partner_names, scheme
from studio.masters.table import schemes_of
from studio.places import SAMPLES
from studio.scenario import SCENARIOS, Scenario, load, names
from studio.stills import contact_sheet
from studio.telling import age, happenings, minutes, noun, story, table

PAGES = Path(__file__).resolve().parent.parent / "docs" / "samples"
INDEX = "README.md"
_MADE = "Made by `python -m studio catalogue`; do not edit it by hand."
_VIEWS = {
    "front": "from the front",
    "left": "from the left",
    "right": "from the right",
    "portrait": "held upright",
}
_KINDS = {
    ".mp4": "the film",
    ".truth.csv": "the truth, one row a frame",
    ".sound.json": "who is heard when",
    ".master.csv": "master codes",
    ".json": "the clocks of the cameras",
}
_TELLS = "**This page tells what happens.** If you want to practise on the film, code it before you read on."
_MOMENTS = "Moments of the film: number of the frame (from 0), time in minutes and seconds, and what is going on."
_OWN_TIME = " Frame and time are those of each camera’s own film."
_WHEN = (
    "What the script asks for, and when it begins. The eyes arrive at a new target some tenths of a second later; "
    "the truth has the frame."
)
_MASTERS = (
    "What a coder who sees everything would code, derived from script and truth by the rules of each scheme."
)
_KNOWN = (
    "For every frame: what the eyes of both are meant for and whether they have come to rest, the directions of "
    "eyes and heads, where faces and irises are in the picture, how much of a face can be seen, how far mouth and "
    "lids are open, who is heard, how near heads and hands are, and who holds which toy. All columns are "
    "explained [with the files](../../sample_media/README.md). In figures"
)
_FROM_A = ", as the first camera sees it"
_FILES = (
    "In [`sample_media/`](../../sample_media/README.md), published under [CC0](../../sample_media/LICENSES.md):"
)
_INDEX_HEAD = (
    "Short sessions of a parent and a child, to practise on and to try the program with. They are rendered, not "
    "filmed: no family is on these pictures, so they can be shown to anybody, and what happens in them is known "
    "to the frame. They are easier than real film, and no figure reached on them is evidence for real families."
    "\n\n"
    "Each page tells what happens in its clip. If you want to practise, code the film first."
)
_INDEX_FOOT = (
    "The oldest clip, `dyad-first`, has no script; it is described "
    "[with the files](../../sample_media/README.md). "
    "How such films are made stands in [the studio](../../studio/README.md)."
)
_GENERAL = (
    "It is easier than real film: steady camera, clean picture, faces that are always the same. What a person or "
    "a program reaches on it **says nothing about how well real families are coded or measured**.",
    "Faces and movements are coarser than life. Small signs (a held breath, a change of skin colour, the play of "
    "small muscles around the eyes) are not there to be seen.",
    "The two were invented. Nothing here is a norm for how parents and children are or should be.",
)


def run(clip: str) -> None:
    """Write a clip's page and picture, and the index; the step `python -m studio catalogue`.

    A clip whose film is not there yet is passed over, with a sentence on standard error.
    """
    scenario = load(clip)
    missing = [film.name for film in films(scenario, SAMPLES) if not film.is_file()]
    if missing:
        made = f"once it is made (python -m studio make {clip})"
        sys.stderr.write(f"{clip}: there is no {missing[0]} yet; the catalogue takes the clip {made}.\n")
        return
    text, picture = page_text(scenario, SAMPLES), contact_sheet(scenario, SAMPLES)
    PAGES.mkdir(parents=True, exist_ok=True)
    write_whole(PAGES / f"{clip}.jpg", picture)
    write_whole(PAGES / f"{clip}.md", text.encode())
    write_whole(PAGES / INDEX, index_text(SAMPLES).encode())


def films(scenario: Scenario, media: Path) -> tuple[Path, ...]:
    """Where the films of a clip are, one a camera."""
    return tuple(media / f"{scenario.film_stem(camera)}.mp4" for camera in scenario.cameras)


def page_text(scenario: Scenario, media: Path) -> str:
    """The page of a clip. Raises CoderError or TruthError if a file is missing or wrong."""
    path, clock_lines = SCENARIOS / f"{scenario.name}.toml", clocks(scenario, media)
    moments = _MOMENTS + (_OWN_TIME if len(scenario.cameras) > 1 else "")
    parts = [
        f"# {scenario.title}",
        f"{_MADE}\n\n{scenario.purpose}",
        _TELLS,
        f"![Moments of the film]({scenario.name}.jpg)\n\n{moments}",
        f"## At a glance\n\n{_glance(scenario, media)}",
        "## The story\n\n" + "\n".join(story(path)),
        f"## What happens when\n\n{_WHEN}\n\n{happenings(scenario, path)}",
        f"## Master codes\n\n{_MASTERS}\n\n{masters(scenario, media)}",
        f"## What is known exactly\n\n{_KNOWN}{_FROM_A if clock_lines else ''}:\n\n{figures(scenario, media)}",
        *(["The clocks of the cameras:\n\n" + _list(clock_lines)] if clock_lines else []),
        "## What to look out for\n\n" + _list([*cautions(scenario, media), *_GENERAL]),
        f"## Files\n\n{_FILES}\n\n{_files(scenario, media)}\nThe script: [`studio/scenarios/{path.name}`]"
        f"(../../studio/scenarios/{path.name}) (CC BY 4.0).",
    ]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def index_text(media: Path) -> str:
    """The list of all clips that have a film."""
    rows = [("clip", "length", "people", "schemes", "what it is for")]
    for name in names():
        scenario = load(name)
        if all(film.is_file() for film in films(scenario, media)):
            schemes = "; ".join(scheme(one).title for one in schemes_of(scenario))
            people = f"{partner_names(scenario)} of {age(scenario.child.age_years)}"
            rows.append(
                (f"[{scenario.title}]({name}.md)", f"{scenario.seconds:g} s", people, schemes, scenario.purpose)
            )
    return f"# Sample sessions\n\n{_MADE}\n\n{_INDEX_HEAD}\n\n{table(rows)}\n{_INDEX_FOOT}\n"


def _glance(scenario: Scenario, media: Path) -> str:
    facts = [probe(film) for film in films(scenario, media)]
    rates = {f"{one.rate_text} frames a second{_uneven(one)}" for one in facts}
    frames = " and ".join(f"{one.frame_count:,}" for one in facts)
    views = [_VIEWS[camera.view] for camera in scenario.cameras]
    dim = scenario.picture.dim_from_us
    rows = [
        ("", ""),
        ("length", f"{scenario.seconds:g} s, {frames} frames, {', '.join(sorted(rates))}"),
        ("picture", f"{facts[0].width} × {facts[0].height} px, {' and '.join(views)}"),
        ("people", f"{partner_names(scenario)}; figures made by computer, not filmed people"),
        ("ages", ", ".join(f"{noun(scenario, w)} {age(scenario.person(w).age_years)}" for w in (CHILD, PARENT))),
        ("toys", ", ".join(scenario.room.toys) or "none"),
        ("light", "as by day" if dim is None else f"as by day, dim from {minutes(dim)}"),
        ("schemes", "; ".join(_linked(name) for name in schemes_of(scenario))),
    ]
    if scenario.episodes:
        parts = (f"{one.name} {minutes(one.start_us)} to {minutes(one.end_us)}" for one in scenario.episodes)
        rows.append(("parts", ", ".join(parts)))
    return table(rows)


def _uneven(facts: MediaFacts) -> str:
    longest_ms = facts.longest_gap_us / MILLISECOND_US
    return "" if facts.constant_rate else f", no frame stands longer than {longest_ms:.0f} ms"


def _linked(name: str) -> str:
    return f"[{scheme(name).title}](../../schemes/{name}.toml)"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _files(scenario: Scenario, media: Path) -> str:
    rows = [("file", "kB", "what it is")]
    for path in sorted(media.glob(f"{scenario.name}.*")):
        kinds = (kind for suffix, kind in _KINDS.items() if path.name.endswith(suffix))
        rows.append((f"`{path.name}`", _kilobytes(path), next(kinds, "")))
    passes = sorted((media / "passes").glob(f"{scenario.name}.*.csv"))
    if passes:
        ledgers = sum(path.name.endswith(".planted.csv") for path in passes)
        what = f"{len(passes) - ledgers} passes of simulated coders, {ledgers} lists of the errors planted in them"
        rows.append((f"`passes/{scenario.name}.*.csv`", _kilobytes(*passes), what))
    return table(rows)


def _kilobytes(*paths: Path) -> str:
    return f"{-(-sum(path.stat().st_size for path in paths) // 1000):,}"
