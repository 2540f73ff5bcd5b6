"""Keys that rate the current item: a digit that the scheme gives to no code, or Alt with it.

N or Alt+N is for an item that cannot be rated.
"""

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.language import tr
from coder.model.scheme import NOT_RATED, Tier


def rating_key(key: str) -> str | None:
    """The rating that a key stands for: `5` and `Alt+5` for 5, `N` and `Alt+N` for not rated; None for none."""
    plain = key.removeprefix("Alt+")
    if plain == "N":
        return NOT_RATED
    return plain if len(plain) == 1 and plain.isdigit() else None


def keys_text(tier: Tier, keymap: Keymap) -> str:
    """Which keys rate the current item: digits alone where they mean nothing else."""
    scale = tier.scale
    if scale is None:
        return ""
    low, high = max(scale.low, 0), min(scale.high, 9)
    if all(keymap.meaning(str(number)) is None for number in range(low, high + 1)):
        text = tr("Keys: {low} to {high} rate the outlined item.", low=low, high=high)
    else:
        text = tr("Keys: Alt+{low} to Alt+{high} rate the outlined item.", low=max(low, 1), high=high)
    if scale.na:
        key = "N" if keymap.meaning("N") is None else "Alt+N"
        none = tr("{key}: {na}.", key=key, na=scale.na)
        text = f"{text} {none}"
    mark = keymap.first_key(Do.MOMENT)
    if not mark:
        return text
    evidence = tr("{key}: mark what was just seen, or the loop, as evidence.", key=shown(mark))
    return f"{text} {evidence}"
