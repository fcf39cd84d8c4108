"""Another reader asked the same after the caller has been answered, and the two answers compared field by field."""
