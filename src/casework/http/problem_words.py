"""Which status each problem code has, and what statuses are called in Chinese."""

from __future__ import annotations

import re

TITLES: dict[int, str] = {
    400: "请求不合格式",
    401: "未登录或登录无效",
    403: "无权办理",
    404: "没有找到",
    405: "方法不支持",
    406: "无法按要求的格式答复",
    409: "不予办理",
    412: "版本已变动",
    410: "已不存在",
    413: "内容过大",
    415: "不支持的内容类型",
    422: "内容有误",
    428: "需要先说明所见版本",
    429: "请求过于频繁",
    500: "程序出错",
    503: "暂时无法办理",
}

_CODES = """
400 malformed no-such-page unknown-member command-id not-json too-deep unknown-command bad-header token-in-address
401 no-token unknown-token token-revoked token-expired unknown-session session-ended session-expired wrong-sign-in
    wrong-code code-wanted new-password-wanted issuer-not-believed issuer-refused not-begun-here
403 token-of-another-log outside-your-area not-your-role role-not-allowed wrong-role outside-own-area not-your-unit
    not-your-request own-case own-request not-the-lead not-the-unit-asked caller-of-the-unit override-by-supervisor
    waiver-by-a-person not-in-scope session-wanted another-site not-in-the-clear role-wanted second-factor-first
    no-role-today receipt-by-the-unit receipt-of-the-unit filing-closed second-factor-there not-linked
    account-disabled own-unit both-sides
404 no-such-attachment no-such-case unknown-case no-such-activity no-such-survey no-such-answer unknown-log
    no-such-finding unknown-projection no-log log-not-open not-yet no-such-session unknown-account unknown-token-id
    no-such-receipt no-such-message nothing-held no-such-hold no-issuer
409 changed-meanwhile which-log log-exists nothing-to-erase login-taken second-factor-on no-second-factor
    on-legal-hold mentions-undecided hold-exists not-to-be-digested not-to-be-sent-again subject-taken
410 attachment-gone
412 roster-moved
413 attachment-too-large body-too-large
415 not-json-type not-this-kind
422 unknown-filter unknown-value unknown-column unknown-level unknown-queue not-a-number not-a-time not-answerable
    no-such-range page-length size-wanted same-cadre too-many reason-missing digest-differs unknown-unit unknown-area
    unknown-cadre unknown-category unknown-topic unknown-result unknown-action unknown-code unknown-milestone
    unknown-time-zone unknown-basis another-log malformed-date malformed-instant not-a-date not-an-instant
    beyond-the-calendar circle in-the-future backdated-too-far due-already-past due-too-far out-of-range
    number-out-of-range wrong-type value-missing not-a-code review-out-of-range reply-due-past until-not-after-from
    parent-not-above not-correctable no-such-revision not-a-roster category-missing place-missing unit-missing
    lead-missing unknown-question unknown-choice given-twice ends-before-start choices-missing no-choices-here
    outside-the-period does-not-fit words-missing respondent-missing nothing-added nothing-to-correct nobody-meant
    not-to-be-decided hold-ends-before-it-begins two-rules post-twice which-post about-two-things figure-missing
    as-of-missing due-out-of-range no-such-entry not-so-long successor-without-until not-a-reporter not-a-township
    same-township declared-later code-taken nothing-left day-ahead
428 version-wanted
429 locked-out too-many-requests too-many-attempts
503 another-wrapping-key sign-in-busy issuer-away
"""
_ROWS = (row.split() for row in re.split(r"\n(?! )", _CODES.strip()))
#: stable code → status; the law's refusals that are not named here are 409, other problems 422
STATUS_OF: dict[str, int] = {code: int(status) for status, *codes in _ROWS for code in codes}
