"""The library of schemes: what is listed, what a name means, and that nothing is lost or silently replaced."""

from pathlib import Path

import pytest

from coder.formats import read_scheme
from coder.model.problem import CoderError, SchemeError
from coder.model.study import Purpose
from coder.settings.folders import own_schemes_folder
from coder.settings.preferences import Preferences
from coder.settings.shipped import shipped
from coder.workflows.chosen_keys import key_conflicts
from coder.workflows.own_schemes import (
    copy_scheme,
    delete_own,
    export_scheme,
    free_name,
    import_scheme,
    restore_own,
    save_own,
)
from coder.workflows.passes import add_coder, begin_pass
from coder.workflows.scheme_library import Entry, Origin, entry_for, library, own_entries, templates
from coder.workflows.schemes import offered_schemes, scheme_file
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from coder.workflows.trial import begin_trial, clips_for, sample_clips

SHARED = shipped("schemes") / "shared-play.toml"
BLANK = shipped("schemes") / "templates" / "blank.toml"


def blank(name: str = "mine", version: str = "1.0", extra: str = "") -> str:
    text = BLANK.read_text("utf-8")
    return text.replace('"blank"', f'"{name}"').replace('"0.1"', f'"{version}"') + extra


def put(file: str, text: str | bytes) -> Path:
    own_schemes_folder().mkdir(parents=True, exist_ok=True)
    path = own_schemes_folder() / file
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def own() -> list[tuple[str, bool]]:
    return [
        (f"{one.scheme.id.name} {one.scheme.id.version}" if one.scheme else one.title, one.usable)
        for one in own_entries()
    ]


def problem(entry: Entry) -> str:
    return " ".join(map(str, entry.problems))


def test_every_template_is_in_order() -> None:
    assert templates()
    assert [entry.title for entry in templates() if not entry.usable] == []


def test_whatever_lies_in_the_folder_is_listed_and_never_stops_the_list() -> None:
    put("good.toml", blank("good"))
    put("empty.toml", b"")
    put("bytes.toml", b"\xff\xfe\x00")
    put("large.toml", b"# \n" * 200_000)
    put("syntax.toml", "name = ")
    put("notes.txt", "no scheme")
    (own_schemes_folder() / "folder.toml").mkdir()
    assert own() == [
        ("good 1.0", True),
        ("bytes.toml", False),
        ("empty.toml", False),
        ("folder.toml", False),
        ("large.toml", False),
        ("syntax.toml", False),
    ]
    assert all(entry.problems for entry in own_entries() if not entry.usable)


def test_a_name_means_the_built_in_one_then_the_newest_of_ones_own() -> None:
    put("a.toml", blank("mine", "1.9"))
    put("b.toml", blank("mine", "1.10"))
    put("c.toml", SHARED.read_text("utf-8").replace('version = "1.1"', 'version = "7.0"', 1))
    assert scheme_file("mine").name == "b.toml"
    assert scheme_file("mine@1.9").name == "a.toml"
    assert scheme_file("shared-play") == SHARED
    assert scheme_file("shared-play@7.0").name == "c.toml"
    assert scheme_file(str(BLANK)) == BLANK
    with pytest.raises(SchemeError, match="Did you mean “mine”"):
        scheme_file("mnie")
    assert [scheme.id.name for scheme in offered_schemes()][-1] == "mine"
    assert entry_for("blank").origin is Origin.TEMPLATE


def test_two_texts_of_one_name_and_version_cannot_both_be_used() -> None:
    put("a.toml", blank("mine", "1.0"))
    put("b.toml", blank("mine", "1", "# other\n"))  # 1 and 1.0 cannot be told apart
    put("c.toml", SHARED.read_text("utf-8") + "# changed\n")
    assert [(entry.file.name if entry.file else "", entry.usable) for entry in own_entries()] == [
        ("a.toml", True),
        ("b.toml", False),
        ("c.toml", False),
    ]
    assert "another text of “shared-play”" in problem(own_entries()[2])


def test_import_copies_sign_by_sign_once(tmp_path: Path) -> None:
    file = tmp_path / "sent.toml"
    file.write_bytes(b"\xef\xbb\xbf" + blank("sent").replace("\n", "\r\n").encode())
    entry = import_scheme(file)
    assert entry.file is not None
    assert entry.file.name == "sent-1.0.toml"
    assert entry.scheme is not None
    assert entry.scheme.id == read_scheme(file).id
    assert import_scheme(file).key == entry.key
    assert len(own_entries()) == 1
    file.write_text(blank("sent") + "# another\n", "utf-8")
    with pytest.raises(SchemeError, match=r"already another text of “sent”, version 1\.0"):
        import_scheme(file)
    assert own_entries() == (entry,)


def test_a_built_in_scheme_is_not_imported_beside_itself(tmp_path: Path) -> None:
    assert import_scheme(SHARED).origin is Origin.SHIPPED
    changed = tmp_path / "shared-play.toml"
    changed.write_text(SHARED.read_text("utf-8") + "# mine\n", "utf-8")
    with pytest.raises(SchemeError, match="another version in its file, or another name"):
        import_scheme(changed)
    assert own_entries() == ()


def test_a_copy_keeps_comments_and_says_where_it_comes_from() -> None:
    shared = entry_for("shared-play")
    made = copy_scheme(shared, "play-at-home", "Play at “home”")
    was, now = shared.text.splitlines(), made.text.splitlines()
    assert now[0] == "# Begun from “Shared Play” (shared-play, version 1.1; CC BY 4.0), and changed since."
    differ = [(a, b) for a, b in zip(was, now[2:], strict=True) if a != b]
    assert [b for _, b in differ] == ['name = "play-at-home"', 'version = "1.0"', 'title = "Play at “home”"']
    assert made.scheme is not None
    assert made.scheme.id.version == "1.0"
    assert free_name("Play at home") == "play-at-home-2"
    assert free_name("Größe & Nähe!") == "groesse-naehe"
    with pytest.raises(SchemeError, match="already a scheme “play-at-home”"):
        copy_scheme(shared, "play-at-home", "Again")
    with pytest.raises(SchemeError, match="needs a title"):
        copy_scheme(shared, "again", "  ")


def test_an_edited_scheme_replaces_its_own_file_or_becomes_a_version_beside_it() -> None:
    entry = save_own(blank("mine", "1.0"))
    same = save_own(blank("mine", "1.0", "# edited\n"), replacing=entry)
    assert same.file == entry.file
    newer = save_own(blank("mine", "1.1", "# edited\n"), replacing=same)
    assert own() == [("mine 1.1", True), ("mine 1.0", True)]
    with pytest.raises(SchemeError, match=r"another text of “mine”, version 1\.0"):
        save_own(blank("mine", "1.0", "# again\n"), replacing=newer)
    assert same.file is not None
    same.file.write_text(blank("mine", "1.0", "# by another program\n"), "utf-8")
    with pytest.raises(SchemeError, match="changed by another program"):
        save_own(blank("mine", "1.0", "# third\n"), replacing=same)
    assert "by another program" in same.file.read_text("utf-8")


def test_a_broken_file_is_mended_in_its_place() -> None:
    put("mine.toml", blank("mine").replace('key = "Q"', 'key = "K"'))
    (broken,) = own_entries()
    mended = save_own(blank("mine"), replacing=broken)
    assert mended.file == broken.file
    assert own() == [("mine 1.0", True)]


def test_what_is_deleted_can_be_taken_back() -> None:
    entry = save_own(blank("mine"))
    assert entry.file is not None
    away = delete_own(entry)
    assert own_entries() == ()
    restore_own(away, entry.file)
    assert own_entries() == (entry,)
    away = delete_own(entry)
    save_own(blank("mine", extra="# new\n"))
    with pytest.raises(SchemeError, match="is there again"):
        restore_own(away, entry.file)
    assert away.is_file()
    with pytest.raises(SchemeError, match="Only your own"):
        delete_own(entry_for("shared-play"))


def test_export_writes_the_exact_text(tmp_path: Path) -> None:
    out = export_scheme(entry_for("gaze-near"), tmp_path / "out.toml")
    assert out.read_bytes() == (shipped("schemes") / "gaze-near.toml").read_bytes()


def test_a_folder_that_cannot_be_made_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path / "file"))
    with pytest.raises(SchemeError, match="cannot be made"):
        save_own(blank())


def test_the_study_lists_what_it_froze_with_its_passes(tmp_path: Path) -> None:
    made = copy_scheme(entry_for("shared-play"), "ours", "Ours")
    with new_study(tmp_path / "study", "Trial") as store:
        session = add_session(store, shipped("sample_media") / "dyad-first.mp4", "first")
        kim = add_coder(store, "Kim")
        begin_pass(store, session.id, kim.id, "ours")
        begin_pass(store, session.id, kim.id, "ours", Purpose.TRAINING)
        delete_own(made)
        found = [
            (entry.origin, entry.passes)
            for entry in library(store)
            if entry.scheme and entry.scheme.id.name == "ours"
        ]
        assert found == [(Origin.STUDY, 2)]
        assert "ours" in [scheme.id.name for scheme in offered_schemes(store)]
    assert "ours" not in [scheme.id.name for scheme in offered_schemes()]


def test_a_key_that_a_person_has_given_to_a_command_is_told() -> None:
    scheme = read_scheme(BLANK)
    assert key_conflicts(Preferences(), scheme) == ()
    changed = Preferences(command_keys={"play": ("Q",)})
    (conflict,) = key_conflicts(changed, scheme)
    assert "“Invites to play” has the key Q, which is the key of “Play or pause”" in str(conflict)


def test_a_scheme_is_tried_and_nothing_stays() -> None:
    trial = begin_trial(blank("draft"))
    assert trial.opened.session.name == "first-practice"
    assert trial.opened.scheme.id.name == "draft"
    assert trial.opened.header.purpose is Purpose.TRAINING
    trial.end()
    assert not trial.folder.exists()
    assert own_entries() == ()


def test_a_draft_with_problems_is_not_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SchemeError, match="reserved"):
        begin_trial(blank().replace('key = "Q"', 'key = "K"'))
    with pytest.raises(CoderError, match="no sample film “nowhere”"):
        begin_trial(blank(), "nowhere")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("scheme", "clip"),
    [
        ("cue-response", "cues-responses"),
        ("face-to-face", "face-to-face"),
        ("shared-play", "shared-play"),
        ("gaze-near", "first-practice"),
        ("ratings", "first-practice"),
    ],
)
def test_the_sample_that_fits_comes_first(scheme: str, clip: str) -> None:
    found = read_scheme(shipped("schemes") / f"{scheme}.toml")
    assert clips_for(found)[0] == clip
    assert sorted(clips_for(found)) == sorted(sample_clips())
    copied = copy_scheme(entry_for(scheme), "other", "Other").scheme
    assert copied is not None
    assert clips_for(copied)[0] == clip
