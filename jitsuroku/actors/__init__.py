"""Mentions -> actors: whom each name stands for and acts for."""

from __future__ import annotations

from jitsuroku.actors.rates import daily_rates
from jitsuroku.actors.resolve import resolve
from jitsuroku.actors.world import load_world

__all__ = ["daily_rates", "load_world", "resolve"]
