"""All that was settled in a study, seen from whichever of two passes is called A."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from coder.model.disagreement import DisagreementKind, Settlement, Verdict
from coder.store import StudyStore

_KINDS = {
    DisagreementKind.MISSED: DisagreementKind.EXTRA,
    DisagreementKind.EXTRA: DisagreementKind.MISSED,
    DisagreementKind.EARLY: DisagreementKind.LATE,
    DisagreementKind.LATE: DisagreementKind.EARLY,
}
_VERDICTS = {Verdict.A: Verdict.B, Verdict.B: Verdict.A}


class Settled:
    """The settlements of a study, read once."""

    def __init__(self, store: StudyStore) -> None:
        self._of_two: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
        for one in store.settlements():
            self._of_two[one.pass_a, one.pass_b].append(one)

    def about(self, pass_a: str, pass_b: str) -> Sequence[Settlement]:
        """Those about two passes, by id, oldest first; turned round if they were settled the other way round."""
        as_named = self._of_two.get((pass_a, pass_b))
        return as_named or [mirrored(one) for one in self._of_two.get((pass_b, pass_a), ())]


def mirrored(one: Settlement) -> Settlement:
    """The same settlement with A and B exchanged."""
    about = one.about
    turned = replace(
        about,
        code_a=about.code_b,
        code_b=about.code_a,
        kind=_KINDS.get(about.kind, about.kind),
        event_a=about.event_b,
        event_b=about.event_a,
        value_a=about.value_b,
        value_b=about.value_a,
        apart=-about.apart,
    )
    verdict = None if one.verdict is None else _VERDICTS.get(one.verdict, one.verdict)
    return replace(one, pass_a=one.pass_b, pass_b=one.pass_a, about=turned, verdict=verdict)
