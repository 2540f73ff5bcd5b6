"""Which keys a scheme may use: one key each, written as a person reads it (“Q”, “7”, “;”, “F3”).

The player's keys are listed here again, because reading a file must not depend on the bench; a test holds the list
against the bench's own.
"""

import string
from collections.abc import Iterator, Mapping

from coder.formats.scheme_flaw import Flaw
from coder.formats.scheme_node import Node
from coder.language import later, tr

NAMED = frozenset(f"F{number}" for number in range(1, 13))
SIGNS = frozenset(string.ascii_uppercase + string.digits + string.punctuation)

RESERVED = {
    **dict.fromkeys((" ", "SPACE"), later("Space starts and stops the film")),
    "J": later("J plays slower"),
    "K": later("K stops the film"),
    "L": later("L plays faster"),
    ",": later("comma steps one frame back"),
    ".": later("period steps one frame forward"),
    "[": later("it sets the onset"),
    "]": later("it sets the offset"),
    **dict.fromkeys(("+", "=", "-"), later("it zooms the timeline")),
    **dict.fromkeys(("F1", "?"), later("it shows all keys")),
    **dict.fromkeys(("LEFT", "RIGHT", "UP", "DOWN", "←", "→", "↑", "↓"), later("it moves through the film")),
    **dict.fromkeys(("HOME", "END"), later("it goes to an end of the coded window")),
    **dict.fromkeys(("PAGEUP", "PAGEDOWN", "PGUP", "PGDOWN"), later("it goes from event to event")),
    "F11": later("it shows the pictures on the full screen"),
    **dict.fromkeys(("ENTER", "RETURN"), later("Enter writes a note")),
    **dict.fromkeys(("ESC", "ESCAPE"), later("Esc selects nothing")),
    **dict.fromkeys(("TAB", "\t"), later("Tab moves between the parts of the window")),
    **dict.fromkeys(("BACKSPACE", "DELETE", "DEL"), later("it deletes")),
}

FREE = later("Use a letter other than J, K and L, a digit, a sign such as ; or /, or F2 to F10.")


def normal_key(key: str) -> str:
    """The key as it is kept: letters in upper case, `f3` as `F3`."""
    return key.upper()


def why_not(key: str) -> str:
    """Why a scheme cannot use this key, as the end of a sentence; "" if it can."""
    if not key:
        return tr("is empty")
    normal = normal_key(key)
    if normal in RESERVED:
        return tr("is reserved: {why}", why=tr(RESERVED[normal]))
    if normal not in SIGNS and normal not in NAMED:
        return tr("is not the name of a key")
    return ""


def key_flaws(raw: Node) -> Iterator[Flaw]:
    """A pass can run over all tiers at once, so a code's key means one thing in the whole scheme.

    An option's key must differ from all of these, and from the other options that the same code asks for.
    """
    owners: dict[str, str] = {}
    for tier in raw.each("tiers"):
        for code in tier.each("codes"):
            if "key" not in code.table and tier.text("kind") != "rating":
                yield Flaw(code.path, tr("The code has no key."), tr('Add one, e.g. key = "Q".'))
            yield from _key_flaws(code, owners)
            owners.setdefault(normal_key(code.text("key")), tr("code “{name}”", name=code.text("id")))
    judged = {name for link in raw.each("links") for _, name in link.texts("details")} - {
        name for tier in raw.each("tiers") for code in tier.each("codes") for _, name in code.texts("modifiers")
    }
    for modifier in raw.each("modifiers"):
        for option in modifier.each("options"):
            # no code is keyed in the review of answers
            yield from _key_flaws(option, {} if modifier.text("id") in judged else owners)
    yield from _shared_options(raw)


def _key_flaws(node: Node, owners: Mapping[str, str]) -> Iterator[Flaw]:
    key = node.table.get("key")
    if not isinstance(key, str):
        return
    if reason := why_not(key):
        yield Flaw(
            node.at("key"),
            tr("The key “{key}” {reason}.", key=key, reason=reason) if key else tr("The key is empty."),
            tr(FREE),
        )
    elif owner := owners.get(normal_key(key)):
        yield Flaw(
            node.at("key"),
            tr("The key “{key}” already belongs to {owner}.", key=key, owner=owner),
            tr("Choose another key."),
        )


def _shared_options(raw: Node) -> Iterator[Flaw]:
    """Options of one code that share a key, each told once however many codes ask for them."""
    modifiers = {modifier.text("id"): modifier for modifier in raw.each("modifiers")}
    codes = (code for tier in raw.each("tiers") for code in tier.each("codes"))
    asked = [dict.fromkeys(name for _, name in code.texts("modifiers")) for code in codes]
    told = set()
    asked += [dict.fromkeys(name for _, name in link.texts("details")) for link in raw.each("links")]
    for names in [*asked, *({name: None} for name in modifiers)]:
        taken: dict[str, Node] = {}
        known = (modifiers[name] for name in names if name in modifiers)
        for option in (option for modifier in known for option in modifier.each("options")):
            key = normal_key(option.text("key"))
            first = taken.setdefault(key, option)
            if key and first is not option and option.path not in told:
                told.add(option.path)
                what = tr(
                    "The key “{key}” already chooses “{option}” with the same code.",
                    key=key,
                    option=first.text("id"),
                )
                yield Flaw(option.at("key"), what, tr("Choose another key."))
