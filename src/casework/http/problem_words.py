"""Words of problems: what a status is called in Chinese, which reason has which status, and the log's errors."""

from __future__ import annotations

from casework.log import errors

TITLES: dict[int, str] = {
    400: "请求不合格式",
    401: "未出示有效令牌",
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


def _grouped() -> dict[str, int]:
    groups = {
        400: "malformed no-such-page unknown-member command-id not-json too-deep unknown-command bad-header",
        401: "no-token unknown-token token-revoked token-expired",
        403: (
            "token-of-another-log outside-your-area not-your-role role-not-allowed wrong-role outside-own-area"
            " not-your-unit not-your-request own-case own-request not-the-lead not-the-unit-asked caller-of-the-unit"
            " override-by-supervisor waiver-by-a-person"
        ),
        404: (
            "no-such-attachment no-such-case unknown-case no-such-activity unknown-log unknown-projection no-log"
            " log-not-open"
        ),
        410: "attachment-gone",
        413: "attachment-too-large body-too-large",
        409: "which-log log-exists nothing-to-erase",
        415: "not-json-type not-this-kind",
        422: (
            "unknown-filter unknown-value unknown-column unknown-level unknown-queue not-a-number not-a-time"
            " not-answerable no-such-range page-length size-wanted same-cadre too-many reason-missing digest-differs"
            " unknown-unit unknown-area unknown-cadre unknown-category unknown-topic unknown-result unknown-action"
            " unknown-code unknown-milestone unknown-time-zone unknown-basis another-log malformed-date"
            " malformed-instant not-a-date not-an-instant beyond-the-calendar coordinates person circle in-the-future"
            " backdated-too-far due-already-past due-too-far out-of-range number-out-of-range wrong-type value-missing"
            " not-a-code review-out-of-range reply-due-past until-not-after-from parent-not-above not-correctable"
            " no-such-revision category-missing place-missing unit-missing lead-missing"
        ),
        428: "version-wanted",
        503: "another-wrapping-key not-yet",
    }
    return {code: status for status, codes in groups.items() for code in codes.split()}


#: stable code → status; the law's refusals that are not named here are 409, other problems 422
STATUS_OF: dict[str, int] = _grouped()


def in_chinese(error: errors.LogError) -> str:
    """What an error of the log says, in Chinese; its own words are English."""
    match error:
        case errors.VersionMoved():
            return (
                f"{error.stream} 现在是第 {error.actual} 版，不是第 {error.expected} 版：已有人先办理，请重新查看后再定"
            )
        case errors.EntryTooLarge():
            return f"条目需要 {error.length} 字节，上限为 {error.limit}：长文字请放入封存项"
        case errors.EntryRefused():
            return f"条目无法入账：{error}"
        case errors.LogUnknown():
            return f"没有县账 {error.log}：请先开账"
        case errors.CommandReused():
            return f"命令编号 {error.command} 已被用过：新的命令要用新的编号"
        case errors.ClaimTaken():
            return f"{error.kind} {error.key} 已属于 {error.stream}：请用那一件，或换一个编号"
        case errors.ClockRefused():
            return (
                f"机器时钟为 {error.clock_at}，与账上最后时刻 {error.head_at} 相差过大：请校准时钟（casework doctor）"
            )
        case errors.QueueFull():
            return f"排队的命令过多，请 {error.retry_after} 秒后重试"
        case errors.OutcomeUnknown():
            return "是否已入账尚不清楚：请用同一命令编号再发一次，即可得知"
        case errors.StoreUnavailable():
            return "数据库暂时没有接受，未入账：请重发同一命令"
        case errors.WriterClosed():
            return "服务正在停止，未入账：请稍后重发同一命令"
        case errors.LogDamaged():
            return "账目自相矛盾，未写入：请先核对（casework doctor --full）"
    return f"账目出错：{type(error).__name__}"
