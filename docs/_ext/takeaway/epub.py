"""Build the whole site as one valid EPUB 3, the same bytes from the same sources."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util import logging
from sphinx.util.osutil import copyfile
from sphinx.util.typing import ExtensionMetadata

STYLE = Path(__file__).with_name("ebook.css")

# What the manifest has to say of a page in which there is such an element.
PROPERTIES = {
    "{http://www.w3.org/1998/Math/MathML}math": "mathml",
    "{http://www.w3.org/2000/svg}svg": "svg",
}

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Replace Sphinx's builder of that name; `epub_date` is the day of the sources."""
    app.add_builder(EpubBuilder, override=True)
    app.add_config_value("epub_date", "", "epub", frozenset({str}))
    app.connect("doctree-resolved", unfold_page)
    app.connect("html-page-context", choose_styles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def unfold_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Unfold what the site folds away, and leave out buttons: many books can do neither."""
    if app.builder.name != "epub":
        return
    for folded in list(doctree.findall(HideCodeCellNode)):
        folded.replace_self(folded.children)
    for node in doctree.findall(nodes.Element):
        if "collapsible" in node:
            node["collapsible"] = "open"
    for raw in doctree.findall(nodes.raw):
        html = re.sub(r"<input\b.*?>|<label\b.*?</label>", "", raw.astext(), flags=re.DOTALL)
        raw.children = [nodes.Text(html)]


def choose_styles(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Leave out the styles that extensions bring for the site, which the book has not."""
    if app.builder.name == "epub":
        files = context["css_files"]
        context["css_files"] = [file for file in files if STYLE.name in str(file)]


class EpubBuilder(Epub3Builder):
    """Sphinx's builder, which knows neither Korean nor what is on the pages."""

    html_tag = Epub3Builder.html_tag.replace(">", ' lang="ko" xml:lang="ko">')
    guide_titles = {"toc": "차례", "cover": "표지"}  # noqa: RUF012 - as in the base class

    def gen_additional_pages(self) -> None:
        """Leave to the site what is no chapter of a book: its search, its page for a lost way."""

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Take the book's own style, and leave the site's styles, scripts and icons to the site."""
        copyfile(STYLE, self.outdir / "_static" / STYLE.name, force=True)

    def content_metadata(self) -> dict[str, Any]:
        """Date the book by its sources."""
        return super().content_metadata() | {"date": f"{self.config.epub_date}T00:00:00Z"}

    def build_content(self) -> None:
        """Say in the manifest which pages have formulas and figures."""
        super().build_content()
        manifest = self.outdir / "content.opf"
        text = manifest.read_text(encoding="utf-8")
        for name in self.files:
            if name.endswith(self.out_suffix) and (properties := self.find_properties(name)):
                item = f'href="{name}"'
                text = text.replace(f"{item} media", f'{item} properties="{properties}" media')
        manifest.write_text(text, encoding="utf-8")

    def find_properties(self, name: str) -> str:
        """Read a page as reading systems do, which show nothing of one that is not XML."""
        try:
            tags = {element.tag for element in ET.parse(self.outdir / name).iter()}  # noqa: S314
        except ET.ParseError as error:
            logger.warning("%s is not XML, write <br/> for <br> and the like: %s", name, error)
            return ""
        return " ".join(has for tag, has in PROPERTIES.items() if tag in tags)

    def build_epub(self) -> None:
        """Pack the files without the times at which they were written."""
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        with ZipFile(self.outdir / f"{self.config.epub_basename}.epub", "w") as epub:
            for name in names:
                how = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                epub.writestr(ZipInfo(name), (self.outdir / name).read_bytes(), how)
