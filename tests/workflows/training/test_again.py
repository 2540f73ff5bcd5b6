"""Practice again from a place: what was coded before it is kept, what begins there is coded anew."""

from pathlib import Path

import pytest

from coder.workflows.training.attempts import Again, begin_attempt
from coder.workflows.training.history import attempts
from tests.workflows.training.small_course import go, training, watch


@pytest.mark.parametrize(("at_ms", "kept_ms"), [(499, [200]), (500, [200]), (501, [200, 500]), (0, [])])
def test_what_begins_there_is_coded_anew(tmp_path: Path, at_ms: int, kept_ms: list[int]) -> None:
    store, taken, (ann,) = training(tmp_path, "Ann")
    with store:
        watch(store, taken, ann)
        first = go(store, taken, ann, "try")
        start_us = store.header(first.pass_id).window.start_us
        again = begin_attempt(store, taken, "try", ann.id, Again(first.id, start_us + 1_000 * at_ms))
        kept = store.load_pass(again.pass_id)
        assert [(event.onset_us - start_us) // 1_000 for event in kept] == kept_ms
        assert (again.number, again.first_view) == (2, False)
        assert len(attempts(store, taken, ann.id)) == 3
