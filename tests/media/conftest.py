"""The films the media tests look at: each is made once in a session, when it is first asked for."""

import pytest

from tests.clips import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Films by file name, e.g. `shelf["late.ts"]`."""
    return Shelf(tmp_path_factory.mktemp("films"))
