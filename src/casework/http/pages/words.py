"""Words of the pages, Chinese first; a template asks for them by name, and a name that is missing is an error."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "casework": ("群众办实事", "Casework"),
    "sign_in": ("登录", "Sign in"),
    "sign_out": ("退出", "Sign out"),
    "token": ("访问令牌", "Access token"),
    "token_hint": (
        "由管理员用 casework token create 发放，请勿转借。",
        "The administrator makes it; it is yours alone.",
    ),
    "with_token": ("用访问令牌登录", "With an access token"),
    "county_log": ("县账", "County"),
    "login": ("登录名", "Login"),
    "password": ("密码", "Password"),
    "code_or_password": ("初始码（或现密码）", "Set-up code (or present password)"),
    "present_password": ("现密码", "Present password"),
    "new_password": ("新密码", "New password"),
    "once_more": ("再输一次新密码", "The new password once more"),
    "password_hint": (
        "越长越好：几个不相干的词连起来，既好记又难猜；不用刻意加符号。",
        "The longer the better: a few unrelated words are easy to remember and hard to guess; no symbols needed.",
    ),
    "code": ("验证码（开启了两步验证才填）", "Code (only with a second factor)"),
    "device_name": ("设备名称（在此设备上长期保持登录才填）", "Name of this device (only to stay signed in on it)"),
    "device_hint": (
        "如“工作手机”。只在自己的设备上填写；丢失后可在“我的账号”里结束。",
        "Such as “work phone”. On your own device only; if it is lost, end it under “My account”.",
    ),
    "own_account": ("我的账号", "My account"),
    "act_as": ("以何身份办理", "Act as"),
    "role": ("身份", "Role"),
    "own_sessions": ("登录与设备", "Sessions and devices"),
    "device": ("设备", "Device"),
    "browser": ("浏览器", "Browser"),
    "this_one": ("本机", "this one"),
    "last_seen": ("最近使用", "Last used"),
    "good_until": ("有效至", "Good until"),
    "end_session": ("结束", "End"),
    "end_others": ("结束其他全部登录", "End all others"),
    "change_password": ("修改密码", "Change password"),
    "password_changed": ("密码已修改，其他登录已结束。", "The password is changed, and every other session has ended."),
    "second_factor": ("两步验证", "Second factor"),
    "second_on": ("已开启：登录时还要输入手机上的验证码。", "On: signing in also takes a code from your phone."),
    "second_off": (
        "未开启。开启后，登录时还要输入手机验证器上的六位数字。",
        "Off. Once on, signing in also takes six digits from an authenticator on your phone.",
    ),
    "secret_hint": (
        "把下面的密钥输入手机上的验证器（只显示这一次），再填它给出的六位数字。",
        "Give this secret, shown once, to the authenticator on your phone; then type the six digits it shows.",
    ),
    "open_authenticator": ("在本机的验证器中打开", "Open in the authenticator of this device"),
    "turn_on": ("开启", "Turn on"),
    "turn_off": ("关闭", "Turn off"),
    "recovery_codes": ("恢复码", "Recovery codes"),
    "recovery_hint": (
        "两步验证已开启。请抄下并妥善保存：手机丢失时，每个可代替验证码用一次；不会再次显示。",
        "The second factor is on. Keep these safe: without the phone each stands in once; they are not shown again.",
    ),
    "home": ("首页", "Home"),
    "my_desk": ("我的桌面", "My desk"),
    "nothing_waits": ("没有待办。", "Nothing waits."),
    "projections": ("统计", "Figures"),
    "lists": ("清单", "Lists"),
    "cases": ("件", "cases"),
    "count_by": ("分组", "Count by"),
    "since": ("自", "From"),
    "until": ("至（不含）", "Before"),
    "as_of": ("截至（日期或条数）", "As of (day or size)"),
    "axis": ("按", "By"),
    "occurred": ("发生日期", "day it happened"),
    "recorded": ("记录日期", "day it was recorded"),
    "place": ("地区及其下级", "Place and below"),
    "queue": ("队列", "Queue"),
    "all": ("全部", "All"),
    "show": ("查看", "Show"),
    "definitions": ("口径", "What is counted"),
    "as_csv": ("下载 CSV", "Download CSV"),
    "to_list": ("看清单", "the cases"),
    "empty": ("没有记录。", "Nothing."),
    "next_page": ("下一页", "Next page"),
    "total": ("共", "In all"),
    "counted_to": ("据账上前", "Counted from the first"),
    "entries": ("条", "entries"),
    "behind": ("之后还有", "behind by"),
    "stopped": ("统计已停在第", "Counting stopped at entry"),
    "facts": ("现状", "As it stands"),
    "held_by": ("在办", "Held by"),
    "lead": ("主办", "lead"),
    "co": ("协办", "together with the lead"),
    "timeline": ("经过", "What happened"),
    "known_on": ("当时已知（日期或条数）", "As known then (day or size)"),
    "happened": ("发生于", "happened"),
    "for": ("代", "for"),
    "sealed": ("〔已封存〕", "[sealed]"),
    "erased": ("〔已依法删除〕", "[erased]"),
    "missing": ("〔密钥或密文缺失〕", "[key or text missing]"),
    "attachments": ("附件", "attachments"),
    "nobody": ("–", "–"),
    "skip": ("跳到正文", "Skip to the content"),
    "simulated": ("模拟数据", "simulated"),
    "surveys": ("需求调查", "Needs surveys"),
    "from_survey": ("来自需求调查", "From the survey"),
    "survey_closed": ("已结束", "closed"),
    "asked_group": ("调查对象", "Whom it asks"),
    "run_by": ("开展单位", "Run by"),
    "asked_where": ("地点", "Where"),
    "asked_when": ("期限", "When"),
    "asked": ("应调查人数", "to be asked"),
    "answered": ("收到答卷", "answered"),
    "raised": ("转办需求", "needs raised"),
    "still_open": ("办理中", "still open"),
    "solved": ("已解决", "solved"),
    "questions": ("答卷统计", "Answers"),
    "people_answered": ("人作答", "answered"),
    "mean": ("平均", "mean"),
    "needs_raised": ("转办的需求", "Needs that became cases"),
    "not_shown": ("另有不在您查阅范围内的", "Outside what you may see:"),
    "printed_by": ("查阅人", "Read by"),
}

#: sealed part → its name
PARTS: dict[str, tuple[str, str]] = {
    "summary": ("摘要", "summary"),
    "details": ("详情", "details"),
    "person": ("反映人", "person"),
    "address": ("详细地址", "address"),
    "coordinates": ("坐标", "coordinates"),
    "note": ("办理情况", "note"),
    "answer": ("办理答复", "answer"),
    "explanation": ("说明", "explanation"),
    "title": ("节点名称", "title"),
    "full_name": ("姓名", "name"),
    "phone": ("电话", "phone"),
    "identity_number": ("身份证号", "identity number"),
    "latitude": ("纬度", "latitude"),
    "longitude": ("经度", "longitude"),
}


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
