"""Which of the configured routes answers a query, and whether the answer is what was asked for."""
