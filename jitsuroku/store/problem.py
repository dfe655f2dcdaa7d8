"""What every part of the store says when it cannot go on."""

from __future__ import annotations


class StoreError(RuntimeError):
    """The store cannot be opened, read or written; the message names the file or server and the remedy."""
