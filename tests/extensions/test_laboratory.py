"""The laboratory computes what TensorFlow does, and tells what is wrong with a formula."""

import __future__

import ast
import itertools
import json
import math
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import laboratory
from laboratory import tape
from laboratory.answer import answer, write_json
from laboratory.formula import INSTEAD, LONGEST
from laboratory.script import MODULES, join_modules
from laboratory.tape import FUNCTIONS
from tests.examples import path_of, site_cells


def points(*values):
    """Choose a value for each variable."""
    return st.fixed_dictionaries({name: st.sampled_from(values) for name in "xyz"})


POINTS = points(-2.5, -1.0, -0.5, 0.0, 0.3, 1.0, 2.0, 3.5)
LEAVES = st.sampled_from(["x", "y", "z", "x", "y", "0", "1", "2", "3", "0.5", "1.5e1"])
# Brython does not evaluate annotations.
SOURCE = compile(join_modules(), "laboratory", "exec", __future__.annotations.compiler_flag)
FOLDER = Path(laboratory.__file__).parent
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]


def grow(inner, binary, unary):
    """Make formulas of smaller ones."""
    return st.one_of(
        st.tuples(inner, st.sampled_from(binary), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(unary), inner).map(lambda p: f"{p[0]}({p[1]})"),
    )


def make_conditional(parts):
    taken, left, comparison, right, other = parts
    return f"({taken} if {left} {comparison} {right} else {other})"


FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        grow(
            inner,
            ["+", "-", "*", "/", "**"],
            ["-", *FUNCTIONS],
        ),
        st.tuples(inner, inner, st.sampled_from(COMPARISONS), inner, inner).map(make_conditional),
    ),
    max_leaves=6,
).filter(lambda formula: len(formula) <= LONGEST)
SMOOTH = st.recursive(
    LEAVES.filter(lambda leaf: leaf != "1.5e1"),
    lambda inner: grow(inner, ["+", "-", "*"], ["-", "sin", "cos", "tanh"]),
    max_leaves=6,
).filter(lambda formula: len(formula) <= LONGEST)


class Lifted(ast.NodeTransformer):
    """Makes tensors of a formula's numbers, with which Python would compute on its own."""

    def visit_Constant(self, node):
        return ast.parse(f"constant({node.value})", mode="eval").body


def ask_tensorflow(formula, at):
    """Let Python and TensorFlow compute a formula, and its gradients."""
    tree = ast.fix_missing_locations(Lifted().visit(ast.parse(formula, mode="eval")))
    names = {name: getattr(tf.math, name) for name in FUNCTIONS}
    names["constant"] = lambda value: tf.constant(value, tf.float64)
    inputs = {name: tf.Variable(value, dtype=tf.float64) for name, value in at.items()}
    with tf.GradientTape() as recorded:
        result = tf.convert_to_tensor(eval(compile(tree, "formula", "eval"), names | inputs))  # noqa: S307
    gradients = recorded.gradient(result, inputs)
    return float(result), {
        name: None if slope is None else float(slope) for name, slope in gradients.items()
    }


def node(answered, name):
    """Return the node of a name."""
    [found] = [node for node in answered["nodes"] if node["name"] == name]
    return found


def output(answered):
    return answered["nodes"][answered["output"]]


def numbers(answered):
    """Return the value of a formula, and the gradients of its inputs."""
    slopes = {name: node(answered, name)["gradient"] for name in answered["inputs"]}
    return output(answered)["value"], slopes


def agree(here, there):
    """Tell whether a value and gradients are the same as others."""
    return np.allclose(here[0], there[0], rtol=1e-9, atol=1e-9, equal_nan=True) and all(
        (slope is None) == (there[1][name] is None)
        and (slope is None or np.allclose(slope, there[1][name], 1e-9, 1e-9, equal_nan=True))
        for name, slope in here[1].items()
    )


def answer_roughly(formula, at):
    """Answer as a computer would do that computes with fewer digits."""
    signs = itertools.cycle([1, -1])
    exact = tape.record

    def record(value, *inputs):
        return exact(value * (1 + next(signs) * 1e-12), *inputs)

    with mock.patch.object(tape, "record", record):
        return answer(formula, at, "x")


@settings(max_examples=500, deadline=None)
@given(formula=FORMULAS, at=POINTS)
def test_values_and_gradients_are_those_of_tensorflow(formula, at):
    found = numbers(answer(formula, at, "x"))
    # What hangs on the last digits, as log(exp(x)) - x or sin(exp(exp(x))) do, compares nothing.
    assume(agree(found, numbers(answer_roughly(formula, at))))
    assert agree(found, ask_tensorflow(formula, at))


@settings(max_examples=200, deadline=None)
@given(formula=SMOOTH, at=points(-2.0, -1.0, -0.5, 0.0, 0.3, 1.0))
def test_gradients_are_those_of_finite_differences(formula, at):
    answered = answer(formula, at, "x")
    for name, difference in answered["differences"].items():
        assert difference == pytest.approx(node(answered, name)["gradient"], rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(
    ("formula", "at", "expected"),
    [
        ("log(x)", {"x": 0.0}, (-math.inf, math.inf)),
        ("1 / x", {"x": 0.0}, (math.inf, -math.inf)),
        ("sqrt(x)", {"x": 0.0}, (0.0, math.inf)),
        ("exp(1000 * x)", {"x": 1.0}, (math.inf, math.inf)),
        ("x**3", {"x": -1e200}, (-math.inf, math.inf)),
        ("x**-1", {"x": 0.0}, (math.inf, -math.inf)),
        ("x**y", {"x": 0.0, "y": 0.0}, (1.0, math.nan)),
        ("abs(x)", {"x": 0.0}, (0.0, 0.0)),
        ("0 * log(x)", {"x": 0.0}, (math.nan, math.nan)),
        ("x**0.5", {"x": -8.0}, (math.nan, math.nan)),
        ("x**log(-1)", {"x": 2.0}, (math.nan, math.nan)),
        ("sin(1 / x)", {"x": 0.0}, (math.nan, math.nan)),
    ],
)
def test_what_is_no_real_number_is_what_tensorflow_says(formula, at, expected):
    answered = answer(formula, at, "x")
    value, gradients = ask_tensorflow(formula, at)
    np.testing.assert_equal((value, gradients["x"]), expected)
    np.testing.assert_equal((output(answered)["value"], node(answered, "x")["gradient"]), expected)


@pytest.mark.parametrize(
    "formula", ["2 if x > 0 else 3", "y if x > 0 else x", "y + 0 * (1 if x >= 1 else x)"]
)
def test_what_the_output_does_not_depend_on_has_none(formula):
    answered = answer(formula, {"x": 2.0, "y": 3.0}, "x")
    assert node(answered, "x")["gradient"] is None
    assert answered["differences"]["x"] == 0


@settings(max_examples=100, deadline=None)
@given(formula=FORMULAS, at=POINTS)
def test_steps_end_where_the_tape_does(formula, at):
    answered = answer(formula, at, "x")
    assert answered["steps"][-1]["computed"] == len(answered["nodes"])
    seen = {}
    for step in answered["steps"]:
        seen |= dict(step["gradients"])
    for place, found in enumerate(answered["nodes"]):
        shown = None if found["gradient"] is None else f"{found['gradient']:.6g}".replace("-", "−")
        assert seen.get(place) == shown


def test_steps_tell_what_each_operation_sends():
    assert [step["text"] for step in answer("x*x + sin(y)", {"x": 3, "y": 0}, "x")["steps"]] == [
        "입력: x = 3, y = 0",
        "순방향 1/3: v1 = x * x = 9",
        "순방향 2/3: v2 = sin(y) = 0",
        "순방향 3/3: v3 = v1 + v2 = 9",
        "역방향: 출력 v3에서 그래디언트 1로 시작",
        "역방향 1/3: v3에서 보냄: v1에 1 × 1 = 1; v2에 1 × 1 = 1",
        "역방향 2/3: v2에서 보냄: y에 1 × 1 = 1",
        "역방향 3/3: v1에서 보냄: x에 1 × 3 = 3; x에 1 × 3 = 3, 더하여 모두 6",
    ]


def test_steps_tell_which_way_a_conditional_takes_and_what_has_no_way():
    texts = [step["text"] for step in answer("x if x*x > 4 else -x", {"x": 1}, "x")["steps"]]
    assert texts[1:] == [
        "순방향 1/3: v1 = x * x = 1",
        "순방향 2/3: v2 = -x = −1",
        "순방향 3/3: v3 = v2 (v1 > 4: 거짓) = −1",
        "역방향: 출력 v3에서 그래디언트 1로 시작",
        "역방향 1/3: v3에서 보냄: v2에 1 × 1 = 1",
        "역방향 2/3: v2에서 보냄: x에 1 × −1 = −1",
        "역방향 3/3: v1에서 출력으로 가는 길이 없어 그래디언트는 None",
    ]


def test_formula_without_a_variable_has_no_inputs():
    answered = answer("3 * 4", {}, "x")
    assert (answered["inputs"], answered["differences"]) == ({}, {})
    assert "curve" not in answered
    assert [step["text"] for step in answered["steps"]][0::3] == [
        "입력: 없음",
        "역방향 1/1: v1의 입력은 모두 상수라 보낼 곳이 없음",
    ]
    assert output(answer("7", {}, "x"))["shown"] == "7"


def test_curve_is_that_of_the_variable_asked_for_and_holds_the_point():
    curve = answer("x + 2 * y", {"x": 1, "y": 9}, "y")["curve"]
    assert curve["variable"] == "y"
    assert (curve["xs"][0], curve["xs"][-1]) == (-4, 10)
    np.testing.assert_allclose(curve["ys"], 1 + 2 * np.array(curve["xs"]), rtol=1e-12)
    assert answer("x", {}, "y")["curve"]["variable"] == "x"


@pytest.mark.parametrize(
    ("formula", "where", "message"),
    [
        ("", "식의 끝", "식을 적으세요."),
        ("x +", "식의 끝", "식이 끝나지 않았습니다."),
        ("x * * 2", "5번째 글자", "여기에는 수, 변수, 함수나 여는 괄호가 와야 합니다."),
        ("2x", "2번째 글자", "앞의 것과 이어지지 않습니다. 곱하려면 사이에 *를 적으세요."),
        ("x (y)", "3번째 글자", "앞의 것과 이어지지 않습니다."),
        ("1.2.3", "4번째 글자", "앞의 것과 이어지지 않습니다."),
        ("(x + 1", "1번째 글자", "여기서 연 괄호를 닫으세요."),
        ("(x y)", "4번째 글자", "앞의 것과 이어지지 않습니다."),
        ("x + 1)", "6번째 글자", "이 괄호와 짝이 되는 여는 괄호가 없습니다."),
        ("sin x", "1번째 글자", "함수 뒤에는 괄호를 여세요. 보기: sin(x)"),
        ("w + 1", "1번째 글자", "모르는 이름입니다. 변수는 x, y, z, 함수는 sin, cos, exp"),
        ("값 + 1", "1번째 글자", "모르는 이름입니다."),
        ("Sin(x)", "1번째 글자", "소문자로 적으세요: sin"),
        ("x @ y", "3번째 글자", "이 글자는 쓸 수 없습니다."),
        ("x > 0", "3번째 글자", "비교는 if와 else 사이에만 적으세요."),
        ("1 + (x > 0)", "8번째 글자", "비교는 if와 else 사이에만 적으세요."),
        ("x if 0 < x < 1 else 2", "12번째 글자", "비교는 하나씩만 쓸 수 있습니다."),
        ("x if x else 2", "6번째 글자", "if 뒤에는 비교를 적으세요."),
        ("x if x > 0", "식의 끝", "조건이 거짓일 때의 값을 else 뒤에 적으세요."),
        ("x else 2", "3번째 글자", "else 앞에 if와 조건을 적으세요."),
        ("(" * 21, "21번째 글자", "괄호는 20겹까지 쓸 수 있습니다."),
        ("+".join("x" * 26), "1번째 글자", "연산이 너무 많습니다. 24번까지 쓸 수 있습니다."),
        ("x" * 121, "121번째 글자", "식이 너무 깁니다. 120글자까지 적을 수 있습니다."),
        ("x.__class__", "2번째 글자", "점은 0.5처럼 수 안에만 적고"),
        ('__import__("os")', "12번째 글자", "이 글자는 쓸 수 없습니다."),
        ("__import__(x)", "1번째 글자", "모르는 이름입니다."),
        ("x^2", "2번째 글자", "거듭제곱은 ^가 아니라 **로 적으세요."),
        ("x // 2", "3번째 글자", "나눈 몫은 쓸 수 없습니다."),
        ("tan(x)", "1번째 글자", "tan은 sin(x) / cos(x)로 적으세요."),
        ("x if x > 0 and y > 0 else 0", "12번째 글자", "비교는 하나씩만 쓸 수 있습니다."),
    ],
)
def test_wrong_formula_is_told_where_and_what_to_write(formula, where, message):
    answered = answer(formula, {}, "x")
    assert answered["error"].startswith(f"{where}: {message}")
    assert 0 <= answered["start"] <= answered["end"] <= len(formula)


@pytest.mark.parametrize(
    ("formula", "marked"),
    [
        ("x + foo(y)", "foo"),
        ("x ** ** 2", "**"),
        ("x if x >= 0 > 1 else 2", ">"),
        ("1 + 2 x", "x"),
        ("x + ", ""),
        ("+".join("x" * 26), "+".join("x" * 26)),
        ("x" * 125, "xxxxx"),
    ],
)
def test_what_is_wrong_is_marked(formula, marked):
    answered = answer(formula, {}, "x")
    assert formula[answered["start"] : answered["end"]] == marked


@pytest.mark.parametrize("word", INSTEAD)
def test_what_others_write_is_told_how_to_write_here(word):
    for formula in [f"x {word} y", f"x if x > 0 {word} y", f"{word}(x)"]:
        if "error" in (answered := answer(formula, {}, "x")) and INSTEAD[word] in answered["error"]:
            break
    else:
        pytest.fail(f"nothing is said of {word}")


@given(st.text(max_size=40) | st.text("xyz0129.+-*/()<>=! if else sin log", max_size=LONGEST))
def test_any_text_is_a_formula_or_is_told_what_is_wrong(text):
    answered = answer(text, {}, "x")
    assert ("error" in answered) != ("nodes" in answered)


@settings(deadline=None)
@given(formula=FORMULAS, at=POINTS)
def test_browser_gets_one_source_that_says_the_same(formula, at):
    joined = {}
    exec(SOURCE, joined)  # noqa: S102 - as the browser does
    assert joined["write_json"](joined["answer"](formula, at, "x")) == write_json(
        answer(formula, at, "x")
    )


def test_source_for_the_browser_has_no_imports_of_ours_and_no_annotated_names():
    parts = ast.parse(join_modules()).body
    imported = [
        ast.unparse(part) for part in parts if isinstance(part, ast.Import | ast.ImportFrom)
    ]
    assert imported == ["import math"]
    assert not [part for part in parts if isinstance(part, ast.AnnAssign)]


def test_most_operations_fit_what_the_browser_may_print():
    longest = ["+".join(["x"] * 25), "+".join(["x*y*z"] * 8), "-" * 24 + "x"]
    assert all(len(write_json(answer(formula, {}, "x"))) < 40_000 for formula in longest)


TEXTS = st.text(st.characters(exclude_categories=["Cc"]))  # which no text of a graph has


@given(st.recursive(st.none() | st.booleans() | st.integers() | TEXTS, st.lists))
def test_json_is_json(data):
    assert json.loads(write_json(data)) == data


def test_numbers_that_json_has_not_are_texts():
    assert json.loads(write_json([math.inf, -math.inf, math.nan, 0.1])) == [
        *["inf", "-inf", "nan"],
        0.1,
    ]


class Bare(ast.NodeTransformer):
    """Takes out what only the laboratory's code has, and not the page's: annotations."""

    def visit_arg(self, node):
        return ast.arg(node.arg)

    def visit_AnnAssign(self, node):
        return ast.Assign([node.target], node.value, lineno=node.lineno)

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.visit_ClassDef(node)

    def visit_ClassDef(self, node):
        """Take out the docstring too, which is in another language."""
        node.body = node.body[1:] if ast.get_docstring(node) else node.body
        return self.generic_visit(node)


def bare_parts(source):
    """Return the parts of a source without annotations and docstrings."""
    return [ast.unparse(part) for part in Bare().visit(ast.parse(source)).body]


def test_tape_is_the_thirty_lines_of_its_page():
    record, _, replay, *_ = site_cells(path_of("beyond/tape-from-scratch"))
    page = bare_parts(f"{record}\n{replay.partition('slope =')[0]}")
    assert [part.split()[:2] for part in page] == [
        ["tape", "="],
        ["class", "Number:"],
        ["def", "lift(x):"],
        ["def", "record(value,"],
        ["def", "gradient(output,"],
    ]
    here = bare_parts((FOLDER / "tape.py").read_text(encoding="utf-8"))
    assert [part for part in page if part not in here] == []


def test_modules_import_what_the_browser_has_and_share_no_names():
    names, modules = [], set()
    for name in MODULES:
        tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
        for part in tree.body:
            if isinstance(part, ast.ImportFrom):
                modules.add(part.module)
            elif isinstance(part, ast.Import):
                modules |= {alias.name for alias in part.names}
            elif isinstance(part, ast.Assign | ast.AnnAssign):
                targets = part.targets if isinstance(part, ast.Assign) else [part.target]
                names += [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]
            elif isinstance(part, ast.FunctionDef | ast.ClassDef):
                names.append(part.name)
    of_annotations = {"__future__", "collections.abc", "typing"}
    assert modules <= {"math", *MODULES} | of_annotations
    assert len(names) == len(set(names)) > 50


@pytest.mark.parametrize("function", FUNCTIONS)
def test_page_lists_every_function(function):
    assert f"`{function}`" in path_of("beyond/laboratory").read_text(encoding="utf-8")
