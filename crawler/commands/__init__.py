"""Scrapy project commands: thin doors, a file each."""
