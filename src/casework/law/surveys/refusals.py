"""Sentences in Chinese and English for each refusal of the law of surveys."""

from __future__ import annotations

from casework.law.context import Refused
from casework.text import Refusals

refused = Refusals(
    Refused,
    """
answered-already  已有 {answers} 份答卷，题目{question}及其题型和选项不能删改：可以新增题目或选项，或另行【发起需求调查】。
    {answers} have answered: question {question} keeps its kind and its choices. Add questions or choices, or open another survey (open-survey).
choices-missing  题目{question}的题型是“{kind}”，应至少有一个选项：请修改题型或选项。
    Question {question} is of kind {kind}, which needs choices: change the kind or the choices.
does-not-fit  题目“{question}”的题型是“{kind}”，所填为 {choices} 个选项、数值 {number}：请按题型填写。
    Question {question} is of kind {kind}, and is answered by {choices} choices and the number {number}: answer as its kind asks.
ends-before-start  截止日期 {ends} 早于开始日期 {starts}：请核对日期。
    The survey would end on {ends}, before it starts on {starts}: check the dates.
given-twice  代码{code}重复：请换用另一代码。
    The code {code} stands there twice ({what}): give one another code.
need-raised-already  {respondent} 在题目{question}提出的需求已经转为办件 {case}：请办理该办件，另有需求的请写明另一题目。
    What {respondent} needs by question {question} is case {case} already: act on that, or name another question for another need.
no-choices-here  题目{question}的题型是“{kind}”，不应有选项：请修改题型或选项。
    Question {question} is of kind {kind}, which has no choices: change the kind or the choices.
no-such-answer  调查“{title}”没有 {respondent} 的答卷：请先【录入答卷】。
    The survey “{title}” has no answer of {respondent}: record it first (record-survey-answer).
no-such-survey  没有需求调查 {stream}：请先【发起需求调查】。
    There is no survey {stream}: open it first (open-survey).
not-your-unit  这项调查由{units}开展，您所在的单位是{own_unit}：须由开展单位的人员办理。
    The survey is run by {units}, and you act for {own_unit}: somebody of these units must do this.
outside-the-period  答卷日期为 {on}，调查自 {starts} 起、至 {ends} 止：请核对日期，或先【修订问卷】延长期限。
    The answer is of {on}, and the survey runs from {starts} to {ends}: check the date, or extend the survey first (revise-survey).
respondent-answered  {respondent} 已经答过调查“{title}”：每人只答一次。
    {respondent} has answered the survey “{title}”: each answers once.
respondent-missing  缺少受访人代号：请填写 resident/ 加随机十六进制数。
    The respondent is missing: give resident/ and random hexadecimal digits.
survey-closed  调查“{title}”已经结束：请另行【发起需求调查】。
    The survey “{title}” is closed: open another one (open-survey).
survey-exists  调查 {survey} 已经发起（“{title}”）：请换用新的标识。
    {survey} is open already (“{title}”): use another id.
unknown-choice  题目“{question}”没有选项{code}：请从{choices}中选择。
    Question {question} offers no {code}: use {choices}.
unknown-question  调查“{title}”没有题目{code}：请从{choices}中选择。
    The survey “{title}” asks no {code}: use {choices}.
words-missing  题目“{question}”要用文字回答：请在文字作答中填写，或不列此题。
    Question {question} is answered in words: give them in texts, or leave it out.
""",
)
