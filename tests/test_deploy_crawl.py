"""The files of deploy/ that crawl: they run where nobody looks, so a slip in one is found after months."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

SCRIPT = Path(sys.executable).parent / "scrapy"
DEPLOY = ROOT / "deploy"
UNITS = ("tahaluf-crawl.service", "tahaluf-crawl.timer")
FILES = (*UNITS, "crontab.example", "github-actions-crawl.yml")
SCRAPY = re.compile(r"\S*\.venv/bin/scrapy ([^|>&)]*)")


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)  # systemd lets a key stand twice
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def workflow() -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((DEPLOY / "github-actions-crawl.yml").read_text(encoding="utf-8"))
    return loaded


def calls() -> list[tuple[str, list[str]]]:
    """List the calls of scrapy in the files, comments left out."""
    found = []
    for name in FILES:
        lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
        code = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        found += [(name, shlex.split(re.sub(r"\s2$", "", call))) for call in SCRAPY.findall(code)]
    return found


def test_every_call_is_one_that_the_project_has() -> None:
    assert {name for name, _ in calls()} == set(FILES) - {"tahaluf-crawl.timer"}
    for name, (command, *options) in calls():
        assert (ROOT / "crawler" / "commands" / f"{command}.py").is_file(), name
        told = subprocess.run(
            [SCRIPT, command, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for option in options:
            assert not option.startswith("--") or option in told.stdout, f"{name}: {command} {option}"
            setting = re.fullmatch(r"([A-Z_]+)=.*", option)
            assert setting is None or setting[1] in (ROOT / "crawler/settings.py").read_text(encoding="utf-8")


def test_no_path_of_a_developers_machine() -> None:
    for name in FILES:
        text = (DEPLOY / name).read_text(encoding="utf-8")
        paths = set(re.findall(r"(?<![\w.}])/[a-z]+/[\w./-]+", text))
        assert all(
            path.startswith(("/opt/tahaluf", "/var/lib/tahaluf", "/etc/systemd/system")) for path in paths
        )
        assert str(ROOT) not in text


def test_the_service_may_write_its_archive_and_nothing_else() -> None:
    service = unit("tahaluf-crawl.service")["Service"]
    assert (service["User"], service["ProtectSystem"], service["ProtectHome"]) == ("tahaluf", "strict", "yes")
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    archive = re.search(r"ARCHIVE=(\S+)", service["ExecStart"])
    assert archive is not None
    assert Path(archive[1]).parent == Path("/var/lib") / service["StateDirectory"]
    assert service["KillMode"] == "mixed"  # the sweep is told, its readers are not


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    home = tmp_path / "tahaluf"
    (home / ".venv/bin").mkdir(parents=True)
    (home / ".venv/bin/scrapy").symlink_to(SCRIPT)
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/tahaluf", str(home))
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / name for name in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


def test_the_workflow_may_read_and_no_more_and_its_actions_are_pinned() -> None:
    crawl = workflow()
    assert crawl["permissions"] == {"contents": "read"}
    assert crawl["concurrency"]["cancel-in-progress"] is False
    (job,) = crawl["jobs"].values()
    assert "permissions" not in job
    actions = [step["uses"] for step in job["steps"] if "uses" in step]
    assert len(actions) == 5
    assert all(re.fullmatch(r"actions/[\w/-]+@(v\d+\.\d+\.\d+|[0-9a-f]{40})", action) for action in actions)
    paths = {step["with"]["path"] for step in job["steps"] if "path" in step.get("with", {})}
    assert len(paths) == 1  # what is kept is what is fetched
    minutes = re.search(r"(\d+)m \.venv/bin/scrapy sweep", str(job))
    assert minutes is not None
    assert int(minutes[1]) + 15 < job["timeout-minutes"]


def test_the_cron_lines_have_five_fields_and_a_command() -> None:
    lines = (DEPLOY / "crontab.example").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if re.match(r"[*\d]", line)]
    assert len(jobs) == 2
    for job in jobs:
        assert re.match(r"([*\d/,-]+ ){5}cd /opt/tahaluf && ", job)
        assert "%" not in job  # cron would make a line end of it
