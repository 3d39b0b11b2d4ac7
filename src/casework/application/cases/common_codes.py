"""Chinese names of codes no roster declares: channels, duties, shipped topics.

A county may use others; those are shown as they are.
"""

from __future__ import annotations

CHANNELS: dict[str, str] = {
    "counter": "窗口",
    "visit": "入户走访",
    "hotline": "热线",
    "phone": "电话",
    "courier": "随手拍",
    "collector": "民意收集",
    "page": "网页",
    "box": "意见箱",
    "letter": "来信",
    "meeting": "院坝会",
    "patrol": "巡查",
    "plan": "年度计划",
    "open311": "Open311",
}
#: how a cadre answers for a place
DUTIES: dict[str, str] = {"contract": "包保", "grid": "网格", "co": "协办", "link": "挂联"}
TOPICS: dict[str, str] = {
    "supply": "供水",
    "pipe": "管道",
    "quality": "水质",
    "irrigation": "灌溉",
    "surface": "路面",
    "lighting": "路灯",
    "drainage": "排水",
    "landslide": "塌方滑坡",
    "leak": "漏雨渗水",
    "danger": "危房",
    "renovation": "改造",
    "outage": "停电",
    "voltage": "电压",
    "line": "线路",
    "seedling": "种苗",
    "pest": "病虫害",
    "sales": "销路",
    "machinery": "农机",
    "allowance": "低保救助",
    "disability": "残疾人",
    "elderly": "老年人",
    "reimbursement": "报销",
    "enrolment": "参保登记",
    "remote": "异地就医",
    "subsidy": "资助",
    "bus": "班车",
    "boarding": "寄宿",
    "jobs": "就业岗位",
    "training": "培训",
    "wages": "欠薪",
    "garbage": "垃圾",
    "sewage": "污水",
    "noise": "噪声",
    "boundary": "地界",
    "neighbours": "邻里",
    "contract": "合同",
    "slope": "边坡",
    "fire": "消防",
    "wiring": "用电",
    "crossing": "路口",
    "land": "土地",
    "insurance": "保险",
    "household": "户籍",
}
