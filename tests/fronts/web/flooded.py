"""A process of its own that serves the web chat and prints its address, for floods of connections.

Run `python -m tests.fronts.web.flooded FOLDER`; at the end of its input it prints its open files and most memory (MB).
"""

import asyncio
import os
import resource
import sys
from pathlib import Path

from tests.fronts.web.serving import TOKEN, served

FILES = 1024
"""File descriptors it may have, as most systems give a process."""


def most_memory() -> int:
    """Return the greatest resident memory of this process in megabytes.

    `VmHWM` counts from the start of the program; `ru_maxrss` starts at the size of the process that forked it.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


async def main(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    async with served(folder, WEB_TOKEN=TOKEN) as chat:
        print("serving", chat.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)
        print("ended", len(os.listdir("/proc/self/fd")), most_memory(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
