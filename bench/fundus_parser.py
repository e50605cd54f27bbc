"""The portal as a publisher of Fundus, with the helpers that its guide names.

No postponed annotations here: Fundus calls them to make the value of an attribute that fails.
"""

import datetime as dt
from typing import Any

from fundus.parser import ArticleBody, BaseParser, Image, ParserProxy, attribute
from fundus.parser import utility as tools
from lxml.etree import XPath

_BODY = '(//div[@id="zoom"] | //div[@class="cont-news"] | //td[@id="new_message_id"])[last()]'


class Fjsen(ParserProxy):
    """The one version of the parser.

    The layout without byline slots gives neither date nor author; captions are lost with their pictures, because Fundus
    takes no address of a picture that is relative to the page.
    """

    class V1(BaseParser):
        """What the portal's templates share."""

        _paragraphs = XPath(_BODY + '//p[not(strong) and not(img) and not(@align="center")]')
        _headings = XPath(_BODY + '//p[strong and not(@align="center")]')
        _title = XPath(
            "string((//div[contains(@class, 'cont') or contains(@class, 'big_title')]//h1 | //div[@class='biaoti'])[1])"
        )
        _authors = XPath("string(//span[@id='author_baidu'])")
        _date = XPath("string(//span[@id='pubtime_baidu'])")

        @attribute
        def body(self) -> ArticleBody | None:
            return tools.extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=self._paragraphs, subheadline_selector=self._headings
            )

        @attribute
        def title(self) -> str | None:
            return self._title(self.precomputed.doc).strip()

        @attribute
        def authors(self) -> list[str]:
            return tools.generic_author_parsing(self._authors(self.precomputed.doc).split("：")[-1].strip())

        @attribute
        def publishing_date(self) -> dt.datetime | None:
            shown = self._date(self.precomputed.doc)
            return tools.generic_date_parsing(shown) if shown else None

        @attribute
        def images(self) -> list[Image]:
            return tools.image_extraction(
                doc=self.precomputed.doc,
                paragraph_selector=self._paragraphs,
                image_selector=XPath(_BODY + "//img"),
                upper_boundary_selector=XPath("//h1"),
                caption_selector=XPath("./ancestor::p[1]/following-sibling::p[1]"),
                relative_urls=XPath("'http://fjnews.fjsen.com/'"),
            )


PROXY: Any = Fjsen()
