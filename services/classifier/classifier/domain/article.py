"""An article as the reader sees it: title and text joined, so that a name in the title counts for the text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from classifier.domain.text import sentences

GAP = "\n\n"
Field = Literal["title", "text"]


@dataclass(frozen=True)
class ArticleText:
    """Title and text of one article; either may be empty."""

    title: str
    text: str

    @cached_property
    def joined(self) -> str:
        return f"{self.title}{GAP}{self.text}" if self.title else self.text

    @property
    def text_starts(self) -> int:
        """Return where the text begins in `joined`."""
        return len(self.title) + len(GAP) if self.title else 0

    @cached_property
    def text_bounds(self) -> list[tuple[int, int]]:
        """Return the sentences of the text, offsets in the text."""
        return sentences(self.text)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """Return the sentences of `joined`; the title is one."""
        shift = self.text_starts
        title = [(0, len(self.title))] if self.title else []
        return title + [(first + shift, last + shift) for first, last in self.text_bounds]

    def locate(self, start: int, end: int) -> tuple[Field, int, int]:
        """Return the field of a span of `joined`, with its offsets in that field."""
        if end <= len(self.title):
            return "title", start, end
        return "text", start - self.text_starts, end - self.text_starts

    def sentence_at(self, start: int) -> str:
        """Return the sentence of `joined` that holds a character."""
        for first, last in self.bounds:
            if start < last:
                return self.joined[first:last]
        return ""
