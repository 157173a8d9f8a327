"""`scrapy export WHAT`: write a table, a view or a question in a format that newsrooms open."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.collecting import say, say_aside
from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError


class Command(Door):
    """Write a table, a view or a question to a file, or to the standard output."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] WHAT | all | --list"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Write a table, a view or a question as CSV, XLSX, JSONL, Parquet, SQL, ICS or Atom"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "--format", help="csv, excel-csv, xlsx, jsonl, parquet, sql, ics or atom (by -o, or csv)"
        )
        parser.add_argument("--since", metavar="DATE", help="no row of an earlier day, 2017-03-22")
        parser.add_argument("--until", metavar="DATE", help="no row of a later day")
        parser.add_argument("--outlet", help="the rows of one outlet: a declaration's id")
        parser.add_argument(
            "--param", action="append", metavar="K=V", help="a question's parameter; may be repeated"
        )
        parser.add_argument("-o", "--output", metavar="FILE|DIR", help="where to (the standard output)")
        parser.add_argument("--list", action="store_true", help="describe everything that can be exported")
        parser.add_argument(
            "--new-since-last", action="store_true", help="only rows that this export never gave before"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write, and say on stderr what was written."""
        if opts.list:
            if args:
                raise BadUseError("--list takes no name")
            say("\n".join(self.worker("describe_exports")(self.archive())))
            return
        if len(args) != 1:
            raise BadUseError("name one table, view or question; `scrapy export --list` describes them all")
        assert self.settings is not None
        order = self.worker("export_order")({**vars(opts), "what": args[0], "site": self.settings["SITE"]})
        try:
            lines = self.worker("export")(self.archive(), order, sys.stdout.buffer, _progress)
        except BrokenPipeError:
            # whoever read has had enough; Python must not complain of it at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.exitcode = WORK_FAILED
            return
        for line in lines:
            say_aside(line)


@contextmanager
def _progress(total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal, nothing elsewhere: a mail of cron wants no progress."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=total)
        yield lambda done: bar.update(task, completed=done)
