"""The ledger: every URL owed, done, failed or gone, in one SQLite file of the data folder."""

from __future__ import annotations

from fjsen_spider.crawling.ledger.articles import Entry, State
from fjsen_spider.crawling.ledger.ledger import FILE, DamagedLedgerError, Ledger, LedgerError
from fjsen_spider.crawling.ledger.pages import KnownPage

__all__ = ["FILE", "DamagedLedgerError", "Entry", "KnownPage", "Ledger", "LedgerError", "State"]
