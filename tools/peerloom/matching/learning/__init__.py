"""Weights of a match, learned from what became of a program's earlier ones."""

from peerloom.matching.learning.learn import (
    Learned,
    learn_weights,
    learned_as_text,
    learned_as_value,
)

__all__ = ["Learned", "learn_weights", "learned_as_text", "learned_as_value"]
