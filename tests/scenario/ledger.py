"""The log as the recomputation reads it: events of `daybook log --format jsonl` and nothing else.

Written from the contracts (proto/) and the house's rules for reports, not from the daemon's code.
"""
import datetime
from fractions import Fraction


def day(text):
    return datetime.date.fromisoformat(text)


def london_day(record_time):
    """Civil day in London of an instant: UTC+1 between the last Sundays of March and October."""
    instant = datetime.datetime.fromisoformat(record_time.replace("Z", "+00:00")[:26].rstrip("Z") +
                                              "+00:00")

    def change(month):
        last = datetime.datetime(instant.year, month, 31, 1, tzinfo=datetime.timezone.utc)
        return last - datetime.timedelta(days=(last.weekday() + 1) % 7)

    summer = change(3) <= instant < change(10)
    return (instant + datetime.timedelta(hours=1 if summer else 0)).date()


def known_day(event):
    """The day by whose end the partnership knew the fact; None where nobody knows it."""
    known = event.get("known", {})
    precision = known.get("precision", "")
    recorded = london_day(event["record_time"])
    if precision == "PRECISION_UNKNOWN":
        return None
    if precision == "PRECISION_DAY":
        return day(known["date"])
    if precision == "PRECISION_MONTH":
        first = day(known["date"]).replace(day=1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
        return min(last, recorded)
    return recorded


class Period:
    """A span with its kind, as the contracts name it."""

    def __init__(self, data):
        self.kind = data.get("kind", "")
        self.start, self.end = day(data["start_date"]), day(data["end_date"])

    def key(self):
        return self.end, self.start, self.kind

    def same(self, other):
        return (self.start, self.end) == (other.start, other.end)

    def within(self, other):
        return other.start <= self.start and self.end <= other.end

    def months(self):
        """YYYY-MM of every month, where it is made of whole months."""
        after = self.end + datetime.timedelta(days=1)
        if self.start.day != 1 or after.day != 1:
            return []
        months, at = [], self.start
        while at < after:
            months.append(at.strftime("%Y-%m"))
            at = (at + datetime.timedelta(days=31)).replace(day=1)
        return months

    def label(self):
        year = self.start.year
        plan_year = year if self.start.month > 3 else year - 1
        if self.kind == "KIND_DAY":
            return self.start.isoformat()
        if self.kind == "KIND_MONTH":
            return self.start.strftime("%Y-%m")
        if self.kind == "KIND_QUARTER":
            return f"{span(plan_year)} Q{(self.start.month - 4) % 12 // 3 + 1}"
        if self.kind in ("KIND_PLAN_YEAR", "KIND_FINANCIAL_YEAR"):
            return span(plan_year)
        if self.kind == "KIND_CALENDAR_YEAR":
            return f"CY{year}"
        if self.kind == "KIND_ACADEMIC_YEAR":
            return f"AY{span(year)}"
        if self.kind == "KIND_ROLLING_12":
            return "12m to " + self.end.strftime("%Y-%m")
        return f"{self.start}..{self.end}"


def span(year):
    return f"{year}-{(year + 1) % 100:02}"


def month_period(month):
    first = day(month + "-01")
    last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return Period({"kind": "KIND_MONTH", "start_date": first.isoformat(),
                   "end_date": last.isoformat()})


def rounded(value, places=1):
    """Decimal text, rounded half up away from zero."""
    scaled = abs(value) * 10 ** places
    whole = int(scaled + Fraction(1, 2))
    text = f"{whole // 10 ** places}.{whole % 10 ** places:0{places}}" if places else str(whole)
    return ("-" if value < 0 and whole else "") + text


def signed(value, places=None):
    text = rounded(value, places) if places is not None else plain(value)
    return text if text.startswith("-") or not value else "+" + text


def change_percent(before, after):
    """Percent with sign; empty where there was nothing to change from."""
    if before == 0:
        return ""
    return signed(Fraction(after - before, before) * 100, 1)


def plain(value):
    """A decimal without trailing zeros."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):f}".rstrip("0").rstrip(".")


EXACT = ("", "PRECISION_UNSPECIFIED", "PRECISION_EXACT", "PRECISION_COUNTED")
WORDS = {"PRECISION_ABOUT": "about ", "PRECISION_MORE_THAN": "more than ",
         "PRECISION_AT_LEAST": "at least ", "PRECISION_LESS_THAN": "fewer than ",
         "PRECISION_AT_MOST": "up to "}


class Figure:
    """A number with its precision, a share with both parts, or a percentage as printed."""

    def __init__(self, fact):
        self.quantity = fact.get("quantity", {})
        self.share = fact.get("share", {})
        self.printed = fact.get("printed_percent", {})
        if isinstance(self.printed, str):
            self.printed = {}

    def words(self):
        if self.quantity.get("value"):
            upper = self.quantity.get("upper")
            text = WORDS.get(self.precision(), "") + self.quantity["value"]
            return text + (f" to {upper}" if upper else "")
        if self.share:
            percent = Fraction(self.share["numerator"]) / Fraction(self.share["denominator"]) * 100
            return f"{self.share['numerator']} of {self.share['denominator']} ({rounded(percent)}%)"
        if self.printed:
            return WORDS.get(self.printed.get("precision", ""), "") + self.printed["percent"]
        return ""

    def precision(self):
        return self.quantity.get("precision", "")

    def exact(self):
        """The number, where it is one and exact."""
        plainly = self.quantity.get("value") and not self.quantity.get("upper")
        return Fraction(self.quantity["value"]) if plainly and self.precision() in EXACT else None


FACTS = ("measures.ObservationRecorded", "measures.FigurePublished", "incidents.IncidentRecorded",
         "referrals.ReferralReceived")


class Ledger:
    """The log as it was known at the end of a day (None: all of it), with its registers."""

    def __init__(self, events, known_on=None):
        self.events = []
        for event in events:
            if known_on is not None and event["type"] in FACTS:
                known = known_day(event)
                if known is None or known > known_on:
                    continue
            self.events.append(event)
        self.organisations = {e["organisation_id"]: e["name"]
                              for e in self.of("partners.OrganisationRegistered")}
        self.areas = {e["area_id"]: e for e in self.of("partners.AreaRegistered")}
        self.measures = {e["measure_id"]: e for e in self.of("measures.MeasureDefined")}
        self.breaks = [(e["measure_id"], day(e["date"]))
                       for e in self.of("measures.SeriesBreakDeclared")]

    def of(self, kind):
        return [event.get("data", {}) for event in self.events if event["type"] == kind]

    def broken(self, measure, before, after):
        return any(measure == name and before.start < date <= after.end
                   for name, date in self.breaks)

    def latest(self, kind, key):
        """Of the facts with one key the one known last, and of those the last in the log."""
        rows = {}
        for event in self.events:
            if event["type"] != kind:
                continue
            order = (known_day(event) or london_day(event["record_time"]), int(event["position"]))
            at = key(event["data"])
            if at not in rows or rows[at][0] < order:
                rows[at] = (order, event)
        return [event for _, event in rows.values()]
