"""Format of a backup on disk: a folder of plain lines with a manifest.

    manifest.json          format, version, logs, where each stood, ids of wrapping keys; rows and SHA-256 of each file
    <log>/<table>.jsonl    the rows of one table of one log, as lines (see rows_as_lines)
    SHA256SUMS             of all of these, as `sha256sum --check` reads it

It is written under another name, synced and then renamed: a folder of the final name is whole.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct
from sqlalchemy import Table

from casework.application.operations.refusals import refused
from casework.application.operations.rows_as_lines import Lines, Measure, Meter, columns, truth
from casework.database.engine import Progress
from casework.log.schema import entry
from casework.log.store import Head

FORMAT = "casework-backup/1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
#: a log's code as the name of a folder
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}\Z")
_CHUNK = 1 << 20


class TableContents(Struct, frozen=True):
    """What a table held: the columns of its lines, and what they came to."""

    columns: tuple[str, ...]
    measure: Measure


class HeldLog(Struct, frozen=True):
    """One log of a backup.

    head           where it stood
    wrapping_keys  ids of the keys without which its sealed parts cannot be read; the keys themselves lie elsewhere
    tables         what lies in the backup
    derived        what did not go into it, since it follows from the entries: to compare with what is rebuilt
    """

    log: str
    head: Head
    wrapping_keys: tuple[str, ...]
    tables: dict[str, TableContents]
    derived: dict[str, TableContents]


class Manifest(Struct, frozen=True):
    """What a backup says of itself."""

    format: str
    casework: str
    made_at: str
    database: str
    logs: tuple[HeldLog, ...]

    def log(self, code: str) -> HeldLog:
        """What it says of one log."""
        return next(one for one in self.logs if one.log == code)


class _Format(Struct):
    format: str = ""
    casework: str = ""


class BackupFolder:
    """A backup that was found whole: every file there, with the bytes that were written."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest

    def logs(self) -> list[str]:
        return [one.log for one in self.manifest.logs]

    def head(self, log: str) -> Head:
        return self.manifest.log(log).head

    def lines(self, log: str, table: Table, since: int = 0) -> Lines:
        held = self.manifest.log(log).tables.get(table.name)
        if held is None:
            return  # the table came with a later version
        with (self.folder / log / f"{table.name}.jsonl").open("rb") as file:
            for place, line in enumerate(file):
                if place >= since:
                    yield line[:-1]

    def measure(self, log: str, table: Table) -> Measure | None:
        one = self.manifest.log(log)
        held = {**one.derived, **one.tables}.get(table.name)
        if held is None or held.columns != _names(table):
            return None
        return held.measure


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────


class Writing:
    """A backup that is being written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def table(self, log: str, table: Table, lines: Lines) -> TableContents:
        """Write one table of one log."""
        if not _CODE.match(log):
            raise refused("log-no-folder", log=log)
        (self._folder / log).mkdir(mode=0o700, exist_ok=True)
        meter = Meter(table)
        with _created(self._folder / log / f"{table.name}.jsonl") as file:
            for line in meter.passing(lines):
                file.write(line + b"\n")
        return TableContents(_names(table), meter.measure)

    def close(self, manifest: Manifest) -> None:
        """Write manifest and checksums; after this the backup is complete."""
        said = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        for name, content in ((MANIFEST, said), (SUMS, _sums(manifest, said))):
            with _created(self._folder / name) as file:
                file.write(content)
        for one in manifest.logs:
            _sync(self._folder / one.log)


@contextmanager
def writing(folder: Path) -> Iterator[Writing]:
    """A new backup, under another name until the block ends well; what did not end well leaves nothing."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise refused("backup-exists", folder=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    with _alone(folder.with_name(f".{folder.name}.lock"), folder):
        shutil.rmtree(unfinished, ignore_errors=True)  # what a killed backup left
        unfinished.mkdir(mode=0o700)
        try:
            yield Writing(unfinished)
            _sync(unfinished)
            unfinished.replace(folder)
            _sync(folder.parent)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


@contextmanager
def _created(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner can read, on the disk when the block ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb", buffering=_CHUNK) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as why:  # for example a full disk; the error itself does not name the file
        raise OSError(why.errno, why.strerror, str(path)) from why


@contextmanager
def _alone(path: Path, folder: Path) -> Iterator[None]:
    """Lock this backup against other writers; the lock ends with its process."""
    try:
        import fcntl  # noqa: PLC0415 — not on every system
    except ImportError:
        yield
        return
    with path.open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise refused("backup-running", folder=folder) from None
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Flush a folder's entries to disk; not every system lets a folder be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────


def opened(folder: Path, progress: Progress | None = None) -> BackupFolder:
    """The backup in FOLDER, once every byte of it was found to be what was written; else Problem names the file."""
    said = _read(folder, MANIFEST)
    manifest = _manifest(folder, said)
    expected = _sums(manifest, said)
    if _read(folder, SUMS) != expected:
        raise refused("backup-damaged/sums", path=folder / SUMS)
    total = sum(held.measure.bytes for one in manifest.logs for held in one.tables.values())
    done = 0
    for one in manifest.logs:
        for name, held in one.tables.items():
            for chunk in _checked(folder / one.log / f"{name}.jsonl", held.measure):
                done += chunk
                if progress is not None:
                    progress(done, total)
    _refuse_strangers(folder, manifest)
    return BackupFolder(folder, manifest)


def _manifest(folder: Path, said: bytes) -> Manifest:
    try:
        head = msgspec.json.decode(said, type=_Format)
        if head.format.startswith("casework-backup/") and head.format != FORMAT and head.format[16:].isdigit():
            raise refused("backup-format", folder=folder, format=head.format, casework=head.casework, known=FORMAT)
        manifest = msgspec.json.decode(said, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        manifest = None
    if manifest is None or manifest.format != FORMAT or not all(_is_sound(one) for one in manifest.logs):
        raise refused("backup-damaged/manifest", path=folder / MANIFEST)
    known = {table.name: table for table in truth()}
    for one in manifest.logs:
        for name, held in one.tables.items():
            if name not in known or held.columns != _names(known[name]):
                raise refused("backup-other-tables", folder=folder, casework=manifest.casework, name=name)
    return manifest


def _is_sound(one: HeldLog) -> bool:
    """Whether names in a manifest are names, so that nothing outside the folder is ever opened."""
    return bool(_CODE.match(one.log)) and "entry" in one.tables and all(re.match(r"[a-z_]+\Z", t) for t in one.tables)


def _checked(path: Path, measure: Measure) -> Iterator[int]:
    """Read a file to its end; bytes read, now and then."""
    hashed, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                hashed.update(chunk)
                size += len(chunk)
                yield len(chunk)
    except FileNotFoundError:
        raise refused("backup-damaged/missing", path=path) from None
    if size != measure.bytes:
        raise refused("backup-damaged/size", path=path, size=size, written=measure.bytes)
    if hashed.hexdigest() != measure.sha256:
        raise refused("backup-damaged/digest", path=path, digest=hashed.hexdigest(), written=measure.sha256)


def _refuse_strangers(folder: Path, manifest: Manifest) -> None:
    known = {Path(MANIFEST), Path(SUMS)}
    known |= {Path(one.log) / f"{name}.jsonl" for one in manifest.logs for name in one.tables}
    for path in sorted(folder.rglob("*")):
        if not path.is_dir() and path.relative_to(folder) not in known:
            raise refused("backup-damaged/stranger", path=path)


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise refused("backup-damaged/not-whole", path=folder / name) from None


def _sums(manifest: Manifest, said: bytes) -> bytes:
    """The exact content of SHA256SUMS."""
    lines = [(hashlib.sha256(said).hexdigest(), MANIFEST)]
    for one in manifest.logs:
        lines += [(held.measure.sha256, f"{one.log}/{name}.jsonl") for name, held in one.tables.items()]
    return "".join(f"{digest}  {name}\n" for digest, name in lines).encode()


def _names(table: Table) -> tuple[str, ...]:
    # names that SQLAlchemy keeps are more than text
    return ("bytes",) if table is entry else tuple(f"{column.name}" for column in columns(table))


def held(table: Table, measure: Measure) -> TableContents:
    """What is said of a table whose lines are not written."""
    return TableContents(_names(table), measure)
