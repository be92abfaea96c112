"""Redirects for static hosts, tried in the hosts' own software: nginx, Apache, Netlify's redirector."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from l10n.prompts import site_addresses
from l10n.prompts.hosting import HOSTS
from tests.commands import done, failed

MANIFEST = {
    "files": [
        {"path": f"{tag}/{id}.html", "locale": tag, "kind": "index" if id == "index" else "page"}
        for id, tags in (
            ("index", "uk en zh-Hans zh-Hant"),
            ("salt-marsh", "uk en zh-Hans zh-Hant"),
            ("world/хліб 1%", "uk en"),
            ("lone", "uk no"),
        )
        for tag in tags.split()
    ]
}
ADDRESSES = site_addresses(MANIFEST, default="en")
WORLD = "/world/%D1%85%D0%BB%D1%96%D0%B1%201%25"
CASES = [
    ("/salt-marsh", "uk-UA,uk;q=0.9,en;q=0.8", "/uk/salt-marsh.html"),
    ("/salt-marsh.html", "en-GB", "/en/salt-marsh.html"),
    ("/salt-marsh/", "zh-CN", "/zh-Hans/salt-marsh.html"),
    ("/salt-marsh", "zh-TW,zh;q=0.9", "/zh-Hant/salt-marsh.html"),
    ("/salt-marsh", "zh", "/zh-Hans/salt-marsh.html"),
    ("/salt-marsh", "de", "/en/salt-marsh.html"),
    ("/salt-marsh", "", "/en/salt-marsh.html"),
    ("/lone", "nb-NO,nb;q=0.9", "/no/lone.html"),
    (WORLD, "uk", f"/uk{WORLD}.html"),
    ("/", "zh-HK", "/zh-Hant/index.html"),
]
IN_ORDER = [
    ("/salt-marsh", "fr-CA, fr;q=0.9, uk;q=0.5, en;q=0.3", "/uk/salt-marsh.html"),
    ("/salt-marsh", "uk;q=0, en", "/en/salt-marsh.html"),
    ("/salt-marsh", "uk;q=0.000,zh-TW;q=0.1", "/zh-Hant/salt-marsh.html"),
    ("/salt-marsh", "ukr-x, *;q=0.1", "/en/salt-marsh.html"),
]
"""What Netlify does not know: it looks at the first language alone."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of pages that say where they are."""
    folder = tmp_path / "site"
    for file in [*MANIFEST["files"], {"path": "index.html"}]:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["path"], encoding="utf-8")
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(0o755)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, address: str, languages: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, headers={"Accept-Language": languages} if languages else {})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def running(command: list[str], port: int) -> Iterator[int]:
    """A server in the foreground, until the test is over."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.1).close()
                break
            except OSError:
                assert process.poll() is None, process.stderr.read() if process.stderr else ""
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


@pytest.fixture
def nginx(tmp_path: Path, site: Path) -> Iterator[int]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.skip("nginx is not installed")
    port = free_port()
    maps, locations = HOSTS["nginx"](ADDRESSES).split("# In the block server:\n")
    temporary = "".join(
        f"{name}_temp_path {tmp_path}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {tmp_path}/nginx.pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}{maps}\n"
        f"server {{ listen 127.0.0.1:{port}; root {site}; absolute_redirect off;\n{locations}}} }}\n",
        encoding="utf-8",
    )
    yield from running([program, "-e", "stderr", "-c", str(tmp_path / "nginx.conf")], port)


MODULES = "mpm_event authz_core dir mime rewrite setenvif headers".split()  # noqa: SIM905


@pytest.fixture
def apache(tmp_path: Path, site: Path) -> Iterator[int]:
    program = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
    modules = Path("/usr/lib/apache2/modules")
    if not program or not modules.is_dir():
        pytest.skip("apache2 is not installed")
    port = free_port()
    (site / ".htaccess").write_text(HOSTS["apache"](ADDRESSES), encoding="utf-8")
    loaded = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in MODULES)
    (tmp_path / "httpd.conf").write_text(
        f'{loaded}ServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile "{tmp_path}/httpd.pid"\n'
        f'DefaultRuntimeDir "{tmp_path}"\nErrorLog /dev/stderr\nTypesConfig /dev/null\n'
        f'DocumentRoot "{site}"\n<Directory "{site}">\nAllowOverride FileInfo\nRequire all granted\n'
        "DirectoryIndex index.html\n</Directory>\n",
        encoding="utf-8",
    )
    yield from running([program, "-f", str(tmp_path / "httpd.conf"), "-D", "FOREGROUND"], port)


@pytest.fixture(params=["nginx", "apache"])
def port(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_a_host_leads_neutral_addresses_to_the_visitors_language(port: int) -> None:
    for address, languages, page in [*CASES, *IN_ORDER]:
        status, headers, _ = ask(port, address, languages)
        assert (status, headers.get("location", "").partition(f":{port}")[2] or headers["location"]) == (
            302,
            page,
        ), (address, languages)
        assert headers["vary"] == "Accept-Language"
        assert headers["cache-control"] == "private, no-cache"
    _, headers, _ = ask(port, "/salt-marsh?a=1", "uk")
    assert headers["location"].endswith("/uk/salt-marsh.html?a=1")


def test_a_host_shows_the_page_of_a_locale_to_everybody(port: int) -> None:
    for languages in ("uk", "en", "de", ""):
        status, headers, body = ask(port, "/uk/salt-marsh.html", languages)
        assert (status, body) == (200, "uk/salt-marsh.html")
        assert "Accept-Language" not in headers.get("vary", "")


def test_a_host_shows_all_languages_where_none_fits(port: int) -> None:
    status, headers, body = ask(port, "/", "fr")
    assert (status, body, headers["vary"]) == (200, "index.html", "Accept-Language")


REDIRECTOR = "netlify-redirector@0.5.0"
TRY = """
const redirector = require(process.argv[1]), given = JSON.parse(process.argv[2]);
redirector.parsePlain(given.rules, {}).then((matcher) => {
  const ask = ([path, languages]) => {
    const headers = { "x-language": languages.split(",")[0], "accept-language": languages };
    return matcher.match({ scheme: "http", host: "x", path, query: "", headers, cookieValues: {},
      getHeader: (name) => headers[name.toLowerCase()] || "", getCookie: () => "" });
  };
  console.log(JSON.stringify(given.asked.map(ask)));
});
"""


@pytest.fixture(scope="session")
def redirector(pytestconfig: pytest.Config) -> Path:
    """Netlify's own matcher of redirects, fetched once with npm (MIT; only for this test)."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so Netlify's redirector cannot be had")
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("netlify")
    package = Path(folder) / "node_modules" / "netlify-redirector"
    if not package.is_dir():
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), REDIRECTOR]
        run = subprocess.run(npm, capture_output=True, check=False, timeout=120)
        if run.returncode or not package.is_dir():
            pytest.skip(f"npm cannot install {REDIRECTOR}")
    return package


def test_netlify_reads_the_redirects_as_we_mean_them(redirector: Path) -> None:
    asked = [
        [address, languages]
        for address, languages, _ in [*CASES, ("/", "fr", ""), ("/uk/lone.html", "en", "")]
    ]
    given = {"rules": HOSTS["netlify"](ADDRESSES), "asked": asked}
    run = subprocess.run(
        ["node", "-e", TRY, str(redirector), json.dumps(given)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = json.loads(run.stdout)
    assert [each and each["to"] for each in found] == [*(page for _, _, page in CASES), None, None]
    assert {each["status"] for each in found if each} == {302}


def test_redirects_are_written_from_what_is_built(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.md").write_text("# A bridge\n\nIt is open.\n", encoding="utf-8")
    assert "l10n build" in failed(1, "redirects", "netlify", cwd=tmp_path)
    done("build", cwd=tmp_path)
    assert "/bridge /en/bridge.html 302! Language=en" in done("redirects", "netlify", cwd=tmp_path)
    assert "wrote rules.conf" in done("redirects", "nginx", "-o", "rules.conf", cwd=tmp_path)
    assert "one of: apache, netlify, nginx" in failed(2, "redirects", "iis", cwd=tmp_path)
