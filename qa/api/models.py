"""What may be sent to the API, and the shape of its errors; what comes back is defined in qa/schema.py."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from qa.retrieval.cleaning import MAX_QUESTION
from qa.types import Filters

MAX_TURNS = 20
"""Earlier turns that may be sent along; only the last ones can matter."""

Names = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=100)]


class FiltersModel(BaseModel):
    """Limits of a search; empty lists mean no limit, several values are alternatives."""

    model_config = ConfigDict(extra="forbid")

    files: Names = Field(default=[], description="只查这些文件（与出处中的 file 一致）", examples=[["notice.txt"]])
    places: Names = Field(default=[], description="只查这些地方", examples=[["晋城市"]])
    years: list[Annotated[int, Field(ge=1000, le=2999)]] = Field(
        default=[], max_length=100, description="只查这些年份", examples=[[2014]]
    )
    articles: Names = Field(default=[], description="只查这些文章（文章编号）")

    def filters(self) -> Filters:
        """Return them as the engine takes them."""
        return Filters(tuple(self.files), tuple(self.places), tuple(self.years), tuple(self.articles))


class AskRequest(BaseModel):
    """A question."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="问题，中文", examples=["晋城市金秋助学发放了多少资金？"])
    filters: FiltersModel = Field(FiltersModel(), description="查找范围")
    limit: int = Field(10, ge=1, le=50, description="最多给几个答案")
    explain: bool = Field(False, description="是否附上对问题的理解和各项得分")
    previous: list[Annotated[str, Field(max_length=MAX_QUESTION)]] = Field(
        default=[],
        max_length=MAX_TURNS,
        description="上文各轮的完整问题（即各轮回答中的 resolved_question），最早的在前；追问时据此补全",
        examples=[[]],
    )


class SearchRequest(BaseModel):
    """A search for passages."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="问题或关键词", examples=["金秋助学 资金"])
    filters: FiltersModel = Field(FiltersModel(), description="查找范围")
    limit: int = Field(10, ge=1, le=100, description="最多给几个段落")
    explain: bool = Field(False, description="是否附上各项得分")


class FieldProblem(BaseModel):
    """One thing that is wrong with a request."""

    field: str = Field(examples=["limit"])
    message: str = Field(examples=["不能大于 50"])


class Problem(BaseModel):
    """An error, after RFC 9457."""

    type: str = "about:blank"
    title: str = Field(examples=["请求不合要求"])
    status: int = Field(examples=[422])
    detail: str = Field(description="出了什么问题，该怎么办", examples=["问题是空的，请输入要问的内容。"])
    errors: list[FieldProblem] | None = None
