"""Time many people at once: ``python -m benchmarks.sessions``.

Serves an index in a process of its own and lets sessions drive Gradio's queue as the chat page does: over HTTP, each
with its own cookie and session hash, one question after another. Prints one JSON object: seconds from a question sent
to its settled answer (50th and 95th percentile, longest), how many failed, and how many of them the journal kept.
It begins SETTLE_SECONDS after the start, when the names in the passages have been worked out ahead.

With ``--uploading``, the administrator uploads and takes in a document meanwhile, so that its cost can be seen.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from qa.evaluation.metrics import percentile
from qa.journal import Journal

PASSWORD = "benchmark-only"
START_SECONDS = 180.0
ANSWER_SECONDS = 60.0
SETTLE_SECONDS = 20.0


@contextmanager
def serving(data_dir: Path) -> Iterator[str]:
    """Serve a data folder until the block is left; give its address once questions are answered."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    environment = os.environ | {"YOUJU_ADMIN_PASSWORD": PASSWORD}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_until_ready(address, process)
            yield address
        finally:
            process.terminate()


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit("the server ended before it was ready")
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit(f"not ready after {START_SECONDS} s")


class Session:
    """Somebody at the chat page, as Gradio's queue sees them."""

    def __init__(self, address: str, name: str) -> None:
        self._client = httpx.AsyncClient(base_url=address, timeout=ANSWER_SECONDS, follow_redirects=True)
        self._hash = name
        self._function = -1
        self._inputs: list[object] = []

    async def open(self) -> None:
        """Load the page: its cookie, and which of its functions asks."""
        await self._client.get("/", headers={"accept-language": "zh"})
        config = (await self._client.get("/config")).json()
        self._function, self._inputs = asking(config)

    async def ask(self, question: str) -> tuple[float, str]:
        """Ask; return seconds and "answered", "refused" or what went wrong."""
        start = time.perf_counter()
        try:
            outcome = await self._outcome(question)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            outcome = f"{type(error).__name__}: {error}"
        return time.perf_counter() - start, outcome

    async def _outcome(self, question: str) -> str:
        body = {"data": [question, *self._inputs], "fn_index": self._function, "session_hash": self._hash}
        joined = await self._client.post("/gradio_api/queue/join", json=body)
        joined.raise_for_status()
        event = joined.json()["event_id"]
        shown = ""
        place = f"/gradio_api/queue/data?session_hash={self._hash}"
        async with self._client.stream("GET", place) as stream:
            async for line in stream.aiter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("event_id") != event:
                    continue
                shown += json.dumps(message.get("output") or "", ensure_ascii=False)
                if message["msg"] == "process_completed":
                    return outcome_of(shown) if message.get("success") else f"failed: {message.get('output')}"
        return "the stream ended early"

    async def close(self) -> None:
        """Go away."""
        await self._client.aclose()


def asking(config: dict[str, Any]) -> tuple[int, list[object]]:
    """Find the function that the question box starts, and what it is given beside the question."""
    boxes = {part["id"] for part in config["components"] if part["props"].get("elem_id") == "question"}
    for function in config["dependencies"]:
        if any(target[0] in boxes and target[1] == "submit" for target in function["targets"]):
            return int(function["id"]), [""] * (len(function["inputs"]) - 1)
    raise SystemExit("the page has no question box")


def outcome_of(shown: str) -> str:
    """Tell by the page's parts what came of a question."""
    for name, outcome in (("answer-card", "answered"), ("refusal-card", "refused"), ("answer-row", "answered")):
        if name in shown:
            return outcome
    return "nothing was shown"


async def drive(address: str, sessions: int, each: int, questions: Sequence[str]) -> list[tuple[float, str]]:
    """Let all sessions ask at once, each other questions as far as there are enough."""
    people = [Session(address, f"bench{number}") for number in range(sessions)]
    await asyncio.gather(*(person.open() for person in people))

    async def live(number: int, person: Session) -> list[tuple[float, str]]:
        own = [questions[(number * each + step) % len(questions)] for step in range(each)]
        return [await person.ask(question) for question in own]

    found = await asyncio.gather(*(live(number, person) for number, person in enumerate(people)))
    await asyncio.gather(*(person.close() for person in people))
    return [one for each in found for one in each]


async def upload(address: str, content: bytes) -> float:
    """Upload a document and wait until it is taken in; return seconds."""
    start = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, auth=("admin", PASSWORD), timeout=ANSWER_SECONDS) as client:
        params = {"name": "上传.txt", "accept": "true"}
        (await client.post("/api/v1/documents", params=params, content=content)).raise_for_status()
        while any(job["state"] in ("waiting", "running") for job in (await client.get("/api/v1/jobs")).json()):
            await asyncio.sleep(0.2)
    return time.perf_counter() - start


async def measure(
    address: str, sessions: int, each: int, questions: Sequence[str], document: bytes
) -> dict[str, object]:
    """Measure, with an upload meanwhile where there is a document."""
    await drive(address, 2, 3, questions)  # what is loaded at the first question is there
    await asyncio.sleep(SETTLE_SECONDS)
    tasks = [asyncio.create_task(upload(address, document))] if document else []
    found = await drive(address, sessions, each, questions)
    times = [seconds for seconds, _ in found]
    failed = [outcome for _, outcome in found if outcome not in ("answered", "refused")]
    figures: dict[str, object] = {
        "sessions": sessions,
        "questions": len(found),
        "p50_s": round(percentile(times, 0.5), 3),
        "p95_s": round(percentile(times, 0.95), 3),
        "longest_s": round(max(times), 3),
        "failed": len(failed),
        "failures": sorted(set(failed))[:3],
    }
    if tasks:
        figures["upload_s"] = round(await tasks[0], 1)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True, help="an index; a copy of it is served")
    parser.add_argument("--questions", type=Path, default=Path("tests/golden/seeds_dev.jsonl"))
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--each", type=int, default=5, help="questions that each session asks")
    parser.add_argument("--uploading", type=Path, help="a document that is uploaded meanwhile")
    args = parser.parse_args()
    lines = args.questions.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    document = args.uploading.read_bytes() if args.uploading else b""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "index"
        shutil.copytree(args.data_dir, data_dir, ignore=shutil.ignore_patterns("journal.*", "uploads", "staged"))
        with serving(data_dir) as address:
            figures = asyncio.run(measure(address, args.sessions, args.each, questions, document))
        with Journal.open(data_dir) as journal:
            figures["kept"] = sum(day.asked for day in journal.per_day(2))
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
