"""Machine readable zones of ICAO Doc 9303: parts 4 (TD3), 5 (TD1) and 6 (TD2)."""
