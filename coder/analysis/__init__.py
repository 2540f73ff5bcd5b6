"""What one pass says in sum: time budgets, derived states and measures. Pure numbers.

`coder.analysis.budget_table` is imported by name, because pandas is slow to load and no window needs it.
"""

from coder.analysis.budgets import time_budget, time_budgets
from coder.analysis.derived import derived_states, in_time
from coder.analysis.measures import measures

__all__ = ["derived_states", "in_time", "measures", "time_budget", "time_budgets"]
