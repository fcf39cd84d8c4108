"""One folder per vendor, and what all of them need to read an HTTP answer. No I/O, no secrets, no clock."""
