"""Scrapy settings: only what differs from Scrapy's defaults, each with its reason."""

from fjsen_spider.crawling.contact import user_agent

BOT_NAME = "fjsen_spider"
SPIDER_MODULES = ["fjsen_spider.spiders"]
NEWSPIDER_MODULE = "fjsen_spider.spiders"
COMMANDS_MODULE = "fjsen_spider.commands"  # `crawl` that refuses bad arguments and tells how a run ended
ADDONS = {
    "fjsen_spider.crawling.replay.Replay": 100,  # FJSEN_REPLAY
    "fjsen_spider.crawling.contact.Contact": 200,  # a contact given on the command line
}

# The project's own settings; -s NAME=VALUE changes them for a run.
FJSEN_CONTACT = "fjsen-spider project, a research corpus of fjsen.com"  # give a page or an address of yours
FJSEN_DATA = None  # where a run writes; None: `output` beside scrapy.cfg
FJSEN_REVISITS = ["6h", "1d", "7d", "30d"]  # when a new article is looked at again, and one that failed
FJSEN_DEEP_EVERY = "7d"  # when a column is walked to its end again, whatever is known of it
FJSEN_MIN_FREE = 200  # MB of the disk below which a run does not begin, or ends
FJSEN_REPLAY = None  # a mirror tree that answers in the place of the network

# Polite: the portal is a public service, and nothing here is in a hurry.
USER_AGENT = user_agent(FJSEN_CONTACT)
ROBOTSTXT_OBEY = True
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # lets every dont_filter request pass
    "fjsen_spider.crawling.confine.Confine": 50,  # no redirect leaves the portal
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,  # lets requests pass that wait for the rules
    "fjsen_spider.crawling.robots.PatientRobots": 100,
}
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1
AUTOTHROTTLE_ENABLED = True  # slower still when the site is slow
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",  # the default asks for English
}
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # as listed, newest first; by default the last comes first

# Guarded: whatever a server sends, and nobody else gets in.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # the default, 1 GiB, fits a decompression bomb; pages have 60 KB
DOWNLOAD_TIMEOUT = 45  # the default, 180 s, three times, for a server that drips
REDIRECT_MAX_TIMES = 5  # a loop otherwise takes 20
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}  # a link must not reach them
COOKIES_ENABLED = False  # no article needs them, and Scrapy's handling fetches a list from a third party
TELNETCONSOLE_ENABLED = False  # a port that runs code
REMOTE_CONTROL_ENABLED = False  # another one

# Items: a stage of extraction each, in the order of `extraction.STAGES`; then the record.
ITEM_PIPELINES = {
    "fjsen_spider.pipelines.parse.Parse": 100,
    "fjsen_spider.pipelines.headline.Headline": 200,
    "fjsen_spider.pipelines.byline.Byline": 300,
    "fjsen_spider.pipelines.body.Body": 400,
    "fjsen_spider.pipelines.media.Media": 500,
    "fjsen_spider.pipelines.people.People": 600,
    "fjsen_spider.pipelines.validate.Validate": 700,
    "fjsen_spider.pipelines.revise.Revise": 800,
    "fjsen_spider.exporters.RecordWriter": 900,  # last: what it writes is final
}
EXTENSIONS = {
    "fjsen_spider.crawling.store.Store": 400,
    "fjsen_spider.crawling.report.RunReport": 500,  # when the files of the store are closed
}
FEED_EXPORT_ENCODING = "utf-8"  # the default writes \uXXXX
FEED_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "fjsen_spider.exporters.RecordLinesExporter")
LOG_FORMATTER = "fjsen_spider.crawling.logformat.PageLogFormatter"  # Scrapy's prints whole pages and records
LOG_LEVEL = "INFO"  # DEBUG, the default, has two lines a request
STATS_DUMP = False  # the run report tells it, and keeps Scrapy's own counts in its file
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the spider's source again at every response
