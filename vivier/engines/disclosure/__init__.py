"""Keep published figures from revealing anybody."""
