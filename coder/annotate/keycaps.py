"""How a key is written for a person: what stands on the caps of the keyboard."""

from coder.language import later, tr

_CAPS = {
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Backspace": "⌫",
    "Return": later("Enter"),
    "Delete": later("Del"),
    "Insert": later("Ins"),
    "Home": later("Home"),
    "End": later("End"),
    "PageUp": later("PageUp"),
    "PageDown": later("PageDown"),
    "Space": later("Space"),
    "Ctrl": later("Ctrl"),
    "Shift": later("Shift"),
}


def shown(key: str) -> str:
    """A key as it is printed on the caps of the person's keyboard: arrows as arrows, German ones in German."""
    before, plus, last = key[:-1].rpartition("+")  # the last sign may be a plus itself
    parts = [*before.split("+")] if plus else []
    return "+".join(_cap(part) for part in (*parts, last + key[-1:]))


def _cap(part: str) -> str:
    cap = _CAPS.get(part, "")
    return tr(cap) if cap else part
