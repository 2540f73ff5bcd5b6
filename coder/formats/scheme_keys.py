"""Which keys a scheme may use."""

import string

NAMED = frozenset(f"F{number}" for number in range(1, 13))
SIGNS = frozenset(string.ascii_uppercase + string.digits + string.punctuation)

RESERVED = {
    " ": "Space starts and stops the film",
    "SPACE": "Space starts and stops the film",
    "J": "J plays backwards",
    "K": "K stops the film",
    "L": "L plays forwards",
    ",": "comma steps one frame back",
    ".": "period steps one frame forward",
    **dict.fromkeys(("LEFT", "RIGHT", "UP", "DOWN", "←", "→", "↑", "↓"), "the arrows move through the film"),
    **dict.fromkeys(("ENTER", "RETURN"), "Enter confirms"),
    **dict.fromkeys(("ESC", "ESCAPE"), "Esc leaves what is being done"),
    "TAB": "Tab moves between the parts of the window",
    "\t": "Tab moves between the parts of the window",
    "BACKSPACE": "Backspace deletes",
}


def normal_key(key: str) -> str:
    """The key as it is kept: letters in upper case, `f3` as `F3`."""
    return key.upper()


def why_not(key: str) -> str:
    """Why a scheme cannot use this key, as half a sentence; "" if it can."""
    normal = normal_key(key)
    if normal in RESERVED:
        return f"is reserved: {RESERVED[normal]}"
    if normal not in SIGNS and normal not in NAMED:
        return "is not the name of a key"
    return ""
