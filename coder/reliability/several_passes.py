"""Three and more coders of the same sessions."""

from collections.abc import Mapping, Sequence

from coder.model.agreement import Several
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme


def several_coders(
    passes: Sequence[Mapping[str, CodingPass]], scheme: Scheme, names: Sequence[str]
) -> tuple[Several, ...]:
    """The agreement of three or more coders, one `Several` for each tier that has something to compare.

    passes: for each session the passes by the coder's name; a coder may be missing. names: the coders, in the
    order in which they are to be shown. States and intervals by alpha, Fleiss, mean pairwise and Conger's kappa
    over units of time, ratings by alpha and ICC(A,1), point events by the mean F1 of all pairs.
    """
    raise NotImplementedError
