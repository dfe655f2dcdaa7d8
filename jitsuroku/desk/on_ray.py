"""Shards written by processes of Ray (the extra [ray]) instead of our own; the only module that imports it.

Ray is started on this machine for the run and ended with it. It reports nothing to its makers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from jitsuroku.desk.pool import SECONDS
from jitsuroku.desk.sharding import ON_HAND, Part, write
from jitsuroku.desk.shards import Shard

# What Ray keeps of parts on their way; a part is 200 pages.
STORE_BYTES = 200_000_000


class RayMissing(ImportError):
    """The extra [ray] is not installed; the message says how to get it."""


def written(parts: Iterable[Part], workers: int) -> Iterator[tuple[Part, Shard | None]]:
    """Write the parts' shards with processes of Ray. Raises RayMissing."""
    ray = installed()
    ray.init(
        address="local",
        num_cpus=workers,
        object_store_memory=STORE_BYTES,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="error",
    )
    try:
        yield from _in_order(ray, parts, workers)
    finally:
        ray.shutdown()


def installed() -> Any:
    """Ray itself. Raises RayMissing."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError as problem:
        raise RayMissing("--engine ray needs the extra [ray]; get it by: ./dev extra ray") from problem
    return ray


def _in_order(ray: Any, parts: Iterable[Part], workers: int) -> Iterator[tuple[Part, Shard | None]]:
    # What ended its process is tried again by whoever knows which page it was.
    task = ray.remote(num_cpus=1, max_retries=0)(write)
    coming, under_way = iter(parts), deque[tuple[Part, Any]]()
    while True:
        for part in islice(coming, ON_HAND * workers - len(under_way)):
            under_way.append((part, task.remote(part)))
        if not under_way:
            return
        part, result = under_way.popleft()
        yield part, _got(ray, result)


def _got(ray: Any, result: Any) -> Shard | None:
    """The shard; None when its process ended or takes longer than any."""
    try:
        shard: Shard = ray.get(result, timeout=2 * ON_HAND * SECONDS)
    except (ray.exceptions.WorkerCrashedError, ray.exceptions.NodeDiedError, ray.exceptions.OutOfMemoryError):
        return None
    except ray.exceptions.GetTimeoutError:
        ray.cancel(result, force=True)
        with suppress(ray.exceptions.RayError):
            ray.get(result)
        return None
    return shard
