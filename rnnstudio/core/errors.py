"""The one exception whose text is meant for the person in front of the screen."""

from __future__ import annotations

from typing import Any

from rnnstudio.core.messages import Message


class UserError(Exception):
    """Something the user can put right.

    ``UserError("{path} holds no price; …", path=path)``: one or two plain sentences as a
    ``Message``: what is wrong, where (file, row, column), and what would be right. The window
    shows it in the tab, the command line prints it and exits; every other exception is a fault of
    ours and is allowed to crash.
    """

    def __init__(self, template: str, /, **values: Any) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another with template and values apart, and with its notes."""
        return _restored, (type(self), self.__dict__)


def _restored(kind: type[UserError], state: dict[str, Any]) -> UserError:
    error = kind.__new__(kind, str(state["message"]))
    error.__dict__.update(state)
    return error
