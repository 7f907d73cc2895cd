"""Publishing: what of a program is written down, once, for readers below coordinators."""

from peerloom.publishing.plan import plan_publishing, publish_texts

__all__ = ["plan_publishing", "publish_texts"]
