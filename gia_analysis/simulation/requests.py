"""Simulated figures of requests, their outcomes by applicant, and the disputes that follow."""

from gia_analysis.forms import Form, Table
from gia_analysis.simulation.draws import Draw

_APPLICANTS = {
    "natural_person": 0.82,
    "business": 0.10,
    "research": 0.01,
    "public_welfare": 0.02,
    "legal_service": 0.03,
    "other_org": 0.02,
}
_OUTCOMES = {
    "granted": 0.42,
    "partially_granted": 0.12,
    "denied_state_secret": 0.002,
    "denied_law_prohibits": 0.004,
    "denied_safety_stability": 0.004,
    "denied_third_party": 0.02,
    "denied_internal_affairs": 0.02,
    "denied_process_info": 0.03,
    "denied_enforcement_file": 0.02,
    "denied_admin_inquiry": 0.03,
    "unable_not_held": 0.22,
    "unable_needs_creation": 0.03,
    "unable_unclear": 0.02,
    "not_processed_petition": 0.02,
    "other_overdue_correction": 0.03,
    "other_handling": 0.06,
    "other_misc": 0.03,
}
_RARE = 0.004
_DISPUTES = {"reconsideration": 0.04, "litigation_direct": 0.008, "litigation_after_review": 0.012}
_VERDICTS = {"upheld": 0.55, "corrected": 0.15, "other": 0.15, "pending": 0.15}

ByApplicant = dict[str, int]


def draw_requests(draw: Draw, form: Form, table: Table) -> None:
    """Draw the table of requests: what came in, by applicant, and what became of it."""
    last = draw.last(table.code, "new_received", "total")
    new = draw.split(draw.count(draw.requests, last if draw.requests else None), _APPLICANTS)
    carried_in = _carried_in(draw, table)
    workload = {applicant: new[applicant] + carried_in[applicant] for applicant in _APPLICANTS}
    carried_out = {applicant: draw.part_of(workload[applicant], 0.05) for applicant in _APPLICANTS}
    results = {applicant: workload[applicant] - carried_out[applicant] for applicant in _APPLICANTS}
    leaves = next(each.right for each in form.sums if each.code == "REQ_RESULTS")
    weights = {leaf: _OUTCOMES.get(leaf, _RARE) for leaf in leaves}
    outcomes = {applicant: draw.split(results[applicant], weights) for applicant in _APPLICANTS}
    rows: dict[str, ByApplicant] = {"new_received": new, "carried_in": carried_in}
    rows |= {leaf: {applicant: outcomes[applicant][leaf] for applicant in _APPLICANTS} for leaf in leaves}
    rows |= {"results_total": results, "carried_out": carried_out}
    for row, values in rows.items():
        draw.put(table.code, row, {**values, "total": sum(values.values())})


def _carried_in(draw: Draw, table: Table) -> ByApplicant:
    if draw.carried_in is not None:
        return draw.split(draw.carried_in, _APPLICANTS)
    left = {applicant: draw.last(table.code, "carried_out", applicant) for applicant in _APPLICANTS}
    known = {applicant: value for applicant, value in left.items() if value is not None}
    return known if len(known) == len(left) else draw.split(draw.count(draw.requests * 0.05), _APPLICANTS)


def draw_disputes(draw: Draw, form: Form, table: Table) -> None:
    """Draw the table of disputes: a few in a hundred results, and at least those pending since last year."""
    results = int(draw.figures.get(("requests", "results_total", "total"), 0))
    for row in table.rows:
        pending = draw.last(table.code, row.code, "pending") or 0
        total = max(draw.part_of(results, _DISPUTES[row.code]), pending)
        draw.put(table.code, row.code, {**draw.split(total, _VERDICTS), "total": total})
