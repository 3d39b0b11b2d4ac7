"""Sentences in Chinese and English for each refusal of the seal."""

from __future__ import annotations

from casework.text import Sentences

sentence = Sentences("""
another-key  第 {seq} 条的 {member} 是用主密钥 {sealed_under} 封存的，现载入的是 {loaded}：请载入封存时的密钥
    entry {seq}: {member!r} was sealed under wrapping key {sealed_under}, but {loaded} is loaded: load the key it was sealed under
coordinates  坐标中有{given}：{shape}
    coordinates hold {given}: {shape}
coordinates/number  坐标的 {key} 为 {number!r}：应是 {least} 至 {limit} 的整数（微度），如 22.555 度写作 22555000
    coordinates.{key} is {number!r}: whole microdegrees from {least} to {limit}, e.g. 22.555 degrees are 22555000
empty  {member} 是空的：请去掉此项
    {member} is empty: leave it out
half-character  {member} 中有半个字符：请以 UTF-8 发送
    {member} holds half a character (a lone surrogate): send it as UTF-8
key-does-not-open  的密钥用主密钥 {sealed_under} 打不开：它已被改动
    has a wrapped key that wrapping key {sealed_under} does not open: it was changed
key-exists  {path} 已经存在，可能是解开封存内容的唯一密钥：未作改动
    {path} exists already and may be the only key to what is sealed: it is left as it is
key-length  主密钥应为 {wanted} 字节，现有 {size} 字节：请换用正确的密钥
    a wrapping key has {wanted} bytes, this one has {size}
key-missing  {path} 没有主密钥：新账由 casework init 生成，旧账请找回密钥文件或其备份，或设置 {environment}
    no wrapping key at {path}: `casework init` makes one for a new log; for an existing log bring back the file (or its copy) or set {environment}
key-open-to-others  他人可以读取或改动 {path}（权限 {mode:04o}）：请执行 chmod 600 {path}，并视密钥为已泄露
    others can read or change {path} (mode {mode:04o}): make it yours alone with `chmod 600 {path}`, and think of the key as known to them
key-unreadable  主密钥 {path} 读不出来：{why}
    cannot read the wrapping key at {path}: {why}
key-unset  没有主密钥：请把 {environment} 设为 64 位十六进制数，或指明密钥文件
    no wrapping key: set {environment} to 64 hex digits, or name the file that holds it
key-unwritable  主密钥不能写入 {path}：{why}
    cannot write the wrapping key to {path}: {why}
line-feed  县账、流、命令和项的名称中不能有换行：请去掉
    log, stream, command and member names hold no line feed
neither-text-nor-object  {member} 是 {kind}：只能封存文字或成组数据
    {member} is {kind}; only text and objects are sealed
no-key-in-file  {where} 中没有主密钥：应为 {wanted} 字节或 64 位十六进制数，现有 {size} 字节
    {where} holds no wrapping key: it must be {wanted} bytes or 64 hex digits, this is {size} bytes
object-wanted  {member} 应是一组数据，不是文字：{shape}
    {member} is an object, not text: {shape}
part-changed  已被改动：密文有 {size} 字节、SHA-256 为 {digest}，条目所记为 {sealed_size} 字节、{sealed_digest}
    was changed: its blob has {size} bytes and SHA-256 {digest}, the entry says {sealed_size} bytes and {sealed_digest}
part-does-not-open  在此处打不开：它、它的密钥或位置已被改动
    does not open at this place: it, its key or its place was changed
person/empty  个人信息是空的：没有就请去掉此项
    person is empty: leave it out when nobody is named
person/text-wanted  个人信息中的 {key} 应是文字，不是 {kind}：请改写为文字
    person.{key} is text, not {kind}
person/unknown-member  个人信息没有 {key} 这一项：{shape}
    person has no member {key!r}: {shape}
rotated  {log} 已轮换到主密钥 {sealed_under}，现载入的是 {loaded}：请载入新的，未轮换完的请先轮换完
    {log} was rotated to wrapping key {sealed_under}, and {loaded} is loaded: load the new one, or run the rotation to its end
rotation-from-another-key  有内容是用另外的主密钥 {names} 封存的：先用那把密钥轮换
    parts are sealed under yet another wrapping key, {names}: rotate from that one first
rotation-stopped  密钥 {name} 用主密钥 {old} 打不开：它已被改动，轮换停在此处
    wrapping key {old} does not open the key {name}: it was changed, and the rotation stops there
rotation-to-itself  新旧主密钥是同一把：请生成新的
    the new wrapping key is the old one: make another
seal-broken  第 {seq} 条的封存项 {member}（密钥编号 {kid}）{why}
    entry {seq}: the sealed part {member!r} (kid {kid}) {why}
sealed-twice  同一事件的同一项只能封存一次，这条命令给了两次：请去掉一个
    a member of an event is sealed once; this command gives one twice
text-wanted  {member} 应是文字，不是一组数据：请改写为文字
    {member} is text, not an object
texts  文字作答有误：{shape}
    texts: {shape}
too-long  {member} 有 {length:,} 个字符，最多 {limit:,} 个：请缩短
    {member} has {length:,} characters, at most {limit:,} are kept: shorten it
unknown-algorithm  是用 {alg} 封存的，本版程序打不开：请使用更新的版本
    is sealed with {alg}, which this version cannot open: use a newer one
""")
