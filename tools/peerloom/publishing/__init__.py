"""Publishing: what of a program is written down, once, for readers below coordinators."""

from peerloom.publishing.plan import has_unpublished_dates, plan_publishing, publish_texts

__all__ = ["has_unpublished_dates", "plan_publishing", "publish_texts"]
