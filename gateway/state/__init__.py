"""What replicas must agree on: rates, requests under way, money spent. Kept in memory, or in a Redis that all share."""
