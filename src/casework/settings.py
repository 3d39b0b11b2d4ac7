"""Settings of the program: `casework.toml` and `CASEWORK_*` variables."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Struct, field

from casework.text import meaning, type_of

FILE = "casework.toml"
PREFIX = "CASEWORK_"
#: variables of our name that are no settings: where the file lies, the key itself, and what the tests listen to
NOT_SETTINGS = re.compile(r"CASEWORK_(SETTINGS|WRAPPING_KEY|(TEST|REQUIRE|CRASH|BENCH)_.*)\Z")
LANGUAGES = ("zh-CN", "en")


class SettingsRefused(ValueError):
    """A setting that does not exist or cannot be; says which one and where it was given."""


class Database(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the log and everything derived from it is kept (数据库)."""

    url: Annotated[
        str, meaning("数据库地址", "SQLAlchemy URL, sqlite or postgresql+psycopg; '' is `casework.db` in `folder`")
    ] = ""
    owner_url: Annotated[str, meaning("属主地址", "URL of the tables' owner, for `migrate` alone; '' is `url`")] = ""


class Writer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The one thread that appends (写入线程)."""

    queue: Annotated[int, meaning("队列长度", "commands that may wait; one more is answered 503")] = 10_000


class Reading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How questions are answered (查询)."""

    wait_ms: Annotated[
        int, meaning("等待本人写入", "milliseconds that a question with `at_least` waits for its projection")
    ] = 5_000


class Server(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How `casework serve` listens (服务)."""

    host: Annotated[str, meaning("监听地址", "address to listen on; 127.0.0.1 is this machine alone")] = "127.0.0.1"
    port: Annotated[int, meaning("端口", "TCP port; 0 takes a free one")] = 8000
    body_bytes: Annotated[int, meaning("请求体上限", "bytes that a request's body may have")] = 1_000_000
    workers: Annotated[int, meaning("进程数", "processes that serve; more than one on PostgreSQL only")] = 1
    token_rate: Annotated[
        int,
        meaning("每令牌速率", "requests per second, process and token; bursts of ten seconds' worth; 0 is no limit"),
    ] = 100
    stranger_rate: Annotated[int, meaning("无令牌速率", "the same per address without a valid token")] = 20
    stop_seconds: Annotated[int, meaning("停止时限", "seconds within which a stop answers what is queued")] = 2
    metrics: Annotated[bool, meaning("监控指标", "`/metrics` answers, without a token (extra `metrics`)")] = False


class Attachments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Photos and papers that entries refer to (附件)."""

    max_bytes: Annotated[int, meaning("附件上限", "bytes that one attachment may have")] = 5_000_000


class Residents(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What residents do by themselves, without an account (群众自助)."""

    filing: Annotated[bool, meaning("网上提交", "anybody may file a request at `/receipt/new`")] = False


class Outbox(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Messages to residents (发件箱)."""

    channel: Annotated[str, meaning("渠道", "file, webhook, gateway; '' makes and sends none")] = ""
    file: Annotated[
        str, meaning("文件", "where the file channel writes JSON lines; '' is `outbox.jsonl` in `folder`")
    ] = ""
    url: Annotated[
        str, meaning("地址", "of the webhook or gateway; a gateway's with {phone}, {text}, {number}, {id}")
    ] = ""
    body: Annotated[str, meaning("请求体", "template of a gateway's body, with the same names; '' asks by GET")] = ""
    content_type: Annotated[str, meaning("内容类型", "of that body; decides escaping")] = "application/json"
    secret_file: Annotated[str, meaning("签名密钥文件", "file of the secret that signs webhooks")] = ""
    authorization_file: Annotated[str, meaning("凭据文件", "file of the gateway's `Authorization` header")] = ""
    link: Annotated[str, meaning("查询地址", "address of the receipt page, named in the message")] = ""
    idempotent: Annotated[
        bool, meaning("接收方去重", "the receiver drops repeated ids: an unclear attempt is repeated")
    ] = False
    attempts: Annotated[int, meaning("最多次数", "attempts before a message is given up")] = 8
    timeout_seconds: Annotated[int, meaning("超时", "seconds to wait for each part of an answer")] = 10


class Accounts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How people sign in with a password (账号)."""

    password_length: Annotated[int, meaning("密码最短长度", "characters that a new password must have")] = 12
    hash_kib: Annotated[int, meaning("哈希内存", "KiB of memory that argon2id takes for one password")] = 65_536
    hash_passes: Annotated[int, meaning("哈希遍数", "passes of argon2id over that memory")] = 3
    hash_lanes: Annotated[int, meaning("哈希通道", "threads of argon2id for one password")] = 1
    hashers: Annotated[int, meaning("哈希线程", "passwords hashed at once; only further sign-ins wait")] = 1
    free_tries: Annotated[int, meaning("允许失败次数", "failed sign-ins of one login before it has to wait")] = 5
    lock_seconds: Annotated[int, meaning("首次锁定", "seconds of the first wait; each further failure doubles it")] = 30
    lock_most_seconds: Annotated[int, meaning("最长锁定", "seconds that a wait may grow to")] = 900
    code_hours: Annotated[int, meaning("初始码有效期", "hours within which a set-up code must be used")] = 72
    second_factor_roles: Annotated[
        tuple[str, ...], meaning("须两步验证的身份", "roles that require a second factor")
    ] = ()
    plain_http: Annotated[bool, meaning("允许明文", "passwords may come over plain HTTP from another machine")] = False


class Sessions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long somebody stays signed in (会话)."""

    idle_minutes: Annotated[int, meaning("闲置时限", "minutes without a request that end a browser's session")] = 60
    hours: Annotated[int, meaning("最长时限", "hours after which it ends in any case")] = 12
    device_idle_days: Annotated[int, meaning("设备闲置时限", "days without a request that end a device's session")] = 45
    device_days: Annotated[int, meaning("设备最长时限", "days after which it ends in any case")] = 180


class Issuer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The county's own identity provider, by which people sign in (统一身份认证; OpenID Connect, extra `oidc`)."""

    url: Annotated[str, meaning("身份平台", "issuer identifier, https; '' is none: people sign in by password")] = ""
    client: Annotated[str, meaning("客户端标识", "client id of casework there")] = ""
    secret_file: Annotated[str, meaning("客户端密钥文件", "file of the client's secret; '' for PKCE alone")] = ""
    address: Annotated[
        str, meaning("本站地址", "of casework for browsers; the redirect URI is `/sign-in/issuer/answer` below it")
    ] = ""
    scope: Annotated[str, meaning("范围", "scopes asked for; more than `openid` only to get `claim`")] = "openid"
    claim: Annotated[str, meaning("标识项", "claim that identifies a person, never reassigned")] = "sub"
    second_factor: Annotated[
        str, meaning("第二验证值", "`acr` or `amr` values that mean a second factor, between blanks")
    ] = ""
    label_zh: Annotated[str, meaning("中文按钮", "button in Chinese")] = "用统一身份认证登录"
    label_en: Annotated[str, meaning("英文按钮", "button in English")] = "Sign in with the county's account"
    timeout_seconds: Annotated[int, meaning("超时", "seconds that one call may take")] = 5


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything an operator may set (设置); each has a default that works."""

    folder: Annotated[str, meaning("数据文件夹", "of the SQLite database and the wrapping key")] = "casework-data"
    database: Database = Database()
    key_file: Annotated[
        str, meaning("主密钥文件", "file of the key that wraps all others; '' is `wrapping.key` in `folder`")
    ] = ""
    log: Annotated[str, meaning("县账代码", "the county's log that commands mean; '' where there is only one")] = ""
    language: Annotated[str, meaning("界面语言", "zh-CN or en")] = "zh-CN"
    projection_folders: Annotated[tuple[str, ...], meaning("统计文件夹", "folders whose files join the shelf")] = field(
        default=()
    )
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
        known = _types(kind) if _is_section(kind) else {}
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
    known = _types(kind)
    for name, value in raw.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {above}{near[0]}?" if near else f"; there are {', '.join(known)}"
            raise SettingsRefused(f"{where}: there is no setting {above}{name}{hint}")
        if _is_section(known[name]):
            if not isinstance(value, dict):
                raise SettingsRefused(f"{where}: {above}{name} is a group of settings, not {value!r}")
            _refuse_unknown(value, known[name], where, f"{above}{name}.")


def _types(kind: Any) -> dict[str, Any]:
    """Setting → its type without its meaning."""
    return {f.name: type_of(f.type) for f in msgspec.structs.fields(kind)}


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
