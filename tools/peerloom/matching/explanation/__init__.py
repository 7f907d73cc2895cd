"""Why somebody is matched, why they are not, and what another match would cost the others."""
