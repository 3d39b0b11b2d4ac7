"""Sentences in Chinese and English for each refusal of operations."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
another-history  目标数据库里 {log} 的第 {place} 条与来源不同：两处各自记过账，或不是同一本账；请用空的数据库
    entry {place} of log {log} is another here than in the source: both were written to, or they are not the same log; take an empty database
another-wrapping-key  主密钥不对：需要 {names}，现在载入的是 {key}；请把那把密钥文件放到 {wrapping_key_file}
    the wrapping key is not the one: {names} is needed, and {key} is loaded; bring that key's file to {wrapping_key_file}
arrived-different  {log} 的 {table} 表写入后与来源不同：此处 {rows} 行，请重新运行
    the table {table} of log {log} is another here than in the source after it was written ({rows} rows): run this again
backup-damaged/digest  备份不可用，{path}：SHA-256 为 {digest}，应为 {written}
    the backup cannot be used: {path}: its SHA-256 is {digest}, {written} was written
backup-damaged/manifest  备份不可用，{path}：不是备份清单
    the backup cannot be used: {path}: it is no manifest of a backup
backup-damaged/missing  备份不可用，{path}：文件缺失
    the backup cannot be used: {path}: it is not there
backup-damaged/not-whole  备份不可用，{path}：文件缺失，不是完整的备份
    the backup cannot be used: {path}: it is not there: this is no whole backup
backup-damaged/size  备份不可用，{path}：现有 {size} 字节，应为 {written}
    the backup cannot be used: {path}: {size} bytes, {written} were written
backup-damaged/stranger  备份不可用，{path}：不属于这份备份
    the backup cannot be used: {path}: it is no part of the backup
backup-damaged/sums  备份不可用，{path}：与 manifest.json 不符
    the backup cannot be used: {path}: it does not fit manifest.json: one of the two changed
backup-exists  {folder} 已有内容，备份从不覆盖：请换一个名称
    {folder} is there already, and a backup never writes over anything: give another name
backup-format  {folder} 的格式是 {format}，由 casework {casework} 写成；本版本只认 {known}
    {folder} has the format {format}, made by casework {casework}; this version reads {known}
backup-other-tables  {folder} 由 casework {casework} 写成，其中 {name} 表与本版本不同：请用那个版本恢复，再升级
    {folder} was made by casework {casework}, whose table {name} is not this version's: restore it with that version, then update
backup-running  已有程序正在备份到 {folder}
    another process is writing the backup {folder}
bad-code  县账代码 {log} 只能用小写字母、数字和连字符，如 530828
    the code {log} of a log has lower-case letters, digits and hyphens, as 530828
entry-misplaced  {log} 第 {done} 条的位置上是 {other} 的第 {seq} 条
    where entry {done} of log {log} should be is entry {seq} of {other}
entry-unreadable  {log} 第 {done} 条不是条目
    entry {done} of log {log} cannot be read: it is no entry
head-differs  {log} 的账头与最后一条不符
    the head of log {log} does not fit its last entry
log-damaged  县账 {log} 缺第 {place} 条：详情见 casework doctor --full
    log {log} has no entry {place}: `casework doctor --full` says more
log-damaged/entry  县账 {log} 第 {place} 条：{fault}；详情见 casework doctor --full
    entry {place} of log {log}: {fault}; `casework doctor --full` says more
log-exists  县账 {log} 已经开过，第 0 条不能再写
    the log {log} is open already: entry 0 is written once
log-no-folder  县账代码 {log!r} 不能作文件夹名
    the code {log!r} of a log cannot name a folder
log-there  {url} 里已有 {log}（{size} 条），恢复从不覆盖：请换一个空的数据库
    {url} holds log {log} already ({size} entries), and a restore never writes over a log: take an empty database
no-log  这里没有任何县账
    there is no log here
no-such-range  账上有 {size} 条，无法导出第 {since} 至 {end} 条
    the log has {size} entries: there is no range from {since} to {end}
no-such-range/stretch  账上有 {size} 条，没有第 {since} 至 {end} 条
    the log has {size} entries: there is no range from {since} to {end}
not-gapless  {log} 应有 {size} 条，来了 {done} 条
    {log} has {size} entries, {done} came
not-migrated  数据库表不是本版本的：请先由属主运行 casework migrate
    the tables are not those of this version: run `casework migrate` as their owner first
part-differs  {log} 第 {seq} 条的封存内容 {member} 与承诺不符
    the sealed part {member} of entry {seq} of log {log} is not what the entry committed to
same-place  {url} 就是现在的数据库：请给出另一个
    {url} is the database at work: name another
somebody-writes  目标数据库里有人正在给 {log} 记账：请先停下
    somebody appends to log {log} in the database to be filled: stop them first
stream-heads  流头 {heads} 个，实有 {streams} 个
    {heads} stream heads, {streams} streams
stream-torn  {log} 的 {found} 修订号不连续
    the revisions of {found} in log {log} have a gap
too-young  至少保留 {least_days} 天的指令：离线设备可能还会重发
    commands are kept for {least_days} days at least: a device that was away may send them again
unknown-log  没有这个县账：{name}{hint}
    there is no log {name!r}{hint}
unknown-time-zone  没有时区 {time_zone}：请用 Asia/Shanghai 这样的名称
    there is no time zone {time_zone}: give a name as Asia/Shanghai
workers  SQLite 只能由一个进程服务；多进程请用 PostgreSQL
    SQLite is served by one process; several need PostgreSQL
""",
)
