"""Meetings of the coalition: claims in articles, the meetings they are about, and where outlets disagree."""

from pipelines.meetings.tagger import tag_meetings

__all__ = ["tag_meetings"]
