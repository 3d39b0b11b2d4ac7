"""Merkle tree root (RFC 6962) of a log, computed in one pass.

Memory holds only the roots of full subtrees, at most one for each power of two.
"""

from __future__ import annotations

import hashlib


class Root:
    """The root over the leaves added so far."""

    def __init__(self) -> None:
        self.size = 0
        self._subtrees: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the next leaf hash, in the order of the log."""
        tree, size = leaf, self.size
        while size & 1:
            tree = _node(self._subtrees.pop(), tree)
            size >>= 1
        self._subtrees.append(tree)
        self.size += 1

    def digest(self) -> bytes:
        """The root; without leaves, the hash of no bytes."""
        if not self._subtrees:
            return hashlib.sha256().digest()
        *larger, root = self._subtrees
        for tree in reversed(larger):
            root = _node(tree, root)
        return root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
