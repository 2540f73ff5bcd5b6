"""Times as the master files write them."""

from coder.formats.cells import seconds


def time_text(at_us: int) -> str:
    """Exact seconds: three decimals, or six where a film's frames do not begin on whole milliseconds."""
    return seconds(at_us).removesuffix("000")
