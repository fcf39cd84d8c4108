"""What journals and evaluations say, as pages to read and tables to compute with."""
