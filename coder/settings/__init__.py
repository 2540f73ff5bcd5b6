"""What a person has set on this machine, and where the things lie that an install brings."""
