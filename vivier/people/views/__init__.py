"""Pages about people: by signed link, by account, for staff."""
