"""What an outlet's own search is asked for: the coalition by the names that reach most of what is written about it."""

from __future__ import annotations

QUERIES = (
    "التحالف الدولي ضد داعش",
    "التحالف الدولي لمحاربة تنظيم الدولة",
    "اجتماع التحالف الدولي",
)
