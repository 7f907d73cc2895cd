"""Stories of pairs, circles and cohorts that are well or in trouble, with the truth about each.

They are written from what the practice of mentoring says, and import nothing of Peerloom.
"""
