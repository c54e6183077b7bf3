"""The guard of the page on SQLite: without it a missing database kills the process."""

import subprocess
import sys

from tests.examples import pages, path_of

PAGE = path_of("beyond/sqlite")
READ = """
import time
try:
    list({reader}("missing/points.db", "SELECT 1", (tf.int32,)))
except (FileNotFoundError, tf.errors.InvalidArgumentError) as error:
    print(error)
time.sleep(1)
print("survived", flush=True)
"""


def guard() -> str:
    """The page's imports and the cell that defines the guard."""
    cells = [str(example.parsed) for example in pages.parse(PAGE).examples()]
    [definition] = [cell for cell in cells if cell.startswith("def sql_rows")]
    return cells[0].partition("inputs, outputs")[0] + definition.partition("\nguarded = ")[0]


def test_missing_database_kills_the_process_unless_guarded(tmp_path):
    careless = "(lambda *rest: tf.data.experimental.SqlDataset('sqlite', *rest))"
    program = guard() + READ.format(reader="sql_rows") + READ.format(reader=careless)
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    told, *rest = ran.stdout.splitlines()
    assert told.startswith("missing/points.db: ")
    assert rest == ["survived"]  # the guard, and nothing after
    assert ran.returncode != 0
