"""One coder reads German, the other English: the scheme is one, and the passes are compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.annotate import strokes
from coder.formats import events_text, read_scheme
from coder.formats.scheme_translation import FOLDER
from coder.language import speaking
from coder.model.problem import SchemeError
from coder.model.study import Purpose
from coder.model.time import Span
from coder.settings.folders import own_schemes_folder
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.comparison import compare_study
from coder.workflows.passes import add_coder, begin_pass, findings, open_pass, submit_pass
from coder.workflows.scheme_languages import (
    check_translation,
    in_language,
    languages_of,
    require_language,
    stamp_translation,
    translation_of,
)
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study, overview

SCHEME = read_scheme(shipped("schemes") / "gaze-near.toml")
RATINGS = read_scheme(shipped("schemes") / "ratings.toml")
LOOKS = (("cg", "cg_face", 0), ("pg", "pg_face", 0), ("cg", "cg_obj", 4_000_000), ("pg", "pg_away", 6_000_000))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StudyStore]:
    with new_study(tmp_path / "study", "Trial") as opened:
        add_session(opened, shipped("sample_media") / "dyad-first.mp4", "first", window=Span(0, 8_000_000))
        yield opened


def coded(store: StudyStore, who: str, purpose: Purpose) -> str:
    """A pass of a few looks, submitted, by somebody who reads the language that is spoken."""
    (session,) = store.sessions()
    pass_id = begin_pass(store, session.id, add_coder(store, who).id, "gaze-near", purpose).id
    desk = open_pass(store, pass_id).desk
    for tier, code, at_us in LOOKS:
        desk.apply(strokes.code(desk.coding, desk.scheme, tier, code, at_us))
    submit_pass(store, pass_id)
    return pass_id


def test_two_coders_in_two_languages_are_compared_and_agree(store: StudyStore) -> None:
    with speaking("de"):
        german = coded(store, "Kim", Purpose.MAIN)
    english = coded(store, "Robin", Purpose.RELIABILITY)
    assert store.header(german).scheme == store.header(english).scheme == SCHEME.id
    (pair,) = compare_study(store).pairs
    accuracy = [one for one in pair.agreements if one.statistic == "estimated accuracy" and one.tier == "cg"]
    tables = [one.confusion.table for one in accuracy if one.confusion is not None]
    assert tables
    for table in tables:
        assert sum(map(sum, table)) == sum(table[i][i] for i in range(len(table))) > 0


def test_what_is_kept_and_given_away_is_the_same_in_every_language(store: StudyStore) -> None:
    with speaking("de"):
        pass_id = coded(store, "Kim", Purpose.MAIN)
        shown = open_pass(store, pass_id).scheme
        assert shown.title == "Wer schaut wohin, wie nah"
        assert overview(store).sessions[0].passes[0].scheme_title == "Wer schaut wohin, wie nah"
    coding = store.load_pass(pass_id)
    rows = [line.split(",") for line in events_text(coding, SCHEME).splitlines()]
    translated = [line.split(",") for line in events_text(coding, shown).splitlines()]
    label = rows[0].index("label")
    assert [row[:label] + row[label + 1 :] for row in rows] == [
        row[:label] + row[label + 1 :] for row in translated
    ]
    assert open_pass(store, pass_id).scheme == SCHEME


def test_findings_speak_the_readers_language(store: StudyStore) -> None:
    (session,) = store.sessions()
    pass_id = begin_pass(store, session.id, add_coder(store, "Kim").id, "gaze-near").id
    with speaking("de"):
        assert "Kind schaut auf" in str([str(one.problem) for one in findings(store, pass_id)])
    assert "Child looks at" in str([str(one.problem) for one in findings(store, pass_id)])


def test_a_scheme_without_a_translation_stays_as_it_is() -> None:
    assert in_language(RATINGS, "de") is RATINGS
    assert in_language(SCHEME, "en") is SCHEME
    assert (languages_of(SCHEME), languages_of(RATINGS)) == (("en", "de"), ("en",))
    with pytest.raises(SchemeError, match=r"no translation of “ratings” into “de”. There are: en\."):
        require_language(RATINGS, "de")


def own_german(text: str) -> Path:
    folder = own_schemes_folder() / FOLDER
    folder.mkdir(parents=True)
    path = folder / "gaze-near.de.toml"
    path.write_text(
        'scheme = "gaze-near"\nversion = "1.1"\nsha256 = "0"\nlanguage = "de"\ntranslators = ["N. N."]\n' + text,
        "utf-8",
    )
    return path


def test_a_translation_of_ones_own_comes_first_once_it_is_stamped() -> None:
    path = own_german('title = "Blicke"\n')
    assert in_language(SCHEME, "de").title == "Wer schaut wohin, wie nah"
    checked = check_translation(path)
    assert checked.fit.outdated == ("title",)
    assert "1 may be out of date" in checked.remarks[0]
    assert stamp_translation(path).fit.used == ("title",)
    shown = in_language(SCHEME, "de")
    assert (shown.title, shown.tier("cg").label) == ("Blicke", "Child looks at")
    found = translation_of(SCHEME, "de")
    assert found is not None
    assert found[0].translators == ("N. N.",)
    assert "texts are not translated" in found[1][0]
    assert translation_of(SCHEME, "en") is None


def test_a_broken_translation_never_stands_between_a_coder_and_the_scheme() -> None:
    path = own_german("title = 5\n")
    assert in_language(SCHEME, "de").title == "Wer schaut wohin, wie nah"
    with pytest.raises(SchemeError, match="not a text"):
        check_translation(path)
    before = path.read_bytes()
    with pytest.raises(SchemeError):
        stamp_translation(path)
    assert path.read_bytes() == before
