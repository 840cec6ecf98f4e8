"""Pages of the room: each parses, asks permission, makes one call, renders."""
