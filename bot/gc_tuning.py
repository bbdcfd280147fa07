"""gc.freeze() after the start: full collections blocked the event loop for 100 ms."""

import gc


def freeze() -> None:
    """Exclude every object that exists now from later collections.

    Modules, classes and services live as long as the process; scanning them stopped the loop for 100 ms
    (`python -m benchmarks jobs`).
    """
    gc.collect()
    gc.freeze()
