"""The verbs: what a person can do, said once and shared by the windows and the command line.

No Qt and no printing here. Work that takes time is a generator of `Progress` that returns its result (`…_steps`);
closing it cancels, and what was finished stays.
"""
