"""The embedded reader: pixels in, text with positions out, in processes of its own."""
