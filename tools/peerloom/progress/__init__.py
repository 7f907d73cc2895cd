"""A program and a day in, facts out: what is due, done, met, reached and felt."""
