"""Which key means what in one scheme, with the keys that a person has changed.

Everything that shows a key asks here, so that tool tips, menus, the overview and the key card tell the truth.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from coder.annotate.commands import COMMAND, COMMANDS, Command, Do, groups, manual
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import Problem
from coder.model.scheme import Code, Modifier, Scheme, Tier, TierKind

__all__ = [
    "COMMAND",
    "COMMANDS",
    "OF_THE_WINDOW",
    "RESERVED",
    "CodeKey",
    "Command",
    "Do",
    "KeyChoices",
    "Keymap",
    "Meaning",
    "OptionKey",
    "detail_keys",
    "groups",
    "manual",
    "option_keys",
]

FOCUS = frozenset({"Tab", "Shift+Tab"})
OF_THE_WINDOW = frozenset(
    {
        "Ctrl+N",
        "Ctrl+O",
        "Ctrl+W",
        "Ctrl+Q",
        "Ctrl+,",
        "Ctrl+Alt++",
        "Ctrl+Alt+-",
        "Ctrl+Alt+0",
        "Ctrl+Shift+C",
        "Ctrl+Shift+E",
        "Ctrl+Shift+N",
        "Ctrl+Shift+F",
        "Ctrl+Shift+L",
        "Ctrl+Shift+T",
        "Ctrl+Shift+U",
        "Ctrl+Shift+H",
        "Ctrl+Shift+O",
        "F5",
    }
)
"""Keys of the menus, which never reach the bench."""

RESERVED = FOCUS | {key for command in COMMANDS for key in command.keys}
"""Keys that a scheme cannot use: those of the commands, and Tab, which moves the focus."""


@dataclass(frozen=True, slots=True)
class CodeKey:
    """A key that codes."""

    key: str
    tier: Tier
    code: Code


@dataclass(frozen=True, slots=True)
class OptionKey:
    """A key that sets a modifier of the selected event."""

    key: str
    modifier: Modifier
    value: str
    label: str


Meaning = Command | CodeKey | OptionKey


def option_keys(code: Code) -> Iterator[OptionKey]:
    """The keys that set the modifiers of an event of this code.

    A number is set with Ctrl and its digit if all its values have one digit (a second number needs its field).
    What is judged in a review has keys there and none here.
    """
    numbered = False
    for modifier in (one for one in code.modifiers if not one.judged):
        for option in modifier.options:
            if option.key:
                yield OptionKey(option.key.upper(), modifier, option.id, option.label)
        if modifier.kind == "number" and not numbered and modifier.low is not None and modifier.high is not None:
            numbered = True
            for number in range(max(modifier.low, 1), min(modifier.high, 9) + 1):
                yield OptionKey(f"Ctrl+{number}", modifier, str(number), str(number))


def detail_keys(detail: Modifier) -> Iterator[OptionKey]:
    """The keys that say a detail of an answer in the review of answers; those of a number as in `option_keys`."""
    yield from option_keys(Code("", "", "", "", modifiers=(replace(detail, judged=False),)))


@dataclass(frozen=True)
class KeyChoices:
    """Keys that a person has changed. commands: all keys of a command. codes: the key of a (tier, code)."""

    commands: Mapping[Do, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def read(cls, commands: Mapping[str, Sequence[str]], codes: Mapping[str, str]) -> "KeyChoices":
        """The choices as they are kept: by a command's name, by `tier/code`. Unknown commands are passed over."""
        known = {Do(name): tuple(keys) for name, keys in commands.items() if name in set(Do)}
        return cls(known, {(tier, code): key for (tier, _, code), key in _parted(codes)})

    def kept(self) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
        """What `read` takes."""
        return (
            {do.value: keys for do, keys in self.commands.items()},
            {f"{tier}/{code}": key for (tier, code), key in self.codes.items()},
        )


class Keymap:
    """The keys of the bench for one scheme. `problems`: every key that means two things, or cannot be used."""

    def __init__(self, scheme: Scheme, choices: KeyChoices = KeyChoices()) -> None:
        self._commands: dict[str, Command] = {}
        self._in_force: dict[Do, Command] = {}
        self._codes: dict[str, CodeKey] = {}
        self._key_of: dict[tuple[str, str], str] = {}
        self._options: dict[tuple[str, str], dict[str, OptionKey]] = {}
        self.problems: list[Problem] = []
        self._place_commands(choices.commands)
        self._place_codes(scheme, choices.codes)
        for tier, code in scheme.codes():
            self._options[tier.id, code.id] = {}
            for option in option_keys(code):
                self._add_option(tier, code, option)

    def meaning(self, key: str, selected: Event | None = None) -> Meaning | None:
        """What a key does while an event is selected (None: no event is); None if nothing."""
        options = self._options.get((selected.tier, selected.code), {}) if selected is not None else {}
        return self._commands.get(key) or self._codes.get(key) or options.get(key)

    def first_meaning(self, keys: Iterable[str], selected: Event | None = None) -> Meaning | None:
        """The meaning of the first of these readings of a key press that has one."""
        return next((found for key in keys if (found := self.meaning(key, selected)) is not None), None)

    def command(self, do: Do) -> Command:
        """A command with the keys that are in force; it may have lost all of them."""
        return self._in_force[do]

    def keys_of(self, do: Do) -> tuple[str, ...]:
        """The keys of a command that are in force, the one that is shown first."""
        return self._in_force[do].keys

    def first_key(self, do: Do) -> str:
        """The key of a command that is shown; "" if it has lost all of them."""
        return next(iter(self._in_force[do].keys), "")

    def key_of(self, tier: str, code: str) -> str:
        """The key of a code that is in force; "" if it has none."""
        return self._key_of.get((tier, code), "")

    def groups(self) -> Iterator[tuple[str, tuple[Command, ...]]]:
        """The commands by group, with the keys that are in force."""
        for name, commands in groups():
            yield name, tuple(self._in_force[one.do] for one in commands)

    def _place_commands(self, chosen: Mapping[Do, tuple[str, ...]]) -> None:
        # What nobody changed has its keys first: a change can never take a key that it was not seen to take.
        for command in sorted(COMMANDS, key=lambda one: one.do in chosen):
            keys = tuple(key for key in chosen.get(command.do, command.keys) if self._free(command, key))
            if not keys and chosen.get(command.do, command.keys):
                keys = tuple(key for key in command.keys if key not in self._commands)
            in_force = replace(command, keys=keys)
            self._in_force[command.do] = in_force
            self._commands.update(dict.fromkeys(keys, in_force))

    def _free(self, command: Command, key: str) -> bool:
        taken = self._commands.get(key)
        if taken is not None:
            self._report("", tr(command.label), key, tr("the key of “{name}”", name=tr(taken.label)))
        elif key in FOCUS or key in OF_THE_WINDOW:
            self._report("", tr(command.label), key, tr("a key of the window"))
        else:
            return True
        return False

    def _place_codes(self, scheme: Scheme, chosen: Mapping[tuple[str, str], str]) -> None:
        keyed = [
            (tier, code)
            for tier, code in scheme.codes()
            if tier.kind is not TierKind.RATING and (code.key or (tier.id, code.id) in chosen)
        ]
        for tier, code in sorted(keyed, key=lambda one: (one[0].id, one[1].id) in chosen):
            self._add_code(CodeKey(chosen.get((tier.id, code.id), code.key.upper()), tier, code))

    def _add_code(self, entry: CodeKey) -> None:
        taken_by = self._taken_by(entry.key)
        if taken_by:
            self._report(f"tier {entry.tier.id}", entry.code.label, entry.key, taken_by)
            entry = replace(entry, key=entry.code.key.upper())
        if entry.key and not self._taken_by(entry.key):
            self._codes[entry.key] = entry
            self._key_of[entry.tier.id, entry.code.id] = entry.key

    def _taken_by(self, key: str) -> str:
        if key in self._commands:
            return tr("the key of “{name}”", name=tr(self._commands[key].label))
        if key in FOCUS or key in OF_THE_WINDOW:
            return tr("a key of the window")
        if key in self._codes:
            return tr("the key of “{name}”", name=self._codes[key].code.label)
        return ""

    def _add_option(self, tier: Tier, code: Code, entry: OptionKey) -> None:
        options = self._options[tier.id, code.id]
        name = f"{code.label}: {entry.modifier.label}, {entry.label}"
        taken_by = self._taken_by(entry.key)
        if taken_by:
            self._report(f"tier {tier.id}", name, entry.key, taken_by)
        elif entry.key in options:
            taken_by = tr("the key of “{name}”", name=options[entry.key].label)
            self._report(f"tier {tier.id}", name, entry.key, taken_by)
        else:
            options[entry.key] = entry

    def _report(self, where: str, name: str, key: str, taken_by: str) -> None:
        self.problems.append(
            Problem(
                tr("“{name}” has the key {key}, which is {taken_by}.", name=name, key=key, taken_by=taken_by),
                where,
                tr("Give it another key."),
            )
        )


def _parted(codes: Mapping[str, str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for place, key in codes.items():
        yield place.partition("/"), key
