"""A sentence for the person in front of the screen, as one whole template and its values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Message:
    """One whole sentence, or a few: an English template and the values it is filled with.

    The template is what a translation is looked up by, so it is never glued together from parts;
    placeholders are named as in ``str.format``. Without values it is shown as it stands.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.template.format(**self.values) if self.values else self.template
