"""`python -m fjsen_spider.cli` is `fjsen`."""

from fjsen_spider.cli import main

main()
