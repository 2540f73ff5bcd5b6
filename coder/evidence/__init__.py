"""What measured tracks say about codes: findings, coverage, concordance, questions. Never reliability."""
