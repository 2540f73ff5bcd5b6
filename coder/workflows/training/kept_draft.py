"""The course that is being made in a study, kept until it is written: one file in the study's folder, sealed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from coder.formats.files import read_text
from coder.formats.master_file import parse_sealed, sealed_text
from coder.formats.sealing import MAX_BYTES, sealed, unsealed
from coder.language import tr
from coder.model.problem import CoderError, FormatError, Problem
from coder.model.scheme import SchemeId
from coder.model.study import Fingerprint
from coder.model.time import Span
from coder.model.training import Ask, Exercise, Requirement, Rule, StepKind
from coder.staging import write_whole
from coder.store import StudyStore
from coder.workflows.schemes import frozen_scheme
from coder.workflows.training.course_draft import CourseDraft, DraftStep

FILE = "course-draft.sealed"


def keep_draft(store: StudyStore, draft: CourseDraft) -> None:
    """Keep a draft in the place of the one before; it is on the disk then. Raises StoreError, FormatError."""
    store.add_scheme(draft.scheme.id, draft.scheme_text)
    write_whole(store.folder / FILE, sealed(json.dumps(_plain(draft))).encode(), FormatError)


def kept_draft(store: StudyStore) -> CourseDraft | None:
    """The draft that is kept; None if there is none. Raises FormatError if it cannot be read."""
    path = store.folder / FILE
    if not path.exists():
        return None
    text = unsealed(read_text(path, MAX_BYTES, FormatError), FILE)
    try:
        return _draft(store, json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CoderError):
        what = tr("The course that was being made cannot be read.")
        raise FormatError(Problem(what, str(path), tr("Move the file away and begin anew."))) from None


def forget_draft(store: StudyStore) -> None:
    """Keep no draft any more. Raises FormatError if the file cannot be taken away."""
    path = store.folder / FILE
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        what = tr("“{path}” cannot be written: {strerror}.", path=FILE, strerror=error.strerror or error)
        raise FormatError(Problem(what, str(store.folder))) from None


def _plain(draft: CourseDraft) -> Mapping[str, Any]:
    return {
        "name": draft.name,
        "version": draft.version,
        "title": draft.title,
        "summary": draft.summary,
        "scheme": asdict(draft.scheme.id),
        "steps": [_plain_step(step) for step in draft.steps],
        "rule": asdict(draft.rule),
        "language": draft.language,
        "authors": draft.authors,
        "licence": draft.licence,
        "notice": draft.notice,
    }


def _plain_step(step: DraftStep) -> Mapping[str, Any]:
    return {
        "id": step.id,
        "kind": step.kind.value,
        "title": step.title,
        "film": str(step.film),
        "fingerprint": asdict(step.fingerprint),
        "span": None if step.span is None else asdict(step.span),
        "master": sealed_text(step.master),
        "text": step.text,
        "tiers": step.tiers,
        "exercises": [asdict(one) for one in step.exercises],
        "test_set": step.test_set,
        "clip": step.clip,
        "before": None if step.before is None else sealed_text(step.before),
    }


def _draft(store: StudyStore, plain: Mapping[str, Any]) -> CourseDraft:
    identity = SchemeId(**plain["scheme"])
    return CourseDraft(
        plain["name"],
        plain["version"],
        plain["title"],
        plain["summary"],
        frozen_scheme(store, identity),
        store.scheme_text(identity),
        tuple(_step(one) for one in plain["steps"]),
        _rule(plain["rule"]),
        plain["language"],
        tuple(plain["authors"]),
        plain["licence"],
        plain["notice"],
    )


def _step(plain: Mapping[str, Any]) -> DraftStep:
    return DraftStep(
        plain["id"],
        StepKind(plain["kind"]),
        plain["title"],
        Path(plain["film"]),
        Fingerprint(**plain["fingerprint"]),
        None if plain["span"] is None else Span(**plain["span"]),
        parse_sealed(plain["master"], FILE),
        plain["text"],
        tuple(plain["tiers"]),
        tuple(Exercise(Ask(one["ask"]), one["tier"], one["at_us"]) for one in plain["exercises"]),
        plain["test_set"],
        plain["clip"],
        None if plain["before"] is None else parse_sealed(plain["before"], FILE),
    )


def _rule(plain: Mapping[str, Any]) -> Rule:
    asked = tuple(Requirement(**one) for one in plain["requirements"])
    codes = tuple((tier, code) for tier, code in plain["codes"])
    return Rule(**{**plain, "requirements": asked, "codes": codes})
