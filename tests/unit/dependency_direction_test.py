"""Holds the includes of the tree against the direction in which dependencies may point.

Debian puts every library's headers into one folder, so link rules alone cannot hold this. Each room
names what it may include; a file that includes anything else fails the test with its line.
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

CONTEXTS = ("partners", "actions", "referrals", "incidents", "measures", "scrutiny",
            "enforcement", "submissions")

# Room (longest prefix wins) -> prefixes of project headers that it may include, itself always.
ROOMS = {
    "proto/registry": ["daybook/", "proto/values/"],
    "proto/values": ["daybook/types/", "eventstore/core/"],
    "eventstore/core": [],
    "eventstore/merkle": ["eventstore/core/"],
    "eventstore/memory": ["eventstore/core/", "eventstore/merkle/"],
    "eventstore/rocksdb": ["eventstore/core/", "eventstore/merkle/", "daybook/storage/"],
    "eventstore/table": [],
    "eventstore/sealing": ["eventstore/core/", "eventstore/table/"],
    "eventstore/staging": ["eventstore/core/", "eventstore/sealing/", "eventstore/table/"],
    "eventstore/notify": ["eventstore/core/"],
    "projections/calendar": ["proto/values/", "eventstore/core/"],
    "projections/stats": ["proto/values/", "eventstore/core/"],
    "projections/core": ["eventstore/core/", "proto/"],
    "projections/views": ["eventstore/core/", "proto/", "daybook/", "projections/core/",
                          "projections/calendar/", "projections/stats/"],
    "projections/store": ["eventstore/core/", "eventstore/table/", "projections/core/", "daybook/views/"],
    "projections/engine": ["eventstore/core/", "eventstore/merkle/", "proto/", "daybook/views/",
                           "projections/core/", "projections/store/"],
    "projections/reports": ["eventstore/core/", "proto/", "daybook/", "projections/core/",
                            "projections/views/", "projections/calendar/", "projections/stats/"],
    "services/ingest": ["eventstore/core/", "proto/values/"],
    "services/commands": ["eventstore/core/", "eventstore/merkle/", "eventstore/sealing/", "proto/",
                          "daybook/types/"],
    "services/runtime": ["eventstore/", "projections/", "services/commands/", "proto/", "daybook/",
                         "google/rpc/"],
    "services/daybookd": ["eventstore/", "projections/", "services/", "proto/", "daybook/"],
    "services/projector": ["eventstore/core/", "eventstore/merkle/", "eventstore/notify/",
                           "projections/", "services/reports/", "services/eventlog/grpc/",
                           "services/admin/grpc/", "services/runtime/", "services/projector/",
                           "proto/", "daybook/"],
    "services/cli": ["eventstore/core/", "eventstore/merkle/", "eventstore/notify/",
                     # fsck and restore work on a directory that no server has open.
                     "eventstore/rocksdb/", "eventstore/sealing/", "services/cli/",
                     "services/ingest/",
                     # upgrade --check looks at the stamp of the views beside it.
                     "projections/store/", "services/runtime/version.h",
                     "proto/", "daybook/", "google/rpc/"],
}
ROOMS["services/admin/application"] = ["eventstore/core/", "daybook/"]
# Above the engine: reads its views at one position.
ROOMS["services/reports/application"] = ["eventstore/core/", "daybook/", "proto/",
                                         "services/commands/", "projections/core/",
                                         "projections/engine/", "projections/reports/"]
for context in CONTEXTS:
    ROOMS[f"services/{context}/domain"] = [
        "eventstore/core/", "eventstore/merkle/hash.h", "proto/", f"daybook/{context}/",
        "daybook/types/", "services/commands/",
        # Registers that every context resolves names by.
        "services/partners/domain/", "services/measures/domain/", "daybook/partners/",
        "daybook/measures/",
    ]
    ROOMS[f"services/{context}/application"] = [
        "eventstore/core/", "proto/", "daybook/", "services/commands/", f"services/{context}/domain/",
    ]
# Compares files as wholes: rows wait in the stage until their file is complete.
ROOMS["services/submissions/application"].append("eventstore/staging/")
for context in CONTEXTS + ("eventlog", "reports", "admin", "audit"):
    ROOMS[f"services/{context}/grpc"] = [
        "eventstore/core/", "eventstore/sealing/", "proto/", "daybook/", "services/commands/",
        "services/runtime/", f"services/{context}/", "services/partners/application/",
        "services/measures/application/", "services/submissions/application/",
    ] + (["projections/"] if context in ("reports", "admin") else [])

# Third-party headers that only some rooms may touch.
LIBRARIES = {
    r"rocksdb/": ("eventstore/rocksdb", "eventstore/sealing", "eventstore/table",
                  "projections/store"),
    r"zmq(_addon)?\.hpp?$": ("eventstore/notify",),
    r"(grpcpp|grpc)/|\.grpc\.pb\.h$": ("services/runtime", "services/daybookd", "services/cli",
                                       "services/projector",
                                       *(f"services/{c}/grpc" for c in CONTEXTS),
                                       "services/eventlog/grpc", "services/reports/grpc",
                                       "services/admin/grpc", "services/audit/grpc"),
    r"spdlog/": ("services/runtime", "services/daybookd", "services/projector"),
    r"prometheus/": ("services/runtime", "services/daybookd"),
    r"toml\+\+/": ("services/runtime", "services/cli"),
    r"CLI/": ("services/daybookd", "services/projector", "services/cli"),
    r"nlohmann/": ("services/cli",),
    r"coin/": ("projections/stats",),
    r"(zip|expat)\.h$": ("services/ingest",),
    r"xlsxwriter\.h$": ("services/cli",),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.MULTILINE)
PROJECT = re.compile(r"^(eventstore|projections|services|proto|daybook|google/rpc|tests)/")


def room_of(path):
    matches = [room for room in ROOMS if path.startswith(room + "/")]
    return max(matches, key=len) if matches else None


def sources():
    for top in ("proto", "eventstore", "projections", "services"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".h", ".cc"):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


class DependencyDirection(unittest.TestCase):
    def test_every_source_file_stands_in_a_known_room(self):
        lost = [name for name, _ in sources() if room_of(name) is None]
        self.assertEqual(lost, [])

    def test_no_room_includes_what_stands_above_it(self):
        wrong = []
        for name, text in sources():
            room = room_of(name)
            allowed = [room + "/"] + ROOMS.get(room, [])
            for header in INCLUDE.findall(text):
                if PROJECT.match(header) and not header.startswith(tuple(allowed)):
                    wrong.append(f"{name} includes {header}")
        self.assertEqual(wrong, [])

    def test_libraries_stay_in_the_rooms_that_own_them(self):
        wrong = []
        for name, text in sources():
            for header in INCLUDE.findall(text):
                for pattern, rooms in LIBRARIES.items():
                    # "proto" headers of our own do not count as the library
                    if PROJECT.match(header) and not header.endswith(".grpc.pb.h"):
                        continue
                    if re.search(pattern, header) and not name.startswith(rooms):
                        wrong.append(f"{name} includes {header}")
        self.assertEqual(wrong, [])

    def test_no_source_includes_a_test(self):
        wrong = [name for name, text in sources()
                 if any(h.startswith("tests/") for h in INCLUDE.findall(text))]
        self.assertEqual(wrong, [])

    def test_a_planted_violation_is_found(self):
        self.assertIsNotNone(room_of("eventstore/core/x.h"))
        allowed = ["eventstore/core/"] + ROOMS["eventstore/core"]
        self.assertFalse("projections/core/view.h".startswith(tuple(allowed)))


if __name__ == "__main__":
    sys.exit(unittest.main())
