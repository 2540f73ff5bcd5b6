"""Kill a supervisor's program at random moments: is anything it acknowledged missing, or anything there by half?

    python -m tests.workflows.kill_loop --kills 200

The child has sessions double-coded, settles what the two passes differ in, takes verdicts back, makes consensus
passes, assigns whole batches of sessions and withdraws them, and writes a line to a pipe once each is done. The
parent kills it (SIGKILL; TerminateProcess on Windows), opens the study, checks it, and compares.
"""

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from uuid import uuid4

from coder.model.coding import Event, PassHeader
from coder.model.disagreement import Verdict
from coder.model.study import Assignment, Coder, Purpose, Role, Session
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore
from coder.workflows.consensus import make_consensus
from coder.workflows.schemes import freeze_scheme
from coder.workflows.settling import Walk, settle, take_back, walk
from tests.store.kill_loop import acknowledged_until_killed
from tests.store.small_study import journalled

SCHEME = "shared-play"
WINDOW = Span(0, 60 * SECOND_US)
BATCH = 6


def empty_study(folder: Path) -> StudyStore:
    """Three coders and a scheme; nothing is coded."""
    store = StudyStore.create(folder, "Play at home")
    for name in ("Ada", "Ben", "Cleo"):
        store.add_coder(Coder(name.lower(), name, Role.CLINICIAN))
    freeze_scheme(store, SCHEME)
    return store


def supervise_until_killed(folder: Path, seed: int) -> None:
    """The child: all that a supervisor does, as fast as it goes, each acknowledged after it was done."""
    chance = random.Random(seed)
    store = StudyStore.open(folder)
    walked: Walk | None = None
    while True:
        if walked is None or chance.random() < 0.1:
            walked = walk_of_another(store, chance)
        what = chance.random()
        if what < 0.6:
            about = chance.choice(walked.differences)
            if about.key in walked.settled and chance.random() < 0.4:
                done = take_back(store, walked, about, actor="cleo")
            else:
                verdict = chance.choice(list(Verdict))
                done = settle(store, walked, about, verdict, "seen in the mirror " * 20, actor="cleo")
            walked = walked.after(done)
            _say("settled", done.id)
        elif what < 0.75:
            batch = _batch(store, chance)
            store.add_assignments(batch)
            _say("assigned", *(one.id for one in batch))
        elif what < 0.85 and (held := [one for one in store.assignments() if one.origin]):
            one = chance.choice(held)
            store.remove_assignment(one.id, "withdrawn: the film is lost")
            _say("withdrawn", one.id)
        elif walked.settled and walked.consensus is None:
            made = make_consensus(store, walked.pass_a.header.id, walked.pass_b.header.id, "cleo")
            _say("consensus", made.id, str(store.event_count(made.id)))
            walked = None


def missing_after(store: StudyStore, lines: list[str]) -> list[str]:
    """Of what was acknowledged, what the study does not have."""
    settled = {one.id for one in store.settlements()}
    withdrawn = {one.id for one in store.assignments(withdrawn=True)}
    assigned = {one.id for one in store.assignments()} | withdrawn
    made = {header.id for header in store.passes() if header.purpose is Purpose.CONSENSUS}
    kept = {"settled": settled, "assigned": assigned, "withdrawn": withdrawn}
    lost = []
    for what, *ids in map(str.split, lines):
        if what == "consensus":
            there = ids[0] in made and store.event_count(ids[0]) == int(ids[1])
        else:
            there = set(ids) <= kept[what]
        lost += [] if there else [f"{what} {' '.join(ids)}"]
    return lost


def halves(store: StudyStore) -> list[str]:
    """What is there by half: a batch of assignments, a consensus without its events, or without its origin."""
    batches = Counter(one.origin for one in (*store.assignments(), *store.assignments(withdrawn=True)))
    found = [f"{count} of a batch" for origin, count in batches.items() if origin and count != BATCH]
    for header in store.passes():
        if header.purpose is Purpose.CONSENSUS and (len(header.made_from) != 2 or not store.journal(header.id)):
            found.append(f"consensus {header.id}")
        if journalled(store, header.id) != set(store.load_pass(header.id)):
            found.append(f"the events of {header.id}")
    return found


def kill_once(folder: Path, seed: int, wait_s: float) -> tuple[int, list[str]]:
    """Start a child, kill it `wait_s` after its first acknowledgement; (acknowledged, of them missing)."""
    lines = acknowledged_until_killed("tests.workflows.kill_loop", folder, seed, wait_s)
    with StudyStore.open(folder) as store:
        wrong = (*map(str, store.check()), *halves(store))
        lost = missing_after(store, lines)
    if wrong:
        raise AssertionError(wrong)
    return len(lines), lost


def walk_of_another(store: StudyStore, chance: random.Random) -> Walk:
    """Another session, coded by two who differ."""
    scheme = freeze_scheme(store, SCHEME)
    name = str(uuid4())
    store.add_session(Session(name, name, WINDOW, ()))
    ids = []
    for coder, purpose in (("ada", Purpose.MAIN), ("ben", Purpose.RELIABILITY)):
        header = PassHeader(str(uuid4()), name, scheme.id, coder, purpose, WINDOW)
        at, events = 0, []
        while at < WINDOW.end_us:
            end = min(WINDOW.end_us, at + chance.randrange(1, 8) * SECOND_US)
            code = chance.choice(["en_watch", "en_person", "en_object"])
            events.append(Event(str(uuid4()), "engage", code, Span(at, end)))
            at = end
        store.add_coded_pass(header, "Coded", events, submitted=True)
        ids.append(header.id)
    return walk(store, *ids)


def _batch(store: StudyStore, chance: random.Random) -> list[Assignment]:
    """A draw of some sessions: all of it or nothing must be there."""
    scheme = freeze_scheme(store, SCHEME).id
    sessions = [chance.choice(store.sessions()).id for _ in range(BATCH)]
    origin = f"drawn, {uuid4()}"
    return [Assignment(str(uuid4()), one, "cleo", scheme, Purpose.TRAINING, origin) for one in sessions]


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Kill as often as asked and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--child", type=Path)
    options = asked.parse_args()
    if options.child:
        supervise_until_killed(options.child, options.seed)
    chance = random.Random(options.seed)
    kept, missing = 0, []
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above) / "study"
        for kill in range(options.kills):
            if kill % 25 == 0:  # a study that grows for ever only makes the checks slow
                folder = Path(above) / f"study-{kill}"
                empty_study(folder).close()
            acknowledged, lost = kill_once(folder, options.seed * 100_000 + kill, chance.random() * 0.4)
            kept += acknowledged
            missing += lost
    sys.stdout.write(f"{options.kills} kills, {kept} acknowledged, {len(missing)} of them missing\n")


if __name__ == "__main__":
    main()
