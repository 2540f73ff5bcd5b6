"""What the program says, and in which language."""
