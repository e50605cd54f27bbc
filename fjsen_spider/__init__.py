"""fjsen-spider: the portal 东南网 (fjsen.com) as a research corpus."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("fjsen-spider")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0+unknown"
