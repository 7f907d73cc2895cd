"""Weights of a match, learned from what became of a program's earlier ones."""

from peerloom.matching.learning.forms import learned_as_text, learned_as_value
from peerloom.matching.learning.reweighting import CannotReweight, reweighted
from peerloom.matching.learning.weights import Learned, Refusal, learn

__all__ = [
    "CannotReweight",
    "Learned",
    "Refusal",
    "learn",
    "learned_as_text",
    "learned_as_value",
    "reweighted",
]
