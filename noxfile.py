# /// script
# dependencies = ["nox[uv]>=2025.10"]
# ///
"""The project's tasks. ``nox -s docs`` builds the site, ``nox`` runs what a push needs."""

import nox

ROOT = "docs/_build/html"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "docs"]


def install(session: nox.Session, requirements: str) -> None:
    """Install pinned requirements and the package itself."""
    # Importing TensorFlow without compiled bytecode takes three times as long.
    environment = {"UV_COMPILE_BYTECODE": "1"}
    session.install("--require-hashes", "-r", f"requirements/{requirements}.txt", env=environment)
    session.install("--no-deps", "-e", ".", env=environment)


@nox.session
def docs(session: nox.Session) -> None:
    """Execute the pages and build the site; `-- --serve` rebuilds and reloads on save."""
    install(session, "docs")
    options = ["-c", ".", "-n", "-W", "--keep-going", "docs", ROOT]
    if "--serve" in session.posargs:
        session.run("sphinx-autobuild", "--watch", "src", "--watch", "conf.py", *options)
        return
    session.run("sphinx-build", *options, *session.posargs)
    session.log(f"open {ROOT}/index.html")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the unit tests, the pages' cells and doctests, and the docstrings."""
    install(session, "tests")
    session.run("pytest", *session.posargs)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Refresh the pinned requirements from `pyproject.toml`."""
    session.install("uv")
    for group in ["docs", "tests", "lint"]:
        session.run(
            *["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"],
            *["--upgrade", "--no-emit-index-url", "--python-version", "3.11"],
            *["--group", group, "--output-file", f"requirements/{group}.txt"],
            # The linters read the package, they do not import it.
            *(["pyproject.toml"] if group != "lint" else []),
            env={"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"},
        )
