"""Everything that reliability has to say, for programs: estimates with all their counts, and every difference."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coder import __version__
from coder.cli.show import plain
from coder.model.agreement import Agreement, Confusion, Several
from coder.model.disagreement import Disagreement, Settlement
from coder.store import StudyStore
from coder.workflows.agenda import Agenda, Topic
from coder.workflows.compared import (
    agreed_with,
    curves_of_pairs,
    drifts_of,
    measures_of,
    several_of,
    totals_of,
)
from coder.workflows.comparison import Comparison, Pair, Pooled, limits_of
from coder.workflows.file_comparison import FileComparison
from coder.workflows.settled import Settled
from coder.workflows.settling import sorted_out

METHOD = (
    "Only time that both coders coded and passes made with the same version of a scheme are compared; time that "
    "either called uncodable is missing, never a disagreement.",
    "Timing and differences are B − A: positive where B is later or higher.",
    "low and high are 95 % limits; each estimate names in `method` how they were made.",
    "What is not defined has no value; its status and note say why. counts add up over sessions.",
    "A table stands once, with the first agreement of its tier that was computed from it; rows are A, columns B.",
)


def study_plain(store: StudyStore, comparison: Comparison, agenda: Agenda, *, limits: bool) -> dict[str, object]:
    """All about a study. limits: the pairs' agreements with their limits, too."""
    settled = Settled(store)
    schemes = [pooled.scheme.id for pooled in comparison.pooled]
    return {
        **_head(),
        "study": store.study.name,
        "pooled": [_pooled(one) for one in comparison.pooled],
        "by_pair": [_pooled(one) for one in comparison.by_pair],
        "against_consensus": [_pooled(one) for one in agreed_with(comparison)],
        "several": [
            {"scheme": scheme, **_several(one)} for scheme in schemes for one in several_of(comparison, scheme)
        ],
        "drifts": _each(schemes, comparison, drifts_of),
        "curves": _each(schemes, comparison, curves_of_pairs),
        "totals": [{"scheme": scheme, "agreements": counted(totals_of(comparison, scheme))} for scheme in schemes],
        "measures": [
            {"scheme": scheme, **plain(replace(one, agreements=tuple(counted(one.agreements))))}
            for scheme in schemes
            for one in measures_of(comparison, scheme)
        ],
        "pairs": [_pair(store, pair, settled, limits=limits) for pair in comparison.pairs],
        "agenda": agenda_plain(agenda),
        "waiting": [str(remark) for remark in comparison.waiting],
    }


def files_plain(a: Path, b: Path, found: FileComparison) -> dict[str, object]:
    """All about two files."""
    return {
        **_head(),
        "files": {"a": a, "b": b},
        "scheme": found.scheme.id,
        "window": found.window,
        "agreements": counted(found.agreements),
        "disagreements": found.differences,
        "curves": found.curves,
        "remarks": found.remarks,
    }


def agenda_plain(agenda: Agenda) -> dict[str, object]:
    """An agenda without the schemes’ own texts."""
    return {
        "schemes": [
            {
                "scheme": one.scheme.id,
                "sessions": one.sessions,
                "differences": one.differences,
                "settled": one.settled,
                "verdicts": one.verdicts,
                "topics": [_topic(topic) for topic in one.topics],
            }
            for one in agenda.schemes
        ],
        "outdated": agenda.outdated,
    }


def counted(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Each table once, and no list of every single unit: these would be nearly all of the output."""
    found: list[Agreement] = []
    told: set[tuple[str, str, Confusion]] = set()
    for one in agreements:
        place = (one.tier, one.detail, one.confusion) if one.confusion is not None else None
        found.append(replace(one, tallies=(), confusion=None if place in told else one.confusion))
        if place is not None:
            told.add(place)
    return found


def _head() -> dict[str, object]:
    return {"software": f"coder {__version__}", "method": METHOD}


def _each(schemes: Sequence[Any], comparison: Comparison, found: Any) -> list[dict[str, object]]:
    return [{"scheme": scheme, **plain(one)} for scheme in schemes for one in found(comparison, scheme)]


def _pooled(pooled: Pooled) -> dict[str, object]:
    return {
        "scheme": pooled.scheme.id,
        "sessions": pooled.sessions,
        "coder_a": pooled.coder_a,
        "coder_b": pooled.coder_b,
        "agreements": counted(pooled.agreements),
    }


def _several(one: Several) -> dict[str, object]:
    found: dict[str, object] = plain(replace(one, agreements=tuple(counted(one.agreements))))
    return found


def _pair(store: StudyStore, pair: Pair, settled: Settled, *, limits: bool) -> dict[str, object]:
    known, _ = sorted_out(settled.about(pair.pass_a.header.id, pair.pass_b.header.id), pair.disagreements)
    return {
        "session": pair.session.name,
        "scheme": pair.scheme.id,
        "coder_a": pair.coder_a.name,
        "coder_b": pair.coder_b.name,
        "window": pair.pass_a.window.intersection(pair.pass_b.window),
        "submitted_at": pair.submitted_at,
        "pooled": pair.pooled,
        "remarks": [str(remark) for remark in pair.remarks],
        "agreements": counted(limits_of(pair) if limits else pair.agreements),
        "disagreements": [_difference(store, one, known.get(one.key)) for one in pair.disagreements],
    }


def _difference(store: StudyStore, one: Disagreement, settled: Settlement | None) -> dict[str, object]:
    found: dict[str, object] = {**plain(one), "key": one.key, "verdict": None, "note": "", "settled_by": ""}
    if settled is not None:
        by = store.coder(settled.actor).name
        found |= {"verdict": settled.verdict, "note": settled.note, "settled_by": by, "settled_at": settled.at}
    return found


def _topic(topic: Topic) -> dict[str, object]:
    return {
        **plain(replace(topic, noted=(), against={})),
        "against": [{"code": code, "times": times} for code, times in topic.against.items()],
        "noted": [
            {
                "session": one.session,
                "coder_a": one.coder_a,
                "coder_b": one.coder_b,
                "settled_by": one.settled_by,
                "span": one.settlement.about.span,
                "kind": one.settlement.about.kind,
                "code_a": one.settlement.about.code_a,
                "code_b": one.settlement.about.code_b,
                "verdict": one.verdict,
                "note": one.settlement.note,
            }
            for one in topic.noted
        ],
    }
