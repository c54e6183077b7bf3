"""The words of a text: its stems as the analyser finds them, and as the browser splits by them."""

from collections import Counter

import pytest
from kiwipiepy import Kiwi

from search_ko.words import ends_in_particle, find_bases, find_stems, join_variants
from tests.extensions.search_ko.search_engine import Engine, make_index


@pytest.fixture(scope="module")
def kiwi():
    """The morphological analyser."""
    return Kiwi(load_multi_dict=False)


@pytest.fixture(scope="module")
def engine():
    """An engine that knows a few words."""
    nouns = "그래디언트 연산 미분 방법 자동 경사 하강법 값 차 문자"
    verbs = [
        ["구하", "구해"],
        ["고치", "고쳐"],
        ["만들", "만드"],
        ["쉽", "쉬우", "쉬워"],
        ["되", "돼"],
    ]
    return Engine(make_index(nouns=nouns, verbs=verbs, asking="방법", variants={"레이어": ["층"]}))


# In Python


def test_stems_are_those_of_the_text_and_of_the_concepts():
    nouns, verbs = find_stems(["변수를 고치고 새텐솔을 만듭니다."], ["새텐솔"])
    assert {"변수", "새텐솔"} <= set(nouns)
    assert {("고치", "고쳐"), ("만들", "만드")} <= set(verbs)


@pytest.mark.parametrize(
    ("stem", "tag", "bases"),
    [
        ("고치", "VV", ["고치", "고쳐"]),
        ("만들", "VV", ["만들", "만드"]),
        ("쉽", "VA-I", ["쉽", "쉬우", "쉬워"]),
        ("읽", "VV", ["읽"]),
    ],
)
def test_verb_has_the_bases_that_endings_make_of_it(kiwi, stem, tag, bases):
    assert find_bases(kiwi, stem, tag) == bases


def test_noun_with_its_particle_is_no_noun():
    nouns = Counter({"그래디언트": 9, "그래디언트만": 1, "차": 3, "차이": 1})
    assert ends_in_particle("그래디언트만", nouns, {"만", "이"})
    assert not ends_in_particle("그래디언트", nouns, {"만", "이"})
    assert not ends_in_particle("차이", nouns, {"만", "이"})


def test_variant_of_a_concept_stands_for_all_its_names():
    variants = join_variants([["그래디언트", "gradient"]], {"변화도": ["그래디언트"]})
    assert variants["변화도"] == variants["gradient"] == ["그래디언트", "gradient"]


# In the browser


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("그래디언트를", ["그래디언트"]),
        ("연산은", ["연산"]),
        ("미분하는 방법", ["미분", "방법"]),
        ("자동미분", ["자동", "미분"]),
        ("경사하강법으로", ["경사", "하강법"]),
        ("구합니다", ["구하"]),
        ("고쳤다", ["고치"]),
        ("만드는", ["만들"]),
        ("쉬운", ["쉽"]),
        ("0이 안 되는 2차", ["0", "2", "차"]),
        ("그레디안트를", ["그레디안트"]),
        ("레이어가", ["레이어"]),
        ("tf로미분", ["tf", "미분"]),
        ("`GradientTape`로", ["gradienttape"]),
        ("tf.Variable은 assign_add()", ["tf.variable", "assign_add"]),
        ("tensors", ["tensor"]),
    ],
)
def test_text_is_split_into_stems(engine, text, stems):
    assert engine.ask("engine.words.terms(text)", text=text) == stems


def test_name_in_code_has_names_and_parts(engine):
    (word,) = engine.ask("engine.words.read(text)", text="tf.GradientTape")
    assert word == {
        "term": "tf.gradienttape",
        "names": ["tf", "gradienttape"],
        "parts": ["tf", "gradient", "tape"],
        "start": 0,
        "length": 15,
    }


def test_noun_of_two_known_ones_has_both_as_parts():
    # The longer noun is known too, or it would be split into two words.
    engine = Engine(make_index(nouns="미분 미분값 값어치 값"))
    assert engine.ask("halve(engine.words, word)", word="미분값어치") == ["미분", "값어치"]
    assert engine.ask("halve(engine.words, word)", word="값어치") == ["값어치"]


def test_words_say_where_they_stand(engine):
    words = engine.ask("engine.words.read(text)", text="x의 미분을")
    assert [(word["term"], word["start"], word["length"]) for word in words] == [
        ("x", 0, 1),
        ("미분", 3, 2),
    ]


def test_title_is_without_words_that_only_ask(engine):
    assert engine.ask("[...engine.words.titleTerms(text)]", text="미분하는 방법") == ["미분"]
