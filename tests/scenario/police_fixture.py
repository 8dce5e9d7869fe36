"""Street files like those of data.police.uk, with their quirks: anti-social behaviour without a key
or an outcome and with exact copies, rows without a place, rows that fall in another force's
district, quoted cells, an empty Context. Seeded."""
import csv
import random
from collections import Counter

HEADER = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
          "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"]
DISTRICTS = {"Colchester": "E010210", "Tendring": "E010220", "Rochford": "E010230"}
OUT_OF_FORCE = {"Babergh": "E010290"}
ASB = "Anti-social behaviour"
TYPES = [ASB, "Burglary", "Criminal damage and arson", "Drugs", "Other theft", "Public order",
         "Robbery", "Shoplifting", "Vehicle crime", "Violence and sexual offences"]
OUTCOMES = ["Under investigation", "Investigation complete; no suspect identified",
            "Unable to prosecute suspect", "Local resolution"]


def make_rows(seed, count, month="2018-10"):
    """`count` rows; one in ten or so is an exact copy of an anti-social behaviour row before it."""
    draw = random.Random(seed)
    rows = []
    while len(rows) < count:
        copies = [row for row in rows[-20:] if row[9] == ASB]
        if copies and draw.random() < 0.1:
            rows.append(list(draw.choice(copies)))
            continue
        kind = draw.choice(TYPES)
        key = "" if kind == ASB else f"{draw.getrandbits(256):064x}"
        outcome = "" if kind == ASB else draw.choice(OUTCOMES)
        row = [key, month, "Essex Police", "Essex Police", "", "", "No Location", "", "", kind,
               outcome, ""]
        if draw.random() > 0.01:
            districts = OUT_OF_FORCE if draw.random() < 0.01 else DISTRICTS
            name, code = draw.choice(sorted(districts.items()))
            number = draw.randrange(10)
            row[4:9] = [f"{0.5 + draw.random() / 2:.6f}", f"{51.5 + draw.random() / 2:.6f}",
                        draw.choice(["On or near High Street", "On or near Mill Lane, North"]),
                        f"{code}{number:02d}", f"{name} 00{number}A"]
        rows.append(row)
    return rows


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(rows)


def tally(rows):
    """Rows by place: districts of the force, "out of force", "no place" and "total"."""
    places = Counter(total=len(rows))
    for row in rows:
        district = row[8].rsplit(" ", 1)[0]
        place = district if district in DISTRICTS else "out of force" if district else "no place"
        places[place] += 1
    return places


def by_type(rows, district):
    return Counter(row[9] for row in rows if row[8].startswith(district + " "))
