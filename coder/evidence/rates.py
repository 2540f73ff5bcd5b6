"""How often a signal was found wrong, counted from people's rulings."""

from collections.abc import Iterable, Mapping

from coder.model.evidence import FeatureErrors, Ruling


def standing(rulings: Iterable[Ruling]) -> Mapping[tuple[str, str], Ruling]:
    """(pass id, key of the question) -> the ruling that holds. rulings: oldest first."""
    raise NotImplementedError


def feature_errors(rulings: Iterable[Ruling], measured_by: Mapping[str, str]) -> tuple[FeatureErrors, ...]:
    """Per code and signal, by tier and code. measured_by: pass id -> what its session is measured by today."""
    raise NotImplementedError
