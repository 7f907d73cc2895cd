"""Who to match with whom in a cohort, why, and what was learned from earlier matches."""
