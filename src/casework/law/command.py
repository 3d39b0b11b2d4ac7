"""Base class of commands, and the types that their members share."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, Struct

from casework.law import members as m
from casework.text import Text, meaning

# `$` alone would let a trailing line feed through
CaseStream = m.Case[Annotated[str, Meta(pattern=r"^case/[0-9a-f-]{36}$(?!\n)", max_length=64)]]
OtherCase = Annotated[str, Meta(pattern=r"^(case/[0-9a-f-]{36})?$(?!\n)", max_length=64)]
ActivityStream = m.Activity[Annotated[str, Meta(pattern=r"^activity/[0-9a-f-]{36}$(?!\n)", max_length=64)]]
SurveyStream = m.Survey[Annotated[str, Meta(pattern=r"^survey/[0-9a-f-]{36}$(?!\n)", max_length=64)]]
FindingStream = m.Finding[Annotated[str, Meta(pattern=r"^finding/[0-9a-f-]{36}$(?!\n)", max_length=64)]]
Day = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]
Instant = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}(Z|[+-][0-9]{2}:[0-9]{2}))?$(?!\n)")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9_]*$(?!\n)", max_length=80)]
Code = Annotated[str, Meta(max_length=120)]
#: another system's id: no words and no spaces, since entries are kept forever
Reference = Annotated[str, Meta(pattern=r"^[!-~]*$(?!\n)", max_length=120)]
#: random, made for one case; a telephone or identity number is none
ResidentId = Annotated[str, Meta(pattern=r"^(resident/(?![0-9-]{9,20}$)[0-9a-f-]{2,64})?$(?!\n)")]
#: id of a key: it names nobody
Kid = Annotated[str, Meta(pattern=r"^[0-9a-f]{4,64}$(?!\n)")]
CadreId = Annotated[str, Meta(pattern=r"^(cadre/.+)?$(?!\n)", max_length=120)]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Words = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=400)]

Kind = Literal["matter", "difficulty"]
Urgency = m.Urgency[Literal["normal", "urgent", "emergency"]]
Confidentiality = m.Confidentiality[Literal["public", "internal", "confidential", "secret"]]
Reporter = Literal[
    "resident", "courier", "grid_worker", "opinion_collector", "volunteer", "contact_point", "report_point"
]


class Command(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A request to append events; `name` is its name in the API and on the command line.

    `seals` says which members hold personal data or free text and where they go: member → (index of the event among
    those the command causes, member of that event). Those members are sealed before the law sees the command; the law
    finds them at their default, and their names in `Context.sealed`.
    """

    name: ClassVar[str] = ""
    #: its Chinese term, and in English a sentence that says what it does
    term: ClassVar[Text] = Text("", "")
    seals: ClassVar[dict[str, tuple[int, str]]] = {}
    #: the law must read the command's own stream as stored to decide it (under HISTORY in `Context.others`)
    needs_history: ClassVar[bool] = False


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person's own data; sealed as one part (个人信息)."""

    full_name: Annotated[Line, meaning("姓名", "as they give it")] = ""
    phone: Annotated[Line, meaning("电话", "as they give it")] = ""
    identity_number: Annotated[Line, meaning("身份证号", "where the law of the matter asks for it")] = ""


class Coordinates(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point on the earth, WGS 84; sealed as one part (坐标)."""

    latitude: Annotated[int, Meta(ge=-90_000_000, le=90_000_000), meaning("纬度", "microdegrees")]
    longitude: Annotated[int, Meta(ge=-180_000_000, le=180_000_000), meaning("经度", "microdegrees")]
