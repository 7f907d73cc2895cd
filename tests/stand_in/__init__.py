"""A stand-in for GitHub, held to GitHub's own description of its API."""

from stand_in.description import Description
from stand_in.origin import Origin
from stand_in.server import Fault, StandIn

__all__ = ["Description", "Fault", "Origin", "StandIn"]
