"""One demo hospital for all tests that only read it."""

import pytest

from api.demo.generate import Demo, Letter, generate

UNTIL = 1_794_500_000_000_000  # a Thursday noon in November 2026


@pytest.fixture(scope="session")
def demo() -> Demo:
    """The hospital that the command makes by default."""
    return generate(until=UNTIL)


@pytest.fixture(scope="session")
def letters(demo: Demo) -> list[Letter]:
    """Its letters, oldest first."""
    return list(demo.letters())
