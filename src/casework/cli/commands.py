"""Every command: the module that defines it, and its line in `casework --help`."""

from __future__ import annotations

#: a module of this folder, and below it the commands that it defines. A module is imported when one of its commands
#: runs, since it imports its use cases and the law: a second of CPU that `casework --help` does not need
_TABLE = """
start
  init  开账：建立文件夹、数据库和主密钥，写入第 0 条。 Open a county's log: folder, database, wrapping key, entry 0.
  migrate  升级数据库表。 Bring the tables up to this version; where the owner's URL is set, as the owner.
do
  do  办理：执行任一业务命令，不带参数时列出全部。 Any command of the law; alone, it lists them all.
cases
  case  办件：现状与全部经过。 A case as it stands, with its whole timeline.
  replay  重演：一步一步看办件的经过，每步改变了什么。 A case step by step, and what each step made of the facts.
questions
  ask  查数：向统计提问，不带名称时列出全部。 Ask a projection; alone, it lists what can be asked.
projections
  projections  统计：列出、落后多少、重算、核对。 The counts: list, lag, rebuild, recount.
ledgers
  import  导入台账：逐行依规则入账；重复导入不会重复。 Import a ledger, row by row through the law.
  export  导出账目：每行一条，逐字节如实。 The log's entries as JSON lines, byte for byte as stored.
surveys
  survey  需求调查：问一群人缺什么，答卷入账，需求转为办件。 Needs surveys: ask a group what it lacks.
findings
  finding  审计发现：记录、答复、销号。 What auditors found: recorded, answered by the unit concerned, closed.
places
  roster  花名册：区域、单位、干部、类别、包保。 The roster: areas, units, cadres, categories, responsibilities.
  handover  交接清单：干部的未办结办件和包保责任。 What a cadre who leaves hands over: open cases, places answered for.
privacy
  erase  删除个人信息：销毁密钥，账目和统计不变。 Erase personal data: keys are destroyed, entries and counts stay.
  privacy  个人信息：查找、副本、留存、删除。 Personal data: find, export, hold, erase; for the privacy officer.
access
  access  查阅台账。 The access ledger: who read what is sealed, when and why.
keys
  keys  主密钥：查看、轮换。 The wrapping key: look at it, and change it for another.
backup
  backup  备份：不停机，写入新文件夹。 Back up into a new FOLDER, as one state, while the server goes on.
  restore  恢复：写入空的数据库，逐条核对。 Restore a backup into an empty database, everything checked.
  move  搬家：逐条搬到另一个数据库，原库不动。 Move to another database, entry by entry; the old one is only read.
  erasures  列出删除记录，供恢复旧备份时使用。 Write the log's erasures as JSON lines, byte for byte.
care
  doctor  体检：数据库、时钟、密钥、账目、统计。 Check database, clock, key, entries, counts; status 1 if not well.
  prune  清理早已答复的指令；账目不变。 Forget commands answered long ago; a repeat is answered from the entries.
serve
  serve  启动服务。 Serve the API; Ctrl+C or SIGTERM answers what is queued and stops.
account
  account  账号：以密码登录。 Accounts: with which people sign in.
token
  token  令牌：API 的凭证。 Tokens with which programs and devices use the API.
outbox
  outbox  发件箱：发给群众的消息。 The outbox: messages to residents; text and address are not stored.
demo
  demo  演示：一个县的一年，数字从账里数出，并启动服务。 A county's year, its figures counted from the log, served.
serve
  version  版本。 The version of the program.
"""

MODULE_OF: dict[str, str] = {}
SUMMARY_OF: dict[str, str] = {}
_module = ""
for _line in _TABLE.strip().split("\n"):
    if _line.startswith(" "):
        _command, _, SUMMARY_OF[_command] = _line.strip().partition("  ")
        MODULE_OF[_command] = _module
    else:
        _module = _line
