"""GitHub issue forms, for people without a fork: their files, and the records made from answers.

Each module is imported by itself: `check` needs the files of forms, and nothing that reads answers.
"""
