"""The files of deploy/ that publish and serve: what they call exists, what they may do is little, and nginx runs them."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
import yaml

from tests.conftest import ROOT
from tests.site.serving import served

DEPLOY = ROOT / "deploy"
SCRIPT = Path(sys.executable).parent / "scrapy"
UNITS = ("tahaluf-site.service", "tahaluf-publish.service", "tahaluf-publish.timer")
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin") or shutil.which("nginx")


def code(name: str) -> str:
    """Give a file without its comments, continued lines joined."""
    lines = (DEPLOY / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


def unit(name: str) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def instructions() -> list[list[tuple[str, str]]]:
    """Give the instructions of the Containerfile, stage by stage."""
    stages: list[list[tuple[str, str]]] = []
    for line in code("Containerfile").splitlines():
        if line.strip():
            name, _, rest = line.strip().partition(" ")
            if name == "FROM":
                stages.append([])
            stages[-1].append((name, rest.strip()))
    return stages


# --- the image -------------------------------------------------------------------------------------------------------


def test_image_runs_as_nobody_in_particular_and_says_how_it_is() -> None:
    build, final = instructions()
    names = [name for name, _ in final]
    user = dict(final)["USER"]
    assert user.split(":")[0].isdecimal(), "a number, so that a cluster can see that it is not root"
    assert int(user.split(":")[0]) > 0
    assert names.index("USER") > max(at for at, name in enumerate(names) if name == "RUN")
    assert "/-/versions.json" in dict(final)["HEALTHCHECK"]
    assert f'"{dict(final)["EXPOSE"]}"' in dict(final)["CMD"]
    assert "python3-venv" in str(build)
    assert "python3-venv" not in str(final), "what builds it stays behind"


def test_image_names_no_registry_and_copies_only_what_is_there() -> None:
    for stage in instructions():
        assert re.fullmatch(r"debian:[a-z]+-slim( AS \w+)?", dict(stage)["FROM"])
        for name, rest in stage:
            if name == "COPY" and not rest.startswith("--from"):
                for source in rest.split()[:-1]:
                    assert (ROOT / source).exists(), source
                    assert (
                        f"!{source.removeprefix('./')}" in (ROOT / ".dockerignore").read_text().splitlines()
                    )
    assert "http://" not in code("Containerfile").replace("http://127.0.0.1:8001", "")
    assert "https://" not in code("Containerfile")


def test_image_calls_a_command_that_the_project_has() -> None:
    command = yaml.safe_load(dict(instructions()[-1])["CMD"])
    check_call(command[1:])


# --- systemd ---------------------------------------------------------------------------------------------------------


def check_call(arguments: list[str]) -> None:
    command, *options = arguments
    told = subprocess.run([SCRIPT, command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert all(option in told.stdout for option in options if option.startswith("--"))


def test_units_call_what_the_project_has() -> None:
    calls = re.findall(
        r"^ExecStart=/opt/tahaluf/\.venv/bin/scrapy (.*)$", "\n".join(map(code, UNITS)), re.MULTILINE
    )
    assert len(calls) == 3
    for call in calls:
        check_call(shlex.split(call))


def test_site_can_neither_see_the_archive_nor_write_nor_reach_out() -> None:
    service = unit("tahaluf-site.service")["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["InaccessiblePaths"] == "-/var/lib/tahaluf"
    assert (service["IPAddressDeny"], service["IPAddressAllow"]) == ("any", "localhost")
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("strict", "")
    assert "ReadWritePaths" not in service
    assert "--host" not in service["ExecStart"], "nginx stands before it"


def test_publishing_reaches_the_archive_and_the_copy_and_no_network() -> None:
    service = unit("tahaluf-publish.service")["Service"]
    assert service["ReadWritePaths"] == "/var/lib/tahaluf /srv/tahaluf"
    assert service["PrivateNetwork"] == "yes"
    assert service["User"] == "tahaluf"
    assert unit("tahaluf-publish.timer")["Timer"]["Persistent"] == "true"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    home = tmp_path / "tahaluf"
    (home / ".venv/bin").mkdir(parents=True)
    (home / ".venv/bin/scrapy").symlink_to(SCRIPT)
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/tahaluf", str(home))
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", *(str(tmp_path / name) for name in UNITS)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout + told.stderr) == (0, "")
    for name in UNITS[:2]:
        command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(tmp_path / name)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout[-300:]  # exposure of 2.0 at most, of 10


def test_litestream_example_is_yaml_and_replicates_the_archive() -> None:
    example = yaml.safe_load((DEPLOY / "litestream.yml.example").read_text(encoding="utf-8"))
    assert [one["path"] for one in example["dbs"]] == ["/var/lib/tahaluf/archive.db"]


# --- nginx -----------------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "1", "-subj", "/CN=tahaluf.example",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        capture_output=True, check=True,
    )  # fmt: skip


def adapted(folder: Path, site: Path, upstream: int, plain: int, tls: int) -> Path:
    """Put the example where a test can run it: its paths into `folder`, its ports free ones, one address family."""
    certificate(folder)
    text = (DEPLOY / "nginx.conf.example").read_text(encoding="utf-8")
    text = re.sub(r".*listen \[::\].*\n", "", text)
    for old, new in (
        ("/etc/letsencrypt/live/tahaluf.example", str(folder)),
        ("/var/cache/nginx/tahaluf", f"{folder}/cache"),
        ("/var/log/nginx", str(folder)),
        ("/srv/tahaluf/site", str(site)),
        ("127.0.0.1:8001", f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    # Run by root, its workers are nobody's, and a test's folder is nobody else's to enter.
    user = "user root;" if Path(folder).owner() == "root" else ""
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    main = folder / "nginx.conf"
    main.write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/main.log; events {{}}\n"
        f"http {{ {temporary} access_log off; include {folder}/site.conf; }}\n"
    )
    return main


@contextmanager
def behind_nginx(folder: Path, site: Path, upstream: int) -> Iterator[httpx.Client]:
    plain, tls = free_port(), free_port()
    main = adapted(folder, site, upstream, plain, tls)
    assert NGINX is not None
    checked = subprocess.run([NGINX, "-t", "-c", main], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([NGINX, "-c", main], stderr=subprocess.DEVNULL)
    trusted = ssl.create_default_context(cafile=str(folder / "fullchain.pem"))
    trusted.check_hostname = False  # it is asked by its number here
    try:
        with httpx.Client(base_url=f"https://127.0.0.1:{tls}", verify=trusted, trust_env=False, timeout=20,
                          headers={"Host": "tahaluf.example", "Accept-Encoding": "gzip"}) as client:  # fmt: skip
            for _ in range(100):
                try:
                    client.get("/-/versions.json")
                    break
                except httpx.TransportError:
                    time.sleep(0.05)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")
def test_nginx_serves_the_site_and_its_files_and_keeps_to_itself_what_is_nobodys_business(
    public_copy: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(public_copy, site)
    with served(site / "public.db", public=True) as direct:
        port = direct.base_url.port
        assert port is not None
        with behind_nginx(tmp_path, site, port) as client:
            home = client.get("/")
            assert home.status_code == 200
            assert home.headers["content-encoding"] == "gzip"
            assert "max-age" in home.headers["strict-transport-security"]
            assert "default-src" in home.headers["content-security-policy"]
            assert "nginx/" not in home.headers["server"]
            for path in ("/-/databases.json", "/-/threads.json", "/en/-/databases", "/-/versions.json"):
                assert client.get(path).status_code == 404, path
            assert client.post("/").status_code == 403
            file = client.get("/downloads/meetings.csv")
            assert file.text == (public_copy / "downloads" / "meetings.csv").read_text(encoding="utf-8")
            assert file.headers["content-type"] == "text/csv; charset=utf-8"
            assert file.headers["content-disposition"] == "attachment"
            part = client.get("/public.db", headers={"Range": "bytes=0-15"})
            assert (part.status_code, part.content) == (206, b"SQLite format 3\0")
            listed = client.get("/downloads")
            assert listed.status_code == 200
            feed = client.get("/meetings.atom").text
            assert "https://tahaluf.example/" in feed
            assert "http://tahaluf.example" not in feed
            assert 429 in {client.get("/status").status_code for _ in range(120)}, "nobody takes it all"
        time.sleep(0.2)
    log = (tmp_path / "tahaluf.log").read_text()
    assert " GET /downloads/meetings.csv " in log
    assert "127.0.0.1" not in log, "no reader's address is kept"


@pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine")
def test_nginx_goes_on_with_what_it_has_while_the_site_is_started_again(
    public_copy: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(public_copy, site)
    with ExitStack() as nginx:
        with served(site / "public.db", public=True) as direct:
            port = direct.base_url.port
            assert port is not None
            client = nginx.enter_context(behind_nginx(tmp_path, site, port))
            before = client.get("/public/outlets?_ttl=1").text
            time.sleep(1.2)  # what was kept is stale now
        again = client.get("/public/outlets?_ttl=1")
        assert (again.status_code, again.text) == (200, before)
        assert client.get("/public/outlets?_ttl=2").status_code == 502, "the site is off indeed"
