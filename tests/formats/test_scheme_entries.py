"""New parts of a scheme: ids from labels, keys that are free, and fields that a form can be made of."""

from pathlib import Path

import pytest

from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_entries import copied_entry, follows_label, free_id, id_from, new_entry, with_label
from coder.formats.scheme_fields import Holds, fields_of, names_in, parameters_of

BLANK = SchemeDraft.of(
    (Path(__file__).parents[2] / "schemes" / "templates" / "blank.toml").read_text("utf-8"), "blank.toml"
)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Looks to parent’s face", "looks_to_parents_face"),
        ("Größe (ärgert sich)", "groesse_aergert_sich"),
        ("3 × Ñandú!", "nandu"),
        ("…", "new"),
        ("Счастье", "new"),
        ("A very long label that nobody would want to type", "a_very_long_label_that_nobody"),
    ],
)
def test_an_id_comes_from_its_label(label: str, name: str) -> None:
    assert id_from(label) == name
    assert follows_label(name, label)
    assert follows_label(f"{name}_2", label)
    assert not follows_label(f"{name}x", label)


def test_an_id_is_one_that_nothing_has() -> None:
    assert free_id(BLANK, "Play", "") == "play_2"
    assert free_id(BLANK, "Play", "play") == "play"
    assert free_id(BLANK, "Unc", "") == "unc_2"


def test_a_new_code_goes_on_in_the_row_of_its_tier() -> None:
    assert new_entry(BLANK, ("tiers", 0, "codes"))["key"] == "3"
    assert new_entry(BLANK, ("tiers", 1, "codes"))["key"] == "W"
    crowded = BLANK
    for _ in range(40):
        crowded = crowded.with_added(("tiers", 0, "codes"), new_entry(crowded, ("tiers", 0, "codes")))
    keys = [code["key"] for code in crowded.value(("tiers", 0, "codes"))]
    assert not {"J", "K", "L"} & set(keys)
    assert "" in keys  # the keyboard is full, and the problems say so
    assert len(set(keys) - {""}) == len([key for key in keys if key])


@pytest.mark.parametrize("field", ["modifiers", "tiers", "links", "derived"])
def test_what_is_new_lacks_only_words_and_references(field: str) -> None:
    draft = BLANK.with_added((field,), new_entry(BLANK, (field,)))
    for _, problem in draft.problems():
        assert any(
            word in problem.what
            for word in ("is empty", "No code asks", "at least 1 entry", "is not possible", "cannot be an id")
        ), problem


def test_a_copied_tier_has_ids_and_keys_of_its_own() -> None:
    draft = BLANK.with_added(("tiers",), copied_entry(BLANK, ("tiers", 0)), 1)
    assert draft.problems() == ()
    assert [code["id"] for code in draft.value(("tiers", 1, "codes"))] == ["plays", "does_not_play", "unc"]


def test_an_id_that_is_in_use_stays_when_its_label_changes() -> None:
    path = ("tiers", 1, "codes", 0)
    assert with_label(BLANK, path, "Offers", BLANK).value((*path, "id")) == "call"
    new = BLANK.with_added(("tiers", 1, "codes"), new_entry(BLANK, ("tiers", 1, "codes")))
    new = new.with_added(("derived",), {"id": "d", "of": ["call or new_code"], "rule": "rate"})
    changed = with_label(new, ("tiers", 1, "codes", 1), "Offers", BLANK)
    assert changed.value(("tiers", 1, "codes", 1, "id")) == "offers"
    assert changed.value(("derived", 0, "of")) == ["call or offers"]


def test_every_field_says_what_it_holds_and_means() -> None:
    tables = [
        (),
        ("tiers",),
        ("tiers", "codes"),
        ("tiers", "scale"),
        ("modifiers", "options"),
        ("links", "outcomes"),
    ]
    fields = [field for names in tables for field in fields_of(names)]
    assert all(field.help for field in fields)
    held = {(field.name, field.holds) for field in fields}
    assert {
        ("definition", Holds.TEXT),
        ("exclusive", Holds.FLAG),
        ("min_ms", Holds.WHOLE),
        ("kind", Holds.CHOICE),
        ("examples", Holds.TEXTS),
        ("reasons_for", Holds.WHOLES),
        ("anchors", Holds.BY_NAME),
        ("scale", Holds.TABLE),
        ("codes", Holds.TABLES),
    } <= held
    (stream,) = [field for field in fields if field.name == "stream"]
    assert stream.choices == ("child", "parent", "dyad", "session")
    assert names_in(("tiers", 0, "codes", 2)) == ("tiers", "codes")
    assert list(parameters_of("alternation")) == ["min_turns", "gap_ms"]
    assert list(parameters_of("no such rule")) == []
