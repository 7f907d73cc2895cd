"""The list of who needs a coordinator, as text, Markdown or JSON; for coordinators only."""

from peerloom.attention.as_json import attention_as_json
from peerloom.attention.as_markdown import attention_as_markdown
from peerloom.attention.as_text import attention_as_text

__all__ = ["attention_as_json", "attention_as_markdown", "attention_as_text"]
