"""A folder of pictures through any upstreams: how much each reads, how well, how fast and for how much."""
