"""Every rule that takes more than one file or a date, in one literal list."""
