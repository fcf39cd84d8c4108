"""How requests to vendors are signed: one file per scheme, shared by every adapter that uses it."""
