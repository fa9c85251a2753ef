"""youju figures, youju eval figures and GET /api/v1/figures over the seeds."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from qa.api.app import create_app
from qa.cli.run import run
from qa.config import Settings
from qa.engine import Engine
from qa.ledger.schema import FiguresJson

SEEDS = Path(__file__).parents[2] / "seeds"
LABELS = Path(__file__).parents[1] / "golden" / "figures_seeds.jsonl"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def client(seeds_settings: Settings, seeds_engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(seeds_settings, seeds_engine)) as client:
        yield client


def look(folder: Path, *options: str) -> int:
    return run(["figures", "--data-dir", str(folder), *options])


def test_a_table_for_people(seeds_data_dir: Path, capsys: Capture) -> None:
    assert look(seeds_data_dir, "--what", "金秋助学", "--unit", "元", "--place", "晋城") == 0
    output = capsys.readouterr()
    lines = output.out.splitlines()
    assert lines[0].split() == ["数字", "事项", "单位", "地方", "时段", "出处"]
    assert lines[1].split()[:5] == ["396.6万元", "筹集", "金秋助学金", "晋城市各级工会", "晋城市"]
    assert "第 51 行" in lines[1]


def test_nothing_found_says_so(seeds_data_dir: Path, capsys: Capture) -> None:
    assert look(seeds_data_dir, "--what", "火星移民") == 1
    assert "没有这样的数据" in capsys.readouterr().err


def test_json_is_the_api_s(seeds_data_dir: Path, capsys: Capture, client: TestClient) -> None:
    assert look(seeds_data_dir, "--what", "金秋助学", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    TypeAdapter(FiguresJson).validate_python(printed, strict=True, extra="forbid")
    sent = client.get("/api/v1/figures", params={"what": "金秋助学", "limit": 1000}).json()
    assert sent == printed


def test_csv_goes_to_stdout_and_xlsx_to_a_file(
    seeds_data_dir: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert look(seeds_data_dir, "--place", "定边", "--csv") == 0
    rows = list(csv.reader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"), newline="")))
    assert len(rows) > 20
    assert {row[9] for row in rows[1:]} == {"定边县"}
    assert look(seeds_data_dir, "--place", "定边", "--xlsx", str(tmp_path / "a.xlsx")) == 0
    assert (tmp_path / "a.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--sort", "size"], "不能按“size”排序"),
        (["--csv", "--json"], "只能选一个"),
        (["--file", "没有.txt"], "没有“没有.txt”"),
        (["--xlsx", "/nowhere/a.xlsx"], "写不了"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    seeds_data_dir: Path, capsys: Capture, options: list[str], message: str
) -> None:
    assert look(seeds_data_dir, *options) == 2
    text = capsys.readouterr().err.strip().splitlines()[-1]
    assert message in text
    assert "Traceback" not in text


def test_every_row_of_the_api_can_be_looked_up(client: TestClient) -> None:
    body = client.get("/api/v1/figures", params={"limit": 200, "sort": "source"}).json()
    TypeAdapter(FiguresJson).validate_python(body, strict=True, extra="forbid")
    assert body["total"] > 600
    texts = {path.name: path.read_bytes().decode("utf-8-sig") for path in SEEDS.glob("*.txt")}
    for row in body["figures"]:
        citation = row["citation"]
        raw = texts[citation["file"]]
        assert "".join(raw[start:end] for start, end in citation["spans"]) == citation["quote"] == row["text"]
        assert citation["line_start"] == raw.count("\n", 0, citation["spans"][0][0]) + 1
        start, end = row["sentence_mark"]
        assert row["sentence"][start:end] == row["text"]


def test_pages_of_the_api_follow_one_another(client: TestClient) -> None:
    def ids(**params: int) -> list[str]:
        return [row["id"] for row in client.get("/api/v1/figures", params=params).json()["figures"]]

    assert ids(limit=10) == [*ids(limit=5), *ids(limit=5, offset=5)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_api_gives_files(client: TestClient, kind: str) -> None:
    response = client.get("/api/v1/figures", params={"what": "金秋助学", "format": kind})
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="figures.{kind}"'
    assert response.content[:2] in (b"PK", b"\xef\xbb")


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": 5000}, {"year": "去年"}, {"sort": "size"}, {"format": "pdf"}, {"wath": "x"}]
)
def test_a_wrong_request_is_a_problem_in_chinese(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/api/v1/figures", params=params)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("application/problem+json")
    assert any("\u4e00" <= char <= "\u9fff" for char in response.json()["detail"])


def test_it_is_in_the_openapi(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/api/v1/figures"]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} >= {
        "what",
        "body",
        "place",
        "year",
        "unit",
        "sort",
    }


def test_the_ledger_is_as_precise_as_promised(seeds_data_dir: Path, capsys: Capture) -> None:
    assert run(["eval", "figures", str(LABELS), "--data-dir", str(seeds_data_dir), "--json"]) == 0
    measured = json.loads(capsys.readouterr().out)
    precision = measured["precision"]
    assert measured["found"] >= 0.97 * measured["labels"]
    assert min(precision["value"], precision["unit"]) >= 0.98
    assert min(precision["body"], precision["place"], precision["period"]) >= 0.95
    assert precision["per_head"] >= 0.95
    assert precision["what"] >= 0.8


@pytest.mark.parametrize("content", ["", "{}", "[1]", "不是", '{"file": 1}'])
def test_labels_that_are_none(seeds_data_dir: Path, tmp_path: Path, capsys: Capture, content: str) -> None:
    (tmp_path / "labels.jsonl").write_text(content, "utf-8")
    assert run(["eval", "figures", str(tmp_path / "labels.jsonl"), "--data-dir", str(seeds_data_dir)]) == 2
    assert "labels.jsonl" in capsys.readouterr().err
