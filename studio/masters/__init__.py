"""Master codes: what a coder who makes no mistake writes down, derived by each scheme's own rules.

    python -m studio masters <clip>

`<clip>.<scheme>.master.csv` for every scheme of the script, and for its ratings. They come from shipped files
alone: the script, the truth table, the stretches of voice.
"""

import sys
from pathlib import Path

from coder.staging import write_whole
from studio.masters.material import Material, material
from studio.masters.nearness import untouched
from studio.masters.table import checked_text, schemes_of
from studio.places import SAMPLES
from studio.scenario import Scenario, load


def run(clip: str) -> None:
    """Write the masters of a clip beside its film; see the module."""
    scenario = load(clip)
    of_clip = material(scenario)
    write_masters(scenario, of_clip, SAMPLES)
    for act in untouched(of_clip):
        place = f"{clip}.toml, act {scenario.numbers[act.index]}"
        sys.stderr.write(f"{place}: the truth shows no contact in this {act.verb}; no touch is coded for it.\n")


def write_masters(scenario: Scenario, of_clip: Material, folder: Path) -> None:
    """Derive all master files, check them all, then write each whole. Raises CoderError for one that is wrong."""
    for name, text in master_texts(scenario, of_clip).items():
        write_whole(folder / name, text.encode())


def master_texts(scenario: Scenario, of_clip: Material) -> dict[str, str]:
    """File name -> text of every master file of a clip."""
    return {
        f"{scenario.name}.{scheme}.master.csv": checked_text(scheme, of_clip) for scheme in schemes_of(scenario)
    }
