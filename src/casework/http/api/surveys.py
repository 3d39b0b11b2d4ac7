"""Needs surveys as they stand: which there are, one with its figures, and its answers page by page."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Response
from litestar.params import FromPath, FromQuery, QueryParameter

from casework.application.surveys import answers as survey_answers
from casework.application.surveys import surveys
from casework.application.surveys.answers import MOST, Answers
from casework.application.surveys.surveys import Line, Shown, find_survey
from casework.http.api.queries import Query, asked, get, private, who


@get(
    "/{log:str}/surveys",
    operation_id="surveys",
    needs="survey.read",
    summary="需求调查  Surveys that I may see",
    tags=["surveys"],
)
async def all_surveys(request: Query) -> Response[list[Line]]:
    """The latest first; of each how many were asked and answered, and how many needs were raised and solved."""
    return private(await asked(request, surveys.surveys, who(request)))


@get(
    "/{log:str}/surveys/{survey:str}",
    operation_id="survey",
    needs="survey.read",
    summary="一项调查  One survey: its form, its figures, the needs raised",
    tags=["surveys"],
)
async def one_survey(request: Query, survey: FromPath[str]) -> Response[Shown]:
    """By id. The figures are of all needs; those listed are the cases that you may see. `ETag` is its revision."""
    found = await asked(request, _shown, survey, who(request))
    return private(found, headers={"ETag": f'"{found.rev}"'})


@get(
    "/{log:str}/surveys/{survey:str}/answers",
    operation_id="survey-answers",
    needs="survey.read",
    summary="逐份答卷  What each person answered, page by page",
    tags=["surveys"],
)
async def answers(
    request: Query,
    survey: FromPath[str],
    limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 50,
    after: FromQuery[str] = "",
) -> Response[Answers]:
    """Words and contacts are open for those who may read what is sealed. `after` is `next` of the page before."""
    return private(await asked(request, _answers, survey, who(request), limit, after))


def _shown(runtime: Any, log: str, name: str, reader: Any) -> Shown:
    return surveys.survey(runtime, log, find_survey(runtime, log, name), reader)


def _answers(runtime: Any, log: str, name: str, reader: Any, limit: int, after: str) -> Answers:
    return survey_answers.answers(runtime, log, find_survey(runtime, log, name), reader, limit=limit, after=after)


def handlers() -> list[Any]:
    """The routes of this file."""
    return [all_surveys, one_survey, answers]
