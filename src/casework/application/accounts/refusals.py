"""Sentences in Chinese and English for each refusal of accounts."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
account-disabled  账号已停用：请找管理员
    the account is disabled: ask the administrator
another-wrapping-key  账号 {login} 的两步验证密钥不是用主密钥 {key} 封存的：请管理员重置其两步验证
    the second factor of the account {login} was not sealed under wrapping key {key}: have the administrator reset it
bad-issuer/issuer-of  设置 issuer.address 只写到主机名和端口，后面不带路径
    issuer.address ends with the host and port: no path comes after it
bad-issuer/members  设置 issuer.client、issuer.claim 不能空，issuer.scope 须含 openid
    issuer.client and issuer.claim are not left empty, and issuer.scope contains openid
bad-issuer/secret-file  设置 issuer.secret_file 应指明一个内有密钥的文件
    issuer.secret_file names a file that holds the secret
bad-issuer/url  设置 issuer.{name} 应是 https:// 开头的地址（本机可用 http://），不带 ? 和 #
    issuer.{name} is an address that begins with https:// (http:// on this machine), without ? and #
bad-login  登录名为 2 至 64 个小写字母、数字、点、横线，且不能是电话或证件号码
    a login has 2 to 64 lower-case letters, digits, dots and hyphens, and is no telephone or identity number
bad-subject  {row}身份平台上的标识为 1 至 {longest} 个可见字符：未作任何改动
    {row}an identifier at the identity provider has 1 to {longest} characters that can be seen: nothing was changed
code-wanted  此账号已开启两步验证：请一并输入验证码
    this account has a second factor: send the code of the authenticator as well
hash-settings  密码哈希的设置有误：{why}
    the settings of hashing: {why}
issuer-away  身份平台暂时没有答复：请稍后再试，或用登录名和密码登录
    the identity provider does not answer: try again in a moment, or sign in with login and password
issuer-not-believed  身份平台的答复未通过核验（{what}）：请再试一次；仍不行请把括号里的字告知管理员
    the answer of the identity provider was not accepted ({what}): try again, or tell the administrator the word in parentheses
issuer-refused  身份平台未予登录（{error}）
    the identity provider did not let you sign in ({error})
locked-out  失败次数过多，请 {wait}后再试；急用请管理员解锁
    too many failures: try again in {wait}, or ask the administrator to unlock the account
login-taken  登录名 {login} 已有人用，请另取一个
    the login {login} is taken: choose another
new-password-wanted  首次登录（或重置后）请先设自己的密码
    choose a password of your own first: this one was given by somebody else
no-issuer  没有设置身份平台（issuer.url）
    no identity provider is set (issuer.url)
no-oidc  设置了 issuer.url，但没有安装 joserfc：请安装 casework[oidc]
    issuer.url is set and joserfc is not there: install casework[oidc]
no-role-today  花名册里今天没有您的职务：请找管理员
    the roster has no post of yours today: ask the administrator
no-second-factor  请先取得两步验证密钥
    ask for a secret first
no-such-session  没有这个会话：请看清单
    there is no such session: see the list
not-begun-here  这次登录不是在本浏览器开始的、已用过，或超过了 {minutes} 分钟：请重新登录
    this sign-in was not begun in this browser, was finished already, or took longer than {minutes} minutes: begin again
not-for-machines  {actor} 不是人，不能登录
    {actor} is nobody who signs in
not-linked  您在身份平台上的身份没有关联账号：请管理员关联后再试。您的标识是 {subject}
    no account is linked to who you are at the identity provider: ask the administrator to link one. Your identifier there is {subject}
not-so-long  令牌有效期应为 1 至 {most_days} 天
    a token lasts between 1 and {most_days} days
not-your-role  您没有这个身份，只有：{roles}
    this role is not yours: choose from {roles}
password-obvious  这个密码太容易猜到（常用词、登录名、连号或重复的字符）：请换几个不相干的词
    this password is easily guessed (a common word, the login, a run or a repetition): take unrelated words
password-same  新密码不能与原来的相同
    the new password must be another one
password-too-long  密码最多 {longest} 个字符
    a password has at most {longest} characters
password-too-short  密码至少 {shortest} 个字符：几个不相干的词连起来最好记
    a password has at least {shortest} characters: a few unrelated words are easiest to remember
role-wanted  请选择以何身份办理
    choose the role to act in
second-factor-first  {role}须先开启两步验证
    whoever acts as {role} turns on a second factor first
second-factor-on  两步验证已开启：要更换请先关闭
    the second factor is on: turn it off to change it
second-factor-there  {role}须经两步验证登录，身份平台这次没有要求：请改用密码和验证码登录，或换一个身份
    whoever acts as {role} signs in with a second factor, which the identity provider did not ask for: sign in with password and code, or act in another role
session-ended  本次登录已被结束，请重新登录
    this session was ended: sign in again
session-expired  登录已超时，请重新登录
    this session has run out: sign in again
subject-taken  {row}这个标识已关联账号 {other}：请先解除，未作任何改动
    {row}this identifier is linked to the account {other}: unlink that first; nothing was changed
token-expired  令牌已于 {expires_at} 过期，请申领新的令牌
    this token expired at {expires_at}: ask for a new one
token-revoked  令牌已撤销
    this token was revoked
unknown-account  没有这个账号：{name}{hint}
    there is no account {name!r}{hint}
unknown-account/link  {row}没有账号 {login}：未作任何改动
    {row}there is no account {login}: nothing was changed
unknown-area  没有这个区域：{name}{hint}
    there is no area {name!r}{hint}
unknown-role  没有这个身份：{name}{hint}
    there is no role {name!r}{hint}
unknown-session  登录信息无效，请重新登录
    this is no session: sign in again
unknown-token  令牌无效
    this token is not valid
unknown-token-id  没有这个令牌：{name}{hint}
    there is no token {name!r}{hint}
unknown-token/token  没有这个令牌：{name}{hint}
    there is no token {name!r}{hint}
wrong-code/confirm  验证码不正确，请核对手机时间后再试
    this code is wrong: check the clock of the phone
wrong-code/sign-in  验证码不正确或已用过，请等下一个
    this code is wrong, or was used before: wait for the next one
wrong-sign-in  登录名或密码不正确（初始码可能已过期）
    the login or the password is wrong (or the set-up code has run out)
""",
)
