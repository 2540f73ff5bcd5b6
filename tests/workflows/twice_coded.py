"""Sessions of the shortest film, coded in rows that can be seen: `coded(store, "s1", "Robin", bids=(1, 3))`."""

from collections.abc import Sequence

from coder.model.coding import PassHeader
from coder.model.study import Coder, Purpose, Role, Session
from coder.model.time import Span
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.workflows.exchange import import_events
from coder.workflows.passes import add_coder, find_coder
from coder.workflows.sessions import add_session

FILM = shipped("sample_media") / "dyad-first.mp4"
SCHEME = "shared-play"


def meeting(store: StudyStore, name: str = "s1") -> Session:
    """A session of eight seconds."""
    return add_session(store, FILM, name, window=Span(0, 8_000_000))


def coded(
    store: StudyStore,
    session: str,
    who: str,
    *,
    bids: Sequence[float] = (),
    engage: Sequence[tuple[str, float, float]] = (),
    purpose: Purpose = Purpose.MAIN,
    submitted: bool = True,
) -> PassHeader:
    """A pass with the child’s invitations at these seconds, and states of engagement (code, onset, offset)."""
    rows = [f"bids,bid_c,{at},{at}\n" for at in bids]
    rows += [f"engage,{code},{onset},{offset}\n" for code, onset, offset in engage]
    file = store.folder / "pass.csv"
    file.write_text("tier,code,onset,offset\n" + "".join(rows))
    return import_events(
        store, file, session=session, coder=who, scheme=SCHEME, purpose=purpose, submitted=submitted
    ).header


def twice(store: StudyStore, a: Sequence[float], b: Sequence[float], session: str = "s1") -> tuple[str, str]:
    """A session that Robin and Sasha have coded, with their invitations; the passes’ ids."""
    meeting(store, session)
    robin = coded(store, session, "Robin", bids=a)
    sasha = coded(store, session, "Sasha", bids=b, purpose=Purpose.RELIABILITY)
    return robin.id, sasha.id


def supervisor(store: StudyStore) -> Coder:
    """Mika, who settles."""
    known = [coder.name for coder in store.coders()]
    return find_coder(store, "Mika") if "Mika" in known else add_coder(store, "Mika", Role.SUPERVISOR)
