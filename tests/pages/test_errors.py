"""The page of error messages tells each in one shape: raised, its cause, mended, more."""

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import path_of

TEXT = path_of("reference/errors").read_text(encoding="utf-8")
SHAPE = ["**원인** ", "**고친 코드**", "**더 읽기** "]


def entries(text):
    """The label of each message, its heading and what is below."""
    parts = re.split(r"^\((errors-[a-z0-9-]+)\)=\n(#+) (.*)\n", text, flags=re.MULTILINE)[1:]
    found = zip(*(parts[i::4] for i in range(4)), strict=True)
    return [(label, heading, below) for label, level, heading, below in found if level == "###"]


def examples_in(below):
    """The doctest examples of each block below a heading."""
    blocks = re.findall(r"^```{doctest}\n(.*?)^```$", below, flags=re.DOTALL | re.MULTILINE)
    return [doctest.DocTestParser().get_examples(block) for block in blocks]


def faults(text):
    """What the page does not tell of a message, or not in its place."""
    found = [f"{label}: no entry" for label in re.findall(r"^### .*", text, flags=re.MULTILINE)]
    found = found[len(entries(text)) :]
    labels = [label for label, _, _ in entries(text)]
    found += [f"{label}: twice" for label in sorted(set(labels)) if labels.count(label) > 1]
    for label, heading, below in entries(text):
        blocks = examples_in(below)
        if len(blocks) != 2:
            found.append(f"{label}: {len(blocks)} blocks of code")
            continue
        raised, mended = blocks
        message = raised[-1].exc_msg or ""
        if not all(part.strip() in message for part in heading.strip("` ").split("…")):
            found.append(f"{label}: the heading is not in the message")
        if any(example.exc_msg for example in [*raised[:-1], *mended]):
            found.append(f"{label}: another error")
        places = [below.find(f"\n{part}") for part in SHAPE]
        if -1 in places or places != sorted(places):
            found.append(f"{label}: not {' '.join(SHAPE)}")
        elif not re.search(r"\{(doc|ref)\}`|\]\(https://", below[places[-1] :]):
            found.append(f"{label}: nothing to read on")
    return found


def test_every_message_is_told_in_one_shape():
    assert len(entries(TEXT)) >= 40
    assert faults(TEXT) == []


# What the page says of the code of TensorFlow 1

IMPORT = "import tensorflow as tf"
OLD = f"""{IMPORT}
x = tf.placeholder(tf.float32)
with tf.Session() as session:
    print(session.run(tf.log(x), {{x: 1.0}}))
"""


def test_old_code_runs_with_the_names_and_the_behaviour_of_before():
    lines = re.search(r"`(import tensorflow.compat.v1 as tf)` .* `(tf\.\w+\(\))`", TEXT).groups()
    code = OLD.replace(IMPORT, "\n".join(lines))
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "0.0\n"


def test_command_of_tensorflow_writes_names_that_are_there(tmp_path):
    assert "`tf_upgrade_v2`" in TEXT
    command = shutil.which("tf_upgrade_v2", path=Path(sys.executable).parent)
    (tmp_path / "old.py").write_text(OLD, encoding="utf-8")
    run = [command, "--infile", "old.py", "--outfile", "new.py"]
    subprocess.run(run, check=True, capture_output=True, cwd=tmp_path)
    code = (tmp_path / "new.py").read_text(encoding="utf-8")
    names = re.findall(r"tf\.[\w.]+(?=\()", code)
    assert names == ["tf.compat.v1.placeholder", "tf.compat.v1.Session", "tf.math.log"]


# Planted faults

[LABEL, HEADING, BELOW] = entries(TEXT)[0]
ENTRY = f"({LABEL})=\n### {HEADING}\n{BELOW}"
CAUSE = re.search(r"^\*\*원인\*\* .*\n", ENTRY, flags=re.MULTILINE)[0]


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (f"({LABEL})=\n", "", "no entry"),
        (ENTRY, ENTRY * 2, f"{LABEL}: twice"),
        (f"### {HEADING}", "### `no such message`", f"{LABEL}: the heading is not in the message"),
        (CAUSE, "", f"{LABEL}: not **원인** "),
        (CAUSE, f"{SHAPE[2]}{{doc}}`x`\n\n{CAUSE}", f"{LABEL}: not **원인** "),
        (CAUSE, f"```{{doctest}}\n>>> 1\n1\n```\n{CAUSE}", f"{LABEL}: 3 blocks of code"),
        (BELOW[BELOW.index(SHAPE[2]) :], f"{SHAPE[2]}없음\n\n", f"{LABEL}: nothing to read on"),
        (
            ">>> x = tf.V",
            ">>> 1 / 0\nTraceback (most recent call last):\nZ: 1\n>>> x = tf.V",
            "other",
        ),
    ],
)
def test_planted_fault_is_found(right, wrong, fault):
    assert right in ENTRY
    text = TEXT.replace(ENTRY, ENTRY.replace(right, wrong, 1), 1)
    assert any(fault in found for found in faults(text)), faults(text)
