"""One file for each study format; see `coder.store.migrations`."""
