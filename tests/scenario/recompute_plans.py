"""Plan performance and silence, computed anew from a Ledger."""
import datetime
from collections import Counter
from fractions import Fraction

from ledger import WORDS, Figure, Period, plain, rounded

DONE = ("completed", "delivered", "delivered-late")
FLOORS = ("PRECISION_MORE_THAN", "PRECISION_AT_LEAST")
CEILINGS = ("PRECISION_LESS_THAN", "PRECISION_AT_MOST")


class Plan:
    def __init__(self, ledger, plan_id, period, today):
        self.ledger, self.period = ledger, period
        self.year = next(Period(p["year"]) for p in ledger.of("actions.PlanOpened")
                         if p["plan_id"] == plan_id)
        self.due = period.end < today
        self.year_end = period.same(self.year)
        self.quarters = min(4, len(quarters_until(self.year, period.end)))

        def mine(kind):
            return [fact for fact in ledger.of(kind) if fact["plan_id"] == plan_id]

        self.actions = mine("actions.ActionAdded")
        self.targets = mine("actions.TargetSet")
        self.deferrals = mine("actions.UpdateDeferred")
        self.updates = [e["data"] for e in ledger.latest(
            "actions.UpdateSubmitted",
            lambda f: (f["plan_id"], f["action_id"], Period(f["period"]).key(),
                       f["organisation_id"])) if e["data"]["plan_id"] == plan_id]

    def rows(self):
        """{action: cells of plan-performance}, {(action, target): cells of plan-targets}."""
        actions, targets = {}, {}
        for action in self.actions:
            name = action["action_id"]
            judged = [self.judge(action, target) for target in self.targets
                      if target["action_id"] == name]
            status = combined([cells["status"] for _, cells in judged])
            for target_id, cells in judged:
                targets[name, target_id] = {**cells, "action_status": status}
            update, left_to = self.update_of(action)
            state = next((u.get("state", "") for u in self.updates_of(action)), "")
            actions[name] = {"update": update, "left_to": left_to, "state": state,
                             "status": status, "update_due_from": self.due_from_name(action),
                             "deadline": action.get("deadline") or "[x]"}
        return actions, targets

    def silence(self):
        """Rows of plan-silence: (from whom, update, left to, action, reported elsewhere)."""
        actions, _ = self.rows()
        reported = Counter(cells["update_due_from"] for cells in actions.values()
                           if cells["update"] == "reported")
        return sorted((cells["update_due_from"], cells["update"], cells["left_to"], name,
                       str(reported[cells["update_due_from"]]))
                      for name, cells in actions.items()
                      if cells["update"] in ("silent", "left-to-partner"))

    def due_from(self, action):
        leads = action.get("leads", [])
        marked = [lead for lead in leads if lead.get("reports")] or leads
        return marked[0]["organisation_id"] if marked else ""

    def due_from_name(self, action):
        return self.ledger.organisations.get(self.due_from(action), "[x]")

    def rank(self, action, update):
        order = [self.due_from(action)] + [lead["organisation_id"]
                                           for lead in action.get("leads", [])]
        who = update["organisation_id"]
        return (order.index(who) if who in order else len(order)), who

    def updates_of(self, action, period=None):
        found = [u for u in self.updates if u["action_id"] == action["action_id"]
                 and Period(u["period"]).same(period or self.period)]
        return sorted(found, key=lambda update: self.rank(action, update))

    def update_of(self, action):
        if self.updates_of(action):
            return "reported", ""
        for deferral in self.deferrals:
            same = Period(deferral["period"]).same(self.period)
            if deferral["action_id"] == action["action_id"] and same:
                return "left-to-partner", self.ledger.organisations[deferral["to_organisation_id"]]
        return ("silent" if self.due and self.due_from(action) else "not-due"), ""

    def figures_on(self, update, measure):
        """[(own period, reported period, figure)] that count; of one period the last line holds."""
        figures = {}
        for m in update.get("measurements", []):
            own = Period(m.get("period", update["period"]))
            if m["measure"] == measure and m.get("stage", "actual") == "actual" and own.within(
                    self.year):
                figures[own.start, own.end] = (own, Period(update["period"]), Figure(m))
        return list(figures.values())

    def evidence(self, action, target):
        """(words, number, precision, remark) of what was reported on a target, or None."""
        if target["kind"] == "KIND_COUNT" and target.get("cumulative"):
            return self.running_sum(action, target["measure"])
        for update in self.updates_of(action):
            for _, _, figure in self.figures_on(update, target["measure"]):
                return evidence_of(figure)
        return None

    def running_sum(self, action, measure):
        """Sum over the year so far, one organisation a period; a wider figure stands in."""
        figures = []
        periods = {Period(u["period"]).key(): Period(u["period"]) for u in self.updates
                   if u["action_id"] == action["action_id"]}
        for period in sorted(periods.values(), key=lambda p: (p.start, p.end)):
            if not period.within(self.year) or period.end > self.period.end:
                continue
            for update in self.updates_of(action, period):
                found = self.figures_on(update, measure)
                if found:
                    figures += found
                    break
        figures = widest(figures)
        if not figures:
            return None
        missing = [f"Q{i + 1}" for i, (start, end) in
                   enumerate(quarters_until(self.year, self.period.end))
                   if not any(p.start <= start and end <= p.end for f in figures for p in f[:2])]
        if len(figures) == 1:
            text, number, precision, _ = evidence_of(figures[0][2])
        else:
            number = sum(Fraction(f[2].quantity["value"]) for f in figures)
            precisions = {f[2].precision() for f in figures}
            precision = ("PRECISION_ABOUT" if precisions & {"PRECISION_ABOUT", *CEILINGS} else
                         "PRECISION_AT_LEAST" if precisions & set(FLOORS) else "")
            text = plain(number)
            text = WORDS.get(precision, "") + text
        if missing:
            if precision in ("", "PRECISION_EXACT", "PRECISION_COUNTED"):
                precision, text = "PRECISION_AT_LEAST", "at least " + text
            text += " (without " + ", ".join(missing) + ")"
        return text, number, precision, bool(missing)

    def judge(self, action, target):
        evidence = self.evidence(action, target)
        cells = {"actual": "[x]", "percent_of_target": "[z]", "straight_line": "[z]"}
        threshold = Fraction(target["threshold"]) if target.get("threshold") else None
        least = target.get("comparator") == "COMPARATOR_AT_LEAST"
        counted = target["kind"] == "KIND_COUNT" and threshold is not None and least
        line = None
        if counted and target.get("cumulative"):
            line = threshold * self.quarters / 4
            cells["straight_line"] = plain(line)
        if evidence:
            cells["actual"] = evidence[0]
            if counted and evidence[1] is not None and evidence[2] in ("", "PRECISION_EXACT",
                                                                      "PRECISION_COUNTED"):
                cells["percent_of_target"] = rounded(evidence[1] / threshold * 100)
        cells["status"] = self.status(action, target, evidence, threshold, line)
        return target["target_id"], cells

    def status(self, action, target, evidence, threshold, line):
        updates = self.updates_of(action)
        if target["kind"] == "KIND_MILESTONE":
            if any(u.get("state") in DONE for u in updates):
                return "met"
            if not updates:
                return "not-reported" if self.due else "no-data-yet"
            return "not-met" if self.year_end else "cannot-tell"
        if evidence is None:
            any_figure = any(m.get("stage", "actual") == "actual"
                             for u in updates for m in u.get("measurements", []))
            others = [t for t in self.targets if t["action_id"] == action["action_id"]]
            answered = any(self.evidence(action, t) for t in others)
            if any_figure and not answered:
                return "reported-on-another-measure"
            return "not-reported" if self.due else "no-data-yet"
        if target["kind"] == "KIND_TREND":
            return "trend-only"
        if threshold is None:
            return "cannot-tell"
        return self.judge_number(target, evidence, threshold, line)

    def judge_number(self, target, evidence, threshold, line):
        answer = satisfies(evidence, target.get("comparator"), threshold)
        if self.year_end:
            return {True: "met", False: "not-met", None: "cannot-tell"}[answer]
        count = target["kind"] == "KIND_COUNT"
        if count and target.get("comparator") == "COMPARATOR_AT_LEAST":
            if answer:
                return "met"
            return pace(evidence, line) if line is not None else "cannot-tell"
        if answer is None:
            return "cannot-tell"
        if answer:
            return "on-target-so-far"
        return "not-met" if count and target.get("comparator") == "COMPARATOR_AT_MOST" else "behind"


def widest(figures):
    """Without those that a figure of a wider period covers; of one period the later one holds."""
    kept = []
    for i, (own, _, _) in enumerate(figures):
        covered = any(j != i and own.within(other) and (not other.within(own) or j > i)
                      for j, (other, _, _) in enumerate(figures))
        if not covered:
            kept.append(figures[i])
    return kept


def evidence_of(figure):
    if figure.quantity.get("value"):
        number = None if figure.quantity.get("upper") else Fraction(figure.quantity["value"])
        return figure.words(), number, figure.precision(), False
    if figure.share:
        share = Fraction(figure.share["numerator"]) / Fraction(figure.share["denominator"]) * 100
        return figure.words(), share, "SHARE", False
    if figure.printed:
        return (figure.words(), Fraction(figure.printed["percent"]),
                figure.printed.get("precision", ""), False)
    return "", None, "", False


def satisfies(evidence, comparator, threshold):
    """True, False, or None where the figure's precision cannot tell."""
    _, number, precision, _ = evidence
    if number is None or precision == "PRECISION_ABOUT":
        return None
    low, high = number, number
    if precision in FLOORS:
        high = None
    if precision in CEILINGS:
        low = None
    if comparator == "COMPARATOR_AT_LEAST":
        if low is not None and low >= threshold:
            return True
        below = high is not None and (high < threshold or
                                      (precision == "PRECISION_LESS_THAN" and high <= threshold))
        return False if below else None
    if comparator == "COMPARATOR_AT_MOST":
        if high is not None and high <= threshold:
            return True
        above = low is not None and (low > threshold or
                                     (precision == "PRECISION_MORE_THAN" and low >= threshold))
        return False if above else None
    if low is None or high is None:
        return None
    return number == threshold


def pace(evidence, line):
    _, number, precision, _ = evidence
    if number is None:
        return "cannot-tell"
    if number >= line + 1:
        return "cannot-tell" if precision in CEILINGS else "ahead"
    if number <= line - 1:
        return "cannot-tell" if precision in FLOORS else "behind"
    return "in-line"


def combined(statuses):
    if not statuses:
        return "no-target"
    for word in ("not-reported", "reported-on-another-measure"):
        if all(status == word for status in statuses):
            return word
    if {"not-reported", "reported-on-another-measure"} & set(statuses):
        return "not-met"
    order = ["not-met", "behind", "cannot-tell", "no-data-yet", "trend-only", "in-line",
             "on-target-so-far", "ahead", "met"]
    return min(statuses, key=order.index)


def quarters_until(year, end):
    """(first day, last day) of the quarters of a plan year that are over at `end`."""
    quarters, start = [], year.start
    while start <= year.end:
        after = start
        for _ in range(3):
            after = (after + datetime.timedelta(days=31)).replace(day=1)
        last = after - datetime.timedelta(days=1)
        if last <= end:
            quarters.append((start, last))
        start = after
    return quarters
