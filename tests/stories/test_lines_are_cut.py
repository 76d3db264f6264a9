"""Story: lines are cut all the time and nobody misses anything; with several workers one may die and no line is lost."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import loops
from tests.live import cuts
from tests.stories.house import House, environment

pytestmark = pytest.mark.both_databases
NOTHING = {"lost": 0, "doubled": 0, "out_of_order": 0, "resyncs": 0}


def test_whoever_comes_back_hears_what_they_missed(house: House) -> None:
    found = loops.run(cuts.story(house.base, house.event, house.token, messages=60, listeners=8))
    assert found.pop("cuts") > 8
    assert found == NOTHING


def test_several_workers_need_postgresql_and_lose_no_line_with_a_worker(house: House) -> None:
    command = [sys.executable, "-m", "tagwerk", "serve", "--workers", "2", "--port", "0"]
    settings = environment(house.folder) | {"TAGWERK_DEMO": "1"}
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stdout
        assert serving.stderr
        if not os.environ.get("DATABASE_URL"):
            assert "need PostgreSQL" in serving.stderr.read()
            return
        base = serving.stdout.readline().strip().removeprefix("ready: ")
        loops.run(_outlive(serving.pid, base, house))
        serving.terminate()
        assert serving.wait(20) == 0


async def _outlive(supervisor: int, base: str, house: House) -> None:
    port = int(base.rstrip("/").rpartition(":")[2])
    listeners = [cuts.Listener(port, f"/{house.event}/live", last="1-999999999") for _one in range(20)]
    lines = [asyncio.create_task(one.once()) for one in listeners]
    async with asyncio.timeout(20):
        while not all(one.resyncs for one in listeners):  # noqa: ASYNC110 - everybody comes in
            await asyncio.sleep(0.05)
        first, again = _children(supervisor), set[int]()
        os.kill(first["tagwerk.site.worker 1"], 9)
        await cuts.announce(port, house.event, house.token, 1007)
        while not again - set(first.values()):
            again = set(_children(supervisor).values())
            await asyncio.sleep(0.05)
        await cuts.announce(port, house.event, house.token, 1008)
        while not all(one.heard == [1007, 1008] for one in listeners):  # noqa: ASYNC110 - everybody hears it
            await asyncio.sleep(0.05)
    assert not any(line.done() for line in lines)
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)


def _children(parent: int) -> dict[str, int]:
    """Give the processes under a supervisor by module and number."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    words = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in listed}
    return {" ".join(said[2:4]): pid for pid, said in words.items() if len(said) > 3}
