"""Another configuration without a restart: read, checked, opened, and then put in place in one step."""
