"""The page of old names has every name of `tf.contrib.eager`, and today's code for it, tested."""

import doctest
import json
import re
from collections import Counter

import pytest

from tests.examples import ROOT, pages, path_of

PAGE = path_of("reference/tfe-to-tf2")
TEXT = PAGE.read_text(encoding="utf-8")
RECORD = json.loads((ROOT / "tests" / "original" / "record.json").read_text(encoding="utf-8"))
NAMES = RECORD["names"]  # what TensorFlow 1.8.0 has in tf.contrib.eager


def rows(text):
    """The tables' rows of an old name: its cell, what it did, what to use now."""
    cells = [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in cells]


def code_in(cell):
    """The code that a cell names; what stands in a link to a page is its title."""
    return re.findall(r"`([^`<]+?)(?: <[^`]*>)?`", re.sub(r"\{(doc|ref|term)\}`[^`]*`", "", cell))


def fenced(kind, text):
    return re.findall(rf"^```{re.escape(kind)}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


def examples_by_name(text):
    """The doctest examples below the comments `# tfe.name`, for each name."""
    parts = [
        part
        for block in fenced("{doctest}", text)
        for part in re.findall(r"((?:>>> # tfe\.\w+\n)+)((?:(?!>>> # tfe\.).*\n)*)", block)
    ]
    return {
        name: doctest.DocTestParser().get_examples(code)
        for comments, code in parts
        for name in re.findall(r"tfe\.(\w+)", comments)
    }


def faults(text):
    """What is missing on the page, or too much."""
    cells, examples = "".join(fenced("{code-cell} python", text)), examples_by_name(text)
    names = [re.match(r"`(\w+)`", row[0])[1] for row in rows(text)]
    found = [f"{name}: no row" for name in NAMES if name not in names]
    found += [f"{name}: not in tf.contrib.eager" for name in names if name not in NAMES]
    found += [f"{name}: {count} rows" for name, count in Counter(names).items() if count > 1]
    for name, row in zip(names, rows(text)):
        if len(row) != 3 or not all(row):
            found.append(f"{name}: an empty cell")
        elif not code_in(row[2]):
            found.append(f"{name}: no code of today")
        if not row[0].endswith(f"`{{#tfe-{anchor(name)}}}"):
            found.append(f"{name}: no anchor tfe-{anchor(name)}")
        if not any(example.want for example in examples.get(name, [])):
            found.append(f"{name}: no tested line")
            continue
        run = cells + "".join(example.source for example in examples[name])
        found += [f"{name}: {code} is not run" for code in code_in(row[-1]) if code not in run]
    return found


def anchor(name):
    """An old name as the end of an address: gradients-function, gradient-tape, sync."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()


def test_tensorflow_1_8_had_45_names():
    assert len(set(NAMES)) == len(NAMES) == 45


def test_every_name_has_its_row_and_its_tested_code():
    assert faults(TEXT) == []


def test_pytest_runs_the_code_of_every_name():
    parsed = [example.parsed for example in pages.parse(PAGE).examples()]
    run = [example.source for example in parsed if isinstance(example, doctest.Example)]
    for examples in examples_by_name(TEXT).values():
        assert [example.source for example in examples if example.source not in run] == []


# Planted faults

ROW = next(line for line in TEXT.splitlines(keepends=True) if line.startswith("| `Saver`"))


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (ROW, "", "Saver: no row"),
        (ROW, ROW + ROW, "Saver: 2 rows"),
        (ROW, ROW + ROW.replace("Saver", "Saber"), "Saber: not in tf.contrib.eager"),
        (ROW, "|".join([*ROW.split("|")[:2], " ", *ROW.split("|")[3:]]), "Saver: an empty cell"),
        (ROW, "|".join([*ROW.split("|")[:3], " ", "\n"]), "Saver: an empty cell"),
        (ROW, "|".join([*ROW.split("|")[:3], "\n"]), "Saver: an empty cell"),
        (ROW, "|".join([*ROW.split("|")[:3], " {doc}`x` ", "\n"]), "Saver: no code of today"),
        (ROW, ROW.replace("#tfe-saver", "#saver"), "Saver: no anchor tfe-saver"),
        (ROW, ROW.replace("tf.train.C", "tf.t.C"), "Saver: tf.t.Checkpoint is not run"),
        (">>> # tfe.Saver\n", "", "Saver: no tested line"),
        (">>> # tfe.in_eager_mode\n", "", "in_eager_mode: no tested line"),
        (">>> float(w)\n4.0\n", ">>> _ = float(w)\n", "Saver: no tested line"),
    ],
)
def test_planted_fault_is_found(right, wrong, fault):
    assert TEXT.count(right) == 1
    assert fault in faults(TEXT.replace(right, wrong))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("`tf.function`이 `if`도 옮긴다. {ref}`그래프 <graph>`", ["tf.function", "if"]),
        ("{py:func}`eagerdemo.f <eagerdemo.gradients.f>` – {doc}`x`", ["eagerdemo.f"]),
        ("{term}`층(layer) <layer>`", []),
    ],
)
def test_code_of_a_cell_is_told_from_its_links(cell, code):
    assert code_in(cell) == code
