"""Where a study may live: on a disk of this computer that no other program copies about.

The write-ahead log does not work over a network, and a synchronising program copies a database half written or
puts an older copy back. Films may lie on such a folder; they are only read.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

from coder.language import tr
from coder.model.problem import Problem

_NETWORK = re.compile(
    r"(nfs\d?|cifs|smb\w*|afpfs|9p|afs|webdav|davfs|ncpfs|ceph|glusterfs|lustre|gpfs|beegfs|vboxsf|prl_fs|vmhgfs"
    r"|osxfuse|macfuse|fuse\.(sshfs|rclone|gvfsd-fuse|s3fs|davfs2?|glusterfs|ceph|vmhgfs-fuse|onedriver|juicefs"
    r"|google-drive-ocamlfuse|portal))"
)
_SYNCED = re.compile(
    r"(OneDrive( - .+)?|Dropbox( \(.+\))?|Google ?Drive|My Drive|iCloud ?Drive|iCloud~.*|Mobile Documents"
    r"|CloudStorage|Nextcloud|ownCloud|Syncthing|pCloudDrive|pCloud Drive|Box Sync|MEGA(sync)?"
    r"|Seafile|Proton Drive)",
    re.IGNORECASE,
)
# what the services put at the top of a folder; ~/.dropbox itself lies in every home with Dropbox, and says nothing
_SYNC_MARKS = (".stfolder", ".dropbox.cache", ".owncloudsync.log", ".sync_*.db", "._sync_*.db")
_WINDOWS_REMOTE = 4


def unfit(folder: Path) -> Problem | None:
    """Why a study in this folder could be damaged, or None if it is safe there."""
    folder = folder.absolute()
    try:
        folder.resolve()
    except (OSError, RuntimeError):  # which of the two depends on Python's version
        return Problem(
            tr("This folder refers to itself and leads nowhere."), str(folder), tr("Choose another folder.")
        )
    if on_network(folder):
        return Problem(
            tr("This folder is on a network drive, where a study file can be damaged."),
            str(folder),
            tr("Keep the study on a disk of this computer; the films may stay where they are."),
        )
    service = synced_by(folder)
    if service is not None:
        return Problem(
            tr(
                "This folder is synchronised with other computers ({service}), which can damage a study file.",
                service=service,
            ),
            str(folder),
            tr("Keep the study in a folder that is not synchronised, and put finished exports here."),
        )
    return None


def synced_by(folder: Path) -> str | None:
    """The name of the folder, at or above this one, that a cloud service synchronises."""
    real = folder.resolve()
    for place in (folder, *folder.parents, real, *real.parents):
        if _SYNCED.fullmatch(place.name) or any(next(place.glob(mark), None) for mark in _SYNC_MARKS):
            return place.name
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        root = os.environ.get(name)
        if root and folder.is_relative_to(root):
            return name
    return None


def on_network(folder: Path) -> bool:
    """True if the folder lies on another computer's disk; False also where this cannot be told."""
    real = folder.resolve()
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - windll is there on Windows only

        return real.drive.startswith("\\\\") or (
            ctypes.windll.kernel32.GetDriveTypeW(real.drive + "\\") == _WINDOWS_REMOTE
        )
    if sys.platform == "darwin":
        try:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return False
        return is_network(kind_in_mount_list(real, listed))
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return is_network(kind_in_proc_mounts(real, mounts))


def kind_in_proc_mounts(folder: Path, mounts: str) -> str | None:
    """The file system of a folder, from the text of /proc/mounts (device, place, kind …; spaces as \\040)."""
    places = []
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        places.append((Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), place)), kind))
    return _kind_of(folder, places)


def kind_in_mount_list(folder: Path, listed: str) -> str | None:
    """The file system of a folder, from what macOS's `mount` prints: `device on /place (kind, options)`."""
    found = re.finditer(r"^.+? on (/.*) \((\w+)[,)].*$", listed, re.MULTILINE)
    return _kind_of(folder, [(Path(line[1]), line[2]) for line in found])


def _kind_of(folder: Path, places: list[tuple[Path, str]]) -> str | None:
    holding = [
        (len(place.parts), at, kind) for at, (place, kind) in enumerate(places) if folder.is_relative_to(place)
    ]
    return max(holding)[2] if holding else None  # the deepest; of two at one place, the one mounted last


def is_network(kind: str | None) -> bool:
    """True if a file system of this kind lies on another computer, or is shared by one."""
    return kind is not None and _NETWORK.fullmatch(kind) is not None
