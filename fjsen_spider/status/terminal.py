"""The status of a data folder on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fjsen_spider.display import visible

COUNTS: Final = ("listed", "fetched", "recorded", "unchanged", "tombstones")


def show(told: dict[str, Any], console: Console) -> None:
    """Print it: who has the folder, the runs, what is owed, the failures, the columns."""
    _line(console, f"{told['folder']}: {_holder(told['held_by'])}")
    if told["ledger"]:
        _line(console, told["ledger"], "red")
    console.print(_runs(told["runs"]))
    if trouble := next((run for run in told["runs"] if run["why"]), None):
        _line(console, f"{moment(trouble['start'])}, exit {trouble['exit_status']}: {trouble['why']}\n", "yellow")
    if "articles" in told:
        for line in _owed(told):
            _line(console, line)
        if told["failures"]:
            console.print(_failures(told["failures"]))
        console.print(_columns(told["columns"]))
    _line(console, "Times are UTC.")


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(visible(text), style), soft_wrap=True)


def _holder(held_by: str | None) -> str:
    return f"in use by {held_by}" if held_by else "no run has it now"


def _runs(runs: Iterable[dict[str, Any]]) -> Table:
    table = _table("run", "took", "finished", "exit", *COUNTS, numbers=("took", "exit", *COUNTS))
    for run in runs:
        counts = (str(run["articles"].get(name, "-")) for name in COUNTS)
        status = run["exit_status"]
        style = "" if status == 0 or run["finish_reason"] == "running" else "red"
        took = "-" if run["seconds"] is None else str(timedelta(seconds=run["seconds"]))
        exit_status = "-" if status is None else str(status)
        table.add_row(moment(run["start"]), took, Text(run["finish_reason"], style), exit_status, *counts)
    return table


def _owed(told: dict[str, Any]) -> Iterable[str]:
    states = ", ".join(f"{count} {state}" for state, count in told["articles"].items())
    yield f"Articles: {states}"
    hosts = ", ".join(f"{count} on {host}" for host, count in list(told["hosts"].items())[:5])
    yield f"To ask for now: {told['due']}, never fetched {told['owed']}" + (f" ({hosts})" if hosts else "")
    later = f", the first {moment(told['next'])}" if told["next"] else ""
    yield f"To look at again later: {told['later']}{later}\n"


def _failures(failures: Iterable[dict[str, Any]]) -> Table:
    table = _table("failed or gone", "articles", "again", "example", numbers=("articles", "again"))
    for one in failures:
        what = f"{one['state']}: {one['outcome']}"
        table.add_row(visible(what), str(one["count"]), str(one["again"]), visible(one["examples"][0]))
    return table


def _columns(columns: Iterable[dict[str, Any]]) -> Table:
    table = _table("column", "walked", "to its end", "down to")
    for one in columns:
        name = f"{one['name']} {one['url']}" if one["name"] else one["url"]
        table.add_row(visible(name), moment(one["walked"]), moment(one["deep"]), one["floor"])
    return table


def _table(*heads: str, numbers: Iterable[str] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, justify="right" if head in numbers else "left", overflow="fold")
    return table


def moment(seconds: int | None) -> str:
    """Write a time as people read it, to the minute."""
    return "never" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"
