"""Signals, asked for with days and sentences: cases whose answers were fixed before.

They come from what the practice of mentoring says about each signal, and not from Peerloom's code.
"""
