"""Figures of real reports that were published as tables and are known cell by cell, each on the form it was made on."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gia_analysis.forms import Form, get_form
from gia_analysis.simulation import CellKey

Printed = dict[CellKey, str | None]


def everywhere(form: Form, figure: str) -> Printed:
    """Return a form with the same figure in every cell, optional rows aside."""
    return {(table.code, row.code, column.code): figure for table, row, column in form.cells() if not row.optional}


def row(form: Form, table: str, code: str, *figures: str) -> Printed:
    columns = [column.code for column in form.table(table).columns]
    return {(table, code, column): figure for column, figure in zip(columns, figures, strict=True)}


def totals(**figures: int) -> Printed:
    return {("requests", code, "total"): str(figure) for code, figure in figures.items()}


def full_2021() -> tuple[Form, Printed]:
    """A report of the size of a provincial capital's for 2025. Of single outcomes only totals are known."""
    form = get_form("2021")
    printed = everywhere(form, "")
    printed |= row(form, "art20_1", "regulations", "3", "5", "74")
    printed |= row(form, "art20_1", "normative_documents", "564", "984", "4185")
    printed |= row(form, "art20_5", "licensing", "11398889")
    printed |= row(form, "art20_6", "penalty", "6937489")
    printed |= row(form, "art20_6", "compulsion", "166105")
    printed |= row(form, "art20_8", "fees", "316441")
    printed |= row(form, "requests", "new_received", "13612", "252", "0", "45", "128", "32", "14069")
    printed |= row(form, "requests", "carried_in", "535", "6", "0", "1", "18", "0", "560")
    printed |= row(form, "requests", "results_total", "13364", "252", "0", "44", "121", "29", "13810")
    printed |= row(form, "requests", "carried_out", "783", "6", "0", "2", "25", "3", "819")
    printed |= totals(granted=5548, partially_granted=2168)
    printed |= totals(
        denied_state_secret=13, denied_law_prohibits=30, denied_safety_stability=11, denied_third_party=51,
        denied_internal_affairs=104, denied_process_info=85, denied_enforcement_file=286, denied_admin_inquiry=150,
    )  # fmt: skip
    printed |= totals(unable_not_held=3222, unable_needs_creation=180, unable_unclear=19)
    printed |= totals(
        not_processed_petition=203, not_processed_repeat=148, not_processed_publication=0, not_processed_abusive=101,
        not_processed_reconfirm=5,
    )  # fmt: skip
    printed |= totals(other_overdue_correction=318, other_overdue_fee=203, other_misc=965)
    printed |= row(form, "review_litigation", "reconsideration", "376", "97", "196", "121", "790")
    printed |= row(form, "review_litigation", "litigation_direct", "16", "1", "12", "27", "56")
    printed |= row(form, "review_litigation", "litigation_after_review", "74", "1", "30", "51", "156")
    return form, printed


def nanyuan_subdistrict_2020() -> tuple[Form, Printed]:
    """荔湾南源街道 2020: a sign before the change."""
    form = get_form("2019")
    return form, everywhere(form, "0") | row(form, "art20_5", "licensing", "21", "+19", "40")


def wuhai_industry_bureau_2020() -> tuple[Form, Printed]:
    """乌海工信局 2020: changes up and down."""
    form = get_form("2019")
    printed = everywhere(form, "0") | row(form, "art20_5", "licensing", "1", "0", "0")
    printed |= row(form, "art20_5", "other_services", "2", "+2", "114")
    return form, printed | row(form, "art20_6", "penalty", "25", "-1", "0")


def hangjin_rear_banner_education_bureau_2020() -> tuple[Form, Printed]:
    """杭锦后旗教育局 2020: a word for the change, a unit in the amount, all else blank."""
    form = get_form("2019")
    printed = everywhere(form, "") | row(form, "art20_5", "licensing", "126", "增72", "142")
    return form, printed | row(form, "art20_9", "procurement", "3", "2560万元")


def wuhan_environment_bureau_2020() -> tuple[Form, Printed]:
    """武汉市生态环境局 2020, without the row that the form does not have: a dash among figures."""
    form = get_form("2019")
    printed = everywhere(form, "0") | row(form, "art20_1", "normative_documents", "2", "2", "19")
    printed |= row(form, "art20_5", "licensing", "8", "5", "93")
    printed |= row(form, "art20_5", "other_services", "117", "0", "165")
    printed |= row(form, "art20_6", "penalty", "90", "0", "22") | row(form, "art20_6", "compulsion", "4", "4", "-")
    return form, printed | row(form, "art20_8", "fees", "", "")


def hybrid_2021() -> tuple[Form, Printed]:
    """A bureau's report for 2021 whose first block still has the columns of 2019."""
    first, *others = get_form("2021").tables
    form = replace(get_form("2021"), tables=(get_form("2019").table(first.code), *others))
    printed = everywhere(form, "0") | row(form, "art20_5", "licensing", "5")
    return form, printed | row(form, "art20_8", "fees", "282.1")


EXAMPLES: Sequence[Callable[[], tuple[Form, Printed]]] = [
    full_2021,
    nanyuan_subdistrict_2020,
    wuhai_industry_bureau_2020,
    hangjin_rear_banner_education_bureau_2020,
    wuhan_environment_bureau_2020,
    hybrid_2021,
]
