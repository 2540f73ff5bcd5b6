"""Settings are kept as text; here they become values, and every mistake in them is told at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from coder.language import tr
from coder.model.problem import FeatureError, Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """What a setting may be. of: from text, raises ValueError. low, high: of a number. hint: through `later`."""

    of: Callable[[str], Any]
    hint: str
    low: float = 0
    high: float = 0


def parsed(texts: Mapping[str, str], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """The settings as values. Raises FeatureError that lists every unknown name and every value out of range."""
    problems, known = [], {}
    for name, text in texts.items():
        if name not in kinds:
            what, hint = tr("There is no such setting."), tr("Known: {kinds}.", kinds=", ".join(kinds))
            problems.append(Problem(what, name, hint))
            continue
        kind = kinds[name]
        try:
            value = kind.of(text)
        except ValueError:
            what = tr("“{text}” is not a value of this setting.", text=text)
            problems.append(Problem(what, name, tr(kind.hint)))
            continue
        if not isinstance(value, str) and not kind.low <= value <= kind.high:
            problems.append(Problem(tr("{text} is out of range.", text=text), name, tr(kind.hint)))
        known[name] = value
    if problems:
        raise FeatureError(*problems)
    return known
