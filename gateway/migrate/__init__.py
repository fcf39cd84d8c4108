"""Moving a route from one upstream to another step by step, as far as what is measured allows; and the calendar of it."""
