"""Errors say what is the nearest right thing, and are also the built-in errors that a caller would expect."""

import pytest

from gia_analysis import CorpusError, DocumentError, FormError, GiaError, NotAReportError, ParameterError
from gia_analysis.errors import nearest


def test_the_nearest_names_are_offered() -> None:
    known = ["requests", "review_litigation", "art20_1"]

    assert nearest("request", known) == "did you mean 'requests'?"


def test_all_names_are_listed_where_none_is_near() -> None:
    assert nearest("xyz", ["requests", "art20_1"]) == "known are 'requests', 'art20_1'"


def test_a_long_list_of_names_is_cut() -> None:
    found = nearest("xyz", [f"name {number}" for number in range(100)])

    assert found.count("name") == 12
    assert found.endswith(", …")


def test_it_says_so_where_there_is_no_name() -> None:
    assert nearest("xyz", []) == "there is none"


@pytest.mark.parametrize(
    ("error", "built_in"),
    [
        (FormError, LookupError),
        (DocumentError, ValueError),
        (NotAReportError, ValueError),
        (CorpusError, ValueError),
        (ParameterError, ValueError),
    ],
)
def test_every_error_is_one_of_ours_and_a_built_in_one(error: type[Exception], built_in: type[Exception]) -> None:
    assert issubclass(error, GiaError)
    assert issubclass(error, built_in)
