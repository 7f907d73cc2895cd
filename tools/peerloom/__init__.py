"""A peer-mentoring program out of a folder of YAML files."""

__version__ = "0.2.0.dev0"
