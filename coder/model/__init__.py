"""The words of the project: frozen values without input or output.

Every other package speaks in these; this one imports nothing of the project and only the standard library
(numpy in `track.py`, where the values are arrays).
"""
