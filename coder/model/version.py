"""Which version of a scheme is the newer one."""

import re

_NUMBER = re.compile(r"\d+")


def version_order(version: str) -> tuple[tuple[int, ...], str]:
    """What versions are sorted by: their numbers, first to last, so that 1.10 is newer than 1.9.

    A number that is not there counts as 0: 1 and 1.0 are equally new. What else stands in a version decides only
    between two with the same numbers.
    """
    numbers = [int(number) for number in _NUMBER.findall(version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers), "".join(_NUMBER.split(version)).strip(".").casefold()


def next_version(version: str) -> str:
    """The version to give to an edited scheme: its last number raised, and 1.1 after 1."""
    places = list(_NUMBER.finditer(version))
    if len(places) < 2:
        return f"{version.strip()}.1"
    last = places[-1]
    return f"{version[: last.start()]}{int(last[0]) + 1}{version[last.end() :]}"
