"""Copies of this process that wait at a pipe for orders and may begin at the same moment."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier

_FORK = multiprocessing.get_context("fork")

Work = Callable[[int, Pipe, Barrier], None]
"""What copy number so-and-so does with what comes through its pipe, until that is None."""


@contextmanager
def at_work(number: int, work: Work) -> Iterator[list[Pipe]]:
    """So many copies, by the ends of their pipes; they end with the block."""
    ends = [_FORK.Pipe() for _ in range(number)]
    start = _FORK.Barrier(number)
    processes = [
        _FORK.Process(target=work, args=(n, end, start)) for n, (_, end) in enumerate(ends)
    ]
    for process in processes:
        process.start()
    try:
        yield [near for near, _ in ends]
    finally:
        for (near, _), process in zip(ends, processes, strict=True):
            near.send(None)
            process.join()
