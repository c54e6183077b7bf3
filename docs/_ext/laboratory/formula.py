"""Formulas in x, y and z: read into a tree, and computed with the numbers of the tape.

A formula is data. What is not a number, a variable, a function of the list or an operator is an
error that says where it stands and what to write instead; nothing of it is run by Python.
"""

from __future__ import annotations

from collections.abc import Callable

from .tape import FUNCTIONS, Number, divide, negate, power, take

VARIABLES = ["x", "y", "z"]
LONGEST, DEEPEST, MOST = 120, 20, 24  # letters, parentheses in another, operations

DIGITS = "0123456789"
OPERATORS = ["**", "<=", ">=", "==", "!=", "+", "-", "*", "/", "<", ">", "(", ")"]
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]
NAMES = f"변수는 {', '.join(VARIABLES)}, 함수는 {', '.join(FUNCTIONS)}입니다."
OPERAND = "수, 변수, 함수나 여는 괄호"
# What is written elsewhere, and what is written here.
INSTEAD = {
    "^": "거듭제곱은 ^가 아니라 **로 적으세요. 보기: x**2",
    "×": "곱하기는 *로 적으세요.",
    "·": "곱하기는 *로 적으세요.",
    "÷": "나누기는 /로 적으세요.",
    "−": "빼기는 키보드의 -로 적으세요.",
    "=": "같은지 비교하려면 ==로 적으세요. 식만 적을 때에는 y =를 빼세요.",
    "≤": "작거나 같은지는 <=로 비교하세요.",
    "≥": "크거나 같은지는 >=로 비교하세요.",
    "≠": "다른지는 !=로 비교하세요.",
    "√": "제곱근은 sqrt(x)로 적으세요.",
    "π": "원주율은 수로 적으세요. 보기: 3.14159265",
    "²": "제곱은 **2로 적으세요.",
    "³": "세제곱은 **3으로 적으세요.",
    ",": "쉼표는 쓰지 않습니다. 소수점은 .으로 적고, 함수에는 값을 하나만 넣으세요.",
    ".": "점은 0.5처럼 수 안에만 적고, 함수는 math.sin(x)가 아니라 sin(x)로 적으세요.",
    "[": "괄호는 ( )만 쓰세요.",
    "{": "괄호는 ( )만 쓰세요.",
    "%": "나머지는 쓸 수 없습니다. +, -, *, /, **로 적으세요.",
    "//": "나눈 몫은 쓸 수 없습니다. 나누기는 /로 적으세요.",
    "ln": "자연로그는 log(x)로 적으세요.",
    "tan": "tan은 sin(x) / cos(x)로 적으세요.",
    "pow": "거듭제곱은 x**2처럼 적으세요.",
    "pi": "원주율은 수로 적으세요. 보기: 3.14159265",
    "e": "e의 거듭제곱은 exp(x)로 적으세요.",
    "and": "비교는 하나씩만 쓸 수 있습니다. 조건문 안에 조건문을 넣으세요.",
    "or": "비교는 하나씩만 쓸 수 있습니다. 조건문 안에 조건문을 넣으세요.",
    "not": "not 대신 반대로 비교하세요. 보기: x <= 0",
}


class FormulaError(Exception):
    """What is wrong with a formula, and where: the letters from `start` to `end`."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message, self.start, self.end = message, start, end


class Token:
    """A number, a name or an operator of a formula, and where it stands."""

    def __init__(self, kind: str, text: str, start: int) -> None:
        self.kind, self.text, self.start, self.end = kind, text, start, start + len(text)

    def error(self, message: str) -> FormulaError:
        """Make the error that this token is."""
        return FormulaError(message, self.start, self.end)


class Tree:
    """An operation on other trees, or a number or variable; `token` is what stands for it."""

    def __init__(self, operation: str, token: Token, *parts: Tree) -> None:
        self.operation, self.token, self.parts = operation, token, parts


def read_formula(text: str) -> Tree:
    """Read a formula.

    Raises:
        FormulaError: if it is none.
    """
    if len(text) > LONGEST:
        message = f"식이 너무 깁니다. {LONGEST}글자까지 적을 수 있습니다."
        raise FormulaError(message, LONGEST, len(text))
    return Reader(split_formula(text)).read_all()


def split_formula(text: str) -> list[Token]:
    """Split a formula into its tokens, with one of the kind "end" after them."""
    tokens: list[Token] = []
    start = 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        tokens.append(read_token(text, start))
        start = tokens[-1].end
    return [*tokens, Token("end", "", len(text))]


def read_token(text: str, start: int) -> Token:
    """Read the token that begins at a place."""
    if is_digit(text, start) or (text[start] == "." and is_digit(text, start + 1)):
        return read_number(text, start)
    if is_letter(text, start):
        end = start
        while is_letter(text, end) or is_digit(text, end):
            end += 1
        return Token("name", text[start:end], start)
    for length in [2, 1]:
        piece = text[start : start + length]
        if piece in OPERATORS:
            return Token("operator", piece, start)
        if piece in INSTEAD:
            raise FormulaError(INSTEAD[piece], start, start + length)
    raise FormulaError(f"이 글자는 쓸 수 없습니다. {NAMES}", start, start + 1)


def read_number(text: str, start: int) -> Token:
    """Read a number, which may have a point and an exponent."""
    end = skip_digits(text, start)
    if text[end : end + 1] == ".":
        end = skip_digits(text, end + 1)
    if text[end : end + 1] in ["e", "E"]:
        sign = 1 if text[end + 1 : end + 2] in ["+", "-"] else 0
        if is_digit(text, end + 1 + sign):
            end = skip_digits(text, end + 1 + sign)
    return Token("number", text[start:end], start)


def skip_digits(text: str, place: int) -> int:
    """Return the place after the digits that stand at a place."""
    while is_digit(text, place):
        place += 1
    return place


def is_digit(text: str, place: int) -> bool:
    """Tell whether a digit stands at a place."""
    return place < len(text) and text[place] in DIGITS


def is_letter(text: str, place: int) -> bool:
    """Tell whether something of which names are made, of any script, stands at a place."""
    return place < len(text) and (text[place].isalpha() or text[place] == "_")


class Reader:
    """Reads tokens by descent: each method reads what binds more tightly than the one before."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def peek(self) -> Token:
        """Return the next token."""
        return self.tokens[self.place]

    def take_one(self, texts: list[str]) -> Token | None:
        """Take the next token if it is one of these."""
        token = self.peek()
        if token.text not in texts:
            return None
        self.place += 1
        return token

    def read_all(self) -> Tree:
        """Read a formula to its end."""
        if self.peek().kind == "end":
            raise self.peek().error("식을 적으세요. 보기: x*y + sin(x)")
        tree = need_value(self.read_conditional())
        if self.peek().kind != "end":
            raise explain_rest(self.peek())
        if count_operations(tree) > MOST:
            message = f"연산이 너무 많습니다. {MOST}번까지 쓸 수 있습니다."
            raise FormulaError(message, 0, self.peek().start)
        return tree

    def read_conditional(self) -> Tree:
        """Read `a if b else c`, or what stands in its place."""
        tree = self.read_comparison()
        token = self.take_one(["if"])
        if token is None:
            return tree
        condition = self.read_comparison()
        if condition.operation not in COMPARISONS:
            raise condition.token.error("if 뒤에는 비교를 적으세요. 보기: x if x > 0 else 0")
        if self.peek().text in INSTEAD:
            raise explain_rest(self.peek())
        if self.take_one(["else"]) is None:
            message = "조건이 거짓일 때의 값을 else 뒤에 적으세요. 보기: x if x > 0 else 0"
            raise self.peek().error(message)
        other = self.read_conditional()
        return Tree("if", token, need_value(tree), condition, need_value(other))

    def read_comparison(self) -> Tree:
        """Read a sum, or two with a comparison between them."""
        tree = self.read_sum()
        token = self.take_one(COMPARISONS)
        if token is None:
            return tree
        tree = Tree(token.text, token, need_value(tree), need_value(self.read_sum()))
        if self.peek().text in COMPARISONS:
            raise self.peek().error(
                "비교는 하나씩만 쓸 수 있습니다. 조건문 안에 조건문을 넣으세요."
            )
        return tree

    def read_sum(self) -> Tree:
        """Read terms with + and - between them."""
        tree = self.read_product()
        while token := self.take_one(["+", "-"]):
            tree = Tree(token.text, token, need_value(tree), need_value(self.read_product()))
        return tree

    def read_product(self) -> Tree:
        """Read factors with * and / between them."""
        tree = self.read_sign()
        while token := self.take_one(["*", "/"]):
            tree = Tree(token.text, token, need_value(tree), need_value(self.read_sign()))
        return tree

    def read_sign(self) -> Tree:
        """Read a power with signs before it, which bind less tightly: -x**2 is -(x**2)."""
        token = self.take_one(["+", "-"])
        if token is None:
            return self.read_power()
        tree = need_value(self.read_sign())
        return Tree("negate", token, tree) if token.text == "-" else tree

    def read_power(self) -> Tree:
        """Read an operand and its exponent, which is a power itself and may have a sign."""
        tree = self.read_operand()
        token = self.take_one(["**"])
        if token is None:
            return tree
        return Tree("**", token, need_value(tree), need_value(self.read_sign()))

    def read_operand(self) -> Tree:
        """Read a number, a variable, a function of something or something in parentheses."""
        token = self.peek()
        self.place += 1
        if token.kind == "number":
            return Tree("number", token)
        if token.text in VARIABLES:
            return Tree("variable", token)
        if token.text in FUNCTIONS:
            if self.peek().text != "(":
                raise token.error(f"함수 뒤에는 괄호를 여세요. 보기: {token.text}(x)")
            self.place += 1
            return Tree(token.text, token, need_value(self.read_parenthesis(token)))
        if token.text == "(":
            return self.read_parenthesis(token)
        raise explain_missing_operand(token)

    def read_parenthesis(self, opening: Token) -> Tree:
        """Read what stands in parentheses, after the first, to the second."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise opening.error(f"괄호는 {DEEPEST}겹까지 쓸 수 있습니다.")
        tree = self.read_conditional()
        self.depth -= 1
        if self.take_one([")"]) is None:
            if self.peek().kind == "end":
                raise opening.error("여기서 연 괄호를 닫으세요.")
            raise explain_rest(self.peek())
        return tree


def need_value(tree: Tree) -> Tree:
    """Refuse a comparison where a number is needed."""
    if tree.operation in COMPARISONS:
        raise tree.token.error("비교는 if와 else 사이에만 적으세요. 보기: x if x > 0 else 0")
    return tree


def count_operations(tree: Tree) -> int:
    """Count the operations of a formula."""
    own = 0 if tree.operation in ["number", "variable"] else 1
    return own + sum(count_operations(part) for part in tree.parts)


def explain_rest(token: Token) -> FormulaError:
    """Tell what is wrong with a token that cannot follow what stands before it."""
    if token.text in INSTEAD:
        return token.error(INSTEAD[token.text])
    if token.text == ")":
        return token.error("이 괄호와 짝이 되는 여는 괄호가 없습니다.")
    if token.text == "else":
        return token.error("else 앞에 if와 조건을 적으세요. 보기: x if x > 0 else 0")
    return token.error("앞의 것과 이어지지 않습니다. 곱하려면 사이에 *를 적으세요.")


def explain_missing_operand(token: Token) -> FormulaError:
    """Tell what is wrong with a token where an operand should begin."""
    if token.kind == "end":
        return token.error(f"식이 끝나지 않았습니다. {OPERAND}를 이어서 적으세요.")
    if token.kind == "name" and token.text not in ["if", "else"]:
        if token.text in INSTEAD:
            return token.error(INSTEAD[token.text])
        if token.text.lower() in [*VARIABLES, *FUNCTIONS]:
            return token.error(f"소문자로 적으세요: {token.text.lower()}")
        return token.error(f"모르는 이름입니다. {NAMES}")
    return token.error(f"여기에는 {OPERAND}가 와야 합니다.")


class Step:
    """An operation that was computed, and of a conditional what it compared."""

    def __init__(self, tree: Tree, inputs: list[Number], compared: list[Number]) -> None:
        """Compute it."""
        self.tree, self.inputs, self.compared = tree, inputs, compared
        self.result = OPERATIONS[tree.operation](*inputs)


def find_variables(tree: Tree) -> list[str]:
    """Return the variables of a formula, in the order of the alphabet."""
    names = {tree.token.text} if tree.operation == "variable" else set()
    for part in tree.parts:
        names |= set(find_variables(part))
    return sorted(names)


def compute(tree: Tree, inputs: dict[str, Number], steps: list[Step]) -> Number:
    """Compute a formula on the tape, and note its operations as steps."""
    if tree.operation == "number":
        return Number(float(tree.token.text))
    if tree.operation == "variable":
        return inputs[tree.token.text]
    compared: list[Number] = []
    parts = list(tree.parts)
    if tree.operation == "if":
        taken, condition, other = parts
        compared = [compute(part, inputs, steps) for part in condition.parts]
        parts = [taken if compare(condition.operation, compared) else other]
    numbers = [compute(part, inputs, steps) for part in parts]
    steps.append(Step(tree, numbers, compared))
    return steps[-1].result


def compare(operation: str, numbers: list[Number]) -> bool:
    """Tell whether a comparison holds."""
    left, right = [number.value for number in numbers]
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "==": left == right,
        "!=": left != right,
    }[operation]


def add(x: Number, y: Number) -> Number:
    """Add."""
    return x + y


def subtract(x: Number, y: Number) -> Number:
    """Subtract."""
    return x - y


def multiply(x: Number, y: Number) -> Number:
    """Multiply."""
    return x * y


OPERATIONS: dict[str, Callable[..., Number]] = {
    **FUNCTIONS,
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
    "negate": negate,
    "if": take,
}
