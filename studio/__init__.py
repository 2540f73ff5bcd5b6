"""The studio: sample films with known truth, rendered from written scenarios (never imported by `coder`)."""
