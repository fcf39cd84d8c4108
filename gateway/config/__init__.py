"""YAML becomes typed, checked settings; every mistake is found at once and named with its line."""
