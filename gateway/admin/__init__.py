"""The operators' side: is it alive, is it ready, what has it done."""
