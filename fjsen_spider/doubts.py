"""What a record may be doubtful about: each slug of `warnings`, and what it means."""

from __future__ import annotations

from typing import Final

WARNINGS: Final = {
    "missing-page": "a page of the article could not be had: the text has a gap, `complete` is false",
    "unreadable-page": "a continuation page was fetched, but is no article page",
    "encoding-lossy": "bytes that are no text in any charset became U+FFFD",
    "encoding-mixed": "parts of the page seem to be in another charset",
    "truncated-tree": "the page is nested so deeply, or its body has so many thousands of elements or links, that not all of it was read",
    "layout-ambiguous": "the page looks like more than one template",
    "generic-layout": "the page is of no known template and was read by rules for news pages in general",
    "title-not-shown": "no headline was found on the page; it is the document's title without the site's name",
    "date-from-meta": "the page shows no date, or the day only; it is that of the document's head",
    "second-body": "the page has a second body, which is not read",
    "cut-short": "the page ends early: its end tag is missing, or a comment or script was left open",
    "doubled-page": "two of the pages given have one number; the first is read",
    "body-unclosed": "the end of the body is missing, or paragraphs stand right behind it",
    "text-outside-marks": "text stands in the body's place, but outside of the CMS's marks; it is not read",
    "player-slot": "a script would have loaded a film, whose address is not in the page",
    "relative-url": "a picture or link is relative and the saved page does not tell where it is from",
    "personal-data": "title, text or captions seem to hold a mobile number, an identity number or a mail address",
    "date-from-url": "the page shows no date; it is that of the URL",
    "date-differs-from-url": "page and URL disagree; the page is followed",
    "date-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "id-differs-from-comment": "URL and CMS comment disagree; the URL is followed",
    "title-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "source-differs-from-comment": "page and CMS comment disagree; the page is followed",
    "authors-differ-from-comment": "the CMS comment names others too; the page is followed",
    "editors-differ-from-comment": "the CMS comment names others too; the page is followed",
}
