"""Sample pages of our own, marked as such; no source of facts (README.md)."""

from pathlib import Path

PAGES = Path(__file__).parent / "pages"
