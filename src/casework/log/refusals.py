"""Sentences in Chinese and English for each refusal of the log."""

from __future__ import annotations

from casework.text import Sentences

sentence = Sentences("""
claim-taken  {what}“{key}”已属于 {stream}：请用那一件，或换一个{what}
    {what} {key!r} already belongs to {stream}: use that one, or another {what}
clock-refused  机器时钟为 {clock_at}，比账上最后一条（{head_at}）{why}：请校准时钟（casework doctor 列出两者），时钟若无误，请用 --accept-clock 确认一次
    the clock says {clock_at}, {why} the log's last entry of {head_at}: set the machine's clock (`casework doctor` shows both), or, if the clock is right, vouch for it once with --accept-clock
command-reused  命令编号 {command} {how}：新的命令要用新的编号
    command id {command!r} was already used {how}: a new command needs a new id
entry-too-large  条目需要 {length} 字节，最多 {limit} 字节：请把长文字放入封存项，它存放在条目之外
    the entry would take {length} bytes and {limit} is the most that can be proven: put long text into a sealed member, which is stored beside the entry
entry-unknown  账上有“{type}”一类的条目，本版程序不认识：请使用更新的版本
    an entry of type {type!r} is stored, which this version does not know: run a newer casework
fraction  {where}：{value!r} 是小数：请换用更小的单位，写成整数
    {where}: {value!r} is a fraction: state it as an integer in a smaller unit
half-character  {where}：有半个字符：请发送完整的字符
    {where}: holds half a character (a lone surrogate): send whole characters
head-moved  县账 {log} 的账头已不是上锁时的第 {size} 条，没有入账：请先核对（casework doctor --full）
    the head of log {log!r} is not at {size}, where it was locked: nothing was stored
log-unknown  这里没有县账 {log}：请先用 casework init 或【开账】命令开账
    there is no log {log!r} here: open it first, with `casework init` or the command open-log
malformed-date  发生日期“{text}”不是有效日期：请按“2026-03-01”的格式填写。
    occurred_on is {text!r}: give a date such as 2026-03-01.
malformed-instant  {member}“{text}”不是有效时刻：请按世界时填写，如“2026-03-01T08:30:00.000Z”。
    {member} is {text!r}: give an instant such as 2026-03-01T08:30:00.000Z.
malformed-instant/beyond  “{text}”超出日历范围：请填写实际发生的时间。
    {text} lies at the end of the calendar: say when it was.
member-name  {where}：{key!r} 不能作项名：请用小写字母、数字和下划线，字母在先
    {where}: {key!r} is no member name: use a-z, 0-9 and _, a letter first
not-normal-form  {where}：{text!r} 不是规范字形（NFC）：请先合成字符
    {where}: {text!r} is not in normal form C: compose its characters first
not-storable  {where}：{kind} 不能写入条目
    {where}: {kind} has no place in an entry
null  {where}：为空值：请去掉此项
    {where}: is null: leave the member out instead
number-too-large  {where}：{value} 超出 ±(2^53−1)，不是所有程序都能读出：请改用文字
    {where}: {value} is beyond ±(2^53−1), which not every reader can hold
outcome-unknown  提交失败（{first_line}），是否入账尚不清楚：请用同一命令编号重发，即可得知
    COMMIT failed ({first_line}): send the same command again, with the same id, to learn whether it was stored
queue-full  排队的命令已有 {waiting} 条，最多 {limit} 条：请 {retry_after} 秒后重试
    {waiting} commands are waiting and {limit} may: try again in {retry_after} s
sealed-for-no-event  {member} 是为第 {event} 个事件封存的，而这条命令只产生 {events} 个事件：请去掉此项
    {member} was sealed for event {event}, but the command causes {events}: leave the member out
store-unavailable  数据库试了 {attempts} 次仍未接受（{first_line}），没有入账：请重发同一命令
    the database did not take it after {attempts} attempts ({first_line}): nothing was stored, send the same command again
text-half-character  文字中有半个字符（{reason}）：请发送完整的字符
    a text holds half a character ({reason}): send whole characters
version-moved  {stream} 现在的修订号是 {actual}，不是 {expected}，已有人先办理：请重新查看后再定
    {stream} is at revision {actual}, not {expected}: somebody was quicker; look again, then decide again
writer-closed  服务正在停止，没有入账：请重发同一命令
    the writer is closed: nothing was stored, send the same command again
writer-closed/batch  服务正在停止，没有入账：请重发这些命令
    the writer is closed: nothing was stored, send the same commands again
writer-closed/first  服务正在停止，没有入账：请重发同一命令
    the writer closed first: nothing was stored, send the same command again
""")
