"""A consensus: a third pass of what two coders agree on and what was settled; both originals stay as they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from coder.language import plural, tr
from coder.model.coding import PassHeader, PassStatus
from coder.model.disagreement import Verdict
from coder.model.problem import CodingError, Problem
from coder.model.study import Purpose
from coder.reliability import ConsensusDraft, consensus
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED
from coder.workflows.passes import new_header
from coder.workflows.sessions import find_session
from coder.workflows.settling import Walk, walk

_WITHOUT_CODE = (Verdict.NEITHER, Verdict.UNCLEAR, Verdict.UNKNOWN)


def make_consensus(store: StudyStore, pass_a_id: str, pass_b_id: str, coder_id: str) -> PassHeader:
    """Make the consensus of two submitted passes, as an open pass of `coder_id` made from both.

    It holds what both agree on and what was settled for one of them; the moments that are left open, or were
    settled otherwise, are empty, and its journal says how many. Raises CodingError if it was made already, not
    both passes are submitted, or nothing of what they differ in is settled.
    """
    walked = walk(store, pass_a_id, pass_b_id)
    made = walked.consensus
    if made is not None:
        what = tr("These two passes have a consensus already; {coder} made it.", coder=_name(store, made.coder_id))
        raise CodingError(Problem(what, hint=tr("Open that one.")))
    draft = consensus(walked.pass_a, walked.pass_b, walked.scheme, walked.settled.values())
    if draft.open and not walked.settled:
        what = plural(
            "The one difference of these two passes is not settled yet.",
            "None of the {count} differences of these two passes is settled yet.",
            len(draft.open),
        )
        raise CodingError(Problem(what, hint=tr("Settle them first; what you leave open stays empty.")))
    window = walked.pass_a.window.intersection(walked.pass_b.window)
    assert window is not None  # passes without common time have no walk
    new = new_header(store, walked.session.id, store.coder(coder_id), walked.scheme, Purpose.CONSENSUS)
    header = replace(new, window=window, made_from=(walked.pass_a.header.id, walked.pass_b.header.id))
    store.add_coded_pass(header, label_of(walked, draft), draft.events, submitted=False)
    return header


def label_of(walked: Walk, draft: ConsensusDraft) -> str:
    """How a consensus came about, in words, as its journal keeps it."""
    counts = Counter(settlement.verdict for settlement in walked.settled.values())
    differing = {one.event_a for one in walked.differences}
    agreed = sum(event.id not in differing for event in walked.pass_a)
    without = sum(counts[verdict] for verdict in _WITHOUT_CODE)
    unsettled = sum(one.key not in walked.settled for one in draft.open)
    a, b = walked.coder_a.name, walked.coder_b.name
    parts = [
        plural("{count} event as both coded it", "{count} events as both coded them", agreed),
        _settled_for(counts[Verdict.A], a),
        _settled_for(counts[Verdict.B], b),
        plural(
            "{count} difference where either is right",
            "{count} differences where either is right",
            counts[Verdict.EITHER],
        ),
        plural(
            "{count} settled without a code, left empty", "{count} settled without a code, left empty", without
        ),
        plural("{count} not settled, left empty", "{count} not settled, left empty", unsettled),
        plural(
            "{count} boundary as {coder} has it, too close to be settled",
            "{count} boundaries as {coder} has them, too close to be settled",
            len(draft.within),
            coder=a,
        ),
    ]
    counted = (counts[Verdict.A], counts[Verdict.B], counts[Verdict.EITHER], without, unsettled, len(draft.within))
    said = "; ".join(part for part, count in zip(parts, (agreed, *counted), strict=True) if count)
    return tr("Consensus of the passes of {a} and {b}: {parts}", a=a, b=b, parts=said)


def _settled_for(count: int, coder: str) -> str:
    return plural(
        "{count} difference settled for {coder}", "{count} differences settled for {coder}", count, coder=coder
    )


def _name(store: StudyStore, coder_id: str) -> str:
    return store.coder(coder_id).name


def find_two(store: StudyStore, session: str, scheme: str, of: Sequence[str] = ()) -> tuple[str, str]:
    """The two submitted passes, by id, that a consensus can be made of. session, scheme, of: by name.

    of: the two coders; they may be left out where only two have submitted. Raises CodingError that says who has.
    """
    found: dict[str, str] = {}
    for header in store.passes(find_session(store, session).id):
        if header.scheme.name == scheme and header.purpose in COUNTED and header.status is PassStatus.SUBMITTED:
            found.setdefault(_name(store, header.coder_id), header.id)
    wanted = of or tuple(found)
    if len(wanted) == 2 and all(name in found for name in wanted) and wanted[0] != wanted[1]:
        return found[wanted[0]], found[wanted[1]]
    names = ", ".join(found) or tr("nobody")
    what = tr(
        "A consensus of “{session}” with “{scheme}” is made of two coders’ passes.", session=session, scheme=scheme
    )
    raise CodingError(Problem(what, hint=tr("Submitted: {names}. Name two of them.", names=names)))
