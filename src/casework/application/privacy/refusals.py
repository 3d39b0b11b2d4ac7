"""Sentences in Chinese and English for each refusal of privacy."""

from __future__ import annotations

from casework.application.runtime.problem import Problem
from casework.text import Refusals

refused = Refusals(
    Problem,
    """
another-log  删除清单属于另一本 {log} 账（第 0 条不同）
    the list of erasures is of another log {log}: its entry 0 is not the backup's
erasures-unusable/empty  {path} 不能作为删除清单：里面没有条目
    {path} is no list of erasures: there are no entries in it
erasures-unusable/line  {path} 不能作为删除清单：第 {number} 行不是条目
    {path} is no list of erasures: line {number} is no entry
erasures-unusable/missing  {path} 不能作为删除清单：文件不存在
    {path} is no list of erasures: there is no such file
mentions-undecided  还有 {count} 处他人文本或照片提及此人，须逐一决定保留（keep）或删除（erase）：{why}
    {count} texts or photos of others mention this person; decide on each, keep or erase: {why}
nobody-meant  请给出电话、证件号码或办件
    give a telephone or identity number, or cases
not-to-be-decided  {count} 个密钥编号不在待定文本之内，如 {unknown}：请重新查找
    {count} of the keys are of no text that mentions them, {unknown} first: find them again
nothing-held  没有找到此人的信息：号码未曾登记，或者已经删除；删除时号码的凭据一并销毁，二者无从分辨，请按办件编号再查，即知何时删除、记于第几条
    nothing is held on this person: the number was never given, or was erased and can no more be told from any other; ask by the number of a case to learn when, and at which position it is recorded
nothing-to-erase  没有可删除的内容
    there is nothing left to erase
unknown-basis  没有这个依据：{name}{hint}
    there is no basis {name!r}{hint}
""",
)
