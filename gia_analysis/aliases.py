"""Under which name an agency is followed over the years: renamed agencies joined, homonyms kept apart."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from gia_analysis.errors import CorpusError, nearest

ALIAS_COLUMNS = ("agency", "same_as", "from_year", "to_year", "source")

_YEARS = ("from_year", "to_year")
_ALL_YEARS = (0, 9999)
_DIVISION = re.compile(r"\[\d+\]$")  # of an agency that is kept apart from others of its name
_WIDE_BRACKETS = str.maketrans("()[]", "（）［］")
_Row = tuple[int, Mapping[str, str]]


def plain_name(name: str) -> str:
    """Return an agency's name without white space, its brackets in full width.

    >>> plain_name("北京市 朝阳区人民政府(办公室)")
    '北京市朝阳区人民政府（办公室）'
    """
    return re.sub(r"\s+", "", name).translate(_WIDE_BRACKETS)


def load_aliases(path: str | Path) -> pd.DataFrame:
    """Return a table of aliases: in the years given, reports of ``agency`` are those of ``same_as``.

    The file is CSV in UTF-8 with the columns agency, same_as, from_year, to_year (both included; empty: no bound) and
    source, which says where the change of name is told. ``same_as`` may be an alias itself: the years say in which
    reports the name ``agency`` is meant, and from there a chain is followed whatever its years.

    Returns:
        The columns of the file: names as ``plain_name`` gives them, years as nullable integers.

    Raises:
        FileNotFoundError: the file is not there; the message names the nearest that is.
        CorpusError: a line is not as expected, says what another line contradicts, or leads back to itself; the message
            names file and line.
    """
    table = read_table_of_years(path, ALIAS_COLUMNS)
    _final_names(table, Path(path).name)
    return table.drop(columns="line")


def read_table_of_years(path: str | Path, columns: Sequence[str]) -> pd.DataFrame:
    """Return a CSV whose rows hold from one year to another, with the line of each row in the column ``line``.

    Columns but ``from_year`` and ``to_year`` must not be empty; the first two hold names of agencies.

    Raises:
        FileNotFoundError: the file is not there; the message names the nearest that is.
        CorpusError: a line is not as expected; the message names file and line.
    """
    place = Path(path)
    rows = list(_rows(place, columns))
    for number, row in rows:
        _check_row(f"{place.name}, line {number}", row, columns)
    texts = {name: [row[name] for _, row in rows] for name in columns}
    names = {name: [plain_name(text) for text in texts[name]] for name in columns[:2]}
    years = {name: pd.array([int(text) if text else None for text in texts[name]], dtype="Int64") for name in _YEARS}
    table = pd.DataFrame(
        {**texts, **names, **years, "line": [number for number, _ in rows]}, columns=[*columns, "line"]
    )
    return table.astype({name: "str" for name in columns if name not in _YEARS} | {"line": "int64"})


def _rows(place: Path, columns: Sequence[str]) -> Iterator[_Row]:
    reader = csv.reader(_text(place).splitlines())
    head = [cell.strip() for cell in next(reader, [])]
    if unknown := [name for name in head if name not in columns]:
        raise CorpusError(f"{place.name}, line 1: unknown column {unknown[0]!r}: {nearest(unknown[0], columns)}")
    if missing := [name for name in columns if name not in head]:
        raise CorpusError(f"{place.name}, line 1: the column {missing[0]!r} is missing; expected {','.join(columns)}")
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            raise CorpusError(
                f"{place.name}, line {reader.line_num}: {len(cells)} cells, expected {len(head)}; put a text with a comma in quotes"
            )
        yield reader.line_num, {name: cell.strip() for name, cell in zip(head, cells, strict=True)}


def _text(place: Path) -> str:
    try:
        return place.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        siblings = sorted(file.name for file in place.parent.glob("*.csv")) if place.parent.is_dir() else []
        raise FileNotFoundError(f"there is no {place}: {nearest(place.name, siblings)}") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CorpusError(f"{place.name}, line {line}: not in UTF-8; save the table as UTF-8") from error


def _check_row(where: str, row: Mapping[str, str], columns: Sequence[str]) -> None:
    for name in columns:
        text = row[name]
        if name not in _YEARS and not text:
            raise CorpusError(f"{where}: {name} is empty")
        if name in _YEARS and text and not re.fullmatch(r"[0-9]{4}", text):
            digits = re.search(r"[0-9]{4}", text)
            hint = f"write {digits.group()}" if digits else "leave it empty where there is no bound"
            raise CorpusError(f"{where}: {name} is {text!r}, expected a year in four digits; {hint}")
    if row["from_year"] and row["to_year"] and row["from_year"] > row["to_year"]:
        raise CorpusError(f"{where}: from_year {row['from_year']} is after to_year {row['to_year']}; swap them")


def _final_names(aliases: pd.DataFrame, where: str) -> pd.Series:
    """Return the name at the end of the chain that starts in each row."""
    lines = aliases["line"] if "line" in aliases else pd.Series(range(2, len(aliases) + 2), index=aliases.index)
    links: dict[str, list[tuple[str, int, int, int]]] = {}
    bounds = [aliases[name].astype("Int64").fillna(bound) for name, bound in zip(_YEARS, _ALL_YEARS, strict=True)]
    for agency, same_as, first, last, line in zip(aliases["agency"], aliases["same_as"], *bounds, lines, strict=True):
        if agency == same_as:
            raise CorpusError(f"{where}, line {line}: agency and same_as are the same name, {agency!r}")
        for other, other_first, other_last, other_line in links.get(agency, ()):
            if first <= other_last and other_first <= last:
                said = "says the same" if other == same_as else f"leads to {other!r}"
                raise CorpusError(
                    f"{where}, line {line}: {agency!r} leads to {same_as!r}, but line {other_line} {said} for some of "
                    "the same years; keep one, or part them by from_year and to_year"
                )
        links.setdefault(agency, []).append((same_as, int(first), int(last), int(line)))
    found = [
        _end_of_chain(str(row), links, where, [str(start)]) for start, row in aliases[["agency", "same_as"]].values
    ]
    return pd.Series(found, index=aliases.index, dtype="str")


def _end_of_chain(
    name: str, links: Mapping[str, list[tuple[str, int, int, int]]], where: str, before: Sequence[str]
) -> str:
    while name in links:
        line = links[name][0][3]
        if name in before:
            chain = " → ".join([*before[list(before).index(name) :], name])
            raise CorpusError(f"{where}, line {line}: the aliases lead back to {name!r} ({chain}); leave one out")
        targets = sorted({target for target, *_ in links[name]})
        if len(targets) > 1:
            raise CorpusError(
                f"{where}, line {line}: {before[-1]!r} leads to {name!r}, which is followed as {' or '.join(targets)}, "
                f"by the year; name one of these for {before[-1]!r}"
            )
        before, name = [*before, name], targets[0]
    return name


def identity(reports: pd.DataFrame, aliases: pd.DataFrame | None = None) -> pd.Series:
    """Return for each report the name under which its agency is followed over the years.

    A name is compared without white space and with brackets of one width, and led on by the aliases of its year; one
    with years does not hold for a report whose year is not known. Where one name is printed by agencies of several
    divisions (朝阳区人民政府), or aliases join names of several prefectures, each is followed by itself, as
    ``name[division code]``. A division code that is missing fits any, if the name has but one.

    Args:
        reports: the table ``reports``, of all reports that are to be followed.
        aliases: what ``load_aliases`` gives.

    Returns:
        A series of texts with the index of ``reports``; missing where the agency is not known, or where it is one of
        several of its name and its division is not known.

    Raises:
        CorpusError: the aliases contradict each other or lead in a circle.
    """
    codes, agencies = pd.factorize(reports["agency"])
    plain = pd.array([*map(plain_name, agencies), None], dtype="str")
    printed = pd.Series(plain[codes], index=reports.index)
    followed = printed if aliases is None or aliases.empty else _lead_on(printed, reports["year"], aliases)
    return _kept_apart(printed, followed, reports["region_code"])


def _lead_on(printed: pd.Series, years: pd.Series, aliases: pd.DataFrame) -> pd.Series:
    plain = aliases.assign(**{name: [plain_name(each) for each in aliases[name]] for name in ("agency", "same_as")})
    plain["final"] = _final_names(plain, "aliases")
    for name, bound in zip(_YEARS, _ALL_YEARS, strict=True):
        plain[name] = plain[name].astype("Int64").fillna(bound).astype("int64")
    given = pd.DataFrame({"agency": printed.array, "year": years.astype("Int64").array})
    pairs = given.reset_index(names="at").merge(plain[["agency", *_YEARS, "final"]], on="agency")
    always = (pairs["from_year"] == _ALL_YEARS[0]) & (pairs["to_year"] == _ALL_YEARS[1])
    holds = pairs["year"].between(pairs["from_year"], pairs["to_year"]).fillna(False).astype(bool) | always
    chosen = pairs[holds]
    followed = printed.to_numpy(dtype=object, copy=True)
    followed[chosen["at"].to_numpy()] = chosen["final"].to_numpy(dtype=object)
    return pd.Series(followed, index=printed.index, dtype="str")


def _kept_apart(printed: pd.Series, followed: pd.Series, regions: pd.Series) -> pd.Series:
    """Part the reports under one name by division, where they are of several."""
    texts = {"printed": printed, "name": followed, "region": regions.astype("str")}
    frame = pd.DataFrame({name: text.array for name, text in texts.items()})
    known = frame.dropna(subset=["name", "region"]).drop_duplicates()
    by_printed = known.drop_duplicates(["printed", "name", "region"]).groupby(["name", "printed"]).size()
    homonyms = set(by_printed[by_printed > 1].index.get_level_values("name"))
    is_homonym = frame["name"].isin(homonyms)
    if not is_homonym.any() and known["name"].is_unique:
        return followed
    prefecture = frame["region"].str[:4] + "00"
    part = frame["region"].where(is_homonym, prefecture)
    parts = pd.DataFrame({"name": frame["name"], "part": part}).dropna().drop_duplicates().groupby("name").size()
    several = frame["name"].isin(parts.index[parts > 1])
    apart = frame["name"] + "[" + part + "]"
    return pd.Series(np.where(several, apart, frame["name"]), index=followed.index, dtype="str")


def name_alone(followed: str) -> str:
    """Return the name in an identity, without the code of a division.

    >>> name_alone("朝阳区人民政府[110105]"), name_alone("天门市教育局")
    ('朝阳区人民政府', '天门市教育局')
    """
    return _DIVISION.sub("", followed)


def name_and_place(printed: str, followed: object, region: object) -> str:
    """Return the name that a report prints, with its division where agencies of other divisions bear it too.

    >>> name_and_place("朝阳区人民政府", "朝阳区人民政府[110105]", "北京市朝阳区")
    '朝阳区人民政府（北京市朝阳区）'
    """
    apart = isinstance(followed, str) and _DIVISION.search(followed)
    return f"{printed}（{region}）" if apart and isinstance(region, str) else printed
