"""What became of every request, as append-only lines of JSON; never a value of a document."""
