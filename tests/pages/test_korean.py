"""The Korean of the pages: one term a concept, no form that says 을(를). Imports no TensorFlow."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXTS = [
    ROOT / "README.md",
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts),
    *sorted((ROOT / "docs" / "figures").glob("*.svg")),
    *sorted((ROOT / "docs" / "locales").rglob("*.po")),
]
BANNED = {
    "차별화": "미분",
    r"편도(?!함수)": "편도함수",
    r"(?<!\w)이거": "즉시 실행",  # not 이거나
    "야고비": "야코비",
    "그라디언트": "그래디언트",
    "그레이디언트": "그래디언트",
    "매트릭스": "행렬",
    "파라메터": "매개변수",
    "덧샘": "덧셈",
    "자유자제": "자유자재",
    r"텐서플로": "TensorFlow",
    r"넘파이": "NumPy",
    r"케라스": "Keras",
    r"되어[지진집졌]": "되다",
    r"(?:코드|첫|위의|아래) 칸": "셀",
    "단추": "버튼",
    "손잡이": "슬라이더",
    "얼개": "구조",
    r"일러 (?=[주줍줘])": "알려 주다",
    r"(?:함수|메서드|연산)[을를] (?:부[르를른릅]|불러(?![오와온옵]))": "호출하다",
    r"1\.8(?:\.0)?의 답": "1.8.0에서 얻은 값",
    r"[은을이가와]\([는를가과]\)|[는를가과]\([은을이와]\)": "읽는 소리에 맞는 조사 하나",
}


def banned_terms(text: str) -> list[str]:
    """Return the banned terms of `text`, each with what to write instead."""
    return [
        f"{match[0]}: write {instead}"
        for pattern, instead in BANNED.items()
        for match in re.finditer(pattern, text)
    ]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_text_has_no_banned_term(path):
    assert banned_terms(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "자동 차별화",
        "편도를 구합니다",
        "이거 모드",
        "야고비 행렬",
        "그라디언트",
        "그레이디언트",
        "매트릭스",
        "파라메터",
        "덧샘",
        "자유자제로",
        "텐서플로우",
        "넘파이",
        "케라스",
        "계산되어집니다",
        "코드 칸",
        "단추를 누릅니다",
        "손잡이를 움직입니다",
        "얼개를 봅니다",
        "일러 줍니다",
        "함수를 부릅니다",
        "1.8의 답",
        "`x`을(를) 더합니다",
        "값이(가)",
    ],
)
def test_banned_term_is_found(sentence):
    assert len(banned_terms(sentence)) == 1


@pytest.mark.parametrize(
    "sentence", ["편도함수를 구합니다", "크기가 1이거나 없는 축", "함수를 불러옵니다"]
)
def test_good_term_is_left_alone(sentence):
    assert banned_terms(sentence) == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_one_sentence_stands_on_a_line(path):
    code = r"^(`{3,})(?!{exercise}|{predict}).*?^\1$"
    prose = re.sub(code, "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    lines = [line for line in prose.splitlines() if not line.startswith(("|", "- ", "#"))]
    crowded = [line for line in lines if re.search(r"(니다|세요)\. +\S", line)]
    assert crowded == []
