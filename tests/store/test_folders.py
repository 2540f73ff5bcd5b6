"""Where a study may not live."""

import sys
from pathlib import Path

import pytest

from coder.model.problem import StoreError
from coder.store import StudyStore, folders
from tests.store.small_study import MAIN

PROC_MOUNTS = """\
/dev/vda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
lab:/export /home/ada/lab nfs4 rw,vers=4.2 0 0
//server/share /mnt/Lab\\040Share cifs rw 0 0
/dev/sdb1 /home/ada/lab/usb fuseblk rw 0 0
ada@far: /home/ada/far fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
C:\\134 /mnt/c 9p rw 0 0
overlay /over overlay rw 0 0
nfs:/x /twice nfs rw 0 0
/dev/sdc /twice ext4 rw 0 0
"""
MAC_MOUNT = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ada@server/share on /Volumes/Lab (share) (smbfs, nodev, nosuid, mounted by ada)
/dev/disk4s1 on /Volumes/Stick (exfat, local, nodev)
"""


@pytest.mark.parametrize(
    ("folder", "kind", "network"),
    [
        ("/home/ada/study", "ext4", False),
        ("/home/ada/lab/study", "nfs4", True),
        ("/home/ada/laboratory", "ext4", False),
        ("/mnt/Lab Share/study", "cifs", True),
        ("/home/ada/lab/usb/study", "fuseblk", False),
        ("/home/ada/far", "fuse.sshfs", True),
        ("/run/user/1000/gvfs/smb-share", "fuse.gvfsd-fuse", True),
        ("/mnt/c/Users/ada", "9p", True),
        ("/over/study", "overlay", False),
        ("/twice/study", "ext4", False),
    ],
)
def test_file_systems_of_linux(folder: str, kind: str, network: bool) -> None:
    found = folders.kind_in_proc_mounts(Path(folder), PROC_MOUNTS)
    assert found == kind
    assert folders.is_network(found) == network


@pytest.mark.parametrize(
    ("folder", "kind", "network"),
    [
        ("/Users/ada/study", "apfs", False),
        ("/Volumes/Lab (share)/study", "smbfs", True),
        ("/Volumes/Stick/study", "exfat", False),
    ],
)
def test_file_systems_of_macos(folder: str, kind: str, network: bool) -> None:
    found = folders.kind_in_mount_list(Path(folder), MAC_MOUNT)
    assert found == kind
    assert folders.is_network(found) == network


@pytest.mark.parametrize(
    "name",
    [
        "OneDrive",
        "OneDrive - University of Somewhere",
        "Dropbox",
        "Dropbox (Lab)",
        "Google Drive",
        "GoogleDrive",
        "iCloudDrive",
        "Mobile Documents",
        "Nextcloud",
        "ownCloud",
        "Syncthing",
    ],
)
def test_a_synchronised_folder_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "deep" / "study"
    with pytest.raises(StoreError, match="synchronised with other computers") as refusal:
        StudyStore.create(folder, "Play")
    assert name in str(refusal.value)
    assert not folder.exists()


@pytest.mark.parametrize("mark", [".stfolder", ".dropbox.cache", ".sync_0a1b.db"])
def test_a_synchronised_folder_is_refused_by_its_marks(tmp_path: Path, mark: str) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / mark).touch()
    with pytest.raises(StoreError, match="synchronised"):
        StudyStore.create(tmp_path / "plain" / "study", "Play")


def test_a_synchronised_folder_is_known_from_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "work"))
    assert folders.synced_by(tmp_path / "work" / "study") == "OneDriveCommercial"
    assert folders.synced_by(tmp_path / "play" / "study") is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_into_a_synchronised_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "lab").mkdir(parents=True)
    (tmp_path / "lab").symlink_to(tmp_path / "Dropbox" / "lab")
    assert folders.synced_by(tmp_path / "lab" / "study") == "Dropbox"


def test_a_home_with_the_settings_of_a_service_is_fine(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    assert folders.unfit(tmp_path / "study") is None


@pytest.mark.parametrize("name", ["OneDriven", "my dropbox notes", "Clouds", "studies"])
def test_other_folders_are_fine(tmp_path: Path, name: str) -> None:
    assert folders.unfit(tmp_path / name) is None


def test_a_study_that_was_moved_to_a_synchronised_folder_can_still_be_read(closed: Path, tmp_path: Path) -> None:
    moved = tmp_path / "Dropbox" / "study"
    moved.parent.mkdir()
    closed.rename(moved)
    with pytest.raises(StoreError, match="synchronised"):
        StudyStore.open(moved)
    with StudyStore.open(moved, readonly=True) as store:
        assert store.header("main") == MAIN


def test_a_network_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "on_network", lambda folder: folder.is_relative_to(tmp_path))
    with pytest.raises(StoreError, match="network drive"):
        StudyStore.create(tmp_path / "study", "Play")
