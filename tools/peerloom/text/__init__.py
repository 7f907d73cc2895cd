"""How things are said, and made harmless where they are shown.

The language is chosen in `translation`; every other module says one class of things in it. Babel
takes longer to load than most commands run, so that each function that needs it imports it itself.
"""
