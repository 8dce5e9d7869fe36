"""What the scenario tests share: a daemon of their own, and the commands as a user runs them.

DAYBOOK_BIN is the folder with the built programs; default build/dev/bin.
"""
import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("DAYBOOK_BIN", ROOT / "build/dev/bin"))
SAMPLE = ROOT / "deploy/sample"
GOLDEN = pathlib.Path(__file__).parent / "golden"
# Street files of data.police.uk and series made of them; they are not part of the repository.
POLICE_DATA = pathlib.Path(os.environ.get("DAYBOOK_POLICE_DATA", ROOT.parent / "shared/police-data"))
START_SECONDS = 60


def golden(name):
    """Rows of a table as a report of a partnership printed it."""
    with (GOLDEN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Daemon:
    """A daybookd with a data directory of its own, on free ports. Ends only what it started."""

    def __init__(self, feed=False, metrics=False, operator=None, personal_data=True):
        self.operator = operator
        self.personal_data = personal_data
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daybook-scenario-"))
        self.data = self.folder / "data"
        self.feed_wanted = feed
        self.metrics_wanted = metrics
        self.process = None
        self.address = self.feed = self.metrics = ""

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, listen="127.0.0.1:0", feed="tcp://127.0.0.1:0"):
        address_file = self.folder / "address"
        address_file.unlink(missing_ok=True)
        with open(self.folder / "daybookd.log", "ab") as log:
            self.process = subprocess.Popen(
                [BIN / "daybookd", "--data", self.data, "--listen", listen, "--feed",
                 feed if self.feed_wanted else "off", "--metrics",
                 "127.0.0.1:0" if self.metrics_wanted else "off",
                 "--address-file",
                 address_file, *(["--operator", self.operator] if self.operator else []),
                 *(["--personal-data"] if self.personal_data else [])], stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not address_file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError("daybookd did not start: " + self.log())
            time.sleep(0.01)  # the bound of a start, not an order between events
        self.address, self.feed, self.metrics = address_file.read_text().split("\n")[:3]

    def log(self):
        return (self.folder / "daybookd.log").read_text(errors="replace")

    def stop(self):
        self.process.terminate()
        assert self.process.wait(timeout=60) == 0, self.log()

    def kill9(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self):
        self.stop()
        self.start()

    def environment(self):
        return {"DAYBOOK_AGENCY": "safer-colchester", **os.environ, "DAYBOOK_ADDRESS": self.address,
                "DAYBOOK_FEED": self.feed}

    def spawn(self, *arguments):
        """A command that runs beside the test; the caller ends it."""
        return subprocess.Popen([BIN / "daybook", *map(str, arguments)], env=self.environment(),
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, *arguments):
        """(exit code, standard output, standard error) of one command."""
        done = subprocess.run([BIN / "daybook", *map(str, arguments)], env=self.environment(),
                              capture_output=True, text=True, timeout=120, check=False)
        return done.returncode, done.stdout, done.stderr

    def ok(self, *arguments):
        """Standard output of a command that must succeed."""
        code, out, err = self.run(*arguments)
        assert code == 0, f"{arguments}: exit code {code}\n{out}\n{err}"
        return out

    def report(self, name, **parameters):
        """The report's tables by name, each a list of rows {column key: text or [marker]}."""
        arguments = ["report", name, "--format", "json"]
        for key, value in parameters.items():
            arguments += ["--" + key.replace("_", "-"), value]
        return Report(json.loads(self.ok(*arguments)))

    def events(self):
        """The whole log, an event a dictionary."""
        return [json.loads(line) for line in self.ok("log", "--format", "jsonl").splitlines()]


class Report:
    def __init__(self, answer):
        self.answer = answer
        self.tables = {}
        self.notes = []
        for table in answer.get("tables", []):
            keys = [column["key"] for column in table["columns"]]
            self.tables[table["name"]] = [
                dict(zip(keys, map(cell_text, row.get("cells", [])))) for row in table.get("rows", [])]
            self.notes += table.get("notes", [])

    def rows(self, table=None):
        return self.tables[table] if table else next(iter(self.tables.values()))

    def row(self, table=None, **wanted):
        """The one row whose cells are as wanted."""
        found = [row for row in self.rows(table)
                 if all(row[key] == value for key, value in wanted.items())]
        assert len(found) == 1, f"{wanted}: {len(found)} rows of {self.rows(table)}"
        return found[0]


def cell_text(cell):
    text, marker = cell.get("text", ""), cell.get("marker", "")
    return text + (" " if text and marker else "") + (f"[{marker}]" if marker else "")
