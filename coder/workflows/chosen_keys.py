"""The keys that a person has changed, as the preferences keep them and as the keymap takes them."""

from coder.annotate.keymap import KeyChoices, Keymap
from coder.model.problem import Problem
from coder.model.scheme import Scheme
from coder.settings.preferences import Preferences, PreferencesFile


def keys_of(preferences: Preferences, scheme: Scheme) -> KeyChoices:
    """The changed keys of the commands and of one scheme. A new version of a scheme keeps them."""
    return KeyChoices.read(preferences.command_keys, preferences.code_keys.get(scheme.id.name, {}))


def keep_keys(file: PreferencesFile, scheme: Scheme, choices: KeyChoices) -> None:
    """Remember the changed keys of the commands and of one scheme. Raises CoderError if they cannot be saved."""
    commands, codes = choices.kept()
    others = {name: keys for name, keys in file.value.code_keys.items() if name != scheme.id.name}
    file.change(command_keys=commands, code_keys=others | ({scheme.id.name: codes} if codes else {}))


def key_conflicts(preferences: Preferences, scheme: Scheme) -> tuple[Problem, ...]:
    """Where a key that this person has changed meets one of the scheme's; the one that came first keeps it."""
    return tuple(Keymap(scheme, keys_of(preferences, scheme)).problems)
