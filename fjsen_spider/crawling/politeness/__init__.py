"""How a crawl behaves towards the site: robots.txt, delays, retries, and when to stop asking."""
