"""How much memory a query may take."""

from __future__ import annotations

import os

LEAST_MEGABYTES = 600


def limit(physical: int) -> str:
    """Return a quarter of a machine's memory, 600 MB at least.

    Args:
        physical: Memory of the machine, bytes.

    Examples:
        >>> limit(16 * 1024**3), limit(1024**3)
        ('4096MB', '600MB')
    """
    return f"{max(LEAST_MEGABYTES, physical // 4 // 1024**2)}MB"


def physical() -> int:
    """Return the memory of this machine, bytes; 0 where it does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return 0
