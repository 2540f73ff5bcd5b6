"""Where the studio's files are: what ships beside the product, and what can be made again. What ends mean."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
SAMPLES = _ROOT / "sample_media"

STOPPED = 130
"""Exit code of a step that a person stopped, as shells have it."""


def build_folder(clip: str) -> Path:
    """Where a clip's intermediate files are: build/studio/<clip>, or under $STUDIO_BUILD."""
    return Path(os.environ.get("STUDIO_BUILD") or _ROOT / "build" / "studio") / clip
