"""The scripts of the search page in V8, without a browser."""

import json
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

import search_ko

SCRIPTS = Path(search_ko.__file__).parent / "static" / "search"


class Engine:
    """The engine that the scripts make of an index."""

    def __init__(self, index: dict[str, Any]) -> None:
        self.v8 = MiniRacer()
        for name in ["words.js", "ranking.js"]:
            self.v8.eval((SCRIPTS / name).read_text(encoding="utf-8"))
        self.v8.eval(f"const engine = new Engine({json.dumps(index)});")

    def ask(self, expression: str, **values: Any) -> Any:
        """Evaluate an expression in which `engine` and the values have their names."""
        names = ", ".join(values)
        arguments = ", ".join(map(json.dumps, values.values()))
        return json.loads(self.v8.eval(f"JSON.stringify((({names}) => {expression})({arguments}))"))

    def search(self, *queries: str) -> list[list[tuple[str, str]]]:
        """List for each query the pages found, best first, each with the section it leads to."""
        one = "({ page, section }) => [page.name, section.label]"
        script = f"queries.map(query => search(engine, query).results.map({one}))"
        return [list(map(tuple, found)) for found in self.ask(script, queries=queries)]


def make_index(*pages: dict[str, Any], **words: Any) -> dict[str, Any]:
    """Write an index by hand, its words as one string each."""
    known = {"nouns": "", "asking": "", "variants": {}} | words
    return {
        "pages": list(pages),
        "nouns": known["nouns"].split(),
        "verbs": known.get("verbs", []),
        "variants": known["variants"],
        "asking": known["asking"].split(),
    }


def make_page(name: str, *sections: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Write a page of an index by hand."""
    return (
        {"name": name, "url": f"{name}.html", "weight": 1, "introduces": []}
        | facts
        | {"sections": list(sections)}
    )


def make_section(label: str, title: str, *prose: str, **facts: Any) -> dict[str, Any]:
    """Write a section of an index by hand."""
    texts = {"prose": list(prose), "code": [], "messages": []}
    return {"label": label, "title": title, "weight": 1} | texts | facts
