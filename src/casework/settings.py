"""Settings of the program: `casework.toml` and `CASEWORK_*` variables."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

FILE = "casework.toml"
PREFIX = "CASEWORK_"
#: variables of our name that are no settings: where the file lies, the key itself, and what the tests listen to
NOT_SETTINGS = re.compile(r"CASEWORK_(SETTINGS|WRAPPING_KEY|(TEST|REQUIRE|CRASH|BENCH)_.*)\Z")
LANGUAGES = ("zh-CN", "en")


class SettingsRefused(ValueError):
    """A setting that does not exist or cannot be; says which one and where it was given."""


class Database(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the log and everything derived from it is kept (数据库).

    url — 数据库地址 — SQLAlchemy URL, sqlite or postgresql+psycopg; '' is `casework.db` in the data folder
    owner_url — 属主地址 — URL of the role that owns the tables, used by `migrate` alone; '' is `url`
    """

    url: str = ""
    owner_url: str = ""


class Writer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The one thread that appends (写入线程).

    queue — 队列长度 — commands that may wait; one more is told to come back later
    """

    queue: int = 10_000


class Reading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How questions are answered (查询).

    wait_ms — 等待本人写入 — milliseconds a question with `at_least` waits until its projection has caught up
    """

    wait_ms: int = 5_000


class Server(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How `casework serve` listens (服务).

    host — 监听地址 — address to listen on; 127.0.0.1 is this machine alone
    port — 端口 — TCP port; 0 takes a free one
    body_bytes — 请求体上限 — bytes that a request's body may have
    workers — 进程数 — processes that serve; more than one on PostgreSQL only
    token_rate — 每令牌速率 — requests a second of one token, commands of a batch each; ten seconds' worth at a stretch;
        0 sets no limit; each process counts for itself
    stranger_rate — 无令牌速率 — the same of one address that shows no good token
    stop_seconds — 停止时限 — seconds within which a stop answers what is queued
    metrics — 监控指标 — whether `/metrics` answers (extra `metrics`), to anybody who reaches the port
    """

    host: str = "127.0.0.1"
    port: int = 8000
    body_bytes: int = 1_000_000
    workers: int = 1
    token_rate: int = 100
    stranger_rate: int = 20
    stop_seconds: int = 2
    metrics: bool = False


class Attachments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Photos and papers that entries refer to (附件).

    max_bytes — 附件上限 — bytes that one attachment may have
    """

    max_bytes: int = 5_000_000


class Residents(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What residents do by themselves, without an account (群众自助).

    filing — 网上提交 — whether requests can be filed at `/receipt/new` by anybody who reaches the server
    """

    filing: bool = False


class Outbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages to residents (发件箱).

    channel — 渠道 — file, webhook or gateway; '' makes and sends none
    file — 文件 — where the file channel writes JSON lines; '' is `outbox.jsonl` in the data folder
    url — 地址 — of the webhook or the gateway; of a gateway with {phone}, {text}, {number}, {id} where it wants them
    body — 请求体 — template of what a gateway is sent, with the same names; '' asks it by GET
    content_type — 内容类型 — of that body; it says how the values are written
    secret_file — 签名密钥文件 — file of the secret by which webhooks are signed
    authorization_file — 凭据文件 — file of what a gateway wants to see as `Authorization`
    link — 查询地址 — where residents look by their receipt; stands in the message
    idempotent — 接收方去重 — whether the receiver knows a message by its id: what may have arrived is sent again then
    attempts — 最多次数 — attempts before a message is given up
    timeout_seconds — 超时 — seconds that a call may wait for each part of an answer
    """

    channel: str = ""
    file: str = ""
    url: str = ""
    body: str = ""
    content_type: str = "application/json"
    secret_file: str = ""
    authorization_file: str = ""
    link: str = ""
    idempotent: bool = False
    attempts: int = 8
    timeout_seconds: int = 10


class Accounts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people sign in with a password (账号).

    password_length — 密码最短长度 — characters that a new password must have
    hash_kib — 哈希内存 — KiB of memory that argon2id takes for one password
    hash_passes — 哈希遍数 — passes of argon2id over that memory
    hash_lanes — 哈希通道 — threads of argon2id for one password
    hashers — 哈希线程 — passwords hashed at once; all others wait, and nothing else waits for them
    free_tries — 允许失败次数 — failed sign-ins of one login before it has to wait
    lock_seconds — 首次锁定 — seconds of the first wait; each further failure doubles it
    lock_most_seconds — 最长锁定 — seconds that a wait may grow to
    code_hours — 初始码有效期 — hours within which a set-up code must be used
    second_factor_roles — 须两步验证的身份 — roles that nobody acts in without a second factor
    plain_http — 允许明文 — whether passwords may come over plain HTTP from elsewhere than this machine
    """

    password_length: int = 12
    hash_kib: int = 65_536
    hash_passes: int = 3
    hash_lanes: int = 1
    hashers: int = 1
    free_tries: int = 5
    lock_seconds: int = 30
    lock_most_seconds: int = 900
    code_hours: int = 72
    second_factor_roles: tuple[str, ...] = ()
    plain_http: bool = False


class Sessions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long somebody stays signed in (会话).

    idle_minutes — 闲置时限 — minutes without a request after which a browser's session ends
    hours — 最长时限 — hours after which it ends in any case
    device_idle_days — 设备闲置时限 — days without a request after which a device's session ends
    device_days — 设备最长时限 — days after which it ends in any case
    """

    idle_minutes: int = 60
    hours: int = 12
    device_idle_days: int = 45
    device_days: int = 180


class Issuer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The county's own identity provider, by which people sign in (统一身份认证; OpenID Connect, extra `oidc`).

    url — 身份平台 — its issuer identifier, https; '' is none, and people sign in with a password alone
    client — 客户端标识 — by which it knows casework
    secret_file — 客户端密钥文件 — file of the client's secret; '' where PKCE alone will do
    address — 本站地址 — where browsers reach casework, as https://casework.example; the provider sends them back to
        `/sign-in/issuer/answer` there
    scope — 范围 — what is asked of it; more than `openid` only for the sake of `claim`
    claim — 标识项 — claim of its token that says who somebody is, and never changes hands
    second_factor — 第二验证值 — values of `acr` or `amr`, between blanks, that say that it asked for a second factor;
        '' counts none as such
    label_zh — 中文按钮 — what stands on the button in Chinese
    label_en — 英文按钮 — what stands on it in English
    timeout_seconds — 超时 — seconds that one call to it may take
    """

    url: str = ""
    client: str = ""
    secret_file: str = ""
    address: str = ""
    scope: str = "openid"
    claim: str = "sub"
    second_factor: str = ""
    label_zh: str = "用统一身份认证登录"
    label_en: str = "Sign in with the county's account"
    timeout_seconds: int = 5


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator may set (设置); each has a default that works.

    folder — 数据文件夹 — where the SQLite database and the wrapping key lie
    database — 数据库 — see Database
    key_file — 主密钥文件 — file of the key that wraps all others; '' is `wrapping.key` in the data folder
    log — 县账代码 — the county's log that commands mean; '' where there is only one
    language — 界面语言 — zh-CN or en
    projection_folders — 统计文件夹 — folders whose files join the shelf
    writer — 写入 — see Writer
    reading — 查询 — see Reading
    server — 服务 — see Server
    attachments — 附件 — see Attachments
    residents — 群众 — see Residents
    outbox — 发件箱 — see Outbox
    accounts — 账号 — see Accounts
    sessions — 会话 — see Sessions
    issuer — 身份平台 — see Issuer
    """

    folder: str = "casework-data"
    database: Database = Database()
    key_file: str = ""
    log: str = ""
    language: str = "zh-CN"
    projection_folders: tuple[str, ...] = field(default=())
    writer: Writer = Writer()
    reading: Reading = Reading()
    server: Server = Server()
    attachments: Attachments = Attachments()
    residents: Residents = Residents()
    outbox: Outbox = Outbox()
    accounts: Accounts = Accounts()
    sessions: Sessions = Sessions()
    issuer: Issuer = Issuer()

    @property
    def url(self) -> str:
        """URL of the database at work."""
        return self.database.url or f"sqlite:///{Path(self.folder) / 'casework.db'}"

    @property
    def migration_url(self) -> str:
        """URL of the database for the role that owns its tables."""
        return self.database.owner_url or self.url

    @property
    def wrapping_key_file(self) -> Path:
        """Where the wrapping key lies."""
        return Path(self.key_file) if self.key_file else Path(self.folder) / "wrapping.key"


SECTIONS: tuple[type[Struct], ...] = (
    Settings, Database, Writer, Reading, Server, Attachments, Residents, Outbox, Accounts, Sessions,
    Issuer,
)  # fmt: skip


def load(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings in force: defaults, then `casework.toml`, then `CASEWORK_*` (`__` goes one level down)."""
    environment = os.environ if environment is None else environment
    named = environment.get("CASEWORK_SETTINGS", "")
    path = Path(named) if named else (folder or Path()) / FILE
    raw: dict[str, Any] = {}
    if path.is_file():
        try:
            raw = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
            raise SettingsRefused(f"{path} is no TOML file: {why}") from None
    elif named:
        raise SettingsRefused(f"CASEWORK_SETTINGS names {path}, and there is no such file")
    _refuse_unknown(raw, Settings, str(path))
    for variable, value in sorted(environment.items()):
        if variable.startswith(PREFIX) and not NOT_SETTINGS.match(variable):
            _put(raw, variable, value)
    try:
        settings = msgspec.convert(raw, Settings, strict=False)
    except msgspec.ValidationError as why:
        raise SettingsRefused(f"a setting has the wrong form: {why}") from None
    if settings.language not in LANGUAGES:
        raise SettingsRefused(f"language is {settings.language!r}; casework speaks {' and '.join(LANGUAGES)}")
    return settings


def _put(raw: dict[str, Any], variable: str, value: str) -> None:
    names = variable.removeprefix(PREFIX).lower().split("__")
    kind: Any = Settings
    for depth, name in enumerate(names):
        known = {f.name: f.type for f in msgspec.structs.fields(kind)} if _is_section(kind) else {}
        if name not in known:
            prefix = "".join(part.upper() + "__" for part in names[:depth])
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {PREFIX}{prefix}{near[0].upper()}?" if near else ""
            raise SettingsRefused(f"the variable {variable} sets nothing{hint}")
        kind = known[name]
    if _is_section(kind):
        raise SettingsRefused(f"the variable {variable} names a group; set one of {variable}__…")
    for name in names[:-1]:
        raw = raw.setdefault(name, {})
    many = kind not in (str, int, bool)
    raw[names[-1]] = [part for part in value.split(os.pathsep) if part] if many else value


def _refuse_unknown(raw: Mapping[str, Any], kind: Any, where: str, above: str = "") -> None:
    known = {f.name: f.type for f in msgspec.structs.fields(kind)}
    for name, value in raw.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {above}{near[0]}?" if near else f"; there are {', '.join(known)}"
            raise SettingsRefused(f"{where}: there is no setting {above}{name}{hint}")
        if _is_section(known[name]):
            if not isinstance(value, dict):
                raise SettingsRefused(f"{where}: {above}{name} is a group of settings, not {value!r}")
            _refuse_unknown(value, known[name], where, f"{above}{name}.")


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
