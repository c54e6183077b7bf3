"""Run Python in the browser: what a page asks for; the page is told what is printed and raised."""

import sys

from browser import self as worker  # type: ignore[import-not-found] # of Brython
from javascript import Date  # type: ignore[import-not-found]

PAUSE = 50  # milliseconds between two messages, or an endless loop would bury the page in them

sys.setrecursionlimit(500)  # the browser's own limit comes soon after, and is no Python error


class Page:
    """Takes what is printed to the page."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Make room for the output of another run, whose first text is sent at once."""
        self.waiting = ""
        self.last = 0

    def write(self, text: str) -> None:
        """Keep a text until the page has had time for the one before."""
        self.waiting += text
        if Date.now() - self.last > PAUSE:
            self.send()

    def flush(self) -> None:
        """Do nothing: every print() flushes, where the page still needs its time."""

    def send(self) -> None:
        """Send what is kept."""
        if self.waiting:
            worker.postMessage({"output": self.waiting})
        self.waiting = ""
        self.last = Date.now()


class Sources:
    """What was run since names were forgotten last.

    Brython calls every source `<string>`. So each begins at the line where the one before ended:
    then the line alone tells in which source it is.
    """

    def __init__(self) -> None:
        self.lines: list[tuple[str, int, str]] = []

    def add(self, name: str, source: str) -> str:
        """Add a source, and return it moved down; it replaces the last one if that has its name."""
        while self.lines and self.lines[-1][0] == name:
            self.lines.pop()
        moved = "\n" * len(self.lines) + source
        lines = source.split("\n")
        self.lines += [(name, number + 1, line.strip()) for number, line in enumerate(lines)]
        return moved

    def find(self, line: int) -> tuple[str, int, str]:
        """Return the name of a line's source, the line's number in that, and its text."""
        return self.lines[min(line, len(self.lines)) - 1]  # some errors are after the last line


page = sys.stdout = sys.stderr = Page()
names: dict[str, object] = {}
sources = Sources()


def run(source: str, name: str, fresh: bool) -> None:
    """Run a source; with `fresh`, the names that earlier ones defined are forgotten."""
    global sources
    if fresh:
        names.clear()
        sources = Sources()
    names["__name__"] = "__main__"
    answer: dict[str, object] = {"finished": True}
    worker.postMessage({"started": True})
    page.begin()
    try:
        exec(sources.add(name, source), names)  # noqa: S102 - this is what it is for
    except BaseException as error:
        answer["error"] = describe(error)
    page.send()
    worker.postMessage(answer)


def describe(error: BaseException) -> dict[str, object]:
    """Tell what was raised, and in which line of which source."""
    places = trace(error)
    if isinstance(error, SyntaxError):
        places.append((error.lineno or 1, ""))
    kind = type(error).__name__
    message = mend(str(error))
    told = f"{kind}: {message}" if message else kind
    name, line, _ = sources.find(places[-1][0]) if places else ("", 0, "")
    listed = "".join(map(list_place, places[:3] + places[3:][-3:]))
    traceback = f"Traceback (most recent call last):\n{listed}{told}"
    return {"type": kind, "name": name, "line": line, "message": told, "trace": traceback}


def trace(error: BaseException) -> list[tuple[int, str]]:
    """Return the lines through which an error came, with the name of the function of each."""
    places = []
    entry = error.__traceback__
    while entry:
        code = entry.tb_frame.f_code
        if code.co_filename == "<string>":  # and not in this file
            places.append((entry.tb_lineno, code.co_name))
        entry = entry.tb_next
    return places


def list_place(place: tuple[int, str]) -> str:
    """Write a line of a traceback as Python does."""
    name, line, text = sources.find(place[0])
    function = f", in {place[1]}" if place[1] else ""
    return f'  File "{name}", line {line}{function}\n    {text}\n'


def mend(message: str) -> str:
    """Return a message as Python words it."""
    message = message.split(" (warning:")[0]  # where a missing module was not looked for
    before, on, line = message.rpartition(" on line ")
    return f"{before}{on}{sources.find(int(line))[1]}" if on and line.isdigit() else message
