"""Matching: whom to match with whom in a cohort, why, and what earlier matches taught."""
