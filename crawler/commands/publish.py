"""`scrapy publish DIR`: make the frozen public copy, or check one."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.collecting import say
from crawler.doors import WORK_FAILED, Door
from crawler.items import BadUseError


class Command(Door):
    """Publish the archive as a folder that is served and downloaded, or check such a folder against its manifest."""

    def syntax(self) -> str:
        """Say how it is called."""
        return "[options] DIR"

    def short_desc(self) -> str:
        """Say in a line what it does."""
        return "Publish a frozen public copy into DIR, or check one with --verify"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Declare the options."""
        super().add_options(parser)
        parser.add_argument(
            "--texts",
            choices=["excerpts", "full"],
            default="excerpts",
            help="excerpts (the default): openings and tagged sentences; full: whole texts, for the newsroom alone",
        )
        parser.add_argument(
            "--drop-before",
            action="store_true",
            help="remove the copy before this one too, as after a takedown",
        )
        parser.add_argument(
            "--verify", action="store_true", help="check the copy in DIR against its manifest"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Publish or check, and say what came of it."""
        if len(args) != 1:
            raise BadUseError("name one folder")
        if opts.verify:
            self._verify(Path(args[0]))
        else:
            self._publish(Path(args[0]), opts.texts, drop_before=opts.drop_before)

    def _publish(self, target: Path, texts: str, *, drop_before: bool) -> None:
        done = self.worker("publish")(self.archive(), target, texts, drop_before=drop_before)
        for name in done.left_out:
            self.complain(f"{name} is left out: pipelines/public.py does not say whether it is public")
        held = done.copied
        share = round(100 * held.public_characters / held.characters) if held.characters else 0
        say(
            f"{target}: {held.rows['articles']} articles, {held.rows['meetings']} meetings,"
            f" {texts} ({share} % of the characters), data until {held.until[:16]}"
            + (", SAMPLE" if held.kind == "sample" else "")
            + ("" if done.changed else "; nothing has changed")
        )

    def _verify(self, copy: Path) -> None:
        lines = self.worker("verify")(copy)
        for line in lines:
            self.complain(line)
        if lines:
            self.exitcode = WORK_FAILED
        else:
            say(f"{copy}: every file is as the manifest says")
