"""The study on disk: one folder, one database file, tracks beside it. SQLAlchemy lives here only.

    with StudyStore.open(folder) as store:
        coding = store.load_pass(pass_id)
        store.save_edit(pass_id, edit, actor=coder.id)

`coder.store.tracks` writes and reads feature tracks; it is imported by name because pyarrow is slow to load.
"""

from coder.store.journal import Entry, StatusChange
from coder.store.study_store import StudyStore
from coder.store.track_record import TrackRecord

__all__ = ["Entry", "StatusChange", "StudyStore", "TrackRecord"]
