"""A question to a class: which letter does the network hold likeliest now?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent

CHOICES = 4


@dataclass(frozen=True)
class LetterQuestion:
    """Letters to choose from, in the order of the alphabet, and how likely each is.

    ``after`` is what stands before the letter that is asked for.
    """

    after: str
    letters: tuple[str, ...]
    shares: tuple[float, ...]

    @property
    def right(self) -> int:
        """The place of the likeliest."""
        return self.shares.index(max(self.shares))

    @property
    def prompt(self) -> Message:
        """The question."""
        if not self.after:
            return Message("With which letter does the network begin a name most often?")
        return Message("Which letter follows “{after}” most often?", {"after": self.after})

    @property
    def seen(self) -> Message:
        """The answer."""
        return Message(
            "“{letter}” follows, in {share} of all draws.",
            {"letter": self.letters[self.right], "share": percent(max(self.shares))},
        )


def letter_question(after: str, likeliest: Sequence[tuple[str, float]]) -> LetterQuestion | None:
    """The question about ``likeliest``, letters with how likely each is, the likeliest first.

    None where there are not two to choose from.
    """
    chosen = sorted(likeliest[:CHOICES])
    if len(chosen) < 2:
        return None
    letters, shares = zip(*chosen, strict=True)
    return LetterQuestion(after, letters, shares)
