"""A finished draft → the record."""

from __future__ import annotations

import hashlib

from fjsen_spider.extraction.draft import Draft
from fjsen_spider.items import Article
from fjsen_spider.personal import is_personal


def finish(draft: Draft) -> Article:
    """Close a draft that all stages have read."""
    fields = draft.fields
    captions = [image.caption for image in fields.get("images", ()) if image.caption]
    content = "\n".join(filter(None, (fields.get("title"), fields.get("text"), *captions)))
    return Article(
        **fields,
        provenance=draft.provenance,
        warnings=(*draft.warnings, "personal-data") if is_personal(content) else draft.warnings,
        content_sha256=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(),
    )
