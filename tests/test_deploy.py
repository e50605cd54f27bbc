"""What `deploy/` starts: as far as this machine has the tools, for real."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from cases import ROOT
from test_cli import fjsen
from test_crawl import PORTAL

DEPLOY = ROOT / "deploy"
HOME = "/opt/fjsen-spider"


def test_units_are_as_systemd_wants_them(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze: it comes with Debian's package systemd")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/scrapy").symlink_to(sys.executable)
    units = [tmp_path / name for name in ("fjsen-crawl.service", "fjsen-crawl.timer")]
    for unit in units:
        text = (DEPLOY / unit.name).read_text("utf-8").replace(HOME, str(tmp_path))
        unit.write_text(text, "utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *map(str, units)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert [line for line in told.stderr.splitlines() if "fjsen-crawl" in line] == [], (
        "units of the machine's own aside"
    )
    units[0].write_text(units[0].read_text("utf-8").replace("Restart=no", "Restrat=no"), "utf-8")
    assert "Restrat" in subprocess.run(command, capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(
    ("status", "said"), [(0, ""), (75, ""), (65, "crawl of fjsen.com: exit status 65\nlast words\n")]
)
def test_cron_mails_what_somebody_should_look_at(tmp_path, status, said):
    (line,) = [one for one in (DEPLOY / "crontab").read_text("utf-8").splitlines() if not one.startswith("#")]
    *_, user, command = line.split(" ", 6)
    assert user == "fjsen"
    assert "%" not in command, "to cron, a newline"
    scrapy = tmp_path / ".venv/bin/scrapy"
    scrapy.parent.mkdir(parents=True)
    scrapy.write_text(f"#!/bin/sh\necho $@\necho last words >&2\nexit {status}\n", "utf-8")
    scrapy.chmod(0o755)
    here = command.replace(HOME, str(tmp_path)).replace("/var/lib/fjsen", str(tmp_path))
    told = subprocess.run(["/bin/sh", "-c", here], capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr) == (said, "")
    assert (tmp_path / "crawl.log").read_text("utf-8").startswith(f"crawl fjsen -s FJSEN_DATA={tmp_path} ")


def test_image_copies_what_is_there():
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    sources = [name for line in re.findall(r"^COPY (.+)$", text, re.MULTILINE) for name in line.split()[:-1]]
    assert "scrapy.cfg" in sources
    assert [name for name in sources if not (ROOT / name).exists()] == []


@pytest.fixture
def egg(tmp_path) -> Path:
    """The project as an egg, from a copy of its own that says so."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "fjsen_spider", copy / "fjsen_spider", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    settings = copy / "fjsen_spider/settings.py"
    settings.write_text(settings.read_text("utf-8").replace('BOT_NAME = "', 'BOT_NAME = "egg_of_'), "utf-8")
    command = next(line for line in (DEPLOY / "README.md").read_text("utf-8").splitlines() if "bdist_egg" in line)
    line = command.replace("python ", f"{sys.executable} -W ignore ", 1)
    built = subprocess.run(["/bin/sh", "-c", line], cwd=copy, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (found,) = copy.glob("dist/*.egg")
    assert "$(ls dist/*.egg)" in (DEPLOY / "README.md").read_text("utf-8")
    return found


class Scrapyd:
    """A scrapyd of this machine's own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        config = (DEPLOY / "scrapyd.conf").read_text("utf-8").replace("6800", str(port))
        config = re.sub(r"^(username|password) = .*$", r"\1 =", config, flags=re.MULTILINE)
        config = re.sub(r"/var/(?:log|lib)/scrapyd", str(folder), config) + "poll_interval = 0.2\n"
        folder.mkdir()
        (folder / "scrapyd.conf").write_text(config, "utf-8")
        command = [sys.executable, "-W", "ignore", "-m", "scrapyd", "--pidfile="]
        self.log = (folder / "scrapyd.log").open("w+b")
        self.process = subprocess.Popen(command, cwd=folder, stdout=self.log, stderr=self.log)

    def ask(self, service: str, data: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> dict:
        for _ in range(100):
            try:
                request = Request(f"{self.url}/{service}", data, {"Content-Type": kind})
                with urlopen(request, timeout=30) as answer:
                    return json.loads(answer.read())
            except OSError:
                assert self.process.poll() is None, "scrapyd has gone"
                time.sleep(0.1)
        raise AssertionError("scrapyd does not answer")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.log.close()


@pytest.fixture
def scrapyd(tmp_path) -> Iterator[Scrapyd]:
    if find_spec("scrapyd") is None:
        pytest.skip("scrapyd is not installed: it comes with the extra [dev]")
    server = Scrapyd(tmp_path / "scrapyd")
    yield server
    server.stop()


def test_scrapyd_runs_the_egg(egg, scrapyd, tmp_path):
    edge = "----egg"
    fields = {"project": b"fjsen_spider", "version": b"1"}
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value
        for name, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="egg"; filename="project.egg"\r\n\r\n'.encode()
    body = b"\r\n".join([*parts, head + egg.read_bytes(), f"--{edge}--\r\n".encode()])
    added = scrapyd.ask("addversion.json", body, f"multipart/form-data; boundary={edge}")
    assert (added["status"], added["spiders"]) == ("ok", 1), added
    data = tmp_path / "data"
    job = f"project=fjsen_spider&spider=fjsen&channels=xm&setting=FJSEN_DATA={data}&setting=FJSEN_REPLAY={PORTAL}"
    scheduled = scrapyd.ask("schedule.json", job.encode())
    assert scheduled["status"] == "ok", scheduled
    for _ in range(300):
        if finished := scrapyd.ask("listjobs.json?project=fjsen_spider")["finished"]:
            break
        time.sleep(0.1)
    assert [one["id"] for one in finished] == [scheduled["jobid"]]
    log = (tmp_path / "scrapyd/fjsen_spider/fjsen" / f"{scheduled['jobid']}.log").read_text("utf-8")
    assert "(bot: egg_of_fjsen_spider)" in log, "not what is installed beside it"
    told = json.loads(fjsen("status", data, "--json").stdout)
    assert (told["runs"][0]["exit_status"], told["articles"]["done"]) == (0, 11)
