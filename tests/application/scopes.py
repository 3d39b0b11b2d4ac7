"""A county of two townships, with cases each role may or may not see."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from casework.application.access.actor import Actor
from casework.application.access.visibility import outside, visibility_of
from casework.application.runtime.runtime import Runtime
from casework.law.cases.state import CaseState
from casework.law.kinds import fold
from casework.log import codec
from tests.stories.terminal import Terminal, founded

ROSTER = {
    "areas.csv": """area,label,level,parent
530828,云雀县,county,
pine,松果镇,township,530828
pine-1,松针村,village,pine
pine-2,松塔村,village,pine
reed,芦花乡,township,530828
reed-1,苇叶村,village,reed
""",
    "units.csv": """unit,label,parent,area,level
county-office,县政府办,,530828,county
county-hotline,县热线,,530828,county
pine-service,松果镇便民中心,,pine,township
pine-water,松果镇水管站,,pine,township
pine-village,松针村委会,,pine-1,village
reed-service,芦花乡便民中心,,reed,township
reed-water,芦花乡水管站,,reed,township
""",
    "cadres.csv": """cadre,name,unit,roles
owl,甲,pine-service,dispatcher
otter,乙,pine-water,unit_lead;cadre
newt,丙,pine-water,cadre
squirrel,丁,pine-village,cadre
heron,戊,reed-service,dispatcher
frog,己,reed-water,cadre;unit_lead
toad,庚,reed-water,cadre
swallow,辛,pine-village,reporter
cuckoo,壬,county-hotline,caller
eagle,癸,county-office,supervisor
magpie,子,county-office,auditor
mole,丑,county-office,privacy_officer
beaver,寅,county-office,administrator
stork,卯,pine-service,reviewer;supervisor
""",
    "categories.csv": """category,label,topics,due_days
water,饮水,supply;leak,15
road,道路,pothole,10
""",
}
ROLES = {
    "dispatcher": ("owl", "pine-service"),
    "unit_lead": ("otter", "pine-water"),
    "cadre": ("newt", "pine-water"),
    "reviewer": ("stork", "pine-service"),
    "supervisor": ("stork", "pine-service"),
    "county supervisor": ("eagle", "county-office"),
    "caller": ("cuckoo", "county-hotline"),
    "auditor": ("magpie", "county-office"),
    "privacy_officer": ("mole", "county-office"),
    "administrator": ("beaver", "county-office"),
    "village cadre": ("squirrel", "pine-village"),
    "reporter": ("swallow", "pine-village"),
}


def person(name: str, area: str = "") -> Actor:
    """The actor of the county with this name, in the role of that name."""
    cadre, unit = ROLES[name]
    return Actor(f"cadre/{cadre}", name.rsplit(maxsplit=1)[-1], unit, area)


def opened(terminal: Terminal) -> Terminal:
    """The county with its log open and its roster loaded."""
    return founded(terminal, "云雀县", ROSTER)


def populated(do: Callable[..., Any]) -> dict[str, str]:
    """One case for each kind of visibility: its description and its stream."""
    caller = ("cadre/cuckoo", "caller")
    cases: dict[str, str] = {}

    def register(name: str, area: str, level: str = "internal", by: tuple[str, str] = caller, **more: Any) -> str:
        answer = do(
            "register-case", *by, area=area, category="water", topic="leak", confidentiality=level,
            summary=f"MARKER {name}", **more,
        )  # fmt: skip
        cases[name] = answer.stream
        return answer.stream

    def dispatch(stream: str, by: str, unit: str, lead: str = "") -> None:
        do("accept-case", by, "dispatcher", case=stream)
        do("dispatch-case", by, "dispatcher", case=stream, unit=unit, **({"lead": lead} if lead else {}))

    register("pine, just registered", "pine-1")
    register("pine, second village", "pine-2")
    register("pine, public", "pine", "public")
    register("reed, just registered", "reed-1")
    register("county, no township", "530828")
    register("pine, brought by a reporter", "pine-2", by=("cadre/swallow", "reporter"))
    dispatch(register("pine, led by newt", "pine-1"), "cadre/owl", "pine-water", "cadre/newt")
    dispatch(register("reed, led by pine's water", "reed-1"), "cadre/heron", "pine-water", "cadre/otter")
    dispatch(register("reed, led by frog, newt helps", "reed-1"), "cadre/heron", "reed-water", "cadre/frog")
    do("add-co-handler", "cadre/frog", "cadre", case=cases["reed, led by frog, newt helps"], unit="pine-water",
       cadre="cadre/newt")  # fmt: skip
    dispatch(
        register("pine, confidential, otter's", "pine-1", "confidential"), "cadre/owl", "pine-water", "cadre/otter"
    )
    return cases


def folder_of(tmp_path: Path) -> Terminal:
    """A terminal of the county."""
    return Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}")


def check_sees(runtime: Runtime, log: str, who: Actor, stream: str) -> CaseState:
    """The case of STREAM, or a Problem where WHO may not open it."""
    state = _state(runtime, log, stream)
    if not visibility_of(runtime.county(log), who).sees(state):
        raise outside(who, "case", state)
    return state


def check_acts_on(runtime: Runtime, log: str, who: Actor, stream: str) -> None:
    """Refuse a command of WHO on a case that they neither see nor worked on; a case not yet there is nobody's."""
    if runtime.store.first(log, stream) is None:
        return
    state = _state(runtime, log, stream)
    if not visibility_of(runtime.county(log), who).may_act_on(state):
        raise outside(who, "case", state)


def _state(runtime: Runtime, log: str, stream: str) -> CaseState:
    return fold([codec.recorded(entry) for entry in runtime.store.read_stream(log, stream)])
