"""Incident and referral trends, computed anew from a Ledger."""
from collections import Counter, defaultdict
from fractions import Fraction

from ledger import Figure, Period, change_percent, month_period, plain, rounded, signed

ASB = "anti-social-behaviour"


def series_of(ledger, subject):
    """{(measure, area, source, extract, basis): [(period, event)]}, periods in order."""
    measures = {name for name, m in ledger.measures.items() if m.get("subject") == subject}
    series = defaultdict(list)

    def key(fact):
        return (fact["measure_id"], fact["area_id"], fact["source_id"], fact.get("extract", ""),
                Period(fact["period"]).key())

    for event in ledger.latest("measures.ObservationRecorded", key):
        fact = event["data"]
        if fact["measure_id"] in measures:
            series[key(fact)[:4] + (fact.get("basis", "BASIS_IN_PERIOD"),)].append(
                (Period(fact["period"]), event))
    return {name: sorted(points, key=lambda point: point[0].key())
            for name, points in series.items()}


def figures_on(ledger, measure, area, period):
    """Facts that documents printed on a measure, area and period."""
    return [fact for fact in ledger.of("measures.FigurePublished")
            if fact["measure_id"] == measure and fact["area_id"] == area
            and Period(fact["period"]).same(period)]


def incident_trend(ledger, area, current, previous):
    """{(measure, origin, source, extract): cells} of the report's rows."""
    rows = {}
    for (measure, place, source, extract, basis), points in series_of(
            ledger, "SUBJECT_INCIDENTS").items():
        if place != area:
            continue
        after, before = (value_of(points, basis, period) for period in (current, previous))
        if not any(holds_any(points, basis, period) for period in (current, previous)):
            continue
        cells = {"previous": before[0] or "[x]", "current": after[0] or "[x]"}
        cells.update(change_cells(ledger, measure, before[1], after[1], previous, current))
        cells["printed"] = len(figures_on(ledger, measure, area, current))
        rows[measure, "return", ledger.organisations[source], extract] = cells
    returned = {row[0] for row in rows}
    for fact in ledger.of("measures.FigurePublished"):
        measure = fact["measure_id"]
        about = ledger.measures[measure].get("subject") == "SUBJECT_INCIDENTS"
        here = fact["area_id"] == area and Period(fact["period"]).same(current)
        if about and here and measure not in returned:
            rows[measure, "published", "", ""] = {
                "previous": "[x]", "current": "[x]", "change": "[x]", "change_percent": "[x]",
                "printed": len(figures_on(ledger, measure, area, current))}
    rows.update(record_rows(ledger, area, current, previous))
    return rows


def value_of(points, basis, period):
    """(words, number where exact) of one period: its own figure, or the sum of its months."""
    for at, event in points:
        if at.same(period):
            figure = Figure(event["data"])
            return figure.words(), figure.exact()
    if basis not in ("BASIS_IN_PERIOD", ""):
        return "", None
    months = {at.label(): Figure(event["data"]).exact() for at, event in points
              if at.kind == "KIND_MONTH"}
    wanted = [months.get(month) for month in period.months()]
    if not wanted or any(number is None for number in wanted):
        return "", None
    return plain(sum(wanted)), sum(wanted)


def holds_any(points, basis, period):
    """Whether a figure of the period, or of any month that could add up to it, is there."""
    for at, event in points:
        figure = Figure(event["data"])
        if at.same(period) and figure.words():
            return True
        if basis in ("BASIS_IN_PERIOD", "") and at.kind == "KIND_MONTH" and figure.exact() is not None:
            if at.label() in period.months():
                return True
    return False


def change_cells(ledger, measure, before, after, previous, current):
    if before is None or after is None:
        return {"change": "[x]", "change_percent": "[x]"}
    if ledger.broken(measure, previous, current):
        return {"change": "[b]", "change_percent": "[b]"}
    return {"change": signed(after - before),
            "change_percent": change_percent(before, after) or "[z]"}


def record_rows(ledger, area, current, previous):
    """Counts of records; a month is held when the force sent any record of it."""
    held, counts = defaultdict(set), defaultdict(Counter)
    for incident in ledger.of("incidents.IncidentRecorded"):
        source = incident["force_id"], incident["dataset"]
        held[source].add(incident["month"])
        if incident.get("district") == ledger.areas[area]["name"]:
            counts[source][incident["month"], incident["type"]] += 1
    rows = {}
    for source, months_held in held.items():
        spans = [set(period.months()) for period in (previous, current)]
        if not any(span & months_held for span in spans):
            continue
        types = {kind for month, kind in counts[source] if any(month in span for span in spans)}
        if not types:
            continue
        name, dataset = ledger.organisations[source[0]], source[1]
        groups = {kind: {kind} for kind in types}
        groups["all-recorded"] = types
        groups["all-but-" + ASB] = types - {ASB}
        for label, kinds in groups.items():
            numbers = [sum(counts[source][month, kind] for month in span for kind in kinds)
                       if span <= months_held else None for span in spans]
            cells = {"previous": "[x]" if numbers[0] is None else str(numbers[0]),
                     "current": "[x]" if numbers[1] is None else str(numbers[1]), "printed": 0}
            before, after = (None if n is None else Fraction(n) for n in numbers)
            cells.update(change_cells(ledger, label, before, after, previous, current))
            rows[label, "records", name, dataset] = cells
    return rows


def incident_months(ledger, area):
    """{month: {type: count, "total": count, "total-excl-asb": count}} of a district."""
    held = {i["month"] for i in ledger.of("incidents.IncidentRecorded")}
    types = {i["type"] for i in ledger.of("incidents.IncidentRecorded")}
    months = {month: Counter({kind: 0 for kind in types}) for month in held}
    for incident in ledger.of("incidents.IncidentRecorded"):
        if incident.get("district") == ledger.areas[area]["name"]:
            months[incident["month"]][incident["type"]] += 1
    for counts in months.values():
        total = sum(counts.values())
        counts["total-excl-asb"] = total - counts[ASB]
        counts["total"] = total
    return months


BASES = {"BASIS_TO_DATE": "to-date", "BASIS_AT_DATE": "at-date",
         "BASIS_MONTHLY_MEAN": "monthly-mean"}
PLANNED = ("STAGE_BOOKED", "STAGE_PLANNED")


def referral_trend(ledger, service=None):
    """{(service, label, area, source, extract, basis, period): cells} of returned series."""
    rows = {}
    for (measure, area, source, extract, basis), points in series_of(
            ledger, "SUBJECT_REFERRALS").items():
        definition = ledger.measures[measure]
        if service and definition.get("service_id") != service:
            continue
        for index, (period, event) in enumerate(points):
            name = (definition.get("service_id", ""), definition["label"],
                    ledger.areas[area]["name"], ledger.organisations[source], extract,
                    BASES.get(basis, "in-period"), period.label())
            rows[name] = point_cells(ledger, measure, area, basis, points, index, event)
    return rows


def point_cells(ledger, measure, area, basis, points, index, event):
    fact, period = event["data"], points[index][0]
    figure = Figure(fact)
    cells = {"value": "[x]", "whole": "[z]", "percent": "[z]", "printed_percent": "[z]"}
    if figure.quantity.get("value"):
        cells["value"] = figure.words()
    elif figure.share:
        part, whole = figure.share["numerator"], figure.share["denominator"]
        cells.update(value=part, whole=whole,
                     percent=rounded(Fraction(part) / Fraction(whole) * 100),
                     printed_percent=figure.share.get("printed_percent") or "[z]")
    elif figure.printed:
        cells.update(whole="[x]", percent="[x]", printed_percent=figure.words())
    for printed in figures_on(ledger, measure, area, period):
        if "percent" in printed and cells["printed_percent"] == "[z]":
            cells["printed_percent"] = printed["percent"]["percent"]
            if cells["percent"] == "[z]":
                cells.update(whole="[x]", percent="[x]")
    cells["change_percent"] = point_change(ledger, measure, basis, points, index)
    return cells


def point_change(ledger, measure, basis, points, index):
    period, event = points[index]
    number = base_of(event["data"])
    if basis == "BASIS_TO_DATE" or number is None or event["data"].get("stage") in PLANNED:
        return "[z]"
    for earlier, before in reversed(points[:index]):
        comparable = basis == "BASIS_MONTHLY_MEAN" or earlier.kind == period.kind
        base = base_of(before["data"])
        if not comparable or base is None or before["data"].get("stage") in PLANNED:
            continue
        if ledger.broken(measure, earlier, period):
            return "[b]"
        return change_percent(base, number) or "[z]"
    return "[z]"


def base_of(fact):
    figure = Figure(fact)
    return Fraction(figure.share["numerator"]) if figure.share else figure.exact()


def referral_months(ledger):
    """{(service, agency, area or "not stated", month): count} of recorded referrals."""
    counts = Counter()
    held = defaultdict(set)
    for event in ledger.events:
        if event["type"] != "referrals.ReferralReceived":
            continue
        fact = event["data"]
        area = fact.get("area_id", "")
        place = ledger.areas[area]["name"] if area else "not stated"
        counts[fact["service_id"], event["agency"], place, fact["month"]] += 1
        held[fact["service_id"], event["agency"]].add(fact["month"])
    for service, agency, place in {key[:3] for key in counts}:
        for month in held[service, agency]:
            counts[service, agency, place, month] += 0
    return {key[:3] + (month_period(key[3]).label(),): count for key, count in counts.items()}
