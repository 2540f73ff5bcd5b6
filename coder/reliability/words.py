"""What is counted, and what a category of a table is called that is no code of the scheme."""

NOBODY = "—"
"""In tables of events: the coder has nothing there that could be matched or linked."""

OTHER = "other"
"""In tables of one code that may overlap with others: the code does not hold."""

NOT_CHOSEN = "not chosen"
"""In tables of a detail: the coder chose nothing; of one option: did not choose it."""

CHOSEN = "chosen"
"""In tables of a detail of which any options can be chosen: an option was chosen, whichever it is."""

MATCHED_EVENTS = "matched events"
LINKED_STATES = "linked states"
RATINGS = "ratings"
CODED_TIME = "coded time"

ALL_ALIKE = "All coders used one and the same code throughout: there was nothing to disagree about."
"""Why agreement of any number of coders is undefined, where nothing varies."""

NO_COMPLETE = "No unit was coded by everyone, so nothing can be compared."
"""Why a coefficient of complete units has none."""
