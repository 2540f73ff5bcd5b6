"""A scheme in another language: other words, the same scheme."""

from dataclasses import replace

from coder.formats import parse_scheme, read_scheme, schemes
from coder.model.scheme import Scheme
from coder.model.translation import Translation, fit, mark, texts, translated
from coder.settings.shipped import shipped

SMALL = parse_scheme(
    """
name = "small"
version = "1.0"
title = "Smiles"
summary = "When the child smiles."
licence = "CC BY 4.0"
language = "en"
ages = "1–3 years"
[[modifiers]]
id = "how"
label = "How"
kind = "single"
options = [{ id = "wide", label = "Wide", key = "U", definition = "The mouth is open." }]
[[tiers]]
id = "face"
label = "Face"
stream = "child"
kind = "point"
[[tiers.codes]]
id = "smile"
label = "Smiles"
key = "1"
definition = "A smile begins."
examples = ["A grin.", "A laugh."]
modifiers = ["how"]
[[tiers]]
id = "warmth"
label = "Warmth"
stream = "parent"
kind = "rating"
scale = { low = 1, high = 3, na = "No opportunity", anchors = { 1 = "Cold", 3 = "Warm" } }
[[tiers.codes]]
id = "r_warm"
label = "Warm"
definition = "How warm."
""",
    "small.toml",
)


def german(**words: str) -> Translation:
    """Texts by place, with two underscores for a dot."""
    return Translation(
        SMALL.id, "de", ("N. N.",), {place.replace("__", "."): text for place, text in words.items()}
    )


def test_every_text_has_a_place_of_its_own() -> None:
    found = texts(SMALL)
    assert found == {
        "title": "Smiles",
        "summary": "When the child smiles.",
        "ages": "1–3 years",
        "tiers.face.label": "Face",
        "tiers.face.codes.smile.label": "Smiles",
        "tiers.face.codes.smile.definition": "A smile begins.",
        "tiers.face.codes.smile.examples.0": "A grin.",
        "tiers.face.codes.smile.examples.1": "A laugh.",
        "modifiers.how.label": "How",
        "modifiers.how.options.wide.label": "Wide",
        "modifiers.how.options.wide.definition": "The mouth is open.",
        "tiers.warmth.label": "Warmth",
        "tiers.warmth.scale.anchors.1": "Cold",
        "tiers.warmth.scale.anchors.3": "Warm",
        "tiers.warmth.scale.na": "No opportunity",
        "tiers.warmth.codes.r_warm.label": "Warm",
        "tiers.warmth.codes.r_warm.definition": "How warm.",
    }


def test_the_words_change_and_the_scheme_does_not() -> None:
    shown = translated(
        SMALL,
        german(
            title="Lächeln",
            tiers__face__codes__smile__label="Lächelt",
            tiers__warmth__scale__na="Keine Gelegenheit",
            modifiers__how__options__wide__label="Breit",
        ),
    )
    assert shown.id == SMALL.id
    assert (shown.title, shown.language, shown.summary) == ("Lächeln", "de", "When the child smiles.")
    smile, warm = shown.code("face", "smile"), shown.code("warmth", "r_warm")
    assert (smile.label, smile.key, smile.modifiers[0].options[0].label) == ("Lächelt", "1", "Breit")
    scale = shown.tier("warmth").scale
    assert scale is not None
    assert scale.na == warm.modifiers[0].options[-1].label == "Keine Gelegenheit"
    assert shown.name_of("face", "smile") == "Lächelt"


def without_words(scheme: Scheme) -> Scheme:
    """A scheme whose every text is the same."""
    found = Translation(scheme.id, scheme.language, (), dict.fromkeys(texts(scheme), "…"))
    return translated(scheme, found)


def test_nothing_but_texts_can_be_translated() -> None:
    for path in schemes(shipped("schemes")):
        scheme = read_scheme(path)
        foreign = Translation(
            scheme.id, "xx", ("N. N.",), {place: text[::-1] for place, text in texts(scheme).items()}
        )
        shown = translated(scheme, foreign)
        assert texts(shown) == foreign.texts, "and every text can"
        assert replace(without_words(shown), language=scheme.language) == without_words(scheme)


def test_what_is_missing_unknown_or_not_translated_from_this_text_is_told_apart() -> None:
    found = fit(SMALL, german(title="Lächeln", tiers__face__codes__frown__label="Runzelt"))
    assert found.used == ("title",)
    assert len(found.missing) == len(texts(SMALL)) - 1
    assert found.unknown == ("tiers.face.codes.frown.label",)
    assert not found.outdated


def test_a_text_that_was_changed_since_is_shown_in_its_own_words() -> None:
    """Old German over new English would be another instrument."""
    translation = replace(
        german(title="Lächeln", ages="1–3 Jahre"),
        marks={"title": mark("Smiles"), "ages": mark("1–3 years")},
    )
    newer = replace(SMALL, id=replace(SMALL.id, sha256="f" * 64), ages="1–4 years")
    shown = translated(newer, translation)
    assert (shown.title, shown.ages, shown.language) == ("Lächeln", "1–4 years", "de")
    assert fit(newer, translation).outdated == ("ages",)


def test_a_translation_of_which_nothing_fits_leaves_the_scheme_its_language() -> None:
    newer = replace(SMALL, id=replace(SMALL.id, sha256="f" * 64))
    assert translated(newer, german(title="Lächeln")) is newer
