"""The tables of some sessions' tallies, counted once however many statistics are computed from them."""

from collections.abc import Sequence
from functools import cached_property

from coder.model.agreement import Tally
from coder.reliability.formulas import Floats
from coder.reliability.intervals import as_rows, tables_of
from coder.reliability.table_formulas import collapsed


class Counted:
    """Confusion tables, rows coder A, columns coder B."""

    def __init__(self, tallies: Sequence[Tally], tables: Floats) -> None:
        self.tallies = tallies
        self.tables = tables
        """(sessions, k, k)"""
        self._of_code: dict[int, Floats] = {}

    @classmethod
    def of(cls, tallies: Sequence[Tally], size: int) -> "Counted":
        """Of tallies whose tables have `size` categories."""
        return cls(tallies, tables_of(tallies, size))

    @cached_property
    def whole(self) -> Floats:
        """(k, k): over all sessions."""
        found: Floats = self.tables.sum(0)
        return found

    @cached_property
    def shown(self) -> tuple[tuple[int, ...], ...]:
        """The same in plain whole numbers."""
        return as_rows(self.whole)

    @cached_property
    def size(self) -> int:
        """How many categories there are."""
        return int(self.tables.shape[-1])

    @cached_property
    def without_last(self) -> "Counted":
        """The same without the last category, for where nobody used it."""
        return Counted(self.tallies, self.tables[:, :-1, :-1])

    def of_code(self, code: int) -> Floats:
        """(sessions, 2, 2): the code at a place against all the others."""
        if code not in self._of_code:
            self._of_code[code] = collapsed(self.tables, code)
        return self._of_code[code]


class Counting:
    """Hands out the same `Counted` for the same tallies."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], Counted] = {}

    def __call__(self, tallies: Sequence[Tally], size: int) -> Counted:
        """The tables of these tallies, which are kept so that no other takes over the id of one that is gone."""
        key = (size, *map(id, tallies))
        if key not in self._known:
            self._known[key] = Counted.of(tuple(tallies), size)
        return self._known[key]
