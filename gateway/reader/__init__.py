"""Text with positions in, ``IdDocument`` out. Pure: no pixels, no clock, no I/O."""
