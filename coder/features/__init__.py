"""Measuring pictures: faces, head directions and the distance of heads, as evidence beside the codes.

OpenCV and MediaPipe live in this package only, and only in `faces.py`, which only the child process of `run.py`
imports: the process that has the window never loads them.
"""
