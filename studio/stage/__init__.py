"""The stage: figures, room and pictures. It runs in its own environment (studio/requirements.txt).

Only `figures`, `looks`, `parts`, `room` and `render` need Blender; the rest is numpy and serves the truth as well.
"""
