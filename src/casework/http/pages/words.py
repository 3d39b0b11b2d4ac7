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
    "printed_by": ("查阅人", "Read by"),
    "receipt": ("凭回执查询", "Follow a request"),
    "receipt_hint": ("编号和回执码印在回执上。", "Number and secret stand on your receipt."),
    "number": ("编号", "Number"),
    "secret": ("回执码", "Secret"),
    "look": ("查询", "Look"),
    "look_again": ("刷新", "Look again"),
    "leave": ("退出", "Leave"),
    "new_request": ("提出新的诉求", "File a new request"),
    "outcome_solved": ("已解决", "solved"),
    "outcome_explained": ("已解释", "explained"),
    "outcome_not_solved": ("未解决", "not solved"),
    "category": ("类别", "Category"),
    "unit": ("承办单位", "Handled by"),
    "due_on": ("办理期限", "Due on"),
    "registered_on": ("登记日期", "Registered on"),
    "closed_on": ("办结日期", "Closed on"),
    "answer": ("答复", "Answer"),
    "done": ("已收到，谢谢。", "Received, thank you."),
    "is_it_solved": ("问题解决了吗？", "Is it solved?"),
    "yes_solved": ("已解决", "Yes, it is solved"),
    "not_solved": ("未解决", "No, it is not"),
    "satisfaction": ("满意度", "How satisfied are you?"),
    "satisfied_5": ("非常满意", "very satisfied"),
    "satisfied_4": ("满意", "satisfied"),
    "satisfied_3": ("一般", "neither"),
    "satisfied_2": ("不满意", "dissatisfied"),
    "satisfied_1": ("非常不满意", "very dissatisfied"),
    "not_said": ("不评价", "rather not say"),
    "more_words": ("想说的话（可不填）", "More, if you like"),
    "send": ("提交", "Send"),
    "reopen": ("要求重新办理", "Have it taken up again"),
    "reopen_until": ("最迟", "until"),
    "add_information": ("补充情况", "Add to it"),
    "what_to_add": ("要补充的情况", "What there is to add"),
    "withdraw": ("撤回诉求", "Take it back"),
    "withdraw_hint": ("撤回后不再办理。", "It is not handled any more then."),
    "why_settled": ("问题已自行解决", "it was settled"),
    "why_no_longer": ("不再需要", "it is needed no more"),
    "why_other": ("其他", "another reason"),
    "reason": ("原因", "Why"),
    "my_data": ("我的个人信息", "My personal data"),
    "my_data_hint": (
        "由个人信息保护员答复；删除后办理记录中不再有您的姓名、电话和原话，统计数字不变。",
        "The privacy officer answers. What is erased is your name, phone and words; counts stay.",
    ),
    "correction": ("更正", "correct it"),
    "erasure": ("删除", "erase it"),
    "copy": ("复制一份", "a copy of it"),
    "explain": ("说明", "In words"),
    "waiting": ("等待答复", "waiting for an answer"),
    "messages": ("消息", "Messages"),
    "messages_on": ("接收本件的消息", "Messages about it are sent"),
    "messages_off": ("不接收本件的消息", "No messages are sent"),
    "stop_messages": ("不再接收", "Send no more"),
    "start_messages": ("开始接收", "Send them"),
    "county": ("县", "County"),
    "choose": ("请选择", "Choose"),
    "where": ("地点", "Where"),
    "what_about": ("哪一类问题", "What it is about"),
    "not_sure": ("说不清", "not sure"),
    "in_one_line": ("一句话说明", "In one line"),
    "in_words": ("详细情况", "In words"),
    "your_name": ("姓名", "Your name"),
    "your_phone": ("电话", "Your phone"),
    "anonymous_hint": (
        "不填姓名和电话即为匿名，仍可凭回执查询。个人信息加密保存，只有经授权的工作人员可以查看。",
        "Without name and phone it is anonymous, and the receipt still follows it. What you say of yourself is sealed.",
    ),
    "exact_address": ("详细地址", "Exact address"),
    "optional": ("可不填", "may be left out"),
    "filed": ("已登记", "Registered"),
    "keep_it": (
        "请记下或打印编号和回执码：本页关闭后不再显示，任何人凭它都可以查看和办理本件。",
        "Write them down or print this page: it is shown only once, and whoever has them can follow the request.",
    ),
    "secret_gone": ("回执码已经换过，请使用新的回执。", "The secret was replaced: use the new receipt."),
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
