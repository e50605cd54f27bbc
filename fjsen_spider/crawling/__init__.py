"""What a crawl needs besides its spider: arguments, replay, bookkeeping, exit status."""
