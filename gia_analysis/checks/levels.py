"""The rule that holds a government's report against those of the agencies that it sums up."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from gia_analysis.aliases import identity, read_table_of_years
from gia_analysis.checks.evidence import Evidence
from gia_analysis.checks.history import Place, Positions, Words
from gia_analysis.checks.registry import rule
from gia_analysis.checks.relations import TOLERANCE, Side, Term, add_up, judge, or_missing
from gia_analysis.errors import CorpusError
from gia_analysis.forms import Form, Table, forms
from gia_analysis.grids import Flags, Numbers
from gia_analysis.schema import FAILING, Verdict

MEMBER_COLUMNS = ("aggregate", "member", "from_year", "to_year", "source")

_ALL_YEARS = (0, 9999)
_CENT = 0.01  # amounts are printed in 万元 with two decimals or so; each member's may be rounded
_NOT = Verdict.NOT_APPLICABLE.value


def load_members(path: str | Path) -> pd.DataFrame:
    """Return which agencies the aggregate report of a government sums up.

    The file is CSV in UTF-8 with the columns aggregate, member, from_year, to_year (both included; empty: no bound) and
    source. The list of an aggregate must be complete: every agency whose own report goes into the sum, that of the
    government itself (under whichever name) among them.

    Returns:
        The columns of the file: names as ``gia_analysis.aliases.plain_name`` gives them, years as nullable integers.

    Raises:
        FileNotFoundError: the file is not there; the message names the nearest that is.
        CorpusError: a line is not as expected, or names a member twice for a year; the message names file and line.
    """
    table = read_table_of_years(path, MEMBER_COLUMNS)
    bounds = _bounded(table).sort_values(["aggregate", "member", "from_year", "line"], kind="stable")
    before = bounds.groupby(["aggregate", "member"])[["to_year", "line"]].shift()
    twice = bounds[before["to_year"].ge(bounds["from_year"])]
    if len(twice):
        first = twice.iloc[0]
        raise CorpusError(
            f"{Path(path).name}, line {first['line']}: {first['member']!r} is a member of {first['aggregate']!r} already "
            f"by line {before['line'].loc[twice.index[0]]:.0f}; keep one, or part them by from_year and to_year"
        )
    return table.drop(columns="line")


def _bounded(members: pd.DataFrame) -> pd.DataFrame:
    years = {
        name: members[name].astype("Int64").fillna(bound).astype("int64")
        for name, bound in zip(("from_year", "to_year"), _ALL_YEARS, strict=True)
    }
    return members.assign(**years)


@dataclass(frozen=True, slots=True)
class _Sums:
    """The aggregate reports whose members are all held.

    ``aggregates`` are places among the readable reports; ``members`` places in the history, each of the aggregate at
    ``owner``.
    """

    aggregates: Positions
    members: Positions
    owner: Positions


@rule(
    "AGG_SUM",
    "soft",
    zh="汇总报告的数字一般等于所汇总各机关本机关报告数字之和。",
    en="Figures of an aggregate report are usually the sum of those of its members' own reports.",
)
def check_aggregates(evidence: Evidence) -> pd.DataFrame:
    """Every cell of an aggregate report is judged, if the table of members names its members and all are held."""
    aggregates = np.flatnonzero(evidence.reports["scope"].eq("aggregate").to_numpy())
    if evidence.members is None or not len(aggregates):
        return _not_judged(evidence, aggregates, "members_unknown")
    pairs = _pairs(evidence, aggregates)
    without = np.setdiff1d(aggregates, pairs["report"])
    parts = [_not_judged(evidence, without, "members_unknown")]
    held = pairs.groupby(["report", "member"], as_index=False)["place"].count()
    for wrong, reason in ((held["place"] > 1, "several_reports_of_member"), (held["place"] == 0, "members_missing")):
        names = held[wrong].groupby("report")["member"].agg(";".join)
        parts.append(_not_judged(evidence, names.index.to_numpy(dtype=np.int64), reason, names.to_numpy(dtype=object)))
    whole = pairs[~pairs["report"].isin(held.loc[held["place"] != 1, "report"]) & pairs["place"].notna()]
    if len(whole):
        own, owner = np.unique(whole["report"].to_numpy(dtype=np.int64), return_inverse=True)
        parts += _judged(evidence, _Sums(own, whole["place"].to_numpy(dtype=np.int64), owner))
    found = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return found.drop_duplicates(["at", "table", "row", "col"])


def _pairs(evidence: Evidence, aggregates: Positions) -> pd.DataFrame:
    """Return for each aggregate report its members of that year, each with the place of every own report of its.

    The division of a member must lie within that of the government, where both are known.
    """
    history = evidence.history
    at = history.at(evidence.keys)[aggregates]
    facts = pd.DataFrame(
        {
            "place": np.arange(len(history.table)),
            "name": history.names,
            **history.table[["year", "region_code", "report_id", "scope"]],
        }
    )
    sums = facts.take(at).assign(report=aggregates).dropna(subset=["name", "year"])
    members = _of_years(evidence, sums["year"].unique())
    pairs = sums[["report", "name", "year", "region_code"]].merge(
        members, left_on=["name", "year"], right_on=["aggregate", "year"]
    )
    own = facts[facts["scope"].eq("own")].drop_duplicates(["name", "year", "report_id"])
    own = own[["name", "year", "region_code", "place"]].rename(
        columns={"name": "member", "region_code": "member_region"}
    )
    found = pairs[["report", "member", "year", "region_code"]].merge(own, on=["member", "year"], how="left")
    outside = ~_lies_within(found["member_region"], found["region_code"])
    found.loc[outside, "place"] = np.nan
    return found


def _of_years(evidence: Evidence, years: np.ndarray) -> pd.DataFrame:
    """Return the members of each year, under the names under which they are followed."""
    bounds = _bounded(evidence.members) if evidence.members is not None else pd.DataFrame()
    found = bounds.merge(pd.DataFrame({"year": pd.array(years, dtype="Int64")}), how="cross")
    found = found[found["year"].between(found["from_year"], found["to_year"])].reset_index(drop=True)
    for name in ("aggregate", "member"):
        named = pd.DataFrame({"agency": found[name], "year": found["year"], "region_code": pd.Series(dtype="str")})
        found[name] = identity(named, evidence.history.aliases)
    return found[["aggregate", "member", "year"]].drop_duplicates()


def _lies_within(inner: pd.Series, outer: pd.Series) -> pd.Series:
    """Return which divisions are the other or lie within it, by their codes; one that is missing may."""
    prefix = outer.str.replace(r"(?:00){1,2}$", "", regex=True)
    within = pd.Series(False, index=inner.index)
    for digits in (2, 4, 6):
        within |= (prefix.str.len() == digits) & (inner.str[:digits] == prefix)
    return within | inner.isna() | outer.isna()


def _not_judged(
    evidence: Evidence, here: Positions, reason: str, detail: Words | None = None, table: str | None = None
) -> pd.DataFrame:
    texts = {"table": table, "row": None, "col": None, "status": _NOT, "reason": reason}
    return pd.DataFrame(
        {
            "at": here,
            **{name: pd.Series(text, index=range(len(here)), dtype="str") for name, text in texts.items()},
            "detail": pd.array(np.full(len(here), None) if detail is None else detail, dtype="str"),
        }
    )


def _judged(evidence: Evidence, sums: _Sums) -> Iterator[pd.DataFrame]:
    for form in forms().values():
        for table in form.tables:
            has_table = evidence.has(table.code, form.id).to_numpy()[sums.aggregates]
            if has_table.any() and not table.open_ended:
                yield from _judged_table(evidence, sums, form, table, has_table)


def _judged_table(
    evidence: Evidence, sums: _Sums, form: Form, table: Table, has_table: Flags
) -> Iterator[pd.DataFrame]:
    lacking = ~evidence.history.form_is(table.code, tuple(forms()), sums.members)
    lacks = np.bincount(sums.owner[lacking], minlength=len(sums.aggregates)) > 0
    yield _not_judged(evidence, sums.aggregates[has_table & lacks], "no_table_of_member", table=table.code)
    chosen = np.flatnonzero(has_table & ~lacks)
    if len(chosen):
        cells = [
            _judged_cell(evidence, sums, chosen, form, (table.code, row.code, column.code))
            for row in table.rows
            for column in table.columns
        ]
        yield pd.DataFrame({name: np.concatenate([cell[name] for cell in cells]) for name in cells[0]})


def _judged_cell(
    evidence: Evidence, sums: _Sums, chosen: Positions, form: Form, cell: tuple[str, str, str]
) -> dict[str, Words | Numbers]:
    name = ".".join(cell)
    kind = form.table(cell[0]).type_of(cell[1], cell[2])
    here = sums.aggregates[chosen]
    now = evidence.this_year(name)
    printed = Place(now.value[here], now.open[here], now.on_form[here], now.has_table[here])
    parts = evidence.history.place(name, sums.members)
    right = _sum_of_members(parts, sums, chosen, signed=kind == "signed")
    members = np.bincount(sums.owner, minlength=len(sums.aggregates))[chosen]
    left = add_up([Term(printed, signed=kind == "signed")])
    status, reason = judge(
        left, "=", right, np.asarray(members * _CENT if kind == "money" else np.full(len(here), TOLERANCE), np.float64)
    )
    differs = np.bincount(sums.owner[~parts.on_form], minlength=len(sums.aggregates))[chosen] > 0
    status[differs], reason[differs] = _NOT, "form_differs"
    failing = np.isin(status, FAILING)
    counted = np.array(
        [f"members={number}" if fails else "" for number, fails in zip(members, failing, strict=True)], object
    )
    texts = {"form": form.id, **dict(zip(("table", "row", "col"), cell, strict=True)), "relation": "="}
    texts["cells"] = f"{name};members:{name}"
    return {
        "at": here,
        **{column: np.full(len(here), text, dtype=object) for column, text in texts.items()},
        "status": status,
        "left": left.zero_filled,
        "right": right.zero_filled,
        "difference": left.zero_filled - right.zero_filled,
        "reason": or_missing(reason),
        "detail": or_missing(counted),
    }


def _sum_of_members(parts: Place, sums: _Sums, chosen: Positions, *, signed: bool) -> Side:
    def count(flags: Flags | Numbers) -> Numbers:
        counted = np.bincount(sums.owner, weights=flags.astype(np.float64), minlength=len(sums.aggregates))
        return counted.astype(np.float64)[chosen]

    missing = np.isnan(parts.value)
    total = count(np.where(missing, 0.0, parts.value))
    blank = count(missing) > 0
    low, high = np.where(blank & signed, -np.inf, total), np.where(blank, np.inf, total)
    return Side(total, low, high, count(~missing) == 0, blank, count(parts.open) > 0)
