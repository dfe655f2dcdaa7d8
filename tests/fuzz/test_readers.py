"""A little of the fuzzing in every run of the tests, the same each time; ``./dev fuzz`` goes on for as long as it is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.readers import READERS

FEW = 25


@pytest.mark.parametrize("name", READERS)
def test_reader(name: str) -> None:
    check, given_to = READERS[name]

    @settings(max_examples=FEW, suppress_health_check=list(HealthCheck))
    @given(given_to)
    def holds(value: object) -> None:
        check(value)

    holds()
