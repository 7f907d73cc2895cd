"""Reading single answers of a sheet: a module for each field, all of them pure.

Each module takes the text of a cell, and what is known of its whole column or of the program, and
returns an `AnswerValue`: what the answer means, how sure that is, and what a coordinator should be
told. What cannot be read surely is asked for or left out, never guessed in silence.
"""
