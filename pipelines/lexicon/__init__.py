"""The words: what the taggers know about Arabic, as data."""
