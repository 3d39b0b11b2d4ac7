"""Sentences in Chinese and English for each refusal of the law of cases."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
already-leads  {leads}是本案主办，不能同时协办：请从协办中去掉。
    {leads} leads this case and cannot co-handle it too: leave it out.
already-leads/added  {leads}已是办件 {case} 的主办，不能同时协办：请另选单位或干部。
    {leads} leads case {case} and cannot co-handle it too: name another unit or cadre.
already-supervised  办件 {case} 已在督办：请先【督办销号】，或者【催办】。
    Case {case} is under supervision already: close that first, or send a reminder.
area-merged  区域{code}已撤并，现为{successor}：请改用{successor}。
    area {code} is no more: {successor} has taken its place; use that one.
backdated-too-far  所报发生日期为 {occurred_on}，最早可以补录到 {earliest}（{days} 天内）：请按今天的日期录入，并在文字中写明实际时间。
    It is said to have happened on {occurred_on}; acts can be entered back to {earliest} ({days} days). Enter it with today's date and say in words when it was.
beyond-the-calendar  “{text}”超出日历范围：请填写真实的时间。
    “{text}” lies at the end of the calendar: say when it is.
callback-missing  办件 {case} 第 {round} 轮还没有回访到群众（已试 {unreached} 次，满 {allowed} 次方可直接办结）：请【回访】，或写明理由免予回访。
    Nobody was reached about case {case} in round {round}: {unreached} of {allowed} attempts. Call the resident (record-callback), or waive it with a reason.
caller-of-the-unit  办件 {case} 由{units}承办，您属于承办单位：须由其他单位的人员回访。
    Case {case} was handled by {units}, and you act for it: somebody of another unit must call.
case-exists  这个办件已经登记，编号 {case}：请换用新的办件标识。
    {command}: this case exists already as {case}; use another case id.
category-missing  办件 {case} 未定类别：请指定类别后再受理。
    Case {case} has no category: name one to accept it.
clock-runs  办件 {case} 正在计时：无须恢复。
    The clock of case {case} runs: there is nothing to resume.
clock-stopped  办件 {case} 自 {since} 起暂停计时：请先【恢复计时】。
    The clock of case {case} stands still since {since}: resume it first (resume-clock).
clock-stopped/due  办件 {case} 自 {since} 起暂停计时：请等计时恢复。
    The clock of case {case} stands still since {since}: wait.
correction-superseded  修订号 {cited} 已不再决定修订号 {original} 的{member}，现由修订号 {deciding} 决定：请更正修订号 {deciding}，或更正修订号 {original} 本身。
    Revision {cited} no longer decides {member} of revision {original}: revision {deciding} does. Correct that one, or revision {original} itself.
due-already-past  办理期限 {due_on} 早于 {happened_on}：请改填更晚的日期。
    The due date {due_on} lies before {happened_on}: state a later one.
due-passed  办件 {case} 的办理期限是 {due}，现在是 {now}，已经超期：延期须在到期前申请，请抓紧办理并报告督办领导。
    Case {case} was due at {due}, and now is {now}: more time must be asked for before; handle it, and let the supervisor know.
due-too-far  办理期限 {due_on} 晚于 {latest}，已在百年之后：请改填更早的日期。
    The due date {due_on} lies after {latest}, a hundred years on: state an earlier one.
evidence-missing  类别{category}要求附佐证，本次提交和第 {round} 轮的办理记录都没有：请上传照片或记录。
    Category {category} needs evidence, and neither this nor any action of round {round} has any: attach a photo or a record.
evidence-missing/on-the-spot  类别{category}要求附佐证，现在一件也没有：请上传照片或记录。
    Category {category} needs evidence, and none is attached: attach a photo or a record.
extension-pending  办件 {case} 有 {asker} 的延期申请待审：请先答复该申请。
    A request (extension) of {asker} waits for an answer in case {case}: have it answered first.
extension-too-long  申请延到 {due_on}，一次最多延到 {latest}（{days} 天）：请缩短延期，或请“督办领导”办理【挂账】。
    {due_on} is asked for, and one extension may reach to {latest} ({days} days): ask for less, or ask the supervisor to park the case.
extensions-used-up  办件 {case} 第 {round} 轮已延期 {extensions} 次，最多可延 {allowed} 次：请抓紧办理，或请“督办领导”办理【挂账】。
    Case {case} was extended {extensions} times in round {round}, and {allowed} are allowed: handle it, or ask the supervisor to park it.
in-the-future  所报发生时间为 {occurred}，现在是 {now}，最多可以超前 {minutes} 分钟：请校准设备的时钟。
    It is said to have happened at {occurred}, and now is {now}; at most {minutes} minutes ahead are allowed. Check the clock of the device.
in-the-future/day  所报发生日期为 {occurred_on}，今天是 {today}：请核对日期。
    It is said to have happened on {occurred_on}, and today is {today}. Check the date.
lead-missing  没有指定办件 {case} 的主办干部：请指定{unit}的一名干部。
    Nobody is named to lead case {case}: name a cadre of {unit}.
ledger-row-changed  台账行 {external_ref} 已登记为办件 {case}，当时的摘要是{before}，现在是{now}，内容已变：请核对差异，属实的作为更正录入。
    Row {external_ref} is on record as case {case} with digest {before}, now reads {now}: look at the difference, and enter it as corrections if it is right.
merged-into-itself  {case} 不能并入自己：请指定继续办理的办件。
    {case} cannot be merged into itself: name the case that goes on.
milestone-missing  节点没有名称：请填写代码，如“road_paved”。
    The milestone has no name: give it a slug, such as road_paved.
milestone-planned-already  办件 {case} 的节点{milestone}计划于 {planned} 完成，不是 {planned_on}：请用【更正】修改原计划，或另设节点。
    Milestone {milestone} of case {case} is planned for {planned}, not for {planned_on}: correct that entry (correct-record), or plan another milestone.
no-action-logged  办件 {case} 第 {round} 轮没有办理记录：请先录入【办理记录】。
    Nothing was done for case {case} in round {round}: log an action first (log-action).
no-difference  修订号 {original} 的{member}已是{same}：无须更正。
    {member} of revision {original} is {same} already: there is nothing to correct.
no-due  办件 {case} 没有办理期限：无须延期。
    Case {case} has no due date: there is nothing to extend.
no-extension-pending  办件 {case} 没有待审的延期申请（待审事项：{waiting}）：须先提出{asks}。
    No extension is asked for in case {case}: what waits for an answer is {waiting}. It must be asked for first ({asks}).
no-return-pending  办件 {case} 没有待审的退单申请（待审事项：{waiting}）：须先提出{asks}。
    No return is asked for in case {case}: what waits for an answer is {waiting}. It must be asked for first ({asks}).
no-such-case  还没有这个办件，不能办理{command}：请先【登记】。
    {command}: there is no such case yet; register it first.
no-such-case/follows  没有办件 {follows}：请指定一个已归档的办件。
    There is no case {follows}: name an archived one.
no-such-case/into  没有办件 {into}：请指定继续办理的办件。
    There is no case {into}: name the case that goes on.
no-such-data-request  办件 {case} 没有待答复的“{asked}”请求，待答复的有{waiting}：请核对事项。
    Case {case} has no open request for {asked}; open are {waiting}: look at the case again.
no-such-revision  {stream} 的修订号为 0 至 {last}，所引为 {rev}：请引用其中之一。
    {stream} has revisions 0 to {last}, and {rev} is cited: cite one of these.
no-transfer-pending  办件 {case} 没有待审的转办申请（待审事项：{waiting}）：须先提出{asks}。
    No transfer is asked for in case {case}: what waits for an answer is {waiting}. It must be asked for first ({asks}).
no-unit-yet  办件 {case} 还没有派过单，不能交原单位重办：请选择重新派单（dispatch）。
    Case {case} was with no unit: reopen it to dispatch.
nobody-reached  未联系上群众，却填了是否解决（{solved}）和满意度（{satisfaction}）：请删去这两项，或注明已联系上群众。
    Nobody was reached, and yet solved is {solved} and satisfaction {satisfaction}: leave both out, or say that the resident was reached.
nobody-reached/correction  该次回访未联系上群众，{member}不能为 {value}：请填 0。
    Nobody was reached by that call, so that {member} cannot be {value}: give 0.
nobody-to-call  办件 {case} 是匿名诉求，无人可回访：请派单员或督办领导以“匿名”为由免予回访（waiver=anonymous）；反映人仍可凭回执说明是否解决。
    Nobody knows who asked in case {case}, so there is nobody to call: a dispatcher or supervisor waives the callback (waiver=anonymous); whoever asked can still say by receipt whether it is solved.
not-a-code  “{value}”不是代码，{member}只能用小写字母、数字和下划线：文字请写入说明项。
    “{value}” is no code: {member} holds a-z, 0-9 and _ only; words belong into explanation.
not-a-date  “{text}”不是有效日期：请按“2026-03-01”的格式填写。
    “{text}” is no date; write it as 2026-03-01.
not-a-ledger-entry  修订号 {original} 是{entry}，“导入员”只能更正台账所载的内容：请联系“督办领导”。
    Revision {original} is {entry}, and an importer corrects only what a ledger stated: ask a supervisor.
not-a-matter  填写了计划受益人数 {planned_beneficiaries}，而种类是{kind}：只有“民生实事”才有计划受益人数，请删去此项，或改按民生实事登记。
    {planned_beneficiaries} beneficiaries are planned, and kind is {kind}: only a matter is planned for people; leave them out, or register a matter.
not-a-matter/milestone  办件 {case} 属于{kind}，只有“民生实事”分节点推进：请录入【办理记录】。
    Case {case} is a {kind}, and only a matter has steps: log an action.
not-an-instant  “{text}”不是有效时刻：请按世界时填写，如“2026-03-01T08:00:00.000Z”。
    “{text}” is no instant; write it in UTC as 2026-03-01T08:00:00.000Z.
not-archived  {follows} 现在是{status}，只有“已归档”的办件才接着登记新办件：请【重办】或直接办理原办件。
    {follows} is {status}: only an archived case is continued in a new one; reopen it, or act on it, instead.
not-as-submitted  办件 {case} 提交并审核通过的结果为{submitted}，现要按{outcome}办结：请按{submitted}或“未解决”办结，或者【重办】。
    Case {case} was submitted and approved as {submitted}, and {outcome} is asked for: close it as {submitted} or not_solved, or reopen it.
not-correctable  修订号 {original}（{entry}）的{member}不能更正：可以更正的项有{members}。
    {member} of {entry} (revision {original}) may not be corrected: {members} may.
not-held-then  所报办结时间为 {then}，当时办件 {case} 第 {round} 轮尚未交由{unit}办理：请填写实际办结的时间。
    It is said to have been done at {then}, when case {case} was not yet with {unit} in round {round}: say when it was really done.
not-in-this-state  不能办理{command}：办件 {case} 现在是{status}，须为{states}；现在可以办理的有{now}。
    {command} is not possible: case {case} is {status}, and it would have to be {states}. Possible now: {now}.
not-later  办件 {case} 的办理期限是 {due}，申请延到的时间是 {asked}：请填写更晚的时间。
    Case {case} is due at {due}, and {asked} is asked for: ask for a later time.
not-merged-there  办件 {case} 并入的是 {merged_into}，不是 {out_of}：请改填前者。
    Case {case} is merged into {merged_into}, not into {out_of}: name that one.
not-of-that-unit  {code} 在 {today} 属于{own_unit}，不属于{other}：请指定{other}的干部，或者先不指定。
    {code} is of unit {own_unit}, not of {other}, on {today}: name somebody of {other}, or leave it open.
not-supervised  办件 {case} 没有在督办：须先由“督办领导”发起【督办】。
    Case {case} is not under supervision: a supervisor opens it first (open-supervision).
not-that-due  办件 {case} 的办理期限是 {due}，不是 {asked}：请按现行期限重新提出。
    Case {case} is due at {due}, not at {asked}: ask again with that.
not-the-lead  办件 {case} 由 {lead} 主办，不是 {actor}：请由主办干部办理、代主办干部录入，或由单位负责人改派。
    Case {case} is led by {lead}, not by {actor}; let the lead do it, enter it for the lead, or have the unit's head assign it anew.
not-the-next-level  办件 {case} 现在是第 {level} 级，要求升到第 {asked} 级：请逐级升级。
    Case {case} stands at level {level}, and level {asked} is asked for: ask for the next.
not-the-unit-asked  办件 {case} 拟转给{to_unit}，您所在的单位是{own_unit}：须由拟转单位的人员或“派单员”答复。
    Unit {to_unit} is asked to take case {case}, and you act for {own_unit}: somebody of {to_unit}, or a dispatcher, must answer.
not-yet-due  办件 {case} 的办理期限是 {due}，现在是 {now}：请等到期限届满。
    Case {case} is due at {due}, and now is {now}: wait.
not-your-request  办件 {case} {asker}，您是 {actor}，不是本人诉求：请凭回执办理，或请工作人员按本人意愿代办。
    Case {case} {asker}, and you are {actor}: come with its receipt, or have an office do it on the word of who asked.
not-your-request/register  您是 {own_unit}，却为 {resident} 登记：群众只能登记本人的诉求。
    You are {own_unit} and register for {resident}: residents ask for themselves.
not-your-unit  办件 {case} 由{unit}主办，您所在的单位是{own_unit}：须由主办单位的人员办理。
    Case {case} is led by unit {unit}, and you act for {own_unit}: somebody of {unit} must do this.
not-your-unit/handles  办件 {case} 由{units}承办，您所在的单位是{own_unit}：须由承办单位的人员办理。
    Case {case} is handled by {units}, and you act for {own_unit}: somebody of these units must do this.
nothing-added  没有填写补充内容：请写明要补充的情况，或附上照片。
    Nothing is added: say in words what there is to add, or attach a photo.
nothing-to-correct  要更正个人信息，却没有说明哪里有误：请写明错在哪里、应是什么。
    A correction is asked for, and nothing says of what: say what is wrong, and what is right.
others-merged-into-it  {absorbed} 已并入办件 {case}：请先逐件【拆单】。
    {absorbed} went on in case {case}: take them out first (unmerge-case).
out-of-range  {member}不能为 {value}：请填 0 至 {most} 的整数。
    {member} cannot be {value}: give a number from 0 to {most}.
outside-own-area  地点{area}属于{township}，您的单位{unit}在{home}，不是本辖区：请改用【登记】，以便派单。
    Area {area} lies in {township}, and your unit {unit} in {home}: register it instead, so that it can be dispatched.
override-by-supervisor  您填写了否决群众意见的理由{reason}，而您的身份是{own_role}：只有“督办领导”可以否决。
    {reason} is given to override the resident's word, and you act as {own_role}: only a supervisor may.
own-case  {actors} 主办过办件 {case} 或提交过办结，不得{what}：须由他人办理。
    {actors} led case {case} or submitted it as done, and may not {what}: somebody else must.
own-request  {actor} 不得审批 {asker} 的{what}（录入人 {entered_by}）：本人事项须由他人审批。
    {actor} may not decide on the {what} of {asker} (entered by {entered_by}): somebody else must.
place-missing  缺少地点：请选择区域，或填写地址。
    Neither a place nor an address is given: name the area, or give the address.
receipt-by-the-unit  办件 {case} 由{units}承办，您属于承办单位：须由其他单位的人员补发回执。
    Case {case} was handled by {units}, and you act for it: somebody of another unit must issue the receipt.
receipt-of-the-unit  办件 {case} 的回执由承办单位{unit}开出，不能凭它确认已解决或评价：将由其他单位的人员电话回访；如未解决，请如实选择“未解决”。
    The receipt of case {case} was issued by {unit}, which handles it, and cannot confirm or rate: somebody of another unit will call; if it is not solved, say so here.
registered-in-error  办件 {case} 已作为登记有误办结，不能重办：请重新【登记】。
    Case {case} was registered in error and is not reopened: register it anew.
reopen-window-over  办件 {case} 可以重办到 {ends_on} 为止，今天是 {today}，已过重办期限：请登记新办件，或由“督办领导”写明理由后重办。
    Case {case} could be reopened until {ends_on}, and it is {today}: register a new case, or have a supervisor reopen it with an override reason.
reply-due-past  反馈期限 {reply_due_on} 早于 {happened_on}：请改填更晚的日期。
    The reply is due on {reply_due_on}, before {happened_on}: set a later date.
resident-says-not-solved  群众在第 {round} 轮回访中说办件 {case} 没有解决，而提交的结果是“已解决”：请【重办】，或按“未解决”办结，或由“督办领导”写明理由否决群众意见。
    The resident said in round {round} that case {case} is not solved, and it was submitted as solved: reopen it, close it as not_solved, or have a supervisor override it.
return-pending  办件 {case} 有 {asker} 的退单申请待审：请先答复该申请。
    A request (return) of {asker} waits for an answer in case {case}: have it answered first.
return-refused-for-good  办件 {case} 第 {round} 轮的退单申请已被终审驳回：请继续办理，或提出【转办申请】。
    A return of case {case} was refused for good in round {round}: handle it, or ask another unit to take it (request-transfer).
return-window-over  办件 {case} 最迟在 {until} 申请退单（派单后 {hours} 小时内），现在是 {now}：请继续办理，或提出【转办申请】。
    Case {case} could be returned until {until}, {hours} hours from dispatch, and now is {now}: handle it, or ask another unit to take it (request-transfer).
returns-used-up  办件 {case} 第 {round} 轮已退单 {returned} 次，最多可退 {allowed} 次：请继续办理，或提出【转办申请】。
    Case {case} was returned {returned} times in round {round}, and {allowed} are allowed: handle it, or ask another unit to take it (request-transfer).
review-out-of-range  复核日期定在 {review_on}，今天是 {today}，最迟为 {latest}（{days} 天内）：请在两者之间选择日期。
    The review is set for {review_on}; today is {today}, and it must come by {latest} ({days} days): choose a date between.
role-not-allowed  {command}不能以{own_role}的身份办理：请由{roles}办理。
    {command} is not for {own_role}; ask one who acts as {roles}.
same-unit  {to_unit}已是办件 {case} 的主办单位：请选择其他单位。
    Unit {to_unit} leads case {case} already: name another unit.
sample-of-a-difficulty  办件 {case} 属于{kind}，只有“民生实事”可以抽样回访：请回访群众，或另选免予回访的理由。
    Case {case} is a {kind}, and only a matter is called back about by sample: call the resident, or give another reason.
still-reopenable  办件 {case} 到 {ends_on} 为止仍可重办，今天是 {today}：请到期后再归档。
    Case {case} may be reopened until {ends_on}, and today is {today}: wait until then.
target-archived  {out_of} 现在是{status}，不能再从中拆单：请登记新办件，并注明接续该案。
    {out_of} is {status}: nothing is taken out of it any more; register a new case that follows it.
target-not-open  {into} 现在是{status}，只能并入未办结的办件：请先重办该案。
    {into} is {status}: a case is merged into an open one; reopen that first.
target-not-open/merged  {into} 现在是{status}，只能并入未办结的办件：它已并入 {other}，请改并入该案。
    {into} is {status}: a case is merged into an open one; it goes on in {other}, name that.
transfer-pending  办件 {case} 有 {asker} 的转办申请待审：请先答复该申请。
    A request (transfer) of {asker} waits for an answer in case {case}: have it answered first.
under-supervision  办件 {case} 正在督办，不能归档：请督办领导先【督办销号】。
    Case {case} is under supervision: the supervisor closes that first (close-supervision).
unit-merged  单位{code}已撤并，现为{successor}：请改用{successor}。
    unit {code} is no more: {successor} has taken its place; use that one.
unit-missing  没有指定单位，办件 {case} 的地点{area}也没有责任人：请指定主办单位。
    No unit is named, and nobody answers for {area} of case {case}: name the unit.
unknown-action  没有{action}这种办理方式：请从{choices}中选择。
    {action} is no kind of action: use {choices}.
unknown-area/today  {today} 没有登记区域{code}{hint}：请改用已登记的，或先行登记。
    No area {code} is declared for {today}.{hint} Use a declared one, or declare it first.
unknown-cadre/today  {today} 没有登记干部{code}{hint}：请改用已登记的，或先行登记。
    No cadre {code} is declared for {today}.{hint} Use a declared one, or declare it first.
unknown-category/today  {today} 没有登记类别{code}{hint}：请改用已登记的，或先行登记。
    No category {code} is declared for {today}.{hint} Use a declared one, or declare it first.
unknown-code  {value}不是{of}的可用代码：请从{choices}中选择。
    {value} is no {of}: use {choices}.
unknown-milestone  办件 {case} 没有计划节点{milestone}：{advice}先做【节点计划】。
    No milestone {milestone} is planned in case {case}: {advice}plan it first (plan-milestone).
unknown-result  {result}不是{of}可用的办理结果：请从{choices}中选择。
    {result} is no result of {of}: use one of {choices}.
unknown-topic  主题{topic}不在类别{of}的清单上：{advice}。
    Topic {topic} is not on the list of {of}: {advice}.
unknown-unit/today  {today} 没有登记单位{code}{hint}：请改用已登记的，或先行登记。
    No unit {code} is declared for {today}.{hint} Use a declared one, or declare it first.
value-missing  {member}原为{present}，不能改为空：请填写应有的值。
    {member} was {present} and cannot be blank: say what it should have been.
waiver-by-a-person  办件 {case} 不能由“时钟”免予回访：须由“派单员”决定。
    The clock waives nothing in case {case}: a dispatcher must.
wrong-type  {of}应填{wanted}，所填“{value}”是{given}：请改填。
    {of} is {wanted}, and “{value}” is {given}: give the former.
""",
)
