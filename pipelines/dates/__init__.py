"""Arabic dates in news texts: `tag_dates` finds them and says which days they mean, by which rule and from which anchor."""

from pipelines.dates.tagger import tag_dates

__all__ = ["tag_dates"]
