"""What a crawl does not ask for, and what it does not take as an answer."""
