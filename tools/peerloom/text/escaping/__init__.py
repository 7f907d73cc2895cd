"""What people wrote, made harmless: a module for each place where text can act."""
