"""What the project's commands share: where the archive is, who does the work, and how a command ends.

A command is a door: it reads its arguments, calls one function that the settings name by string, and says in a line
what went wrong. So the crawler's room knows the others by name only.
"""

from __future__ import annotations

import argparse
import logging
from abc import abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.utils.misc import load_object

from crawler.items import TahalufError
from crawler.logs import VOICE, set_up
from crawler.outlets.model import Outlet, load_outlets

WORK_FAILED = 1


class Door(ScrapyCommand):
    """A project command that does its work outside a crawl."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def archive(self) -> Path:
        """Give the archive's path, from `-s ARCHIVE=…`."""
        assert self.settings is not None
        return Path(self.settings["ARCHIVE"])

    def worker(self, name: str) -> Callable[..., Any]:
        """Load the function that the setting DOORS names for `name`."""
        assert self.settings is not None
        return load_object(self.settings.getdict("DOORS")[name])  # type: ignore[no-any-return]

    def outlets(self) -> dict[str, Outlet]:
        """Load the declarations. Raises DeclarationError."""
        assert self.settings is not None
        return load_outlets(Path(self.settings["OUTLETS"]))

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options into the settings, and the voice from these, before anything is logged."""
        super().process_options(args, opts)
        assert self.settings is not None
        set_up(self.settings, logged=self.settings.getbool("LOG_ENABLED"))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do the command's work; what a person can mend ends in one line and an exit code, never a traceback."""
        try:
            self.work(args, opts)
        except TahalufError as error:
            self.complain(str(error))
            self.exitcode = error.exit_code

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the command is for."""

    def complain(self, line: str) -> None:
        """Say in one line on stderr what is wrong."""
        logging.getLogger(VOICE).error("%s: %s", type(self).__module__.rsplit(".", 1)[-1], line)
