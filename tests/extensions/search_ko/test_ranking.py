"""The search finds, first, the page that a reader looks for in Korean, and leads to its section."""

import tomllib
from pathlib import Path

import pytest

from tests.extensions.search_ko.search_engine import Engine, make_index, make_page, make_section

QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
NOUNS = "텐서 변수 상수 그래디언트 경사 하강법 손실 함수 훈련 장치 방법 차이"


def rank(query, *pages, **words):
    """Name the pages that a query finds among a few, best first."""
    engine = Engine(make_index(*pages, **{"nouns": NOUNS} | words))
    return [page for page, _ in engine.search(query)[0]]


def page(name, *prose, title="제목", **facts):
    """Make a page of a lead that says little and a section that has the prose."""
    lead, section = make_section(name, title), make_section(f"{name}-text", "글", *prose)
    return make_page(name, lead, section, **facts)


# What is asked


def test_word_is_found_whatever_follows_its_stem():
    assert rank("텐서를", page("a", "변수입니다."), page("b", "텐서가 있습니다.")) == ["b"]


def test_variant_is_found_by_what_the_pages_say():
    pages = page("a", "변수입니다."), page("b", "손실이 줄어듭니다.")
    assert rank("로스가", *pages, variants={"로스": ["손실"]}) == ["b"]


def test_way_to_say_a_concept_needs_all_its_terms():
    variants = {"gd": ["경사 하강법"]}
    pages = page("a", "경사가 급합니다."), page("b", "경사를 따르는 하강법입니다.")
    assert rank("gd", *pages, variants=variants) == ["b"]


def test_unknown_word_stands_for_those_that_it_begins():
    pages = page("a", "그래디언트 변수입니다."), page("b", "변수입니다.")
    assert rank("그래디", *pages) == ["a"]
    # A pair of words is no word that it could begin.
    (concept,) = Engine(make_index(*pages, nouns=NOUNS)).ask("readQuery(engine, '그래디')")[
        "concepts"
    ]
    assert concept["ways"] == [["그래디언트"]]


def test_misspelled_word_stands_for_the_nearest():
    assert rank("그래디안트를", page("a", "변수입니다."), page("b", "그래디언트입니다.")) == ["b"]


def test_nearest_word_is_no_word_where_it_is_far():
    assert rank("쿠버네티스", page("a", "그래디언트와 변수입니다.")) == []


def test_words_that_the_site_has_not_are_told_unless_they_only_ask():
    engine = Engine(make_index(page("a", "변수입니다."), nouns=NOUNS, asking="방법"))
    asked = engine.ask("readQuery(engine, '쿠버네티스 변수 방법')")
    assert asked["unknown"] == ["쿠버네티스"]
    assert [concept["ways"] for concept in asked["concepts"]] == [[["변수"], ["변수"]]]


def test_word_in_which_a_reader_asks_hardly_counts_but_is_found_alone():
    pages = page("a", "방법과 방법과 방법"), page("b", "변수입니다.")
    assert rank("변수 방법", *pages) == ["a", "b"]
    assert rank("변수 방법", *pages, asking="방법") == ["b", "a"]
    assert rank("방법", *pages, asking="방법") == ["a"]


# Where it is said


def test_rarer_word_decides():
    common = page("a", "변수입니다."), page("b", "변수입니다."), page("c", "텐서입니다.")
    assert rank("변수와 텐서", *common)[0] == "c"


def test_each_further_time_adds_less():
    pages = page("a", "텐서입니다.", "변수입니다."), page("b", "텐서 상수 텐서 상수 텐서")
    assert rank("텐서", *pages) == ["b", "a"]
    assert rank("텐서 변수", *pages) == ["a", "b"]


def test_words_side_by_side_as_in_the_query_count_more():
    pages = page("a", "함수와 변수와 손실"), page("b", "손실 함수와 변수")
    assert rank("손실 함수", *pages) == ["b", "a"]


@pytest.mark.parametrize(
    "better",
    [
        page("b", "변수입니다.", title="변수"),
        page("b/variable", "변수입니다."),
        make_page("b", make_section("b", "제목", "변수를 배웁니다."), make_section("t", "글")),
        page("b", "변수입니다.", introduces=["변수"]),
        make_page("b", make_section("b", "제목"), make_section("t", "변수", "여기입니다.")),
    ],
    ids=["title", "address", "purpose", "introduced", "heading"],
)
def test_page_is_better_than_one_that_only_says_it_as_often(better):
    # Somewhere the text has the word of the address.
    same, other = page("a", "변수입니다."), page("c", "variable", weight=0.1)
    found = rank("변수", same, better, other, variants={"변수": ["변수", "variable"]})
    assert found == [better["name"], "a", "c"]


def test_name_in_code_is_introduced_by_prose_rather_than_by_code():
    code = make_section("a", "제목", "함수입니다.", code=["tf.cast(x)"])
    pages = make_page("a", code), page("b", "함수와 `tf.cast`입니다.")
    assert rank("tf.cast", *pages) == ["b", "a"]


def test_name_in_code_is_introduced_by_the_page_that_is_for_it():
    purpose = make_page("b", make_section("b", "제목", "`tf.cast`를 배웁니다."))
    engine = Engine(make_index(page("a", "함수와 `tf.cast`입니다."), purpose, nouns=NOUNS))
    assert engine.ask("engine.introducing.get('tf.cast').name") == "b"


def test_page_set_aside_introduces_no_name_in_code():
    pages = page("a", "`tf.cast`입니다.", weight=0.9), page("b", "`tf.cast`입니다.")
    assert rank("tf.cast", *pages) == ["b", "a"]
    engine = Engine(make_index(*pages, nouns=NOUNS))
    assert engine.ask("engine.introducing.get('tf.cast').name") == "b"


ENGLISH = {"변수": ["변수", "variable"]}
KNOWN = page("c", "variable", weight=0.1)  # somewhere the text has the word of an address


def test_title_counts_more_than_a_heading():
    headed = make_page("a", make_section("a", "제목"), make_section("t", "변수", "변수입니다."))
    titled = page("b/variable", "변수입니다.")
    assert rank("변수", headed, titled, KNOWN, variants=ENGLISH)[:2] == ["b/variable", "a"]


def test_title_that_is_all_that_is_asked_counts_more_than_saying_it_often_and_first():
    often = page("a", "변수와 변수와 변수", introduces=["변수"])
    titled = page("b/variable", "변수입니다.")
    assert rank("변수", often, titled, KNOWN, variants=ENGLISH)[:2] == ["b/variable", "a"]


def test_title_that_is_a_part_of_what_is_asked_counts_less():
    titled = page("a/variable", "변수입니다.", "텐서입니다.")
    lines = ["변수와 상수와 변수와 상수와 변수", "텐서와 상수와 텐서와 상수와 텐서"]
    often = page("b", *lines, introduces=["변수"])
    assert rank("변수와 텐서", titled, often, KNOWN, variants=ENGLISH)[:2] == ["b", "a/variable"]


def test_title_of_which_a_part_is_asked_counts_less():
    titled = page("a/variable-one-two", "변수입니다.")
    often = page("b", *["변수입니다."] * 9)
    assert rank("변수", titled, often, KNOWN, variants=ENGLISH)[:2] == ["b", "a/variable-one-two"]


def test_page_gets_what_the_site_decides_of_its_score():
    assert rank("변수", page("a", "변수", weight=0.5), page("b", "변수")) == ["b", "a"]


def test_title_of_another_page_in_a_link_says_nothing_about_this_one():
    assert rank("변수", page("a", "⟦변수⟧를 보세요."), page("b", "변수")) == ["b"]


# Error messages

FAILURE = "InvalidArgumentError: Incompatible shapes: [2,3] vs. [2] [Op:AddV2]"


@pytest.mark.parametrize(
    "pasted",
    [
        FAILURE,
        'File "x/변수.py", line 7, in add\n  a + b\nIncompatible shapes: [64,10] vs. [10]',
        "…mpatible shapes: [64,10] vs. [10] [Op:Mul]",
    ],
    ids=["whole", "traceback", "cut"],
)
def test_pasted_message_is_found_where_a_doctest_raises_it(pasted):
    often = page("a", *["변수 shapes"] * 9, title="변수", introduces=["변수"])
    raising = make_section("b", "제목"), make_section("t", "글", messages=[FAILURE])
    assert rank(pasted, often, make_page("b", *raising))[0] == "b"


def test_message_is_found_where_the_title_says_nothing_else():
    other, its = (
        make_page(name, make_section(name, "글"), make_section("t", title, messages=[FAILURE]))
        for name, title in [("a", "변수"), ("b", "shapes")]
    )
    assert rank(FAILURE, other, its) == ["b", "a"]


def test_word_of_a_message_counts_little():
    raising = make_section("b", "제목"), make_section("t", "글", messages=[FAILURE])
    assert rank("shapes", page("a", "shapes", "shapes"), make_page("b", *raising)) == ["a", "b"]


# Which section


def lead_to(query, *sections, **facts):
    """Name the section to which the only page leads."""
    index = make_index(make_page("a", *sections, **facts), nouns=NOUNS)
    return Engine(index).search(query)[0][0][1]


def test_section_that_says_most_is_chosen():
    sections = make_section("a", "제목"), make_section("b", "글", "변수"), make_section("c", "글")
    assert lead_to("변수", *sections) == "b"


def test_section_is_chosen_by_its_heading():
    sections = make_section("b", "글", "변수와 변수"), make_section("c", "변수", "상수")
    assert lead_to("변수", make_section("a", "제목"), *sections) == "c"


def test_section_is_chosen_before_a_lead_that_says_as_much():
    lead, section = make_section("a", "변수", "변수와 변수"), make_section("b", "글", "변수와 변수")
    assert lead_to("변수", lead, section) == "b"
    assert lead_to("변수", lead, make_section("b", "글", "상수")) == "a"


def test_section_that_the_site_sets_aside_is_chosen_after_another():
    sections = make_section("b", "글", "변수와 변수", weight=0.5), make_section("c", "글", "변수")
    assert lead_to("변수", make_section("a", "제목"), *sections) == "c"


def test_section_is_chosen_by_its_message():
    sections = make_section("b", "add", "add shapes"), make_section("c", "글", messages=[FAILURE])
    assert lead_to("Incompatible shapes: [9] vs. [8]", make_section("a", "제목"), *sections) == "c"


# The project's own pages


def miss_pages(engine, queries, places):
    """List the queries whose page is not in the first places, with what is there instead."""
    found = engine.search(*[query["text"] for query in queries])
    named = [[page for page, _ in results[:places]] for results in found]
    return [
        (query["text"], query["page"], names)
        for query, names in zip(queries, named)
        if query["page"] not in names
    ]


def miss_sections(engine, queries):
    """List the queries whose first result does not lead to their section, with where it leads."""
    found = engine.search(*[query["text"] for query in queries])
    return [
        (query["text"], query["section"], results[:1])
        for query, results in zip(queries, found)
        if [section for _, section in results[:1]] != [query["section"]]
    ]


def test_expected_pages_and_sections_are_there(site_index):
    pages = {page["name"] for page in site_index["pages"]}
    sections = {section["label"] for page in site_index["pages"] for section in page["sections"]}
    queries = [query for queries in QUERIES.values() for query in queries]
    assert {query["page"] for query in queries if "page" in query} <= pages
    assert {query["section"] for query in queries if "section" in query} <= sections


def test_expected_page_comes_first_or_soon(site_engine):
    queries = QUERIES["query"]
    assert miss_pages(site_engine, queries, 3) == []
    not_first = miss_pages(site_engine, queries, 1)
    assert len(not_first) <= 0.04 * len(queries), not_first


def test_queries_off_the_list_find_their_pages_too(site_engine):
    queries = QUERIES["unseen"]
    not_soon = miss_pages(site_engine, queries, 3)
    assert len(not_soon) <= 0.02 * len(queries), not_soon
    not_first = miss_pages(site_engine, queries, 1)
    assert len(not_first) <= 0.12 * len(queries), not_first


@pytest.mark.parametrize(
    ("kind", "share"),
    [("section", 0.1), ("unseen_section", 0.25), ("pasted", 0.05), ("unseen_pasted", 0.1)],
)
def test_result_leads_to_the_section_that_answers(site_engine, kind, share):
    queries = QUERIES[kind]
    elsewhere = miss_sections(site_engine, queries)
    assert len(elsewhere) <= share * len(queries), elsewhere


def test_planted_wrong_page_and_section_are_missed(site_engine):
    text = "브로드캐스팅"
    right = {"text": text, "page": "chapter/operations", "section": "operations-broadcasting"}
    wrong = {"text": text, "page": "beyond/none", "section": "operations-check"}
    assert miss_pages(site_engine, [right, wrong], 1) == [(text, "beyond/none", [right["page"]])]
    found = [(right["page"], right["section"])]
    assert miss_sections(site_engine, [right, wrong]) == [(text, "operations-check", found)]


def test_every_page_is_found_by_its_title(site_engine, site_index):
    pages = site_index["pages"]
    titles = [{"text": page["sections"][0]["title"], "page": page["name"]} for page in pages]
    assert miss_pages(site_engine, titles, 1) == []


def test_every_variant_leads_to_words_of_the_site(site_engine):
    script = """[...engine.variants]
        .filter(([, ways]) => !ways.every((way) => way.every((term) => engine.knows(term))))
        .map(([key]) => key)"""
    assert site_engine.ask(script) == []
