"""The first room: gets pages."""
