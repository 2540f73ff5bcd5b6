"""The language in which the program speaks to a person: every sentence and label passes through here.

English is the language of the source, and what is not translated stays English. A catalogue is a gettext file,
`catalogues/de.mo`, made from `de.po` by `make strings`. The language is chosen once, when the program starts.
"""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"
ENGLISH = "en"

_spoken: gettext.NullTranslations = gettext.NullTranslations()
_language = ENGLISH


def tr(text: str, /, **values: object) -> str:
    """The text in the language that is spoken; names in braces are filled in afterwards.

    `tr("“{code}” is saved", code=label)`. The text must be a literal, so that the catalogues can be gathered.
    """
    # the message of no text is the catalogue's head
    return _filled(_spoken.gettext(text), text, values) if text else ""


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """`plural("{count} event", "{count} events", n)`: the form that goes with a number, which fills {count}."""
    source = one if count == 1 else many
    return _filled(_spoken.ngettext(one, many, count), source, {"count": count, **values})


def later(text: str) -> str:
    """Marks a text of a constant for the catalogues; it is put through `tr` where it is shown."""
    return text


def grouped(number: int) -> str:
    """A whole number with its thousands apart: `17,981`, and with a thin gap where a comma begins the decimals."""
    text = f"{number:,}"
    return text if _language == ENGLISH else text.replace(",", "\N{NARROW NO-BREAK SPACE}")


def languages() -> tuple[str, ...]:
    """The languages there are, English first, as two letters."""
    return (ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.mo")))


def first_of(wanted: Iterable[str]) -> str:
    """The first of the languages that a system asks for ("de-AT", "en") that is one of ours, else English."""
    known = languages()
    asked = (one.replace("_", "-").partition("-")[0].lower() for one in wanted)
    return next((one for one in asked if one in known), ENGLISH)


def spoken() -> str:
    """The language that is spoken now, as two letters."""
    return _language


def speak(language: str) -> None:
    """Speak this language from now on; English if there is no such catalogue."""
    global _spoken, _language  # noqa: PLW0603 - the program speaks one language, chosen when it starts
    path = CATALOGUES / f"{language}.mo"
    if not path.exists():
        _spoken, _language = gettext.NullTranslations(), ENGLISH
        return
    _language = language
    with path.open("rb") as file:
        _spoken = gettext.GNUTranslations(file)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language for a while, as for a page in another language than the program's."""
    before = _language
    speak(language)
    try:
        yield
    finally:
        speak(before)


def _filled(text: str, source: str, values: dict[str, object]) -> str:
    if not values:
        return text
    try:
        return text.format(**values)
    except (KeyError, IndexError, ValueError):  # a slip of the translator must not cost the sentence
        return source.format(**values)
