"""The package is complete, says where it comes from, and is the same from sources and sdist."""

import tarfile
import tomllib
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def build(builder, root, out) -> Path:
    """Build one of the two kinds of distribution."""
    [path] = builder(str(root)).build(directory=str(out), versions=["standard"])
    return Path(path)


def metadata_of(wheel) -> Message:
    """Read what a wheel says of itself."""
    with ZipFile(wheel) as file:
        [name] = [name for name in file.namelist() if name.endswith(".dist-info/METADATA")]
        return Parser().parsestr(file.read(name).decode())


@pytest.fixture
def published_wheel(monkeypatch, tmp_path):
    """The wheel as GitHub builds it."""
    monkeypatch.setenv("GITHUB_REPOSITORY", "owner/name")
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    return build(WheelBuilder, ROOT, tmp_path / "wheel")


def test_wheel_has_all_of_the_package_and_nothing_else(tmp_path):
    with ZipFile(build(WheelBuilder, ROOT, tmp_path)) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
        licences = {name.partition("/licenses/")[2] for name in wheel.namelist()} - {""}
    sources = [path for path in (ROOT / "src").rglob("*") if path.suffix != ".pyc"]
    files = {path.relative_to(ROOT / "src").as_posix() for path in sources if path.is_file()}
    assert packed == files
    assert licences == set(PROJECT["license-files"])


def test_sdist_makes_the_same_wheel_wherever_it_is_unpacked(published_wheel, monkeypatch, tmp_path):
    sdist = build(SdistBuilder, ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path, filter="data")
    monkeypatch.delenv("GITHUB_REPOSITORY")
    monkeypatch.delenv("SITE_URL")
    wheel = build(WheelBuilder, tmp_path / sdist.name.removesuffix(".tar.gz"), tmp_path / "again")
    assert wheel.read_bytes() == published_wheel.read_bytes()


def test_links_lead_to_the_repository_and_the_site(published_wheel):
    metadata = metadata_of(published_wheel)
    assert metadata.get_all("Project-URL") == [
        "Documentation, https://example.org/book/",
        "Source, https://github.com/owner/name",
        "Issues, https://github.com/owner/name/issues",
        "Changelog, https://github.com/owner/name/blob/main/CHANGELOG.md",
    ]
    readme = metadata.get_payload()
    assert "(https://github.com/owner/name/actions/workflows/weekly.yml/badge.svg)" in readme
    assert "[CONTRIBUTING.md](https://github.com/owner/name/blob/main/CONTRIBUTING.md)" in readme
    assert "(https://www.tensorflow.org/guide/eager)" in readme


def test_no_link_where_the_repository_is_not_known(monkeypatch, tmp_path):
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.delenv("SITE_URL", raising=False)
    metadata = metadata_of(build(WheelBuilder, ROOT, tmp_path))
    assert "Project-URL" not in metadata
    assert metadata.get_payload().strip() == (ROOT / "README.md").read_text("utf-8").strip()
