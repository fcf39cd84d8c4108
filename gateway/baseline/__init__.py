"""A sealed record of what the original answered, for comparisons after its end."""
