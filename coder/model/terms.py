"""Terms: how a derived measure names what it looks at, such as `cp_cry or cp_fuss` and `cp_joy and p_joy`."""

Term = tuple[tuple[str, ...], ...]


def parsed(text: str) -> Term:
    """The codes of a term: any of the outer row holds, and for that all of the inner row hold at once.

    >>> parsed("cp_joy and p_joy or cp_doze")
    (('cp_joy', 'p_joy'), ('cp_doze',))
    """
    return tuple(tuple(code.strip() for code in part.split(" and ")) for part in text.split(" or "))


def codes_of(text: str) -> tuple[str, ...]:
    """All codes of a term, each once, in the order in which they stand; a detail behind a colon is left off."""
    codes = (code.partition(":")[0] for part in parsed(text) for code in part)
    return tuple(dict.fromkeys(codes))
