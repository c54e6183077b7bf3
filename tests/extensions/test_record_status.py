"""The site's table of what its pages run and quote: every number is counted on the page."""

import doctest
import platform
from importlib.metadata import PackageNotFoundError, version
from xml.etree import ElementTree

import pytest
from sphinx.application import Sphinx

import versions
from record import status
from tests.examples import EXAMPLES, ROOT, docstrings

KERNEL = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
CELL = "```{code-cell} python\n%s\n```\n"
DOCTEST = "```{doctest}\n%s\n```\n"
INDEX = "# Index\n\n```{toctree}\nstatus\npage\n```\n"
STATUS = "# Status\n\n```{versions}\n```\n\n```{status}\n```\n"


@pytest.fixture
def build(tmp_path):
    """Return a function that builds `page`, executing its cells, and returns the two tables."""
    out = tmp_path / "_build"
    settings = {
        "exclude_patterns": ["_build"],
        "extensions": ["myst_nb", "sphinx.ext.doctest", "record"],
        "nb_execution_mode": "force",
        "tf18_record": str(ROOT / "tests" / "original" / "record.json"),
    }

    def build(page, **more):
        for name, text in {"index": INDEX, "status": STATUS, "page": page}.items():
            path = tmp_path / f"{name}.md"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        Sphinx(tmp_path, None, out, out, "xml", settings | more, status=None, warning=None).build()
        return [
            [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("row")]
            for table in ElementTree.parse(out / "status.xml").iter("table")
        ]

    return build


@pytest.fixture
def count(build):
    """Return a function that builds a page and returns its numbers as the table tells them."""

    def count(page):
        _, (*_, row, _) = build(f"{KERNEL}\n# Page\n\n{page}")
        assert row[0] == "Page"
        return tuple(map(int, row[1:]))

    return count


def test_table_has_every_page_in_the_order_of_reading_and_the_sums(build):
    page = CELL % "1 + 1" + DOCTEST % ">>> a = 1\n>>> a\n1" + "{tf18}`square`\n"
    _, table = build(f"{KERNEL}\n# Page\n\n{page}")
    assert table == [
        ["페이지", "실행한 셀", "doctest", "1.8.0에서 얻은 값"],
        ["Index", "0", "0", "0"],
        ["Status", "0", "0", "0"],
        ["Page", "1", "2", "1"],
        ["모두", "1", "2", "1"],
    ]


def test_pages_are_linked(build, tmp_path):
    build("# Page\n")
    links = ElementTree.parse(tmp_path / "_build" / "status.xml").iter("reference")
    titles = {link.get("refuri"): "".join(link.itertext()) for link in links}
    assert titles == {"index": "Index", "": "Status", "page": "Page"}


def test_versions_are_those_that_run(build):
    table, _ = build("# Page\n")
    assert table[1] == ["Python", platform.python_version()]
    for name in ["TensorFlow", "Keras", "NumPy", "Sphinx", "MyST-NB"]:
        assert [name, version(name)] in table


def test_day_on_which_all_passed_is_told_if_it_is_known(build, tmp_path):
    def read(passed):
        build("# Page\n\n```{passed}\n```\n", record_passed=passed)
        page = ElementTree.parse(tmp_path / "_build" / "page.xml")
        return [paragraph.text for paragraph in page.iter("paragraph")]

    assert read("") == []
    assert read("2026-11-30\nTensorFlow 2.21.0\nTensorFlow 2.23.0.dev20261026") == [
        "매주 하는 검사는 2026-11-30에 모두 통과했습니다. 그때 쓴 버전은 아래와 같습니다.",
        "TensorFlow 2.21.0",
        "TensorFlow 2.23.0.dev20261026",
    ]


def test_nightly_build_has_its_version_under_another_name(monkeypatch):
    def version(name):
        if name != "tf-nightly":
            raise PackageNotFoundError
        return "2.23.0.dev20261026"

    monkeypatch.setattr(versions, "version", version)
    assert versions.find_version("TensorFlow") == "2.23.0.dev20261026"
    with pytest.raises(PackageNotFoundError):
        versions.find_version("NumPy")


def test_cell_without_output_is_executed(count):
    assert count(CELL % "a = 1" + CELL % "print(a)") == (2, 0, 0)


def test_failing_cell_and_those_after_it_are_not_executed(count):
    assert count(CELL % "a = 1" + CELL % "print(a)\n1 / 0" + CELL % "print(a)") == (1, 0, 0)


def test_page_that_is_not_executed_has_no_executed_cell(build):
    kernel = KERNEL.replace("kernelspec", "mystnb: {execution_mode: 'off'}\nkernelspec")
    _, table = build(f"{kernel}\n# Page\n\n{CELL % 'print(1)'}")
    assert table[3] == ["Page", "0", "0", "0"]


@pytest.mark.parametrize(
    "unseen",
    [
        "```\n>>> 1 + 1\n2\n```\n",  # no test
        "<!--\n```{doctest}\n>>> 1 + 1\n2\n```\n-->\n",
        "```{doctest}\n:hide:\n>>> 1 + 1\n2\n```\n",
    ],
)
def test_doctest_that_no_reader_sees_or_no_test_runs_is_not_counted(unseen, count):
    assert count(unseen + DOCTEST % ">>> 2\n2") == (0, 1, 0)


def test_answer_quoted_twice_is_one(count):
    assert count("{tf18}`square` {tf18}`abs_at_zero` {tf18}`square`\n") == (0, 0, 2)


def test_table_follows_a_change_of_a_page(build):
    build("# Page\n")
    _, table = build(f"# Page\n\n{DOCTEST % '>>> 2'}")
    assert table[3] == ["Page", "0", "1", "0"]


# The project's pages


def test_numbers_are_those_that_the_tests_collect(unexecuted):
    env = unexecuted.env
    site = {page: env.get_doctree(page) for page in env.collect_relations()}
    for page in site.values():
        for cell in page.findall(lambda node: "exec_count" in getattr(node, "attributes", ())):
            cell["exec_count"] = 1  # as if the site had been built
    found = {name: status.count_examples(page)[:2] for name, page in site.items()}
    del found["reference/eagerdemo"]  # whose doctests are those of the docstrings
    assert found == {name: EXAMPLES[name] for name in found}
    assert len(found) == len(EXAMPLES) - 1


def test_doctests_of_the_docstrings_are_run(unexecuted):
    reference = unexecuted.env.get_doctree("reference/eagerdemo")
    shown = [
        example.source
        for block in reference.findall(status.is_doctest)
        for example in doctest.DocTestParser().get_examples(block.astext())
    ]
    run = [
        example.parsed.source
        for path in (ROOT / "src").rglob("*.py")
        for example in docstrings.parse(path).examples()
    ]
    assert shown
    assert set(shown) <= set(run)
    assert len(shown) == status.count_examples(reference).doctests
