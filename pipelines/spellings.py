"""Many spellings as one pattern that shares their beginnings: a scan reads each letter about once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Trie = dict[str, "_Trie"]


def one_pattern(names: Iterable[str], gap: str) -> str:
    """Write `names` as the text of one regular expression, the longest match first; `gap` stands for their spaces.

    >>> one_pattern(["نيو", "نيويورك"], " ")
    'نيو(?:يورك)?'
    """
    root: _Trie = {}
    for name in names:
        node = root
        for char in name:
            node = node.setdefault(char, {})
        node[""] = {}
    return _spelled(root, gap)


def _spelled(node: _Trie, gap: str) -> str:
    branches = [
        (gap if char == " " else re.escape(char)) + _spelled(child, gap)
        for char, child in node.items()
        if char
    ]
    if not branches:
        return ""
    pattern = branches[0] if len(branches) == 1 and "" not in node else f"(?:{'|'.join(branches)})"
    return pattern + ("?" if "" in node else "")
