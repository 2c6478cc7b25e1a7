"""An asyncio event loop whose clock jumps: what waits for a timer waits no real time.

Sockets are asked first, so that messages inside this process come before any timer; when nothing
is ready the clock moves on to the next timer. What nobody will ever wake waits until the scene's
patience is over. Known limit: a socket that another process feeds would be overtaken by the clock.
"""

import asyncio
import selectors


class _Selector(selectors.DefaultSelector):
    def __init__(self):
        super().__init__()
        self.now_s = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "expected a timer: nothing can happen any more"
            self.now_s += max(timeout, 0)
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self):
        return self._virtual.now_s


def run(scene):
    """Runs a coroutine to its end on a clock of its own, and returns what it returned."""
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(scene)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        asyncio.set_event_loop(None)
        loop.close()
