"""A program and a day to matches: whom to propose with whom, and why."""
