"""API routes of needs surveys: the list, one with its figures, its answers."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from casework.application.surveys import surveys
from casework.application.surveys.answers import MOST, Answers, answers
from casework.application.surveys.surveys import Line, Shown, find_survey
from casework.http.api.queries import Query, asked, private, who


class SurveysController(Controller):
    """Surveys that the caller may see."""

    path = "/surveys"
    tags = ["surveys"]

    @get(needs="survey.read", summary="需求调查  Surveys that I may see")
    async def surveys(self, request: Query) -> Response[list[Line]]:
        """The latest first; of each how many were asked and answered, and how many needs were raised and solved."""
        return private(await asked(request, surveys.surveys, who(request)))

    @get("/{survey:str}", needs="survey.read", summary="一项调查  One survey: its form, its figures, the needs raised")
    async def survey(self, request: Query, survey: FromPath[str]) -> Response[Shown]:
        """By id. The figures are of all needs; those listed are the cases that you may see. `ETag` is its revision."""
        stream = await asked(request, find_survey, survey)
        found = await asked(request, surveys.survey, stream, who(request))
        return private(found, headers={"ETag": f'"{found.rev}"'})

    @get("/{survey:str}/answers", needs="survey.read", summary="逐份答卷  What each person answered, page by page")
    async def survey_answers(
        self,
        request: Query,
        survey: FromPath[str],
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 50,
        after: FromQuery[str] = "",
    ) -> Response[Answers]:
        """Words and contacts are open for those who may read what is sealed. `after` is `next` of the page before."""
        stream = await asked(request, find_survey, survey)
        return private(await asked(request, answers, stream, who(request), limit=limit, after=after))
