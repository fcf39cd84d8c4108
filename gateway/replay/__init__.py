"""An upstream without a vendor: recorded or invented answers, with the latency, faults and misreadings one asks for."""
