"""Several upstreams asked at once, and one answer made of theirs."""
