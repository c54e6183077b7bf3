"""The project's tasks: `nox -s docs` builds the site, `nox` runs what a push needs."""

import atexit
from pathlib import Path

import nox

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "docs"]

HTML = Path("docs", "_build", "html")
UV = {
    "UV_COMPILE_BYTECODE": "1",  # importing TensorFlow takes three times as long without
    "UV_SYSTEM_CERTS": "1",  # as pip does, for networks with a certificate of their own
}


def install(session: nox.Session, requirements: str) -> None:
    """Install pinned requirements, and the package itself for all but the linters."""
    session.install(
        "--require-hashes", "-r", f"requirements/{requirements}.txt", env=UV, silent=False
    )
    if requirements != "lint":  # which read the package and do not import it
        session.install("--no-deps", "-e", ".", env=UV)


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, code, types, workflows and the terms of the Korean text."""
    install(session, "lint")
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("zizmor", "--offline", "--quiet", ".github")
    session.run("pytest", "--noconftest", "--quiet", "tests/test_korean.py")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the unit tests, the pages' cells and doctests, and the docstrings."""
    install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Execute the pages and build the site; `-- --serve` rebuilds and reloads on save."""
    install(session, "docs")
    build = ["-c", ".", "-d", "docs/_build/doctrees", "-n", "-W", "--keep-going", "docs", str(HTML)]
    if "--serve" in session.posargs:
        watch = ["--watch", "src", "--watch", "conf.py", "--ignore", "docs/_build/*"]
        session.run("sphinx-autobuild", *watch, *build)
        return
    # The cells are cached; all else is read afresh, whatever changed since the last build.
    session.run("sphinx-build", "--fresh-env", *build, *session.posargs)
    # At exit, because the path is to be the last line, after nox's own.
    atexit.register(print, f"Open {HTML / 'index.html'}")


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Refresh the pinned requirements from `pyproject.toml`."""
    session.install("uv", env=UV)
    for group in ["docs", "tests", "lint"]:
        session.run(
            *["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--upgrade"],
            *["--no-emit-index-url", "--python-version", "3.11", "--group", group],
            *([] if group == "lint" else ["pyproject.toml"]),
            *["--output-file", f"requirements/{group}.txt"],
            env=UV | {"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"},
        )
