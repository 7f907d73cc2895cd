"""Sheets of sign-ups written from known people in random layouts, to be read back and compared."""
