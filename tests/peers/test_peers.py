"""The page on frameworks prints the same in all of them, and PyTorch's record is of its code.

PyTorch is not among the tests' requirements: `record.json` is what it printed, and `nox -s peers`
runs it again.
"""

import contextlib
import importlib.util
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sybil.region import Lexeme

from eagerdemo.regression import exact_line
from tests.examples import pages, path_of
from tests.peers import record
from tests.peers.record import SOURCE, read_parts

HERE = Path(__file__).parent
RECORD = json.loads((HERE / "record.json").read_text(encoding="utf-8"))
PAGE = path_of("reference/frameworks")
TEXT = PAGE.read_text(encoding="utf-8")


def alike(printed):
    return dict.fromkeys(["tensorflow", "jax", "autograd", "pytorch"], printed)


# What each framework prints, by the section of the page.
PRINTED = {
    "value": alike("9.0 6.0"),
    "arguments": alike("[12.0, 9.0]"),
    "higher": {
        "tensorflow": "6.0 2.0 None",
        "jax": "6.0 2.0 0.0",
        "autograd": "6.0 2.0 0.0\nOutput seems independent of input.",
        "pytorch": "6.0 2.0\nelement 0 of tensors does not require grad and does not have a grad_fn"
        "\n0.0",
    },
    "variable": alike("-24.0 2.24"),
    "stop": alike("9.0 3.0"),
    "loop": alike("2.53125 6.75"),
    "examples": alike("[0.0, 4.0, -6.0] -2.0"),
    "hessian": alike("[[6.0, 4.0], [4.0, 0.0]] [14.0, 4.0]"),
    "custom": alike("3.0 1.0"),
    "compile": alike("[12.0, 27.0] 1") | {"autograd": "[12.0, 27.0] 2"},
    "compile-if": {
        "tensorflow": "[2.25, 2.5]",
        "jax": "Attempted boolean conversion of traced array with shape bool[]\n[2.25, 2.5]",
        "pytorch": "2.25 2\n2.5 3",
    },
    "compile-for": {
        "tensorflow": "25.62890625 136.6875",
        "jax": "25.62890625 136.6875 25.62890625\nReverse-mode differentiation does not work for "
        "lax.while_loop or lax.fori_loop with dynamic start/stop values. Try using lax.scan, or "
        "using fori_loop with static start/stop.",
        "pytorch": "25.62890625 136.6875 3",
    },
    "regression": alike("3.0352 2.1407"),
}


@pytest.fixture(scope="module")
def printed():
    """What the page's cells print, and the record says that PyTorch printed, as in `PRINTED`."""
    found = {}
    for example in pages.parse(PAGE).examples():
        if not isinstance(example.parsed, Lexeme):  # a doctest
            continue
        with contextlib.redirect_stdout(io.StringIO()) as stream:
            example.evaluate()
        sections = re.findall(r"^\(frameworks-(.+)\)=$", TEXT[: example.start], flags=re.M)
        tag = re.match(r"```{code-cell} python\n:tags: \[(\w+)\]\n", TEXT[example.start :])
        if tag:
            found.setdefault(sections[-1], {})[tag[1]] = stream.getvalue().strip()
    for section, by_framework in found.items():
        by_framework["pytorch"] = RECORD["parts"][section]["out"]
    return found


def test_page_has_these_sections(printed):
    assert list(printed) == list(PRINTED)


@pytest.mark.parametrize("section", PRINTED)
def test_frameworks_print_the_same_or_what_the_page_explains(section, printed):
    assert printed[section] == PRINTED[section]


def test_record_is_of_this_code():
    assert {name: part["source"] for name, part in RECORD["parts"].items()} == read_parts()


def test_record_is_of_the_required_version():
    required = (HERE / "requirements.txt").read_text(encoding="utf-8").split()
    assert required == [f"torch=={RECORD['version']}"]
    assert RECORD["recorded_on"].startswith(f"PyTorch {RECORD['version']}")


def test_every_part_is_on_the_page_in_the_order_in_which_it_ran():
    assert re.findall(r"^```{pytorch} (.+)$", TEXT, flags=re.M) == list(read_parts())


def code_of(section):
    """The code that the page shows of each framework in a section."""
    [text] = re.findall(rf"^\(frameworks-{section}\)=\n(.*?)^\(", TEXT, flags=re.M | re.S)
    cells = re.findall(
        r"^```{code-cell} python\n:tags: \[(\w+)\]\n(.*?)```", text, flags=re.M | re.S
    )
    recorded = re.findall(r"^```{pytorch} (.+)$", text, flags=re.M)
    return dict(cells) | {"pytorch": "\n".join(read_parts()[name] for name in recorded)}


def test_names_in_the_table_stand_in_the_code_of_their_sections():
    rows = re.findall(r"^\| {ref}`frameworks-([\w-]+)` \|(.+)\|$", TEXT, flags=re.M)
    assert [section for section, _ in rows] == list(PRINTED)
    for section, row in rows:
        columns = zip(["tensorflow", "jax", "pytorch", "autograd"], row.split("|"), strict=True)
        for framework, names in columns:
            for name in re.findall("`(.+?)`", names):
                # A loop and an `if` may stand in a function of another cell of the section.
                code = code_of(section)
                shown = "".join(code.values()) if name in ("for", "if") else code[framework]
                assert name in shown, (section, framework, name)


def test_regression_is_on_the_chapters_points():
    inputs, outputs = (f"torch.tensor({points.numpy().tolist()})" for points in exact_line())
    assert f"inputs, outputs = {inputs}, {outputs}\n" in read_parts()["regression"]


@pytest.mark.skipif(
    not importlib.util.find_spec("torch"), reason="PyTorch is not installed: nox -s peers"
)
def test_pytorch_still_prints_the_record(tmp_path):
    # In a process of its own, without the threads of the other frameworks.
    subprocess.run([sys.executable, record.__file__, tmp_path / "record.json"], check=True)
    today = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    assert today["parts"] == RECORD["parts"]


def test_parts_are_cut_at_their_names_and_run_one_after_the_other(tmp_path):
    path = tmp_path / "source.py"
    path.write_text('"""Docstring."""\n\n# %% one\na = 1\n\n# %% two\nprint(a)\n# a comment\n')
    parts = read_parts(path)
    assert parts == {"one": "a = 1", "two": "print(a)\n# a comment"}
    assert record.run_parts(parts) == {"one": "", "two": "1"}


def test_planted_change_of_the_code_is_found(tmp_path):
    path = tmp_path / "source.py"
    path.write_text(SOURCE.read_text(encoding="utf-8").replace("y = x * x\n", "y = x + x\n", 1))
    changed = [name for name, source in read_parts(path).items() if source != read_parts()[name]]
    assert changed == ["value"]
