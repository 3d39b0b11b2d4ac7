"""Words of the pages in Chinese and English."""

from __future__ import annotations

import re

from casework.text import Text


def _rows(table: str) -> dict[str, Text]:
    """A row is a key, the Chinese words, `|` and the English words; an indented line continues the row above."""
    rows = (row.split(maxsplit=1) for row in re.split(r"\n(?! )", table.strip()))
    return {key: Text(*(" ".join(words.split()) for words in both.split("|"))) for key, both in rows}


WORDS = _rows("""
casework  群众办实事 | Casework
sign_in  登录 | Sign in
sign_out  退出 | Sign out
token  访问令牌 | Access token
token_hint  由管理员发放，请勿转借。 | The administrator makes it; it is yours alone.
sign_in_there  统一身份认证 | The county's account
with_token  用访问令牌登录 | With an access token
county_log  县账 | County
login  登录名 | Login
password  密码 | Password
code_or_password  初始码（或现密码） | Set-up code (or present password)
present_password  现密码 | Present password
new_password  新密码 | New password
once_more  再输一次新密码 | The new password once more
password_hint  越长越好：几个不相干的词连起来，既好记又难猜；不用刻意加符号。
    | The longer the better: a few unrelated words are easy to remember and hard to guess; no symbols needed.
code  验证码（开启了两步验证才填） | Code (with a second factor)
six_digits  六位验证码 | The six digits
device_name  设备名称（在此设备上长期保持登录才填） | Name of this device (only to stay signed in on it)
device_hint  如“工作手机”。只在自己的设备上填写；丢失后可在“我的账号”里结束。
    | Such as “work phone”. On your own device only; if it is lost, end it under “My account”.
more_to_sign_in  两步验证、在此设备上保持登录 | Second factor, stay signed in here
for_residents  群众办事？ | You asked for something?
own_account  我的账号 | My account
act_as  以何身份办理 | Act as
role  身份 | Role
own_sessions  登录与设备 | Sessions and devices
device  设备 | Device
browser  浏览器 | Browser
this_one  本机 | this one
last_seen  最近使用 | Last used
good_until  有效至 | Good until
end_session  结束 | End
end_others  结束其他全部登录 | End all others
change_password  修改密码 | Change password
password_changed  密码已修改，其他登录已结束。 | The password is changed, and every other session has ended.
second_factor  两步验证 | Second factor
second_on  已开启：登录时还要输入手机上的验证码。 | On: signing in also takes a code from your phone.
second_off  未开启。开启后，登录时还要输入手机验证器上的六位数字。
    | Off. Once on, signing in also takes six digits from an authenticator on your phone.
secret_hint  用手机上的验证器扫描此码，或把下面的密钥输入验证器（只显示这一次），再填它给出的六位数字。
    | Scan this code with the authenticator on your phone, or type the secret into it; both are shown this once. Then
    type the six digits it shows.
qr_code  两步验证密钥的二维码 | QR code of the secret
open_authenticator  在本机的验证器中打开 | Open in the authenticator of this device
turn_on  开启 | Turn on
turn_off  关闭 | Turn off
recovery_codes  恢复码 | Recovery codes
recovery_hint  两步验证已开启。请抄下并妥善保存：手机丢失时，每个可代替验证码用一次；不会再次显示。
    | The second factor is on. Keep these safe: without the phone each stands in once; they are not shown again.
home  首页 | Home
my_desk  我的待办 | My desk
case_list  办件清单 | Cases
first  前 | The first
find_case  查找办件 | Find a case
case_number  编号，如 2026-000123 | number, such as 2026-000123
open  打开 | Open
nothing_waits  没有待办。 | Nothing waits.
more_rows  另有 | There are
in_the_file  行未列出：请按地区缩小范围，或下载 CSV。 | more rows: ask for one place, or download the CSV.
all_of_them  本页各件均为 | All of this page
tree  区划 | Townships
tree_then  按原区划 | as of then
tree_today  按现区划 | as of today
projections  统计 | Figures
cases  件 | cases
count_by  分组 | Count by
since  自 | From
until  至（不含） | Before
as_of  数据截止日（或条数） | As of (day or size)
axis  日期口径 | Days by
occurred  发生日期 | day it happened
recorded  记录日期 | day it was recorded
place  地区及其下级 | Place and below
queue  队列 | Queue
all  全部 | All
show  查看 | Show
definitions  口径 | What is counted
as_csv  下载 CSV | Download CSV
to_list  看清单 | the cases
empty  没有记录。 | Nothing.
next_page  下一页 | Next page
total  共 | In all
counted_to  数据截至第 | Counted from the first
entries  条 | entries
behind  之后还有 | behind by
stopped  统计已停在第 | Counting stopped at entry
facts  现状 | As it stands
held_by  承办 | Held by
lead  主办 | lead
co  协办 | together with the lead
timeline  经过 | What happened
known_on  当时已知（日期或条数） | As known then (day or size)
happened  发生于 | happened
for  代 | for
sealed  〔已封存〕 | [sealed]
erased  〔已依法删除〕 | [erased]
missing  〔密钥或密文缺失〕 | [key or text missing]
attachments  附件 | attachments
nobody  – | –
skip  跳到正文 | Skip to the content
simulated  模拟数据 | simulated
surveys  需求调查 | Needs surveys
from_survey  来自需求调查 | From the survey
no_surveys  还没有您能看到的需求调查。由开展单位发起。 | No survey that you may see. The unit that asks opens one.
survey_closed  已结束 | closed
asked_group  调查对象 | Whom it asks
run_by  开展单位 | Run by
asked_where  地点 | Where
asked_when  期限 | When
asked  应调查 | to be asked
answered  收到答卷 | answered
raised  转办需求 | needs raised
still_open  未办结 | still open
solved  已解决 | solved
questions  答卷统计 | Answers
people_answered  人作答 | answered
mean  平均 | mean
needs_raised  转办的需求 | Needs that became cases
no_needs  还没有。答卷里的需求可由开展单位转为办件。
    | None yet. The unit that asks makes a case of a need that an answer states.
not_shown  另有不在您查阅范围内的 | Outside what you may see:
findings  审计发现 | Auditors' findings
about  对象 | About
about_case  所涉办件 | About the case
figure  统计 | Figure
of_which  筛选 | Which of its figures
published_at  公布时截至 | Published at
unit_concerned  责任单位 | Unit concerned
found_on  记录日期 | Recorded on
answer_due  答复期限 | Answer due
answered_on  答复日期 | Answered on
closed_as  销号结论 | Closed as
evidence_entries  佐证（账上第几条） | Evidence (entries of the log)
printed_by  查阅人 | Read by
receipt  凭回执查询 | Follow a request
receipt_hint  编号和回执码印在回执上。 | Number and secret stand on your receipt.
number  编号 | Number
secret  回执码 | Secret
how_it_stands  查看办理情况 | See how it stands
look  查询 | Look
look_again  刷新 | Look again
leave  退出 | Leave
new_request  提出新的诉求 | File a new request
outcome_solved  已解决 | solved
outcome_explained  已解释 | explained
outcome_not_solved  未解决 | not solved
category  类别 | Category
unit  承办单位 | Handled by
due_on  办理期限 | Due on
registered_on  登记日期 | Registered on
closed_on  办结日期 | Closed on
answer  答复 | Answer
done  已收到，谢谢。 | Received, thank you.
is_it_solved  问题解决了吗？ | Is it solved?
yes_solved  已解决 | Yes, it is solved
not_solved  未解决 | No, it is not
satisfaction  满意度 | How satisfied are you?
satisfied_5  非常满意 | very satisfied
satisfied_4  满意 | satisfied
satisfied_3  一般 | neither
satisfied_2  不满意 | dissatisfied
satisfied_1  非常不满意 | very dissatisfied
not_said  不评价 | rather not say
more_words  想说的话（可不填） | More, if you like
send  提交 | Send
reopen  要求重新办理 | Have it taken up again
reopen_until  最迟 | until
add_information  补充情况 | Add to it
what_to_add  要补充的情况 | What there is to add
withdraw  撤回诉求 | Take it back
withdraw_hint  撤回后不再办理。 | It is not handled any more then.
why_settled  问题已自行解决 | it was settled
why_no_longer  不再需要 | it is needed no more
why_other  其他 | another reason
reason  原因 | Why
my_data  我的个人信息 | My personal data
my_data_hint  由个人信息保护员答复；删除后办理记录中不再有您的姓名、电话和原话，统计数字不变。
    | The privacy officer answers. What is erased is your name, phone and words; counts stay.
correction  更正 | correct it
erasure  删除 | erase it
copy  复制一份 | a copy of it
explain  说明 | In words
waiting  等待答复 | waiting for an answer
messages  消息 | Messages
messages_on  接收本件的消息 | Messages about it are sent
messages_off  不接收本件的消息 | No messages are sent
stop_messages  不再接收 | Send no more
start_messages  开始接收 | Send them
county  县 | County
choose  请选择 | Choose
where  地点 | Where
what_about  哪一类问题 | What it is about
not_sure  说不清 | not sure
in_one_line  一句话说明 | In one line
in_words  详细情况 | In words
your_name  姓名 | Your name
your_phone  电话 | Your phone
anonymous_hint  不填姓名和电话即为匿名，仍可凭回执查询。个人信息加密保存，只有经授权的工作人员可以查看。
    | Without name and phone it is anonymous, and the receipt still follows it. What you say of yourself is sealed.
exact_address  详细地址 | Exact address
optional  可不填 | may be left out
filed  已登记 | Registered
keep_it  请记下或打印编号和回执码：本页关闭后不再显示，任何人凭它都可以查看和办理本件。
    | Write them down or print this page: it is shown only once, and whoever has them can follow the request.
secret_gone  回执码已经换过，请使用新的回执。 | The secret was replaced: use the new receipt.
""")

#: sealed part → its name
PARTS = _rows("""
summary  摘要 | summary
details  详情 | details
person  反映人 | person
address  详细地址 | address
coordinates  坐标 | coordinates
note  办理情况 | note
answer  办理答复 | answer
explanation  说明 | explanation
title  节点名称 | title
full_name  姓名 | name
phone  电话 | phone
identity_number  身份证号 | identity number
latitude  纬度 | latitude
longitude  经度 | longitude
""")


class Words:
    """The words in one language: `w.home` in a template."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in WORDS:
            raise AttributeError(name)
        return self.of(WORDS[name])

    def of(self, both: tuple[str, str]) -> str:
        """One of the two, as the language is."""
        return both[1] if self.language == "en" else both[0]

    def part(self, name: str) -> str:
        """What a sealed part is called."""
        return self.of(PARTS.get(name, (name, name)))
