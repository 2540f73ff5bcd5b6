"""The bench: what a coder sees and touches. PyQt6."""
