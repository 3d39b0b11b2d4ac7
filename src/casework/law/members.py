"""The data dictionary of the law: meanings of members that several structs share.

`Area[Code]` is the type `Code` with the Chinese term and the English description of an area. What one procedure alone
uses stands in its own file; a member of one struct alone has its `meaning` where it is declared.
"""

from __future__ import annotations

from typing import Annotated

from casework.text import T, meaning

# of every kind of stream
Rev = Annotated[T, meaning("修订号", "revision of the last entry; -1 before the first")]
EffectiveOn = Annotated[T, meaning("生效日期", "the latest `occurred_on` of the stream so far")]
Case = Annotated[T, meaning("办件", "its stream, `case/<uuid>`")]
Cases = Annotated[T, meaning("所涉办件", "streams of the cases")]
Area = Annotated[T, meaning("地点", "area code")]
Township = Annotated[T, meaning("乡镇", "township of the place, stamped from the roster; '' above townships")]
Unit = Annotated[T, meaning("单位", "unit code")]
Explanation = Annotated[T, meaning("说明", "in words")]

# brought: of a registration, a need, a ledger's row
Category = Annotated[T, meaning("类别", "category code; may wait until acceptance")]
Topic = Annotated[T, meaning("主题", "from the category's list")]
Channel = Annotated[T, meaning("渠道", "how it came in: counter, visit, hotline, courier, page, …")]
Reporter = Annotated[T, meaning("反映人身份", "who brought it")]
Resident = Annotated[T, meaning("群众代号", "`resident/<random>`, for this case alone; '' when anonymous")]
Place = Annotated[T, meaning("地点", "area code, as precise as known")]
Urgency = Annotated[T, meaning("紧急程度", "normal, urgent, emergency")]
Confidentiality = Annotated[T, meaning("知悉范围", "public, internal, confidential, secret")]
Due = Annotated[T, meaning("办理期限", "instant, when it is stated")]
DueOn = Annotated[T, meaning("期限日期", "or the local date by whose end it is due")]
Summary = Annotated[T, meaning("摘要", "one line")]
Details = Annotated[T, meaning("详情", "what is asked, in words")]
Asker = Annotated[T, meaning("反映人", "full_name, phone, identity_number")]
Address = Annotated[T, meaning("详细地址", "exact address")]
Coordinates = Annotated[T, meaning("坐标", "latitude and longitude, WGS 84, integer microdegrees")]

# of a case
CategoryCode = Annotated[T, meaning("类别", "category code")]
NewDueBasis = Annotated[T, meaning("期限依据", "stated or calendar_days")]
DueDate = Annotated[T, meaning("期限日期", "local date of `due`")]
Evidence = Annotated[T, meaning("佐证", "SHA-256 (hex) of attachments")]
ConfidentialityLevel = Annotated[T, meaning("知悉范围", "public, internal, confidential or secret")]
DueInForce = Annotated[T, meaning("办理期限", "instant in force from here; '' without")]
DueBasis = Annotated[T, meaning("期限依据", "ledger, stated or calendar_days")]
Lead = Annotated[T, meaning("主办干部", "`cadre/<id>`; '' when the unit decides")]
DueInForceOn = Annotated[T, meaning("期限日期", "its local date")]
AddressInWords = Annotated[T, meaning("详细地址", "in words")]
CaseKind = Annotated[T, meaning("种类", "matter or difficulty")]
Beneficiaries = Annotated[T, meaning("实际受益人数", "people helped")]
CameIn = Annotated[T, meaning("渠道", "how it came in")]
Anonymous = Annotated[T, meaning("群众代号", "`resident/<random>`; '' when anonymous")]
Result = Annotated[
    T, meaning("办理结果代码", "solved, explained, partly_solved, not_solved, or a code of the category")
]

# of a correction
CorrectedRev = Annotated[T, meaning("所更正的记录", "revision of the entry in its stream")]
CorrectedMember = Annotated[T, meaning("所更正的项", "a member that may be corrected, or occurred, occurred_on")]
CorrectedValue = Annotated[T, meaning("更正后的值", "text, whole number or yes/no, of the member's own type")]
CorrectionReason = Annotated[
    T, meaning("理由代码", "typing_error, wrong_place, wrong_date, checked_on_site, ledger_changed, other")
]

# of an activity
Activity = Annotated[T, meaning("活动", "its stream, `activity/<uuid>`")]
ActivityKind = Annotated[
    T, meaning("活动种类", "household_visit, patrol, station_service, study_session, survey, volunteering, other")
]
Households = Annotated[T, meaning("户数", "households visited")]
Participants = Annotated[T, meaning("人次", "people who took part")]
Station = Annotated[T, meaning("驿站", "code of a service point; '' when none")]
LedTo = Annotated[T, meaning("引出的办件", "streams of cases it led to")]
ActivityNote = Annotated[T, meaning("记录", "in words")]

# of a survey
Survey = Annotated[T, meaning("调查", "its stream, `survey/<uuid>`")]
SurveyTitle = Annotated[T, meaning("名称", "of the survey")]
Group = Annotated[
    T,
    meaning(
        "调查对象", "couriers, riders, truckers, ride_hailing, new_employment, villagers, elderly, enterprises, other"
    ),
]
Units = Annotated[T, meaning("牵头单位", "unit codes that run it together, the first leads")]
Starts = Annotated[T, meaning("开始日期", "county-local date of the first answers")]
Ends = Annotated[T, meaning("截止日期", "county-local date of the last answers")]
Asked = Annotated[T, meaning("计划调查人数", "people who are to be asked")]
Questions = Annotated[
    T, meaning("题目", "in the order asked: code, label, kind (choice, multi, number, yes_no, text), choices")
]
CountedCode = Annotated[T, meaning("代码", "slug, counted by")]
ChoiceLabel = Annotated[T, meaning("选项", "as the person asked reads it")]
QuestionLabel = Annotated[T, meaning("题目", "as the person asked reads it")]
QuestionKind = Annotated[T, meaning("题型", "choice (one of them), multi (any of them), number, yes_no, text")]
Offered = Annotated[T, meaning("选项", "of choice and multi; none for other kinds")]
Answered = Annotated[T, meaning("题目", "its code")]
Chosen = Annotated[T, meaning("所选", "codes chosen; yes or no; none for number and text")]
Number = Annotated[T, meaning("数值", "whole number, of a number question")]
Version = Annotated[T, meaning("问卷版本", "1 as opened, +1 at each revision")]
Respondent = Annotated[T, meaning("受访人代号", "`resident/<random>`, for this survey alone; left out, one is made")]
NeedOf = Annotated[T, meaning("受访人代号", "whose answer stated it")]
NeedIn = Annotated[T, meaning("题目", "code of the question answered; '' for the answer as a whole")]
Replies = Annotated[
    T, meaning("作答", "per question: its code and choices or number; the code alone for a text question")
]
AnswerTexts = Annotated[T, meaning("文字作答", "question → words; also beside a choice")]
RespondentPerson = Annotated[T, meaning("联系方式", "full_name, phone, where given")]

# of an auditor's finding
Finding = Annotated[T, meaning("审计发现", "its stream, `finding/<uuid>`")]
FindingKind = Annotated[
    T, meaning("问题种类", "fake_closure, backdating, recounted, overdue, stalling, overreach, other")
]
FindingCase = Annotated[T, meaning("办件", "the case it is about; '' when about a figure, or the county as a whole")]
FindingProjection = Annotated[T, meaning("统计", "projection whose figure it is about; '' when about no figure")]
Where = Annotated[T, meaning("筛选", "column → value: which of its figures")]
AsOf = Annotated[T, meaning("截至条数", "size of the log, in entries, at which that figure was published")]
UnitConcerned = Annotated[T, meaning("责任单位", "unit that answers; '' where supervisors answer")]
FindingArea = Annotated[T, meaning("地点", "area code of the case, else of the unit; '' for the whole county")]
EntriesCited = Annotated[T, meaning("佐证", "`seq` of entries of the log that show it")]
AnswerDue = Annotated[T, meaning("答复期限", "county-local date by whose end an answer is due")]
FindingDetails = Annotated[T, meaning("问题情况", "what was found, in words")]
FindingAnswer = Annotated[T, meaning("答复", "in words")]
FindingOutcome = Annotated[T, meaning("结论", "upheld, unfounded, remedied; '' while open")]
OutcomeReasons = Annotated[T, meaning("说明", "why so, in words")]

# of the county's log
Log = Annotated[T, meaning("账册", "the county's code")]
Origin = Annotated[T, meaning("来源", "schema-less URL that names this log in checkpoints")]
County = Annotated[T, meaning("县", "its name")]
TimeZone = Annotated[T, meaning("时区", "IANA name")]
LawVersion = Annotated[T, meaning("规则版本", "version of the law from here on")]
ClockKind = Annotated[T, meaning("时钟", "real or simulated")]
PolicyInForce = Annotated[T, meaning("政策参数", "every number the law needs, from here on")]
PolicyBasis = Annotated[T, meaning("依据", "number of the document that ordered it")]
HeadAt = Annotated[T, meaning("账上最后时刻", "`at` of the entry before")]
ClockAt = Annotated[T, meaning("机器时刻", "what the machine's clock said")]
LockedCadre = Annotated[T, meaning("账号所属", "`cadre/<id>` whose account was tried")]
Kids = Annotated[T, meaning("销毁的密钥", "ids of the destroyed keys; random, they name nobody")]
ErasureBasis = Annotated[T, meaning("依据代码", "resident_asked, purpose_met, retention_over, unlawful, other")]
KeptKids = Annotated[T, meaning("决定保留的密钥", "ids of the keys of others' texts that mention the person")]
Hold = Annotated[T, meaning("留存", "`hold/<uuid>`, by which it is released")]
HoldBasis = Annotated[T, meaning("依据代码", "court, petition_review, investigation, audit, archive_law, other")]
HoldUntil = Annotated[T, meaning("截止日期", "first day on which it no longer holds")]
ReleaseReason = Annotated[T, meaning("理由代码", "settled, placed_in_error, other")]
KeepingDays = Annotated[T, meaning("保存天数", "calendar days")]
CountedFrom = Annotated[T, meaning("起算", "closed or archived")]
KeptCategory = Annotated[T, meaning("类别", "category code; '' for every category")]
KeptLevel = Annotated[T, meaning("知悉范围", "public, internal, confidential, secret; '' for every level")]
Rules = Annotated[
    T,
    meaning("规则", "{days, counted_from, category, level}; the most specific holds; without one a case is kept"),
]
Document = Annotated[T, meaning("文号", "number of the document that ordered it")]
ReadingDay = Annotated[T, meaning("日期", "county-local day of the readings, which is over")]
Readings = Annotated[T, meaning("查阅次数", "readings of the day")]
ChainEnd = Annotated[T, meaning("摘要", "end of the hash chain over the day's rows")]

# of the roster
OfficialName = Annotated[T, meaning("名称", "official name")]
CategoryLabel = Annotated[T, meaning("名称", "as shown")]
AreaLevel = Annotated[T, meaning("级别", "county, township, village, group, other")]
UnitLevel = Annotated[T, meaning("级别", "county, township, village, other")]
ParentArea = Annotated[T, meaning("上级区域", "area code; '' at the top")]
ParentUnit = Annotated[T, meaning("上级单位", "unit code; '' at the top")]
ParentCategory = Annotated[T, meaning("上级类别", "category code; '' at the top")]
HomeArea = Annotated[T, meaning("所在区域", "home area code")]
From = Annotated[T, meaning("生效日期", "first day on which this holds; '' in a command is today")]
Until = Annotated[T, meaning("失效日期", "first day on which it no longer holds; '' when open")]
EndsFrom = Annotated[T, meaning("失效日期", "first day on which it no longer holds; '' in a command is today")]
SuccessorArea = Annotated[T, meaning("并入区域", "area that takes its place from `until` on; '' when none does")]
SuccessorUnit = Annotated[T, meaning("并入单位", "unit that takes its place from `until` on; '' when none does")]
UnitKind = Annotated[
    T,
    meaning(
        "单位类型",
        "office (办公室), station (站所), service_centre (便民服务中心), department (部门), committee (村委会),"
        " service_point (驿站), contact_point (直接联系点), report_point (工作直报点), other",
    ),
]
Post = Annotated[T, meaning("职务", "code of the post")]
PostRoles = Annotated[T, meaning("角色", "roles they may act in for that unit")]
Also = Annotated[T, meaning("兼任职务", "other posts held at the same time: [{unit, post, roles}]")]
ReportsAs = Annotated[
    T,
    meaning(
        "上报人身份", "courier, grid_worker, opinion_collector, volunteer, contact_point, report_point; '' for none"
    ),
]
CadrePerson = Annotated[T, meaning("姓名", "{full_name, phone, identity_number}; left out when it has not changed")]
Topics = Annotated[T, meaning("主题", "codes to choose from")]
DueDays = Annotated[T, meaning("办理天数", "calendar days from dispatch; 0 for the policy's default")]
EvidenceRequired = Annotated[T, meaning("须有佐证", "a resolution needs an attachment")]
Results = Annotated[T, meaning("结果代码", "result code → outcome (solved, explained, not_solved)")]
Responsibility = Annotated[T, meaning("责任编号", "`responsibility/<uuid>`, made by the client")]
ResponsibleCadre = Annotated[T, meaning("责任干部", "`cadre/<id>`")]
ResponsibleArea = Annotated[T, meaning("责任区域", "area code, a village group as a rule")]
Duty = Annotated[T, meaning("责任", "contract (包保), grid (网格员), co (协办), link (挂联)")]
EndReason = Annotated[T, meaning("理由代码", "moved, retired, suspended, redrawn, other")]
OwnTownship = Annotated[T, meaning("所属乡镇", "township in which it lies on the first day; '' when none")]
