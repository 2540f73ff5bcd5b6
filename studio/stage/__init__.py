"""The stage: figures, room and pictures. It runs in its own environment (studio/requirements.txt).

Only `figure`, `looks`, `meshes`, `props`, `room`, `render` and `shooting` need Blender; the rest is numpy and
serves the truth as well.
"""
