"""Made-up files of one district's partners: plans with updates, series with gaps, records. Seeded."""
import csv
import random

import police_fixture

QUARTERS = ["2022-23 Q1", "2022-23 Q2", "2022-23 Q3", "2022-23 Q4"]
MONTHS = [f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13)]


def table(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, header)
        writer.writeheader()
        writer.writerows({key: row.get(key, "") for key in header} for row in rows)


def write(folder, seed):
    """Writes the files into `folder`; their paths in the order of import, datasets by header."""
    draw = random.Random(seed)
    folder.mkdir()
    return [measures(folder), observations(folder, draw), plan(folder), actions(folder),
            targets(folder, draw), updates(folder, draw), referrals(folder, draw),
            *street_files(folder, draw)]


def measures(folder):
    path = folder / "random-measures.csv"
    table(path, ["measure_id", "label", "subject", "unit", "is_count", "parts_of_whole",
                 "service_id", "sort_order"],
          [{"measure_id": f"inc-{i}", "label": f"Kind {i}", "subject": "incidents",
            "unit": "offences", "is_count": "yes", "sort_order": i + 1} for i in range(4)] +
          [{"measure_id": f"ref-{i}", "label": f"Series {i}", "subject": "referrals",
            "unit": "people", "is_count": "no", "service_id": f"service-{i % 2}",
            "sort_order": i + 1} for i in range(4)])
    return path


def observations(folder, draw):
    path = folder / "random-observations.csv"
    rows = []
    for i in range(4):
        for month in MONTHS:
            if draw.random() < 0.03:
                continue
            rows.append({"measure_id": f"inc-{i}", "area": "Colchester", "source": "Essex Police",
                         "extract": "random", "period": month, "basis": "in-period",
                         "value": draw.randrange(200), "known": draw.choice(MONTHS)})
        basis = draw.choice(["in-period", "at-date", "to-date", "monthly-mean"])
        for period in QUARTERS + ["2021-22", "2022-23"]:
            row = {"measure_id": f"ref-{i}", "area": "Colchester", "source": "Next Chapter",
                   "period": period, "basis": basis, "known": draw.choice(MONTHS)}
            whole = draw.randrange(1, 400)
            form = draw.random()
            if form < 0.4:
                row.update(numerator=draw.randrange(whole + 1), denominator=whole)
            elif form < 0.5:
                row.update(printed_percent=draw.randrange(101), missing="both")
            else:
                row.update(value=draw.randrange(500),
                           precision=draw.choice(["", "", "about", "more than", "up to"]))
            rows.append(row)
    table(path, ["measure_id", "area", "source", "extract", "period", "basis", "value", "precision",
                 "numerator", "denominator", "printed_percent", "missing", "known"], rows)
    return path


def plan(folder):
    path = folder / "random-plan.csv"
    table(path, ["plan_id", "partnership", "year", "title"],
          [{"plan_id": "random", "partnership": "colchester", "year": "2022-23", "title": "Random"}])
    return path


def actions(folder):
    path = folder / "random-actions.csv"
    table(path, ["plan_id", "action_id", "objective", "label", "leads", "deadline"],
          [{"plan_id": "random", "action_id": f"a{i:02}", "objective": "o", "label": f"Action {i}",
            "leads": ["Essex Police", "Essex Police; Next Chapter*", ""][i % 3],
            "deadline": ["2022-12", ""][i % 2]} for i in range(24)])
    return path


def targets(folder, draw):
    path = folder / "random-targets.csv"
    rows = []
    for i in range(24):
        for t in range(draw.choice([0, 1, 1, 2])):
            kind = draw.choice(["count", "count", "percent", "trend", "milestone"])
            row = {"plan_id": "random", "action_id": f"a{i:02}", "target_id": f"t{t}",
                   "kind": kind, "measure": f"m{t}", "unit": "things"}
            if kind == "count":
                row.update(comparator=draw.choice(["at-least", "at-least", "at-most"]),
                           threshold=draw.randrange(1, 40), cumulative=draw.choice(["yes", "no"]))
            elif kind == "percent":
                row.update(comparator=draw.choice(["at-least", "at-most"]),
                           threshold=draw.randrange(1, 100))
            elif kind == "trend":
                row.update(comparator=draw.choice(["increase", "decrease"]))
            rows.append(row)
    table(path, ["plan_id", "action_id", "target_id", "kind", "measure", "comparator", "threshold",
                 "unit", "cumulative"], rows)
    return path


def updates(folder, draw):
    path = folder / "random-updates.csv"
    rows = []
    for i in range(24):
        leads = [["Essex Police"], ["Next Chapter", "Essex Police"], ["Essex Police"]][i % 3]
        for period in QUARTERS + ["2022-23"]:
            for who in leads:
                if draw.random() < 0.45:
                    continue
                row = {"plan_id": "random", "action_id": f"a{i:02}", "period": period,
                       "organisation": who, "state": draw.choice(["ongoing", "delivered", "planned"]),
                       "narrative": "Words.", "known": draw.choice(MONTHS[15:])}
                for m in range(draw.choice([0, 1, 2])):
                    figure = {"measure": f"m{draw.choice([0, 1, 2])}", "measure_label": "figure",
                              "value": draw.randrange(30), "unit": "things",
                              "precision": draw.choice(["exact", "exact", "about", "more than",
                                                        "up to", "at least"])}
                    if m == 0:
                        rows.append({**row, **figure})
                    else:
                        rows.append({**{key: row[key] for key in (
                            "plan_id", "action_id", "period", "organisation")}, **figure})
                if not rows or rows[-1].get("period") != period or rows[-1]["action_id"] != row[
                        "action_id"] or rows[-1]["organisation"] != who:
                    rows.append(row)
    table(path, ["plan_id", "action_id", "period", "organisation", "state", "left_to", "narrative",
                 "measure", "measure_label", "value", "precision", "unit", "known"], rows)
    return path


def referrals(folder, draw):
    path = folder / "random-referrals.csv"
    table(path, ["referral_id", "service_id", "received", "area"],
          [{"referral_id": f"r{i}", "service_id": f"service-{draw.randrange(2)}",
            "received": draw.choice(MONTHS[8:16]) + draw.choice(["", "-11"]),
            "area": draw.choice(["Colchester", "Tendring", ""])} for i in range(300)])
    return path


def street_files(folder, draw):
    paths = []
    for month in MONTHS:
        if month in ("2021-05", "2022-09"):
            continue
        path = folder / f"{month}-essex-street.csv"
        police_fixture.write(path, police_fixture.make_rows(draw.random(), 60, month))
        paths.append(path)
    return paths
