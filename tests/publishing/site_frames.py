"""A corpus made of frames, as the index of a site needs it: reports of agencies over years, without their cells."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from gia_analysis import Corpus
from gia_analysis.divisions.table import by_code, division
from gia_analysis.publishing.index import SitePage
from gia_analysis.schema import Frames, build

HEADLINES = ("request_volume", "results", "disclosure_rate_broad")
_BODIES = ("财政局", "教育局", "人民政府", "卫生健康局", "自然资源局", "公安局", "审计局")


def many_agencies(agencies: int, years: Sequence[int]) -> tuple[Corpus, list[SitePage]]:
    """Return a corpus of invented bodies of real counties, with drawn figures and checks, and its pages."""
    counties = [found for code in by_code() if not code.endswith("00") and (found := division(code, years[-1]))]
    bodies = [(f"{county.full_name}{body}", county) for body, county in product(_BODIES, counties)][:agencies]
    size = len(bodies) * len(years)
    drawn = np.random.default_rng(4)
    ids = [f"{number:016x}" for number in range(size)]
    keys = {"report_id": ids, "source": [f"/home/someone/raw/{each}.txt" for each in ids]}
    reports = build(
        "reports",
        keys
        | {
            "status": "ok", "form": [_form(year) for _ in bodies for year in years],
            "year": [year for _ in bodies for year in years], "agency": [name for name, _ in bodies for _ in years],
            "agency_level": "county", "region_code": [county.code for _, county in bodies for _ in years],
            "region": [county.full_name for _, county in bodies for _ in years],
        },
    )  # fmt: skip
    requests = drawn.integers(0, 3000, size).astype(float)
    rate = np.where(requests > 0, drawn.random(size), np.nan)
    values = {"request_volume": requests, "results": requests, "disclosure_rate_broad": rate}
    indicators = build(
        "indicators",
        {name: np.repeat(column, len(HEADLINES)) for name, column in keys.items()}
        | {
            "code": np.tile(HEADLINES, size), "blanks": ["missing"] * size * len(HEADLINES),
            "value": np.column_stack([values[code] for code in HEADLINES]).ravel(),
            "low": np.repeat(rate * 0.9, len(HEADLINES)), "high": np.repeat(np.minimum(rate * 1.1, 1), len(HEADLINES)),
            "reason": np.where(np.isnan(np.column_stack([values[c] for c in HEADLINES]).ravel()), "denominator_zero", None),
        },
    )  # fmt: skip
    checks = build(
        "checks",
        {name: np.repeat(column, 2) for name, column in keys.items()}
        | {"code": np.tile(["REQ_FLOW", "X_JUMP"], size), "severity": np.tile(["hard", "soft"], size),
           "status": drawn.choice(["pass", "fail"], 2 * size, p=[0.9, 0.1])},
    )  # fmt: skip
    empty = {name: build(name) for name in ("cells", "sections", "figures", "issues")}
    pages = [
        SitePage(f"agency-{year}-{report_id}.html", f"{agency} {year}", "agency", agency, year, report_id)
        for year, report_id, agency in zip(
            reports["year"].tolist(), reports["report_id"], reports["agency"], strict=True
        )
    ]
    pages += [SitePage(f"all-{year}.html", f"{year} 年", "cross", None, year) for year in years]
    return Corpus(Frames(reports, **empty), checks=checks, indicators=indicators), pages


def _form(year: int) -> str:
    return "2014" if year < 2019 else "2019" if year < 2021 else "2021"
