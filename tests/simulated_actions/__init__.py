"""A simulation of GitHub Actions: which runs and jobs events start, and what they are billed."""
