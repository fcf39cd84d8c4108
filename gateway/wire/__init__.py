"""The contract with existing callers, byte for byte: the discontinued API and nothing else."""
