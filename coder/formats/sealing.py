"""Sealing: a text that an ordinary look does not show – no editor, no browser of databases, no search for words.

It keeps a trainee from reading by chance, or on a whim, what a test will ask. It is no lock: the key stands in
this file, so whoever reads the program can open every seal. What must stay secret must not be handed out.
"""

import base64
import binascii
import textwrap
import zlib
from hashlib import sha256, shake_256

from coder.language import tr
from coder.model.problem import FormatError, Problem

MARK = "coder sealed 1"
"""The first line of every sealed text."""
MAX_BYTES = 50_000_000

_MARKS = MARK.rstrip("0123456789")
_KEY = b"not a lock, only a curtain"
_CHECK = 16
_WIDTH = 100


def is_sealed(text: str) -> bool:
    """True if the text says that it is sealed."""
    return text.removeprefix("\ufeff").startswith(_MARKS)


def sealed(text: str) -> str:
    """The text, sealed: lines of ASCII letters. The same text always gives the same seal."""
    plain = text.encode()
    check = sha256(_KEY + plain).digest()[:_CHECK]
    packed = base64.b64encode(check + _veiled(zlib.compress(plain, 9), check)).decode("ascii")
    return "\n".join([MARK, *textwrap.wrap(packed, _WIDTH), ""])


def unsealed(text: str, name: str) -> str:
    """The text under a seal. name: what problems call it.

    Raises FormatError if it is not sealed, if a sign of it was lost or changed, or if it holds more than 50 MB.
    """
    mark, _, packed = text.removeprefix("\ufeff").partition("\n")
    if mark.strip() != MARK:
        what = tr("This was not sealed by this version of the program.")
        raise FormatError(
            Problem(what, name, tr("Use a newer version of the program, or ask for the file again."))
        )
    damaged = FormatError(
        Problem(tr("The sealed text is damaged."), name, tr("Copy the file again from where it came from."))
    )
    try:
        data = base64.b64decode("".join(packed.split()), validate=True)
        inflate = zlib.decompressobj()
        plain = inflate.decompress(_veiled(data[_CHECK:], data[:_CHECK]), MAX_BYTES)
        found = plain.decode()
    except (binascii.Error, zlib.error, ValueError):
        raise damaged from None
    if not inflate.eof or inflate.unused_data or sha256(_KEY + plain).digest()[:_CHECK] != data[:_CHECK]:
        raise damaged
    return found


def _veiled(data: bytes, salt: bytes) -> bytes:
    """The data under a stream of bytes that key and salt give; inverts itself."""
    stream = shake_256(_KEY + salt).digest(len(data))
    veiled = int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")
    return veiled.to_bytes(len(data), "big")
