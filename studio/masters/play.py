"""Master codes of “Shared Play”: all three lines."""

from studio.acts import CHILD
from studio.masters.engagement import engagement
from studio.masters.games import bids, turn_acts, turns
from studio.masters.material import Coded, Material


def shared_play(material: Material) -> list[Coded]:
    """The lines `engage`, `bids` and `turns`."""
    childs = [act.start_us for act in turn_acts(material) if act.who == CHILD]
    return engagement(material, childs) + bids(material) + turns(material)
