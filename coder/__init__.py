"""A workstation for coding parent-child interaction from video."""

__version__ = "0.1.0"
