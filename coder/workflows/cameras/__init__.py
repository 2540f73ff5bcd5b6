"""The films of a session: add cameras, lay them side by side, find them again, know them, make copies of them."""

from coder.media import Match, Proposal
from coder.workflows.cameras.adding import MOST_CAMERAS, add_camera_steps, find_camera, rename_camera
from coder.workflows.cameras.copies import convert_steps, film_proxy_steps, proxy_steps
from coder.workflows.cameras.passport import Passport, passport_steps, proxy_of
from coder.workflows.cameras.relinking import find_moved_steps, fingerprint_steps, relink_steps
from coder.workflows.cameras.timing import compare_steps, marks_proposal, set_timing, sound_proposal_steps

__all__ = [
    "MOST_CAMERAS",
    "Match",
    "Passport",
    "Proposal",
    "add_camera_steps",
    "compare_steps",
    "convert_steps",
    "film_proxy_steps",
    "find_camera",
    "find_moved_steps",
    "fingerprint_steps",
    "marks_proposal",
    "passport_steps",
    "proxy_of",
    "proxy_steps",
    "relink_steps",
    "rename_camera",
    "set_timing",
    "sound_proposal_steps",
]
