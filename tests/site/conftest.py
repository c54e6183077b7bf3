"""What the tests of the built site share: the build, a server, a browser, pages to plant faults in.

`nox -s site` builds the site first; a test that takes `page_path` runs once for every page of it.
"""

import contextlib
import gzip
import os
import shutil
import threading
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.site.built import BROWSERS, HTML, pages_of

# A page without a fault.
SOUND = """<!DOCTYPE html>
<html lang="ko" data-theme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="결함을 심어 볼 페이지">
<link rel="icon" href="data:,">
<title>온전한 페이지</title>
{head}
</head>
<body>
<header>
<a href="#main-content">본문으로</a>
{furniture}
</header>
<main id="main-content"><article class="bd-article" id="article">
<h1>온전한 페이지</h1>
{article}
</article></main>
</body>
</html>
"""


def pytest_configure():
    if not (HTML / "index.html").exists():
        raise pytest.UsageError(f"no site in {HTML}: run `nox -s site`, which builds it first")


def pytest_generate_tests(metafunc):
    if "page_path" in metafunc.fixturenames:
        metafunc.parametrize("page_path", pages_of(HTML))


def pytest_assertrepr_compare(op, left, right):
    """Tell problems, where none was expected, a line each."""
    return ["problems:", *map(str, left)] if op == "==" and right == [] else None


@lru_cache(maxsize=64)  # of which the interpreter, the largest, is asked for most often
def compress(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6)


class Gzipped(SimpleHTTPRequestHandler):
    """Serves text compressed, as the hosts of static sites do."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        data, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(200)
        if path.suffix in {".html", ".js", ".css", ".svg", ".json"}:
            data = compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if "text" in kind else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """Keep the tests' output to the tests."""


@contextlib.contextmanager
def serve(folder: Path):
    """Serve a folder on this machine, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Gzipped, directory=folder)) as server:
        # It looks for the end that often, and so the end waits for it.
        often = {"poll_interval": 0.02}  # seconds
        threading.Thread(target=server.serve_forever, kwargs=often, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def html():
    """The folder of the built site."""
    return HTML


@pytest.fixture(scope="session")
def pages():
    """The paths of all pages of the built site."""
    return pages_of(HTML)


@pytest.fixture(scope="session")
def site():
    """The address of the built site, with a `/` at its end."""
    with serve(HTML) as address:
        yield address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Let pytest-playwright start the system's Chromium, which reaches nothing but this machine."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing = f"no browser on PATH ({', '.join(BROWSERS)}): install Chromium"
        pytest.fail(missing, pytrace=False) if os.environ.get("CI") else pytest.skip(missing)
    settings = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if os.name == "posix" and os.geteuid() == 0:  # whom Chromium refuses to shut into its sandbox
        settings.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": found, "args": settings}


@pytest.fixture
def visit(new_context):
    """Return a function that opens an address in a fresh profile; Playwright names the settings."""

    def visit(address, **settings):
        profile = new_context(**settings)
        profile.set_default_timeout(10_000)  # milliseconds
        tab = profile.new_page()
        tab.goto(address)
        return tab

    return visit


@pytest.fixture
def tab(request, visit, site):
    """The `PAGE` of a module of tests, opened by a new reader; its scripts may not fail."""
    tab, errors = visit(site + request.module.PAGE), []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    yield tab
    assert errors == []


@pytest.fixture(scope="module")
def opened(request, browser, site):
    """The `PAGE` of a module of tests that leave it as it was, opened once for all of them."""
    tab = browser.new_page()
    tab.goto(site + request.module.PAGE)
    yield tab
    tab.close()


@pytest.fixture
def plant(tmp_path):
    """Return a function that writes a page with a fault in it, and files, and gives its address."""
    with serve(tmp_path) as address:

        def plant(article="", head="", furniture="", **files):
            page = SOUND.format(article=article, head=head, furniture=furniture)
            (tmp_path / "index.html").write_text(page, encoding="utf-8")
            for name, content in files.items():
                (tmp_path / name).write_bytes(content)
            return address + "index.html"

        yield plant
