"""Files in and out: scheme files, and the exchange formats for coded events. pydantic lives here and in settings."""
