"""The room of offers. Today: a page on which anybody has an advertisement checked."""
