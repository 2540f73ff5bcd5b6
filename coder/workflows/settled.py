"""All that was settled in a study, seen from whichever of two passes is called A."""

from collections import defaultdict
from dataclasses import replace

from coder.model.disagreement import Settlement
from coder.reliability.disagreements import TURNED_VERDICTS, turned
from coder.store import StudyStore


class Settled:
    """The settlements of a study, or of one session, read once."""

    def __init__(self, store: StudyStore, session_id: str | None = None) -> None:
        self._of_two: dict[frozenset[str], list[Settlement]] = defaultdict(list)
        for one in store.settlements(session_id):
            self._of_two[frozenset((one.pass_a, one.pass_b))].append(one)

    def about(self, pass_a: str, pass_b: str) -> tuple[Settlement, ...]:
        """Those about two passes, by id, oldest first; what was settled the other way round is turned."""
        found = self._of_two.get(frozenset((pass_a, pass_b)), ())
        return tuple(one if one.pass_a == pass_a else _turned(one) for one in found)


def _turned(one: Settlement) -> Settlement:
    verdict = None if one.verdict is None else TURNED_VERDICTS.get(one.verdict, one.verdict)
    return replace(one, pass_a=one.pass_b, pass_b=one.pass_a, about=turned(one.about), verdict=verdict)
