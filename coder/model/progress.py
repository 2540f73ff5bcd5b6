"""How far a long piece of work has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """done of total steps, and one short phrase for a person. total 0: not known yet."""

    done: int
    total: int
    text: str

    @property
    def fraction(self) -> float | None:
        """0.0 … 1.0, or None while the total is not known."""
        return min(self.done / self.total, 1.0) if self.total else None
