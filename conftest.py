"""What pytest collects besides tests/: the pages' cells and doctests, the package's docstrings."""

from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

pages = Sybil([PythonCodeBlockParser(), DocTestDirectiveParser()], path="docs", pattern="*.md")
docstrings = Sybil([DocTestParser()], path="src", pattern="*.py")

pytest_collect_file = (pages + docstrings).pytest()
