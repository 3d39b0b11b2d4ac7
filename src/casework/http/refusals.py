"""Sentences in Chinese and English for each refusal of HTTP."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
another-site  此请求不是从本站页面发出的，未予办理；程序请改用令牌（Authorization）
    no page of this server sent this, so nothing was done; programs show a token (Authorization) instead
another-site/sign-in  请从本站登录页登录
    sign in from the form of this server
bad-header/edition  If-Match 应为带引号的版次，如 "7"
    If-Match is an edition in quotes, such as "7"
bad-header/reason  Casework-Reason 应为小写代码，如 complaint_followup：不要写人名和文字
    Casework-Reason is a code in lower case, such as complaint_followup: no names, no sentences
bad-header/revision  If-Match 应为带引号的修订号，如 "7"
    If-Match is a revision in quotes, such as "7"
body-too-large  请求体过大，上限为 {limit} 字节
    the body is too large: {limit} bytes are the most
command-id  Idempotency-Key 应为 1 至 200 个可见字符，且与请求体中的 command 一致
    Idempotency-Key has 1 to 200 visible characters, and is what `command` in the body says, if it does
command-id/batch  批量中的每条命令都要有 command（命令编号）
    each command of a batch has its id, `command`
malformed/address  {name} 在地址和请求体中不一致
    {name} is one thing in the address and another in the body
malformed/batch  请求体应为 {{"commands": […]}}，含 1 至 {most} 条命令
    the body is {{"commands": […]}} with 1 to {most} commands
malformed/command  每条命令应为 JSON 对象
    each command is a JSON object
malformed/envelope  信封不合格式：{why}
    the envelope is malformed: {why}
malformed/form  填写有误：{why}
    the form is not filled in well: {why}
malformed/if-match  if_match 应为修订号或 *
    if_match is a revision, or *
malformed/number  数字过大
    a number is too large
malformed/page  请从页面提交
    send it from the form
malformed/receipt-page  请从本页提交
    send it from the form
malformed/sign-in-page  请从登录页提交
    send it from the form
malformed/sign-out  请从页面退出
    sign out from the page
new-password-wanted  两次输入的新密码不一致
    the two new passwords differ
no-issuer  没有设置身份平台
    no identity provider is set
no-metrics  设置了 server.metrics，但没有安装 prometheus-client：请安装 casework[metrics]
    server.metrics is set and prometheus-client is not there: install casework[metrics]
no-such-page  没有这个办理事项：{name}{hint}
    there is no act {name!r}{hint}
no-token  请先登录，或在 Authorization 头中以 Bearer 方式出示令牌（casework token create 生成）
    sign in, or show a token: Authorization: Bearer …; `casework token create` makes one
no-token/page  请先登录
    sign in first
not-in-the-clear  密码不能经明文 HTTP 传送：请用 https 打开；若前面有代理，请让它传 X-Forwarded-Proto
    no password over plain HTTP: come by https; a proxy in front has to send X-Forwarded-Proto
not-json  请求体不是 JSON 对象：{why}
    the body is no JSON object as it should be: {why}
not-json-type  请求体应为 {json}，不是 {unit}
    the body must be {json}, not {unit}
outside-your-area  此人的单位不在您的范围 {area} 之内
    their unit lies outside {area}, which is yours
session-wanted  此处须本人登录，令牌不行
    this is for somebody who has signed in; a token will not do
session-wanted/account  您凭令牌进入，没有账号页：请退出，再用登录名和密码登录
    you came in with a token, which has no account: sign out, and sign in with login and password
sign-in-busy  登录的人太多，请稍后再试
    too many are signing in: try again in a moment
token-in-address  网址里不能放令牌：它已留在日志和历史记录中，请撤销它，并改用 Authorization 头
    a token in an address stands in logs and histories: revoke it, and show the next in Authorization
token-of-another-log  您只能进入县账 {log}
    what you show opens the log {log} and no other
token-of-another-log/page  您只能进入县账 {log}
    you may enter the log {log} and no other
too-deep  请求体嵌套过深
    the body nests too deep
unknown-command  没有这个命令：{name}{hint}
    there is no command {name!r}{hint}
unknown-log  没有这本县账
    there is no such log
unknown-log/sign-in  没有这个县账：{name}{hint}
    there is no log {name!r}{hint}
version-wanted  此项是对他人所报的判断：请以 If-Match: "修订号" 说明所见版本（不计版本则写 *）
    this judges what somebody submitted: say which revision you saw, If-Match: "7" (or * for any)
version-wanted/batch  此项是对他人所报的判断：请以 if_match 说明所见修订号（不计版本则写 *）
    this judges what somebody submitted: say in if_match which revision you saw (or * for any)
version-wanted/edition  请先预览，再以 If-Match: "版次" 说明预览的是第几版花名册
    look at a preview first, and say of which edition of the roster it was: If-Match: "7"
""",
)
