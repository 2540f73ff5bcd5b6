"""What stands behind one cell of a confusion table: the moments themselves."""

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.time import Span


def moments_of_cell(
    pass_a: CodingPass,
    pass_b: CodingPass,
    scheme: Scheme,
    tier: str,
    code_a: str | None,
    code_b: str | None,
    *,
    statistic: str = "",
    code: str | None = None,
    detail: str = "",
) -> tuple[Span, ...]:
    """The spans in which A has `code_a` and B has `code_b`, in order of time; the diagonal, too.

    code_a, code_b: categories of the table as they stand there; None, "—" and "other" are a coder who has nothing.
    statistic, code, detail: those of the agreement whose table it is. Of event kappa whole linked states are
    given, of a detail (and of ratings) the categories are its values. Empty if the passes cannot be compared.
    """
    raise NotImplementedError
