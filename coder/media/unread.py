"""Why a film cannot be read, as far as its file says: encrypted, of a kind without decoder, or broken off.

Looked at only when reading has failed; what is found is a word for a person, not a verdict on the file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from coder.language import tr

# Enough of any other file than MP4 to hold its head.
_HEAD_BYTES = 1024 * 1024
_MOST_TABLE_BYTES = 64 * 1024 * 1024

_ENCRYPTED = {"encv", "enca", "drmi", "drms"}
_NO_PICTURE = {"mp4a", "ac-3", "ec-3", "alac", "Opus", "sowt", "twos", "lpcm", "samr", "tx3g", "tmcd"}

# The "Content Encryption" objects of Windows Media, GUIDs as they lie in the file.
_WINDOWS_KEYS = (
    bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e"),
    bytes.fromhex("14e68a292226174cb935dae07ee9289c"),
)


def why_unread(path: Path, *, no_decoder: bool = False) -> tuple[str, str] | None:
    """What is wrong and how to mend it, for a person; None if the file does not say.

    no_decoder: there is a picture, but nothing that decodes it.
    """
    try:
        with path.open("rb") as file:
            boxes = dict(_boxes(file, path.stat().st_size))
            if "mdat" in boxes and not {"moov", "moof"} & boxes.keys():
                return (
                    tr("The film breaks off before its list of frames, which stands at its end."),
                    tr("Copy it again from the camera; if the recording broke off, a repair program may help."),
                )
            at, length = boxes.get("moov", (0, _HEAD_BYTES))
            file.seek(at)
            head = file.read(min(length, _MOST_TABLE_BYTES))
    except OSError:
        return None
    kinds = _kinds(head)
    if _ENCRYPTED & set(kinds) or any(key in head for key in _WINDOWS_KEYS):
        return (
            tr("The film is encrypted, and cannot be read without its key."),
            tr("Ask whoever it came from for a copy without copy protection."),
        )
    pictures = [kind for kind in kinds if kind not in _NO_PICTURE]
    if not pictures or not no_decoder:
        return None
    return (
        tr("The picture is of the kind “{kind}”, for which this program has no decoder.", kind=pictures[0]),
        tr("Convert it to MP4 with H.264 with the program that came with the camera."),
    )


def _boxes(file: BinaryIO, total: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The outermost boxes of an MP4 file: kind, first byte and length; nothing for other files."""
    at = 0
    while at + 8 <= total:
        file.seek(at)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16], "big")
        if not kind.isalnum() or 0 < length < 8:
            return
        yield kind.decode("latin-1"), (at, length or total - at)
        if length == 0:
            return
        at += length


def _kinds(head: bytes) -> list[str]:
    """What the head calls the kinds of its streams: MP4 sample entries, AVI handlers, Matroska codecs."""
    entries = re.findall(rb"stsd.{8}.{4}([ -~]{4})", head, re.DOTALL)
    handlers = re.findall(rb"vids([ -~]{4})", head) if head.startswith(b"RIFF") else []
    codecs = re.findall(rb"V_[A-Z0-9/_]{3,40}", head) if head.startswith(b"\x1aE\xdf\xa3") else []
    return [kind.decode("ascii").strip() for kind in (*entries, *handlers, *codecs)]
