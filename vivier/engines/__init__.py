"""Pure engines: frozen values in, frozen values with their reasons out. No Django, no clock, no input or output."""
