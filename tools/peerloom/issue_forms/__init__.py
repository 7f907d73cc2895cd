"""GitHub issue forms, for people without a fork: their files, and the records made from answers.

Each module is imported by itself: `check` needs the files of the forms and none of what reads answers.
"""
