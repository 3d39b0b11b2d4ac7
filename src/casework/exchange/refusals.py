"""Sentences in Chinese and English for each refusal of exchanged files."""

from __future__ import annotations

from casework.text import Sentences

sentence = Sentences("""
action-missing  办理记录有时间而没有办理方式
    an action has a time but no kind
answers-column-missing  {path} 应有“编号”列和至少一道题目：同一文件再次导入时靠编号认出各行
    {path} needs a column `id`, by which rows are known when it is read again, and a question
answers-column-twice  {path} 有两列都是“{column}”：请只留一列
    {path} has {column!r} twice: keep one
answers-column-unknown  {path} 有一列“{column}”，既不是题目，也不是编号、日期、姓名、电话：请改列名，或删去此列
    {path} has a column {column!r}, which is no question, nor id, date, name or phone: rename it, or take it out
answers-unreadable  答卷 {path} 读不出来：{why}
    cannot read the answers {path}: {why}
blank  没有填写
    is blank
closed-without-time  写的是已办结，却没有办结时间
    says closed, but there is no closing time
control-character  含有换行或不可见字符：请删去
    holds a line break or an invisible character: take it out
degrees-out-of-range  超出 ±{limit} 度
    lies outside ±{limit} degrees
folder-empty  {folder} 中没有 {files} 的任何一个：请指明它们所在的文件夹
    {folder} holds none of {files}: name the folder in which they lie
form-questions  问卷 {path} 的题目应逐题写成 [[question]]
    {path}: write each question as [[question]]
form-unreadable  问卷 {path} 读不出来：{why}
    cannot read the form {path}: {why}
hour-skipped  在 {time_zone} 没有这个时刻（时钟跳过了它）
    does not exist in {time_zone} (the clock jumped over it)
id-missing  本行没有编号
    the row has no id
id-twice  编号与第 {line} 行重复
    the id stands already in line {line}
ledger-column-missing  台账没有这些列：{missing}；现有的列：{header}
    the ledger has no column {missing}; its columns are {header}
ledger-column-twice  台账有两列同名“{column}”：请给其中一列改名
    the ledger names the column {column!r} twice; rename one
ledger-empty  {path} 是空的：没有表头
    {path} is empty: there is no header line
ledger-encoding  {path} 不是 {encoding} 编码（第 {start} 字节：{reason}）：请在对照表中写明 encoding，如 gb18030
    {path} is not {encoding} (byte {start}: {reason}); state `encoding` in the map, e.g. gb18030
ledger-unreadable  台账 {path} 读不出来：{why}
    cannot read the ledger {path}: {why}
links-encoding  {path} 既不是 UTF-8 编码也不是 GB 18030 编码：请另存为“CSV UTF-8”
    {path} is neither UTF-8 nor GB 18030: save it as “CSV UTF-8”
links-header  {path} 首行应有 login（登录名）和 subject（标识）两列
    the first line of {path} names the columns login and subject
links-incomplete  {file} 第 {line} 行缺登录名或标识：未作任何改动
    line {line} of {file} lacks the login or the subject: nothing was changed
links-not-csv  {path} 第 {line} 行起不是 CSV：{why}
    {path} is not CSV from line {line} on: {why}
links-rounded  {file} 第 {line} 行的标识被表格软件改写成了近似数：请把该列设为文本后重新导出，未作任何改动
    a spreadsheet has rounded the subject in line {line} of {file}: make the column text, and save it again; nothing was changed
map-column-and-value  对照表 {path} 的 {place} 既写了列名又写了固定值：请只留一个
    the map {path} gives {place} both a column and a value; keep one
map-column-missing  对照表 {path} 须写明 {place} 的列名
    the map {path} must name a column for {place}
map-name  台账名称“{ledger}”只能用英文字母、数字、“-”和“_”：请改名
    the ledger's name {ledger!r} must be a slug of ASCII letters, digits, '-' and '_'
map-time-zone  对照表 {path} 写的时区“{time_zone}”不认识：请用标准时区名，如“Asia/Shanghai”
    the map {path} names the time zone {time_zone!r}, which is not known; use an IANA name such as Asia/Shanghai
map-unreadable  对照表 {path} 读不出来：{why}
    cannot read the map {path}: {why}
map-unusable  对照表 {path} 不能用：{why}
    the map {path} is not usable: {why}
neither-yes-nor-no  既不是“是”也不是“否”
    is neither yes nor no
no-such-example  没有示例花名册“{name}”：现有 {there}
    there is no example roster {name!r}; there is {there}
not-a-date  不是日期：请写作 2026-03-01，或把单元格设为日期格式
    is no day: write it as 2026-03-01, or format the cell as a date
not-a-time  不是{format}格式的时间
    is not a time as {format}
not-a-whole-number  应为整数
    a whole number is wanted
not-a-workbook  {path} 不是 Excel 工作簿：请另存为 .xlsx 或 CSV 后再导入
    {path} is no Excel workbook: save it as .xlsx or CSV first
not-code-and-outcome  应写作：代码=结果；代码=结果
    is not written as code=outcome;code=outcome
not-degrees  不是度数
    is not a number of degrees
not-yes-or-no  应为是或否
    yes or no is wanted
open-with-closing-time  写的是未办结，却有办结时间（{on}）
    says open, but a closing time is given ({on})
opened-missing  本行没有写明何时登记
    the row does not say when it was opened
roster-column-missing  {place} 缺少列{column}：现有 {header}
    {place} lacks the column {column}; it has {header}
roster-column-twice  {place} 中有两列“{column}”：请去掉一列
    {place} has the column {column!r} twice
roster-column-unknown  {place} 中的列“{column}”不认识：可以有 {columns}
    {place} has a column {column!r}; it may have {columns}
roster-empty  {file} 中没有填了内容的工作表：应有 {titles} 中的一个或几个
    {file} has no sheet with anything in it; it should have some of {titles}
roster-encoding  {file} 既不是 UTF-8 编码也不是 GB 18030 编码：请另存为“CSV UTF-8”
    {file} is neither UTF-8 nor GB 18030: save it as “CSV UTF-8”
same-code  与“{other}”得出同一代码“{code}”：请在对照表的 codes 中分别列出
    gives the same code {code!r} as {other!r}: list both under `codes`
several-sheets  {path} 有几张表：{names}；不知道答卷是哪一张：请只留一张
    {path} has several sheets {names}: keep only the one with the answers
sheet-too-large  {name}（{part}）超过 {most_rows} 行或 {most_columns} 列，没有打开：请删去表格之外的内容
    {name} ({part}) reaches beyond {most_rows} rows or {most_columns} columns and was not opened: delete what stands outside the table
sheet-unknown  {file} 中的工作表“{name}”不认识：{hint}表名应为 {titles}；不属于花名册的请删去
    {file} has a sheet {name!r}{hint}; sheets are called {titles}: rename it, or delete what is no part of the roster
status-unknown  既不是未办结也不是已办结：对照表中有 {known}
    is neither open nor closed; the map knows {known}
unknown-choice  没有选项“{part}”，有：{offered}
    no choice {part!r}; it offers {offered}
unknown-code  只能是{allowed}：请在对照表的 codes 中列出
    must be one of {allowed}: list it under `codes`
unknown-word  没有“{word}”：只能是{choices}{hint}
    is none of {choices}{hint}
unreadable  {path} 读不出来：{why}
    cannot read {path}: {why}
which-sheet  {file} 不知是哪一张表：CSV 文件请以表名命名，如 {sheets}
    {file} does not say which sheet it is: name CSV files after theirs, {sheets}
workbook-damaged  {name} 不是完好的 Excel 工作簿：请用 Excel 或 WPS 打开后另存为 .xlsx
    {name} is no sound Excel workbook ({why}): open it in a spreadsheet and save it as .xlsx
workbook-locked  {name} 已损坏或加了密，解不开：请用 Excel 或 WPS 打开后另存为 .xlsx
    {name} is damaged or locked and cannot be unpacked: open it in a spreadsheet and save it as .xlsx
workbook-old  {name} 是旧式 .xls，或设了打开密码：请去掉密码，另存为 .xlsx
    {name} is of the old kind (.xls) or locked by a password: save it as .xlsx, without one
workbook-too-large  {name} 超过 {most} MB：花名册没有这么大，请删去图片和无关的工作表，或分成几个文件
    {name} has more than {most} MB, which no roster has: take out pictures and other sheets, or make several files of it
workbook-unpacked-too-large  {name} 解开后超过 {most} MB，没有打开：花名册没有这么大
    {name} would unpack to more than {most} MB and was not opened: no roster is so large
year-out-of-range  不在 {least} 至 {most} 年之间
    lies outside the years {least} to {most}
""")
