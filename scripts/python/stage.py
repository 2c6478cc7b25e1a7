"""What stands around a snippet while it runs: clients, sockets, a gateway, and who counts.

Nothing here decides whether a snippet is wrong: the scenes return what they saw.
"""

import asyncio
import contextlib

import zmq
import zmq.asyncio

SYMBOLS = ("BTCUSD.s", "ETHUSD.s", "XAUUSD.s")
PATIENCE_S = 3600.0


class Inside:
    """Counts who is inside at once."""

    def __init__(self):
        self.now = 0
        self.most = 0

    def enter(self):
        self.now += 1
        self.most = max(self.most, self.now)

    def leave(self):
        self.now -= 1


class Client:
    """A client that answers after a while, or times out at the calls that are named."""

    def __init__(self, service_s=0.003, lost=(), patience_s=0.020, reply=None):
        self.service_s = service_s
        self.lost = set(lost)
        self.patience_s = patience_s
        self.reply = reply or {"status": "FILLED", "profit": "1.00"}
        self.inside = Inside()
        self.asked = []

    async def ask(self, request):
        self.asked.append(request)
        number = len(self.asked)
        self.inside.enter()
        try:
            if number in self.lost:
                await asyncio.sleep(self.patience_s)
                raise TimeoutError
            await asyncio.sleep(self.service_s)
        finally:
            self.inside.leave()
        return self.reply(request) if callable(self.reply) else self.reply


class WatchedSocket:
    """A REQ socket as it is, and how many are between their send and their reply."""

    def __init__(self, socket):
        self.socket = socket
        self.inside = Inside()

    async def send_json(self, message):
        self.inside.enter()
        try:
            await self.socket.send_json(message)
        except zmq.ZMQError:
            self.inside.leave()
            raise

    async def recv_json(self):
        try:
            return await self.socket.recv_json()
        finally:
            self.inside.leave()


class Journal:
    """Writes for a while."""

    def __init__(self, write_s=0.0005):
        self.write_s = write_s

    async def write(self, *_):
        await asyncio.sleep(self.write_s)


class Store:
    """A store across the network: each command is one step, half a round trip from its caller."""

    def __init__(self, half_trip_s=0.00025):
        self.half_trip_s = half_trip_s
        self.values = {}

    async def _command(self, act):
        await asyncio.sleep(self.half_trip_s)
        result = act()
        await asyncio.sleep(self.half_trip_s)
        return result

    async def get(self, key):
        return await self._command(lambda: self.values.get(key))

    async def set(self, key, value, nx=False):
        def act():
            if nx and key in self.values:
                return None
            self.values[key] = value
            return True

        return await self._command(act)

    async def delete(self, key):
        await self._command(lambda: self.values.pop(key, None))


@contextlib.asynccontextmanager
async def gateway(service_s=0.003, stall_until_s=0.0):
    """A REP socket that answers, and the context and address where it does."""
    loop = asyncio.get_running_loop()
    with zmq.asyncio.Context() as context:
        with context.socket(zmq.REP) as rep:
            rep.linger = 0
            rep.bind("inproc://gateway")

            async def serve():
                while True:
                    request = await rep.recv_json()
                    await asyncio.sleep(max(service_s, stall_until_s - loop.time()))
                    await rep.send_json({"request": request, "profit": "1.00"})

            serving = asyncio.create_task(serve())
            try:
                yield context, "inproc://gateway"
            finally:
                serving.cancel()
                await asyncio.gather(serving, return_exceptions=True)
                context.destroy(linger=0)


@contextlib.asynccontextmanager
async def watched_socket(**how):
    """A watched REQ socket that is connected to a gateway."""
    async with gateway(**how) as (context, address):
        socket = context.socket(zmq.REQ)
        socket.connect(address)
        yield WatchedSocket(socket)


def name_of(error):
    """What an error is called: EFSM for ZeroMQ's, else its class."""
    if isinstance(error, zmq.ZMQError):
        return zmq.Errno(error.errno).name
    return type(error).__name__


async def outcomes(*coroutines, patience_s=PATIENCE_S):
    """What became of each: "done", an error's name, or "waits" for what still waits at the end."""
    tasks = [asyncio.create_task(each) for each in coroutines]
    await asyncio.wait(tasks, timeout=patience_s)
    said = []
    for task in tasks:
        if not task.done():
            task.cancel()
            said.append("waits")
        else:
            error = task.exception()
            said.append("done" if error is None else name_of(error))
    await asyncio.gather(*tasks, return_exceptions=True)
    return said


async def later(delay_s, coroutine):
    await asyncio.sleep(delay_s)
    return await coroutine
