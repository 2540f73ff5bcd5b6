"""What a supervisor should know beside the numbers, said once: in English for files, as spoken for windows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.language import tr


@dataclass(frozen=True)
class Remark:
    """A sentence about one session. `str` gives it in English, as reports and the command line need it.

    session: its name, "" if it is of several. text: marked with `later`, with names in braces; values fill these.
    """

    session: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self._of(self.text.format(**self.values))

    @property
    def spoken(self) -> str:
        """The sentence in the language that is spoken."""
        return self._of(tr(self.text, **self.values))

    def _of(self, sentence: str) -> str:
        return f"{self.session}: {sentence}" if self.session else sentence
