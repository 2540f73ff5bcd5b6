"""Making, opening and closing a study; its sessions, films, coders, schemes and assignments."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from coder.model.coding import PassHeader, PassStatus
from coder.model.problem import StoreError, StudyLockedError
from coder.model.study import Coder, Fingerprint, Media, Role, Session
from coder.model.time import Span
from coder.store import StudyStore
from coder.store.migrations import SHIPPED
from tests.store.raw import raw
from tests.store.small_study import (
    ADA,
    BEN,
    CHILD,
    FILM,
    MAIN,
    SCHEME,
    SCHEME_TEXT,
    SECOND,
    TASK,
    VISIT,
    WINDOW,
    added,
    everything,
    look,
)


def test_a_new_study_is_a_folder_with_one_database_and_three_subfolders(tmp_path: Path) -> None:
    with StudyStore.create(tmp_path / "Play – Übung 100%", "Play") as store:
        assert store.study.name == "Play"
        assert store.study.format_version == SHIPPED.head
    folder = tmp_path / "Play – Übung 100%"
    assert sorted(path.name for path in folder.iterdir()) == ["reports", "snapshots", "study.sqlite", "tracks"]


def test_everything_that_was_put_in_comes_back_after_reopening(closed: Path) -> None:
    with StudyStore.open(closed) as store:
        assert store.study.name == "Play at home"
        assert store.coders() == (ADA, BEN)
        assert store.coder("ben") == BEN
        assert store.sessions() == (VISIT,)
        assert store.session("visit") == VISIT
        assert store.media("film") == FILM
        assert store.media_path(FILM) == closed / "media" / "visit.mp4"
        assert store.schemes() == (SCHEME,)
        assert store.scheme_text(SCHEME) == SCHEME_TEXT
        assert store.assignments() == (TASK,)
        assert store.passes() == (MAIN, SECOND)
        assert store.header("main") == MAIN
        assert store.check() == ()


def test_a_participant_may_come_to_several_sessions_and_a_session_may_have_several_films(
    store: StudyStore,
) -> None:
    films = (
        Media(
            "b", "/films/b.mp4", Fingerprint("cd" * 32, 5), "parent camera", 9, 1, offset_us=-40_000, skew_ppm=12
        ),
        Media("a", "media/a.mp4", Fingerprint("ef" * 32, 6), "child camera", 9, 1),
    )
    again = Session("again", "Second visit", Span(0, 9), films, (CHILD,))
    store.add_session(again)
    assert store.sessions() == (VISIT, again)
    moved = replace(films[0], offset_us=2_000_000, skew_ppm=-3)
    store.update_media(moved)
    late = Media("c", "media/c.wav", Fingerprint("12" * 32, 7), "room microphone", 9, 0)
    store.add_media("again", late)
    assert store.session("again").media == (moved, films[1], late)
    assert store.check() == ()


REFUSED: dict[str, tuple[Callable[[StudyStore], object], str]] = {
    "coder twice": (lambda store: store.add_coder(ADA), "already has the coder “ada”"),
    "name twice": (lambda store: store.add_coder(Coder("x", "Ada", Role.TRAINEE)), "already a coder called “Ada”"),
    "session twice": (lambda store: store.add_session(VISIT), "already has the session “visit”"),
    "film twice": (lambda store: store.add_session(replace(VISIT, id="new")), "already has the film “film”"),
    "another person of that id": (
        lambda store: store.add_session(
            replace(VISIT, id="new", media=(), participants=(replace(CHILD, role="parent"),))
        ),
        "“kim” is known",
    ),
    "film of no session": (
        lambda store: store.add_media("nowhere", replace(FILM, id="x")),
        "no session “nowhere”",
    ),
    "unknown film": (lambda store: store.update_media(replace(FILM, id="x")), "no film “x”"),
    "scheme changed": (
        lambda store: store.add_scheme(replace(SCHEME, sha256=_sha("other")), "other"),
        "already has “play” version 1 with another text",
    ),
    "scheme misnamed": (lambda store: store.add_scheme(SCHEME, "other"), "is not the one it was named after"),
    "assignment twice": (lambda store: store.add_assignments((TASK,)), "already has the assignment"),
    "assignment of nobody": (
        lambda store: store.add_assignments((replace(TASK, id="x", coder_id="zoe"),)),
        "no coder “zoe”",
    ),
    "pass twice": (lambda store: store.new_pass(MAIN), "already has the pass “main”"),
    "pass of no session": (
        lambda store: store.new_pass(PassHeader("x", "nowhere", SCHEME, "ada", MAIN.purpose, WINDOW)),
        "no session “nowhere”",
    ),
    "pass with another scheme text": (
        lambda store: store.new_pass(replace(MAIN, id="x", scheme=replace(SCHEME, sha256="0" * 64))),
        "does not have the scheme play 1 (00000000)",
    ),
    "pass that starts submitted": (
        lambda store: store.new_pass(replace(MAIN, id="x", status=PassStatus.SUBMITTED)),
        "A new pass is open",
    ),
    "no such session": (lambda store: store.session("x"), "no session “x”"),
    "no such coder": (lambda store: store.coder("x"), "no coder “x”"),
    "no such pass": (lambda store: store.load_pass("x"), "no pass “x”"),
    "number too large": (lambda store: store.update_media(replace(FILM, offset_us=2**70)), "too large"),
    "broken character": (lambda store: store.add_coder(Coder("x", "\ud800", Role.TRAINEE)), "broken character"),
}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("name", REFUSED)
def test_what_does_not_fit_is_refused_in_a_sentence_and_changes_nothing(store: StudyStore, name: str) -> None:
    attempt, sentence = REFUSED[name]
    before = everything(store)
    with pytest.raises(StoreError) as refusal:
        attempt(store)
    assert sentence in refusal.value.problems[0].what
    assert everything(store) == before
    assert store.check() == ()


def test_the_same_scheme_may_be_added_again(store: StudyStore) -> None:
    store.add_scheme(SCHEME, SCHEME_TEXT)
    assert store.schemes() == (SCHEME,)


def test_a_second_window_is_told_that_the_study_is_open(store: StudyStore) -> None:
    for readonly in (False, True):
        with pytest.raises(StudyLockedError) as refusal:
            StudyStore.open(store.folder, readonly=readonly)
        assert "open in another window or program" in str(refusal.value)
    store.save_edit("main", added(look(1, 2)), actor="ada")  # the attempt did not break the first window's lock
    with pytest.raises(StudyLockedError):
        StudyStore.open(store.folder)


def test_a_second_program_is_told_that_the_study_is_open(store: StudyStore) -> None:
    attempt = (
        "import sys; from pathlib import Path; from coder.store import StudyStore;"
        "StudyStore.open(Path(sys.argv[1])).close()"
    )
    command = [sys.executable, "-c", attempt, str(store.folder)]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert "StudyLockedError" in told.stderr
    store.close()
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def test_reading_only_changes_nothing_and_refuses_to_write(closed: Path) -> None:
    before = {path: path.read_bytes() for path in closed.rglob("*") if path.is_file()}
    with StudyStore.open(closed, readonly=True) as store:
        assert store.readonly
        assert store.passes() == (MAIN, SECOND)
        assert store.check() == ()
        with pytest.raises(StoreError, match="reading only"):
            store.save_edit("main", added(look(1)), actor="ada")
    assert {path: path.read_bytes() for path in closed.rglob("*") if path.is_file()} == before


def test_what_a_killed_program_left_can_be_read_and_gets_a_snapshot(store: StudyStore, tmp_path: Path) -> None:
    edit = added(look(1, 2))
    store.save_edit("main", edit, actor="ada")
    left = shutil.copytree(store.folder, tmp_path / "left")  # as it lies on the disk while the study is open
    assert (left / "study.sqlite-wal").stat().st_size > 0
    with StudyStore.open(left, readonly=True) as reader:
        assert reader.edits("main") == (edit,)
    with StudyStore.open(left) as writer:
        assert writer.edits("main") == (edit,)
        (snapshot,) = (left / "snapshots").iterdir()
        assert snapshot.name.endswith("after-interruption.sqlite")
        assert writer.check() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders work otherwise there")
def test_a_folder_that_may_not_be_written_can_be_read(closed: Path) -> None:
    attempt = """if True:
        import os, sys
        from pathlib import Path
        from coder.store import StudyStore
        if os.getuid() == 0: os.setuid(65534)
        if not os.access(sys.modules["coder"].__file__, os.R_OK): sys.exit(77)
        folder = Path(sys.argv[1])
        with StudyStore.open(folder, readonly=True) as store: print(len(store.passes()))
        for attempt in (lambda: StudyStore.open(folder), lambda: StudyStore.create(folder / "new", "New")):
            try: attempt()
            except Exception as error: print(type(error).__name__, error)
    """
    above = [folder for folder in closed.parents if folder.stat().st_uid == os.getuid() and folder != Path("/")]
    modes = {folder: folder.stat().st_mode for folder in above}
    try:
        for folder in above:
            folder.chmod(0o755)
        (closed / "study.sqlite").chmod(0o444)
        closed.chmod(0o555)
        told = subprocess.run(
            [sys.executable, "-c", attempt, str(closed)], capture_output=True, text=True, check=False
        )
    finally:
        closed.chmod(0o755)
        for folder, mode in modes.items():
            folder.chmod(mode)
    if told.returncode == 77:
        pytest.skip("root runs the tests, and another user cannot read this checkout")
    count, opening, creating = told.stdout.splitlines()
    assert count == "2"
    assert opening.startswith("StoreError")
    assert "may not be written" in opening
    assert creating.startswith("StoreError")
    assert "cannot be used: Permission denied" in creating


def test_create_refuses_a_study_and_a_folder_that_is_not_empty(closed: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="already a study"):
        StudyStore.create(closed, "Again")
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("precious")
    with pytest.raises(StoreError, match="not empty"):
        StudyStore.create(tmp_path / "thesis", "Play")
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        StudyStore.create(tmp_path / "file" / "study", "Play")


def test_create_goes_on_where_a_killed_attempt_ended(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    (folder / "snapshots").mkdir(parents=True)
    (folder / ".study.sqlite.0a1b2c3d.part").write_bytes(b"half a database")
    with StudyStore.create(folder, "Play") as store:
        assert store.check() == ()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000)


def _another_database(path: Path) -> None:
    path.unlink()
    with raw(path.parent) as connection:
        connection.execute("CREATE TABLE recipe (id)")


def _nothing(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("mishap", "sentence"),
    [
        (_empty, "not a study of this program"),
        (_text, "damaged or is not a study"),
        (_another_database, "not a study of this program"),
        (_nothing, "no study in this folder"),
    ],
)
def test_what_is_not_a_study_is_refused_and_left_as_it_is(
    closed: Path, mishap: Callable[[Path], None], sentence: str
) -> None:
    path = closed / "study.sqlite"
    mishap(path)
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(StoreError, match=sentence):
        StudyStore.open(closed)
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_closed_store_says_so(store: StudyStore) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.passes()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
@pytest.mark.parametrize("name", ["study.sqlite", "study.sqlite-wal"])
def test_a_study_that_vanishes_while_open_takes_no_more_edits(store: StudyStore, name: str) -> None:
    first, lost = added(look(1, 2)), added(look(3, 4))
    store.save_edit("main", first, actor="ada")
    path = store.folder / name
    path.rename(store.folder / "elsewhere")
    with pytest.raises(StoreError, match="moved, replaced or deleted"):
        store.save_edit("main", lost, actor="ada")
    (store.folder / "elsewhere").rename(path)
    store.save_edit("main", lost, actor="ada")
    assert store.edits("main") == (first, lost)


def test_threads_take_turns(store: StudyStore) -> None:
    edits = [added(look(second / 10)) for second in range(40)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda edit: store.save_edit("main", edit, actor="ada"), edits))
    assert {edit.id for edit in store.edits("main")} == {edit.id for edit in edits}
    assert store.check() == ()
