"""Tests of coder.formats."""

from hypothesis import settings

# A busy machine is slow, not wrong: no example may fail for the time it takes.
UNHURRIED = settings(deadline=None)
