"""What one pass says in sum: time budgets and derived states. Pure numbers."""

from coder.analysis.budget_table import NamedPass, budget_table
from coder.analysis.budgets import time_budget, time_budgets
from coder.analysis.derived import derived_states

__all__ = ["NamedPass", "budget_table", "derived_states", "time_budget", "time_budgets"]
