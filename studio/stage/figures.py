"""Who the figures are: a body for each person of a scenario, by age, sex and skin. Numpy only."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from studio.scenario import Person
from studio.stage.body import Human

_MONTHS = (6, 9, 12, 18, 24, 36, 54, 72)
_CHILD_HEIGHTS_M = (0.67, 0.715, 0.75, 0.815, 0.87, 0.955, 1.06, 1.15)
"""Median standing heights: WHO child growth standards, girls and boys averaged, to the nearest half centimetre."""

_CHILD_AGES = (0.0, 0.004, 0.008, 0.016, 0.024, 0.042, 0.066, 0.09)
"""The data's age number for each of the months, chosen by eye (its "baby" is a one-year-old of 0.60 m)."""

_ADULT_HEIGHTS_M = {"female": 1.66, "male": 1.78}
_GENDER = {"female": 0.06, "male": 0.94}

_RACES: Mapping[str, Mapping[str, float]] = {
    "light": {"caucasian": 0.85, "asian": 0.10, "african": 0.05},
    "olive": {"caucasian": 0.60, "asian": 0.35, "african": 0.05},
    "brown": {"caucasian": 0.55, "asian": 0.20, "african": 0.25},
    "dark": {"caucasian": 0.12, "asian": 0.03, "african": 0.85},
}
"""Mixtures of the data's face shapes that go with each skin, so that families differ in more than colour."""


@cache
def human_of(person: Person) -> Human:
    """The person's body; the same object for the same person."""
    return _child(person) if person.role == "child" else _adult(person)


def _both(name: str, strength: float) -> dict[str, float]:
    """A shape target of the left and the right side."""
    folder, _, stem = name.partition("/")
    return {f"{folder}/{side}-{stem}": strength for side in "lr"}


def _adult(person: Person) -> Human:
    male = person.sex == "male"
    details = {"head/head-oval": 0.25, "mouth/mouth-scale-horiz-incr": 0.1} | _both("eyes/eye-scale-incr", 0.22)
    if male:
        details |= {"head/head-square": 0.2, "chin/chin-width-incr": 0.15}
    return Human(
        # twenty-five to ninety years run from 0.5 to 1 in the data
        age=0.5 + (person.age_years - 25) / 130,
        gender=_GENDER[person.sex],
        weight=0.52,
        muscle=0.55 if male else 0.42,
        proportions=0.7,
        race=_RACES[person.skin],
        details=details,
        height_m=_ADULT_HEIGHTS_M[person.sex],
    )


def _child(person: Person) -> Human:
    months = person.age_years * 12
    young = float(np.interp(months, (6, 60), (1.0, 0.25)))
    details = {
        "head/head-age-decr": 0.30 * young,
        "mouth/mouth-angles-up": 0.30,
        "chin/chin-height-decr": 0.1 * young,
    }
    details |= _both("eyes/eye-scale-incr", 0.30) | _both("cheek/cheek-volume-incr", 0.38 * young)
    return Human(
        age=float(np.interp(months, _MONTHS, _CHILD_AGES)),
        gender=0.45 if person.sex == "female" else 0.6,
        weight=0.5 + 0.1 * young,
        muscle=0.45,
        race=_RACES[person.skin],
        details=details,
        height_m=float(np.interp(months, _MONTHS, _CHILD_HEIGHTS_M)),
    )
