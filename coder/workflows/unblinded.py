"""What was not coded blind, or may not have been, though both passes are submitted: a comparison says so for good.

That a pass was reopened `blinding` tells. Here are the two other ways in which somebody may have coded when what
others coded could be seen: after being withdrawn, and in a pass that was moved to a newer version of its scheme.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from coder.language import later
from coder.model.coding import PassHeader, PassStatus
from coder.model.study import Purpose
from coder.store import StatusChange, StudyStore
from coder.workflows.remarks import Remark

_WITHDRAWN = later(
    "{coder} had been withdrawn from coding it with “{scheme}” before submitting, and others’ codes could be seen "
    "then; the pass may not be blind."
)
_CHANGED = later(
    "{coder} changed the pass with “{scheme}” {version} by hand after it was moved there, and others’ codes could "
    "be seen then; what was changed was not blind."
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unblinded:
    """What is asked of the study once, for all pairs of passes."""

    def __init__(self, store: StudyStore) -> None:
        self._store = store
        self._coders = {coder.id: coder.name for coder in store.coders()}
        self._withdrawn: dict[tuple[str, str, str, Purpose], list[str]] = defaultdict(list)
        for one in store.assignments(withdrawn=True):
            if found := _DAY.search(one.withdrawn):
                task = one.session_id, one.coder_id, one.scheme.name, one.purpose
                self._withdrawn[task].append(found.group())

    def remarks(
        self, session: str, a: PassHeader, b: PassHeader, changes: Sequence[StatusChange]
    ) -> Iterator[Remark]:
        """What of two submitted passes of a session, called `session`, is not surely blind.

        changes: of its passes.
        """
        for mine, other in ((a, b), (b, a)):
            said = {"coder": self._coders[mine.coder_id], "scheme": mine.scheme.name}
            if self._submitted_after_withdrawal(mine, changes):
                yield Remark(session, _WITHDRAWN, said)
            if mine.made_from and _changed_when_seen(self._store, mine, other, changes):
                yield Remark(session, _CHANGED, {**said, "version": mine.scheme.version})

    def _submitted_after_withdrawal(self, header: PassHeader, changes: Sequence[StatusChange]) -> bool:
        """True if its coder was withdrawn on the day of the last submission or before; only the day is kept."""
        days = self._withdrawn.get((header.session_id, header.coder_id, header.scheme.name, header.purpose))
        submitted = [one.at for one in changes if (one.pass_id, one.status) == (header.id, PassStatus.SUBMITTED)]
        if not days or not submitted:
            return False
        return min(days) <= datetime.fromisoformat(submitted[-1]).astimezone().date().isoformat()


def _changed_when_seen(
    store: StudyStore, moved: PassHeader, other: PassHeader, changes: Sequence[StatusChange]
) -> bool:
    """True if a pass was moved when both coders had submitted, and then changed by hand."""
    headers = {header.id: header for header in store.passes(moved.session_id)}
    mine, theirs = _line_of(moved, headers), _line_of(other, headers)
    if headers[moved.made_from[0]].coder_id != moved.coder_id:
        return False
    journal = store.journal(moved.id)
    status = {one.pass_id: one.status for one in changes if one.at < journal[0].at}
    submitted = [
        any(status.get(pass_id) is PassStatus.SUBMITTED for pass_id in line - {moved.id})
        for line in (mine, theirs | {other.id})
    ]
    return all(submitted) and len([entry for entry in journal if entry.edit is not None]) > 1


def _line_of(header: PassHeader, headers: Mapping[str, PassHeader]) -> set[str]:
    """The ids of a pass and of those that it was moved from."""
    line = {header.id}
    while len(header.made_from) == 1:
        header = headers[header.made_from[0]]
        line.add(header.id)
    return line
