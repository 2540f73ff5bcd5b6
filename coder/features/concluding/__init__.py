"""From sightings to signals of parent and child: pure numbers, the whole film at once, made again in a moment.

looks ─ who ─▶ Identified ─▶ Scene ─ gaze, proximity, touch, movement ─▶ Series by signal ─ signals ─▶ Concluded
"""
