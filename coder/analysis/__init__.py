"""What one pass says in sum: time budgets and derived states. Pure numbers."""

from coder.analysis.budgets import time_budget, time_budgets
from coder.analysis.derived import derived_states

__all__ = ["derived_states", "time_budget", "time_budgets"]
