"""Fixtures for documents."""

from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.fixture
def sample_texts(sample_paths: Mapping[str, Path]) -> dict[str, str]:
    """The texts of the sample reports by stem."""
    return {stem: path.read_text(encoding="utf-8") for stem, path in sample_paths.items()}
