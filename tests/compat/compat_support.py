"""Small ledgers that a version wrote and every later one opens: how one is made, packed and read.

A kept ledger is a folder tests/compat/<version>/:

  ledger.tar.xz   data/ (log, keys, views), backups/, keys/ (the copy that belongs to the backup)
  reports.toml    what was printed
  reports/*.csv   what it printed
  expected.json   version, ledger format, number of events, root
"""
import atexit
import csv
import functools
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

COMPAT = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(COMPAT.parent / "scenario"))

import police_fixture  # noqa: E402  (the path is set above)
from daybook_support import BIN, SAMPLE, Daemon  # noqa: E402

PACKED_MAX = 2**20  # bytes of a kept ledger: it stays in the repository permanently
TODAY = "2024-04-01"
REFERRALS = """referral_id,service_id,received,area,subject_ref,age,place,note
c1,next-chapter,2023-05-04,Colchester,subject-1,34,at home,First note of the fixture
c2,next-chapter,2023-05-09,Colchester,subject-2,51,elsewhere,Second note of the fixture
"""


def kept():
    """Folders of the ledgers that are kept, oldest first."""
    folders = [path.parent for path in COMPAT.glob("*/expected.json")]
    return sorted(folders, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.name)])


def program(name, *arguments):
    """A finished process of one of the built programs."""
    return subprocess.run([BIN / name, *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, check=False)


def check(data, *options):
    return program("daybook", "upgrade", "--check", *options, data)


def version():
    """(version, ledger format) of the built programs."""
    text = program("daybook", "--version").stdout
    found = re.fullmatch(r"daybook (\S+) \(ledger format (\S+)\)\n", text)
    assert found, text
    return found.groups()


class Started:
    """A daemon on a data directory that is there; the directory stays."""

    def __init__(self, data):
        self.daemon = Daemon()
        self.daemon.data = data

    def __enter__(self):
        self.daemon.start()
        return self.daemon

    def __exit__(self, *_):
        self.daemon.__exit__()


def import_fixture(daemon, folder):
    daemon.ok("import", SAMPLE)
    street = folder / "2018-10-essex-street.csv"
    police_fixture.write(street, police_fixture.make_rows(15, 60))
    daemon.ok("import", "--agency", "essex-police", street)
    referrals = folder / "referrals.csv"
    referrals.write_text(REFERRALS)
    daemon.ok("import", referrals)


def print_reports(daemon, listed, folder):
    """Prints the reports of a list; {name of file: text} of their tables as CSV."""
    shutil.rmtree(folder, ignore_errors=True)
    daemon.ok("report", "pack", "--list", listed, "--today", TODAY, folder)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def differences(golden, printed):
    """What of the golden tables is not printed alike. Columns and tables may be added."""
    found = []
    for name, text in golden.items():
        wanted = list(csv.DictReader(text.splitlines()))
        got = list(csv.DictReader(printed.get(name, "").splitlines()))
        cut = [{key: row.get(key) for key in wanted[0]} for row in got] if wanted else got
        if wanted != cut:
            found.append(name)
    return found


def fsck(data):
    """(events, root) of a directory that fsck calls clean."""
    done = program("daybook", "fsck", data)
    assert done.returncode == 0, done.stdout + done.stderr
    events = re.search(r"incarnation \d+: (\d+) events", done.stdout).group(1)
    return int(events), re.search(r"^root ([0-9a-f]{64})$", done.stdout, re.MULTILINE).group(1)


def keep(folder, work):
    """Writes a kept ledger of the built programs into `folder`, which must not exist."""
    folder.mkdir(parents=True)
    listed = folder / "reports.toml"
    shutil.copyfile(COMPAT / "reports.toml", listed)
    packed = work / "packed"
    packed.mkdir()
    with Started(packed / "data") as daemon:
        import_fixture(daemon, work)
        daemon.ok("backup", packed / "backups", "--keys", work / "keys")
        print_reports(daemon, listed, work / "reports")
        daemon.stop()
    next((work / "keys").iterdir()).rename(packed / "keys")
    (folder / "reports").mkdir()
    for path in sorted((work / "reports").glob("*.csv")):
        shutil.copyfile(path, folder / "reports" / path.name)
    program_version, ledger_format = version()
    events, root = fsck(packed / "data")
    (folder / "expected.json").write_text(json.dumps(
        {"version": program_version, "format": ledger_format, "events": events, "root": root},
        indent=2) + "\n")
    pack(packed, folder / "ledger.tar.xz")


@functools.cache
def made():
    """A kept ledger of the built programs, made once in a process."""
    work = pathlib.Path(tempfile.mkdtemp(prefix="daybook-compat-"))
    atexit.register(shutil.rmtree, work)
    keep(work / "made", work)
    return work / "made"


def pack(folder, archive):
    """Without owners and locks; the empty rest of a journal file is nothing when it is packed."""
    def clean(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        return None if pathlib.PurePath(entry.name).name == "LOCK" else entry

    with tarfile.open(archive, "w:xz") as out:
        for path in sorted(folder.iterdir()):
            out.add(path, arcname=path.name, filter=clean)
    size = archive.stat().st_size
    assert size < PACKED_MAX, f"{archive}: {size} bytes, at most {PACKED_MAX}"


def unpack(kept_folder, into):
    with tarfile.open(kept_folder / "ledger.tar.xz") as archive:
        archive.extractall(into)
    return into / "data"


def bytes_in(folder):
    """{file: (digest of its bytes, time of its last change)}"""
    return {str(path.relative_to(folder)):
            (hashlib.sha256(path.read_bytes()).hexdigest(), os.stat(path).st_mtime_ns)
            for path in sorted(folder.rglob("*")) if path.is_file()}


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def set_format(data, text):
    """Rewrites IDENTITY to another format, with the checksum that fits."""
    path = data / "log/IDENTITY"
    lines = path.read_bytes().decode().split("\n")
    assert lines[-2] == f"checksum: {crc32c(joined(lines[:-2])):08x}"
    lines[1] = f"format: {text}"
    lines[-2] = f"checksum: {crc32c(joined(lines[:-2])):08x}"
    path.write_bytes("\n".join(lines).encode())


def joined(lines):
    return "".join(line + "\n" for line in lines).encode()
