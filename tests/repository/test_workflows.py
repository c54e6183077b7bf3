"""Workflows, README and CONTRIBUTING name sessions that exist, and what workflows run is sound."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.repository.test_references import FILES

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXTS = [path for path in FILES if path.suffix in {".md", ".yml", ".yaml", ".json", ".py"}]
TEXTS = [*TEXTS, ROOT / ".ci" / "run"]
TEXTS.remove(Path(__file__))  # which plants one that does not
NAMED = re.compile(r"\bnox (?:-R )?-s ([a-z][\w.-]*)")

needs_bash = pytest.mark.skipif(
    os.name == "nt" or shutil.which("bash") is None, reason="workflows run in bash"
)


def read_jobs(path):
    """Return the jobs of a workflow by their names."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def named_sessions(path):
    """Return the sessions that a file names; of a workflow, those of its matrices too."""
    names = set(NAMED.findall(path.read_text(encoding="utf-8")))
    if path in WORKFLOWS:
        matrices = [job.get("strategy", {}).get("matrix", {}) for job in read_jobs(path).values()]
        for matrix in matrices:
            names |= set(matrix.get("session", []))
            names |= {more["session"] for more in matrix.get("include", [])}
    return names


def without_parameters(session):
    """Return the name by which a session is started for every Python and parameter."""
    return re.sub(r"-3\.\d+|\(.*\)", "", session)


@pytest.fixture(scope="module")
def sessions():
    """The names by which nox starts its sessions."""
    command = [sys.executable, "-m", "nox", "--list"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    names = set(re.findall(r"^[*-] (\S+)", listed.stdout, flags=re.MULTILINE))
    return names | set(map(without_parameters, names))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_named_sessions_exist(path, sessions):
    assert named_sessions(path) - sessions == set()


def test_every_session_is_in_the_table_of_contributing(sessions):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `nox -s ([a-z]+)[` ]", text, flags=re.MULTILINE))
    assert set(map(without_parameters, sessions)) == described


def test_package_names_the_versions_of_python_that_are_tested(sessions):
    named = [line.split(" :: ") for line in PROJECT["classifiers"]]
    versions = {f"versions-{last}" for _, *more, last in named if "Python" in more}
    assert versions == {name for name in sessions if name.startswith("versions-")}


def test_planted_name_is_found(tmp_path, sessions):
    path = tmp_path / "page.md"
    path.write_text("`nox -s tests` and `nox -s lost -- -k x`", encoding="utf-8")
    assert named_sessions(path) - sessions == {"lost"}


# What workflows run


def list_runs(path):
    """Return the scripts of a workflow."""
    steps = [step for job in read_jobs(path).values() for step in job["steps"]]
    return [step["run"] for step in steps if "run" in step]


def parses(script):
    """Whether bash can read a script; no expression of GitHub's may be in it."""
    read = subprocess.run(["bash", "-n"], input=script, encoding="utf-8", check=False)
    return read.returncode == 0 and "${{" not in script


@needs_bash
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_scripts_can_be_read(path):
    assert list_runs(path)
    assert [script for script in list_runs(path) if not parses(script)] == []


@needs_bash
@pytest.mark.parametrize("script", ["if true; then\n", 'echo "a', "echo ${{ github.ref }}"])
def test_planted_script_is_found(script):
    assert not parses(script)


def test_outputs_are_kept_under_all_that_they_depend_on():
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    [key] = re.findall(r"EXECUTION: .*hashFiles\((.*)\)", workflow)
    settings = (ROOT / "conf.py").read_text(encoding="utf-8")
    [inputs] = re.findall(r"^execution_inputs = (\[.*\])$", settings, flags=re.MULTILINE)
    kept = {*ast.literal_eval(inputs), "docs/_ext/execution/**"}
    assert kept == set(re.findall("'(.*?)'", key))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_published_before_all_sessions_have_passed(path):
    jobs = read_jobs(path)

    def may_write(job):
        return {what for what, access in job["permissions"].items() if access == "write"}

    def waits_for(name):
        needed = jobs[name].get("needs", [])
        return set(needed).union(*map(waits_for, needed))

    public = {"contents", "id-token", "pages"}  # branches, PyPI and the site
    publishing = [name for name in jobs if public & may_write(jobs[name])]
    assert publishing
    for name in publishing:
        assert "nox" in waits_for(name)
        assert "always()" not in jobs[name].get("if", "")


@needs_bash
@pytest.mark.parametrize(("tag", "status"), [("v{}", 0), ("v{}1", 1), ("v1{}", 1)])
def test_release_is_of_the_version_that_its_tag_names(tag, status):
    script, *_ = list_runs(ROOT / ".github" / "workflows" / "release.yml")
    named = {"GITHUB_REF_NAME": tag.format(PROJECT["version"])}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    assert (
        subprocess.run(command, cwd=ROOT, env=os.environ | named, check=False).returncode == status
    )


# The issue about the weekly run

GH = """#!/usr/bin/env bash
if [ "$1 $2" = "issue list" ]; then echo "$OPEN"; else echo "$1 $2 $3" >> "$TOLD"; fi
"""


@needs_bash
@pytest.mark.parametrize(
    ("result", "number", "told"),
    [
        ("success", "", ""),
        ("success", "7", "issue close 7\n"),
        ("failure", "", "issue create --title\n"),
        ("failure", "7", "issue comment 7\n"),
    ],
)
def test_failure_opens_one_issue_and_success_closes_it(tmp_path, result, number, told):
    [step] = read_jobs(ROOT / ".github" / "workflows" / "weekly.yml")["report"]["steps"]
    gh, log = tmp_path / "gh", tmp_path / "told"
    gh.write_text(GH, encoding="utf-8")
    gh.chmod(0o755)
    log.touch()
    settings = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "TOLD": str(log)}
    settings |= {"OPEN": number, "RESULT": result, "RUN": "https://example.invalid/1"}
    command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
    subprocess.run(command, env=os.environ | settings, check=True)
    assert log.read_text(encoding="utf-8") == told
