"""Why a master code is what it is, in plain words: what is seen, and why this code and not its neighbour."""
