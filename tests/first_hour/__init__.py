"""The first hour of somebody who knows no terminal, each step as the repository's files have it.

    make first-hour

A copy of the template, the workflow `start`, a Codespace, a workbook of 64 sign-ups, matches, their
beginning and the site. GitHub is the stand-in of the tests. Workflows, the Codespace's command and
its tasks are run as they are written, from a folder that cannot see this checkout, in environments
of their own that the program's locks fill. It fails if more lines are typed than there may be.
"""
