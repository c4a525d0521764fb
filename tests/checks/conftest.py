"""How the tests of checks look at what was found."""

from collections.abc import Callable

import pandas as pd
import pytest

Verdicts = Callable[[pd.DataFrame, str, str], dict[str, tuple[str, str | None]]]


@pytest.fixture(scope="session")
def verdicts() -> Verdicts:
    """Return verdict and reason of one check on one report, at each place (row or column, else empty)."""

    def judge(checks: pd.DataFrame, code: str, report_id: str) -> dict[str, tuple[str, str | None]]:
        own = checks.loc[
            (checks["code"] == code) & (checks["report_id"] == report_id), ["row", "col", "status", "reason"]
        ]
        texts = own.astype(object).where(own.notna(), None)
        return {row or col or "": (status, reason) for row, col, status, reason in texts.itertuples(index=False)}

    return judge
