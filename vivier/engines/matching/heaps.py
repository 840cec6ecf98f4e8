"""A heap of (distance, node) in two arrays, smallest first, ties by node (compiled)."""

from __future__ import annotations

import numpy as np

from .compiled import compiled


@compiled
def grown(distances, nodes):
    """Return both arrays with twice the room."""
    more_distances, more_nodes = np.empty(2 * len(nodes), np.int64), np.empty(2 * len(nodes), np.int64)
    for at in range(len(nodes)):  # slices assigned to slices take numba a second to compile
        more_distances[at], more_nodes[at] = distances[at], nodes[at]
    return more_distances, more_nodes


@compiled(inline="always")
def push(distances, nodes, size, distance, node):
    """Add an entry to a heap of `size` entries; there must be room."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if distances[above] > distance or (distances[above] == distance and nodes[above] > node):
            distances[at], nodes[at] = distances[above], nodes[above]
            at = above
        else:
            break
    distances[at], nodes[at] = distance, node


@compiled(inline="always")
def pop(distances, nodes, size):
    """Remove the first entry, read before; `size` entries remain."""
    distance, node = distances[size], nodes[size]
    at, below = 0, 1
    while below < size:
        right = below + 1
        if right < size and (
            distances[right] < distances[below]
            or (distances[right] == distances[below] and nodes[right] < nodes[below])
        ):
            below = right
        if distances[below] < distance or (distances[below] == distance and nodes[below] < node):
            distances[at], nodes[at] = distances[below], nodes[below]
            at = below
            below = 2 * at + 1
        else:
            break
    distances[at], nodes[at] = distance, node
