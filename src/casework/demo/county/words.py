"""Invented sentences that the simulated people write."""

from __future__ import annotations

from random import Random

#: topic → what is asked; {place} is a village, {n} a small number
_ASKED: dict[str, tuple[str, ...]] = {
    "supply": ("{place}{n}组自来水停水{n}天", "{place}高处农户水压不足，早晚无水", "{place}人饮蓄水池见底，请求送水"),
    "pipe": ("{place}入村主管破裂漏水", "{place}{n}组水管被挖断"),
    "quality": ("{place}自来水浑浊有异味", "{place}水源点需要检测水质"),
    "irrigation": ("{place}{n}组沟渠堵塞，秧田缺水", "{place}抽水机损坏，{n}0亩田无法灌溉"),
    "surface": ("{place}通组路坑洼，车辆难行", "{place}至{n}组路面塌陷约{n}米", "{place}桥面破损，雨天积水"),
    "lighting": ("{place}路灯{n}盏不亮", "{place}村口请求安装路灯"),
    "drainage": ("{place}路边沟淤积，雨水进户", "{place}{n}组涵洞堵塞"),
    "landslide": ("{place}公路塌方，土石阻断通行", "{place}{n}组后山滑坡，道路半幅中断"),
    "leak": ("{place}安居房屋面漏雨", "{place}{n}组老屋雨季渗水"),
    "danger": ("{place}土坯房墙体开裂，请求鉴定", "{place}{n}组危房需搬离"),
    "renovation": ("{place}咨询农房改造补助", "{place}厕所改造未完工"),
    "outage": ("{place}{n}组停电超过{n}小时", "{place}变压器跳闸频繁"),
    "voltage": ("{place}电压低，机器带不动",),
    "line": ("{place}电线老化低垂", "{place}电杆倾斜，请求更换"),
    "seedling": ("{place}请求协调优质茶苗{n}千株", "{place}咨询甘蔗良种补贴"),
    "pest": ("{place}玉米草地贪夜蛾成灾", "{place}{n}组橡胶树病害"),
    "sales": ("{place}茶叶滞销，请求联系收购", "{place}{n}户冬早蔬菜找不到销路"),
    "machinery": ("{place}农机补贴未到账", "{place}请求调配收割机"),
    "allowance": ("{place}申请最低生活保障", "{place}{n}组临时救助申请"),
    "disability": ("{place}残疾人补贴停发", "{place}请求配发轮椅"),
    "elderly": ("{place}高龄津贴咨询", "{place}独居老人无人照料"),
    "reimbursement": ("{place}住院费用报销未办结", "{place}门诊慢性病待遇认定"),
    "enrolment": ("{place}{n}人参保缴费失败", "{place}新生儿参保登记"),
    "remote": ("{place}异地就医备案不成功",),
    "subsidy": ("{place}学生资助未发放", "{place}{n}名学生营养餐反映"),
    "bus": ("{place}学生上学路远，请求开通班车",),
    "boarding": ("{place}寄宿学生床位不足",),
    "jobs": ("{place}{n}人想外出务工，请求介绍岗位", "{place}公益性岗位申请"),
    "training": ("{place}请求举办砌筑技能培训", "{place}{n}人报名茶叶加工培训"),
    "wages": ("{place}{n}名工人反映被拖欠工资", "{place}工地拖欠{n}个月工钱"),
    "garbage": ("{place}垃圾堆放点{n}天未清运", "{place}河边有人倾倒垃圾"),
    "sewage": ("{place}污水直排入沟", "{place}化粪池满溢"),
    "noise": ("{place}夜间加工噪声扰民",),
    "boundary": ("{place}{n}组林地界线争议", "{place}两户田埂纠纷"),
    "neighbours": ("{place}邻里通道纠纷", "{place}{n}组宅基地排水纠纷"),
    "contract": ("{place}土地租金未按约支付", "{place}茶园承包合同纠纷"),
    "slope": ("{place}屋后边坡有裂缝", "{place}{n}组挡墙变形"),
    "fire": ("{place}柴房堆放易燃物", "{place}村内消防栓无水"),
    "wiring": ("{place}私拉电线存在隐患", "{place}{n}组电表箱敞开"),
    "crossing": ("{place}路口无警示标志", "{place}学校门前缺减速带"),
    "land": ("{place}咨询土地承包延包政策", "{place}咨询宅基地审批"),
    "insurance": ("{place}咨询农业保险理赔", "{place}咨询养老保险补缴"),
    "household": ("{place}咨询户口迁移", "{place}咨询分户办理"),
}
#: topic of a matter → what is planned
_PLANNED: dict[str, tuple[str, ...]] = {
    "supply": ("{place}人饮提升：新建蓄水池{n}口", "{place}引水管道改造{n}公里"),
    "irrigation": ("{place}灌溉沟渠修复{n}公里",),
    "surface": ("{place}通组公路硬化{n}公里", "{place}村内道路修补{n}00米"),
    "lighting": ("{place}安装太阳能路灯{n}0盏",),
    "drainage": ("{place}排水沟整治{n}00米",),
    "danger": ("{place}危房改造{n}户",),
    "renovation": ("{place}农村厕所改造{n}0户",),
    "voltage": ("{place}低压线路改造{n}公里",),
    "seedling": ("{place}发放茶苗{n}千株",),
    "machinery": ("{place}建设烘干加工点{n}处",),
    "elderly": ("{place}建设老年幸福食堂{n}处",),
    "training": ("{place}开展技能培训{n}期",),
    "garbage": ("{place}建设垃圾收集点{n}处",),
    "slope": ("{place}边坡治理{n}处",),
    "boarding": ("{place}学校宿舍修缮{n}间",),
}
_DONE: dict[str, tuple[str, ...]] = {
    "visit": ("到户查看，情况属实", "与村组干部一同到现场核实", "上门说明办理安排"),
    "phone_call": ("电话了解情况并告知进度", "电话联系，约定上门时间"),
    "mediation": ("组织双方到场调解，达成一致意见", "第{n}次调解，双方同意继续协商"),
    "repair": ("组织{n}人抢修，当日恢复", "更换配件{n}件，试运行正常"),
    "coordination": ("协调相关站所到场会商", "协调施工队进场"),
    "material": ("发放物资{n}批", "送去应急用水{n}车"),
    "hearing": ("召开村民小组会听取意见",),
    "photo": ("现场拍照留存",),
    "other": ("按程序办理",),
}
_ANSWERS = (
    "已处理完毕，已向群众反馈",
    "问题已解决，现场核验正常",
    "已按政策办理到位，群众表示认可",
    "已修复并安排专人巡查",
)
_EXPLAINED = ("已说明政策依据，群众表示理解", "不符合申请条件，已解释清楚", "已列入明年计划，向群众作了说明")
_CALLED = ("群众表示满意", "反映已处理好", "希望今后巡查勤一些", "通话正常，无其他诉求")
_UNSOLVED = ("群众称只处理了一半，又出现同样问题", "群众反映问题仍未解决")
_REQUESTS = {
    "return": ("该事项不属本站职责，请重新派单", "地点有误，需另派单位"),
    "transfer": ("涉及主管部门权限，申请转办", "需专业力量处置，申请转办"),
    "extension": ("连日降雨无法施工，申请延期", "材料未到，申请延期", "需与相邻村组协调，申请延期"),
    "park": ("需列入年度资金计划，暂时挂账", "权属未定，待确权后办理", "待旱季施工"),
    "supervise": ("请于期限内反馈进展", "群众多次反映，请尽快办结"),
    "reply": ("已制定处置方案，本周内完成", "已落实责任人，正在处置"),
    "urge": ("请抓紧办理", "临近期限，请加快"),
    "refuse": ("请先到现场核实后再定", "仍应由贵单位办理"),
    "reject": ("该事项已进入诉讼程序，不再受理", "与已答复事项重复", "内容不清，无法核实"),
    "withdraw": ("群众称已自行解决", "群众不再需要"),
}
_STEPS = {"works": "工程施工", "materials": "材料到位", "survey": "现场勘测", "acceptance": "验收交付"}
_ACTIVITIES = ("入户走访，了解生产生活情况", "沿河巡查{n}处", "驿站值班，接待群众{n}人次", "宣讲政策，解答提问{n}个")


def _said(chance: Random, among: tuple[str, ...], place: str = "") -> str:
    text = among[int(chance.random() * len(among))]
    return text.format(place=place, n=1 + int(chance.random() * 8)) if "{" in text else text


def asked(chance: Random, topic: str, place: str) -> str:
    """The one-line summary of a request."""
    return _said(chance, _ASKED[topic], place)


def planned(chance: Random, place: str) -> tuple[str, str]:
    """A planned matter: its topic and its one-line summary."""
    topic = chance.choice(PLANNED_TOPICS)
    return topic, _said(chance, _PLANNED[topic], place)


def done(chance: Random, action: str) -> str:
    """The note of an action."""
    return _said(chance, _DONE[action])


def answer(chance: Random, solved: bool = True) -> str:
    """The answer to the resident."""
    return _said(chance, _ANSWERS if solved else _EXPLAINED)


def called(chance: Random, solved: bool = True) -> str:
    """The note of a callback."""
    return _said(chance, _CALLED if solved else _UNSOLVED)


def why(chance: Random, what: str) -> str:
    """The explanation of a request or a decision."""
    return _said(chance, _REQUESTS[what])


def step(milestone: str) -> str:
    """The title of a matter's milestone."""
    return _STEPS[milestone]


def activity(chance: Random) -> str:
    """The note of an activity."""
    return _said(chance, _ACTIVITIES)


TOPICS = frozenset(_ASKED)
PLANNED_TOPICS = tuple(_PLANNED)
