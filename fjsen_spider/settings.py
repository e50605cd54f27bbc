"""Scrapy settings: only what differs from Scrapy's defaults, each with its reason."""

from fjsen_spider.crawling.contact import user_agent

BOT_NAME = "fjsen_spider"
SPIDER_MODULES = ["fjsen_spider.spiders"]
NEWSPIDER_MODULE = "fjsen_spider.spiders"
COMMANDS_MODULE = "fjsen_spider.commands"  # `crawl` that refuses bad arguments and tells how a run ended
ADDONS = {
    "fjsen_spider.crawling.replay.Replay": 100,  # FJSEN_REPLAY
    "fjsen_spider.crawling.contact.Contact": 200,  # a contact given on the command line
    "fjsen_spider.crawling.monitoring.Monitoring": 300,  # SPIDERMON_ENABLED
}

# The project's own settings; -s NAME=VALUE changes them for a run.
FJSEN_CONTACT = "fjsen-spider project, a research corpus of fjsen.com"  # give a page or an address of yours
FJSEN_DATA = None  # where a run writes; None: `output` beside scrapy.cfg
FJSEN_REVISITS = ["6h", "1d", "7d", "30d"]  # when a new article is looked at again, and one that failed
FJSEN_DEEP_EVERY = "7d"  # when a column is walked to its end again, whatever is known of it
FJSEN_MIN_FREE = 200  # MB of the disk below which a run does not begin, or ends
FJSEN_REPLAY = None  # a mirror tree, a WARC file or a folder with some that answers in the place of the network
FJSEN_BACKOFF = 5  # seconds that a host is left alone after a failure, doubled with each try of a request
FJSEN_RETRY_AFTER_MAX = 300  # seconds: a server may ask for a day, and a run does not last that long
FJSEN_BREAKER_FAILURES = 10  # in a row: then the host, or the run, is at its end
FJSEN_MAX_LISTING_PAGES = 1000  # of a column and run; columns seen have ten pages of seventy articles
FJSEN_MAX_LISTED = 1000  # articles of one listing page
FJSEN_MAX_DEPTH = 1200  # links from a seed: the pages of a listing, then those of an article
FJSEN_MAX_REQUESTS_PER_HOST = 500_000  # in a run: six days of one host at a page a second
FJSEN_MAX_REQUESTS = 1_000_000  # in a run, which ends with them and goes on in the next
FJSEN_MASK_PERSONAL = False  # put * for mobile numbers, identity numbers and mail addresses in the records
FJSEN_QUARANTINE_MOST = 100  # pages that read oddly, kept in a run; ten runs fill the folder
FJSEN_DRIFT_LEAST = 50  # records of a layout below which nothing is said of drift; a small run counts with those before
FJSEN_DRIFT_DROP = 30  # percentage points by which the records that have a field may become fewer
FJSEN_DRIFT_QUARANTINE = 10  # percent of the articles that may read oddly
FJSEN_ALLOW_LOOPBACK = False  # for tests: this machine may be asked, at any port

# Polite: the portal is a public service, and nothing here is in a hurry.
USER_AGENT = user_agent(FJSEN_CONTACT)
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "fjsen-spider"  # the User-Agent has a contact in it, whose words might name another's rules
# Requests pass from the lowest number to the highest, responses back.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # lets every dont_filter request pass
    "fjsen_spider.crawling.guards.confine.Confine": 50,  # no redirect leaves the portal
    "fjsen_spider.crawling.guards.public.PublicOnly": 60,  # nor reaches an address inside somebody's network
    "fjsen_spider.crawling.guards.budget.Budget": 70,  # a trap ends
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # lets requests pass that wait for the rules
    "fjsen_spider.crawling.politeness.robots.PatientRobots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # asks again at once, and reads no Retry-After
    "fjsen_spider.crawling.politeness.retry.PoliteRetry": 550,
    "fjsen_spider.crawling.politeness.breaker.Breaker": 560,  # sees each try, unpacked
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,  # gives up without a word
    "fjsen_spider.crawling.guards.redirects.CountedRedirects": 570,  # by default 600: the archive would not see them
    "fjsen_spider.crawling.revalidate.Revalidate": 580,  # what is unchanged comes out of the archive, unpacked
    "fjsen_spider.crawling.archiver.Archiver": 594,  # keeps answers as they were sent
    "fjsen_spider.crawling.guards.integrity.Integrity": 597,  # before anything unpacks or keeps what was sent
}
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1
AUTOTHROTTLE_ENABLED = True  # slower still when the site is slow
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # the default asks for English
    "Accept-Encoding": "gzip, deflate",  # whose ends can be proved
}
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as listed, newest first; by default the last comes first

# Guarded: whatever a server sends, and nobody else gets in.
TWISTED_DNS_RESOLVER = "fjsen_spider.crawling.guards.resolver.PublicResolver"  # no name leads inside
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # the default, 1 GiB, fits a decompression bomb; pages have 60 KB
DOWNLOAD_TIMEOUT = 45  # the default, 180 s, three times, for a server that drips
REDIRECT_MAX_TIMES = 5  # a loop otherwise takes 20
METAREFRESH_ENABLED = False  # a page that sends its reader on is not the page that was asked for
URLLENGTH_LIMIT = 500  # the portal's have 80
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # takes the answer that made room for a request for its parent
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # drops a request and tells nobody; Budget does
}
DOWNLOAD_HANDLERS = {
    **dict.fromkeys(("http", "https"), "fjsen_spider.crawling.politeness.handler.PatientHandler"),  # hosts that wait
    **dict.fromkeys(("file", "data", "ftp", "s3")),  # a link must not reach them
}
COOKIES_ENABLED = False  # no article needs them, and Scrapy's handling fetches a list from a third party
TELNETCONSOLE_ENABLED = False  # a port that runs code
REMOTE_CONTROL_ENABLED = False  # another one

# Items: a stage of extraction each, in the order of `extraction.STAGES`; then the record.
ITEM_PIPELINES = {
    "fjsen_spider.pipelines.parse.Parse": 100,
    "fjsen_spider.pipelines.quarantine.Quarantine": 110,
    "fjsen_spider.pipelines.headline.Headline": 200,
    "fjsen_spider.pipelines.byline.Byline": 300,
    "fjsen_spider.pipelines.body.Body": 400,
    "fjsen_spider.pipelines.media.Media": 500,
    "fjsen_spider.pipelines.people.People": 600,
    "fjsen_spider.pipelines.validate.Validate": 700,
    "fjsen_spider.pipelines.mask.Mask": 750,
    "fjsen_spider.pipelines.revise.Revise": 800,
    "fjsen_spider.exporters.RecordWriter": 900,  # last: what it writes is final
}
CONCURRENT_ITEMS = 1  # a page gives one; Scrapy starts as many tasks for each answer, by default a hundred
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": None,  # goes below a Crawl-delay
    "fjsen_spider.crawling.politeness.throttle.Throttle": 0,
    "fjsen_spider.crawling.store.Store": 400,
    "fjsen_spider.crawling.report.RunReport": 390,  # before the store lets go of the ledger
}
FEED_EXPORT_ENCODING = "utf-8"  # the default writes \uXXXX
FEED_EXPORTERS = {
    **dict.fromkeys(("jsonlines", "jsonl", "jl"), "fjsen_spider.exporters.RecordLinesExporter"),
    "csv": "fjsen_spider.exporters.RecordCellsExporter",  # Scrapy's writes cells that a spreadsheet runs
}
LOG_FORMATTER = "fjsen_spider.crawling.logformat.PageLogFormatter"  # Scrapy's prints whole pages and records
LOG_LEVEL = "INFO"  # DEBUG, the default, has two lines a request
STATS_DUMP = False  # the run report tells it, and keeps Scrapy's own counts in its file
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the spider's source again at every response
