"""The second room: turns pages into facts."""
