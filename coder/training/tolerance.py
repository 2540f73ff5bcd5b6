"""A master that allows for tolerance: where a boundary may lie anywhere in a zone, the trainee's place is right."""

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.training import Master


def beside(master: Master, attempt: CodingPass, scheme: Scheme) -> CodingPass:
    """The master as pass A to compare with an attempt, its zones applied.

    An edge with a zone in which the trainee has the same change is moved to the trainee's; see `coder.training`.
    """
    raise NotImplementedError
