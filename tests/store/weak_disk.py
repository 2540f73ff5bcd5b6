"""A disk in memory, under SQLite, whose power can be cut.

What was written but not yet synced is kept or lost sector by sector, at random, when the power goes: so writes are
lost, torn and reordered as a real disk's cache may do. Files are made and deleted for good at once.
"""

import random
from pathlib import PurePosixPath

import apsw

SECTOR = 512


class PowerCutError(Exception):
    """The power is gone; whatever the program does now reaches nothing."""


class File:
    """One file: what the program sees, what is safe, and where the two may differ."""

    def __init__(self, content: bytes = b"") -> None:
        self.seen = bytearray(content)
        self.safe = bytearray(content)
        self.unsynced: list[tuple[int, bytes | None]] = []  # (place, data), or (size, None) for a cut

    def write(self, place: int, data: bytes | None) -> None:
        _apply(self.seen, place, data)
        self.unsynced.append((place, data))

    def sync(self) -> None:
        self.safe = bytearray(self.seen)
        self.unsynced = []

    def survivor(self, chance: random.Random) -> bytes:
        """What is on the disk after the power came back."""
        left = bytearray(self.safe)
        for place, data in self.unsynced:
            if data is None:
                if chance.random() < 0.5:
                    _apply(left, place, None)
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    _apply(left, place + start, data[start : start + SECTOR])
        return bytes(left)


def _apply(content: bytearray, place: int, data: bytes | None) -> None:
    if data is None:
        del content[place:]
        return
    content.extend(bytes(max(0, place - len(content))))
    content[place : place + len(data)] = data


class Disk(apsw.VFS):
    """The file system as SQLite asks for it. lies: it says that it synced and does not."""

    def __init__(self, name: str, files: dict[str, bytes], *, cut_after: int, lies: bool = False) -> None:
        super().__init__(name, "")
        self.name = name
        self.files = {file: File(content) for file, content in files.items()}
        self.steps_left = cut_after
        self.lies = lies

    def step(self) -> None:
        """One write or sync; raises PowerCutError when it is the last."""
        self.steps_left -= 1
        if self.steps_left < 0:
            raise PowerCutError

    def after_the_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files as they are found when the power is back."""
        return {name: file.survivor(chance) for name, file in self.files.items()}

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> "Handle":
        path = PurePosixPath(str(name.filename() if isinstance(name, apsw.URIFilename) else name)).name
        return Handle(self, self.files.setdefault(path, File()))

    def xAccess(self, pathname: str, flags: int) -> bool:
        return PurePosixPath(pathname).name in self.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.step()
        self.files.pop(PurePosixPath(filename).name, None)

    def xFullPathname(self, name: str) -> str:
        return "/" + PurePosixPath(name).name


class Handle:
    """An open file, with SQLite's names."""

    def __init__(self, disk: Disk, file: File) -> None:
        self.disk = disk
        self.file = file

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.file.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.step()
        self.file.write(offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        self.disk.step()
        self.file.write(newsize, None)

    def xSync(self, flags: int) -> None:
        self.disk.step()
        if not self.disk.lies:
            self.file.sync()

    def xFileSize(self) -> int:
        return len(self.file.seen)

    def xLock(self, level: int) -> None:
        pass

    def xUnlock(self, level: int) -> None:
        pass

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xClose(self) -> None:
        pass
