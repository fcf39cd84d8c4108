"""What must hold of a document whoever read it: its zone's check digits, its national number, the order of its dates."""
