"""Opens a county's log: folder, database, wrapping key and entry 0."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from sqlalchemy import make_url

from casework.application.access.actor import OPERATOR, Actor
from casework.application.accounts import accounts
from casework.application.accounts.accounts import NewCode
from casework.application.commands.handle import Request, Via, handle, request_of
from casework.application.operations import every_table  # noqa: F401 — grants need every table
from casework.application.operations.refusals import refused
from casework.application.runtime.runtime import OpenRuntime, Runtime
from casework.database import engine as database
from casework.log.submission import Answer
from casework.seal import keys
from casework.settings import Settings

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,31}\Z")


class Initialised(Struct, frozen=True):
    """What `init` made, and what was there before."""

    log: str
    url: str
    key_file: str
    key_made: bool
    answer: Answer


def prepare_database(settings: Settings) -> None:
    """The folder of the database, and its tables as this version has them."""
    url = make_url(settings.migration_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    _migrate(settings)


def prepare_place(settings: Settings) -> bool:
    """Folder, database and wrapping key; says whether the key was made now. What exists is left as it is."""
    prepare_database(settings)
    key_file = settings.wrapping_key_file
    if os.environ.get(keys.ENVIRONMENT) or key_file.exists():
        keys.load(key_file)
        return False
    key_file.parent.mkdir(parents=True, exist_ok=True)
    keys.create(key_file)
    return True


def make_ready(settings: Settings) -> None:
    """Bring SQLite's tables up to date; on PostgreSQL that is the owner's work, so only look. Raises Problem."""
    is_sqlite = make_url(settings.url).get_backend_name() == "sqlite"
    if settings.server.workers < 1 or (is_sqlite and settings.server.workers > 1):
        raise refused("workers")
    with database.opened(settings.url) as engine:
        if database.is_migrated(engine):
            return
        if not is_sqlite:
            raise refused("not-migrated")
        database.migrate(engine)


def init(
    settings: Settings,
    open_runtime: OpenRuntime,
    *,
    log: str,
    county: str,
    time_zone: str = "Asia/Shanghai",
    origin: str = "",
    policy: Mapping[str, int] | None = None,
    simulated: bool = False,
    operator: str = "",
) -> Initialised:
    """Make the place and open the log; a log is opened once."""
    if not _CODE.match(log):
        raise refused("bad-code", log=log)
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise refused("unknown-time-zone", time_zone=time_zone) from None
    key_made = prepare_place(settings)
    with closing(open_runtime(settings)) as runtime:
        members: dict[str, Any] = {
            "log": log,
            "origin": origin or f"casework.local/{log}",
            "county": county,
            "time_zone": time_zone,
            "clock": "simulated" if simulated else "real",
            "policy": dict(policy or {}),
        }
        if log in runtime.logs():
            raise refused("log-exists", log=log)
        answer = handle(runtime, _request(log, operator, "open-log", members, f"init/{log}"))
    return Initialised(log, shown(settings.url), str(settings.wrapping_key_file), key_made, answer)


def _migrate(settings: Settings) -> None:
    """Migrate as the owner, then grant another serving role the rights that it needs."""
    database.migrate(settings.migration_url)
    serving = make_url(settings.url)
    if serving.get_backend_name() == "postgresql" and serving.username != make_url(settings.migration_url).username:
        with database.opened(settings.migration_url) as owner:
            database.grant_serving_role(owner, serving.username or "")


def first_administrator(runtime: Runtime, log: str, login: str, *, operator: str, password: str = "") -> NewCode:
    """`cadre/LOGIN`, declared as an administrator of the county, and an account for them."""
    members = {"cadre": f"cadre/{login}", "roles": ["administrator"]}
    handle(runtime, _request(log, operator, "declare-cadre", members, f"init/{log}/administrator"))
    return accounts.create(runtime, log, login, f"cadre/{login}", by=f"operator/{operator}", password=password)


def _request(log: str, operator: str, command: str, members: Mapping[str, Any], command_id: str) -> Request:
    return request_of(Actor(OPERATOR, "administrator"), Via("cli", operator), log, command, members, command_id)


def shown(url: str) -> str:
    """A database's URL as it may be printed: without its password."""
    return make_url(url).render_as_string(hide_password=True)
