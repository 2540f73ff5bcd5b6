"""A course that is being made, as a value: its clips with their masters, its texts and its rule."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coder.formats.course_file import read_course
from coder.language import tr
from coder.media import probe
from coder.model.problem import CoderError, CodingError, Problem
from coder.model.progress import Progress
from coder.model.scheme import Scheme
from coder.model.study import Fingerprint, Media
from coder.model.time import Span
from coder.model.training import Exercise, Master, Rule, StepKind
from coder.model.version import next_version
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.training.rules import rule_for
from coder.workflows.cameras import fingerprint_steps
from coder.workflows.schemes import frozen_scheme
from coder.workflows.steps import Steps
from coder.workflows.training.master_edits import with_margins
from coder.workflows.training.masters import Source, master_from

_NO_RULE = Rule(())


@dataclass(frozen=True, slots=True)
class DraftStep:
    """One clip of a course that is being made. Times are on the film's clock.

    span: the stretch, None for all of the film. clip: what it is called, "" to let the program name it. before:
    the master in the version of the course that this one follows; None in a new course.
    """

    id: str
    kind: StepKind
    title: str
    film: Path
    fingerprint: Fingerprint
    span: Span | None
    master: Master
    text: str = ""
    tiers: tuple[str, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    test_set: int = 1
    clip: str = ""
    before: Master | None = None

    @property
    def sealed(self) -> Master:
        """The master as it will be sealed: one that was changed has a higher version."""
        if self.before is None or replace(self.master, version=self.before.version) == self.before:
            return self.master
        return replace(self.master, version=self.before.version + 1)


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """A course that is being made. scheme_text: exact. name: the course's id, the same in all its versions."""

    name: str
    version: str
    title: str
    summary: str
    scheme: Scheme
    scheme_text: str
    steps: tuple[DraftStep, ...] = ()
    rule: Rule = _NO_RULE
    language: str = "en"
    authors: tuple[str, ...] = ()
    licence: str = ""
    notice: str = ""

    def step(self, step_id: str) -> DraftStep:
        """The step of that id; KeyError if there is none."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def with_step(self, changed: DraftStep) -> "CourseDraft":
        """With another step in the place of the one of the same id; at the end of its kind if there is none."""
        if any(step.id == changed.id for step in self.steps):
            steps = tuple(changed if step.id == changed.id else step for step in self.steps)
            return replace(self, steps=steps)
        kinds = list(StepKind)
        behind = [at for at, step in enumerate(self.steps) if kinds.index(step.kind) > kinds.index(changed.kind)]
        at = behind[0] if behind else len(self.steps)
        return replace(self, steps=(*self.steps[:at], changed, *self.steps[at:]))

    def without_step(self, step_id: str) -> "CourseDraft":
        """Without a step."""
        return replace(self, steps=tuple(step for step in self.steps if step.id != step_id))

    def moved_step(self, step_id: str, by: int) -> "CourseDraft":
        """With a step so many places later (earlier if negative), as far as there are places."""
        steps = [step for step in self.steps if step.id != step_id]
        at = next(at for at, step in enumerate(self.steps) if step.id == step_id)
        steps.insert(min(max(at + by, 0), len(steps)), self.steps[at])
        return replace(self, steps=tuple(steps))


def new_draft(store: StudyStore, scheme_name: str, title: str = "", version: str = "1.0") -> CourseDraft:
    """An empty draft with the newest version of a scheme of the study. Raises CoderError if it has none."""
    known = [one for one in store.schemes() if one.name == scheme_name]
    if not known:
        names = ", ".join(dict.fromkeys(one.name for one in store.schemes()))
        what = tr("The study has no scheme “{scheme}”.", scheme=scheme_name)
        raise CoderError(Problem(what, hint=tr("Schemes: {names}.", names=names) if names else ""))
    identity = known[-1]
    scheme = frozen_scheme(store, identity)
    return CourseDraft(
        id_of(title or scheme_name), version, title or scheme.title, "", scheme, store.scheme_text(identity)
    )


def new_step(
    store: StudyStore,
    draft: CourseDraft,
    source: Source,
    kind: StepKind,
    *,
    media: Media | None = None,
    span: Span | None = None,
    margins_us: Mapping[str, int] | None = None,
) -> DraftStep:
    """A step whose master is a pass. media: the film that is shown, the session's first if None; the rest as in
    `master_from` and `with_margins`. Raises CodingError, also for a pass with another version of the scheme.
    """
    media = media or source.session.media[0]
    _require_scheme(draft, source)
    master = with_margins(master_from(store, source, media, span), draft.scheme, margins_us or {})
    number = 1 + sum(step.kind is kind for step in draft.steps)
    taken = {step.id for step in draft.steps}
    while f"{kind.value}-{number}" in taken:
        number += 1
    stretch = None if master.window == Span(0, media.duration_us) else master.window
    titles = {
        StepKind.GUIDED: tr("Watch, clip {number}", number=number),
        StepKind.PRACTICE: tr("Practise, clip {number}", number=number),
        StepKind.TEST: tr("Test, clip {number}", number=number),
    }
    film = store.media_path(media)
    return DraftStep(f"{kind.value}-{number}", kind, titles[kind], film, media.fingerprint, stretch, master)


def with_master(store: StudyStore, draft: CourseDraft, step_id: str, source: Source) -> CourseDraft:
    """The draft with another pass as the master of a step; the clip stays.

    Raises CodingError if the pass is of another film or scheme, or does not cover the clip.
    """
    step = draft.step(step_id)
    media = next((one for one in source.session.media if one.fingerprint == step.fingerprint), None)
    if media is None:
        what = tr("“{session}” is another film than “{step}” shows.", session=source.session.name, step=step.title)
        raise CodingError(Problem(what, hint=tr("Choose a pass of the film that the step shows.")))
    _require_scheme(draft, source)
    master = master_from(store, source, media, step.master.window)
    return draft.with_step(replace(step, master=replace(master, version=step.master.version)))


def suggested_rule(draft: CourseDraft, min_events: int | None = None) -> Rule:
    """The rule that the scheme's targets make of the first test, as far as its masters offer what it asks for.

    min_events: how often a code must be there to be mandatory; as usual if None.
    """
    tests = [step for step in draft.steps if step.kind is StepKind.TEST and step.test_set == 1]
    all_tiers = tuple(tier.id for tier in draft.scheme.tiers)
    tiers = tuple(tier for tier in all_tiers if any(tier in (step.tiers or all_tiers) for step in tests))
    there = [event for step in tests for event in step.master.events if event.tier in (step.tiers or all_tiers)]
    seen = Counter((event.tier, event.code) for event in there)
    # where something else is as right nobody need have the code
    needed = Counter((event.tier, event.code) for event in there if not event.either)
    rule = rule_for(draft.scheme, tiers, seen)
    least = rule.min_events if min_events is None else min_events
    codes = tuple(code for code in rule_for(draft.scheme, tiers).codes if needed[code] >= max(least, 1))
    return replace(rule, codes=codes, min_events=least, clips=max(min(rule.clips, len(tests)), 1))


def next_draft_steps(path: Path) -> Steps[CourseDraft]:
    """The draft of a course's next version: as it is, with a higher version. Raises FormatError, MediaError."""
    file = read_course(path, shipped("schemes"))
    course, steps = file.course, []
    for number, step in enumerate(course.steps):
        film, clip = file.film(step.id), step.clip
        yield Progress(number, len(course.steps), tr("Reading {film}", film=film.name))
        window = clip.span or Span(0, probe(film).duration_us)
        master = file.masters[step.id].over(window)
        fingerprint = clip.fingerprint or (yield from fingerprint_steps(film))
        steps.append(
            DraftStep(
                step.id,
                step.kind,
                step.title,
                film,
                fingerprint,
                clip.span,
                master,
                step.text,
                step.tiers,
                step.exercises,
                step.test_set,
                clip.name,
                before=master,
            )
        )
    return CourseDraft(
        course.id.name,
        next_version(course.id.version),
        course.title,
        course.summary,
        file.scheme,
        file.scheme_text,
        tuple(steps),
        course.rule,
        course.language,
        course.authors,
        course.licence,
        course.notice,
    )


def _require_scheme(draft: CourseDraft, source: Source) -> None:
    if source.header.scheme != draft.scheme.id:
        what = tr(
            "“{session}” was coded with {theirs}, and the course is for {ours}.",
            session=source.session.name,
            theirs=source.header.scheme,
            ours=draft.scheme.id,
        )
        raise CodingError(Problem(what, hint=tr("Move the pass to that version, or choose another one.")))


def id_of(title: str) -> str:
    """A course's name from its title: `Who looks where` becomes `who-looks-where`."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-")
    return plain if plain[:1].isalpha() else f"course-{plain}".rstrip("-")
