"""What is done when an upstream does not answer: Recognizers around Recognizers."""
