"""Pages about sessions: public, sign-up, one's own place, staff, attendance."""
