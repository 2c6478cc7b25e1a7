"""Scenes of the lock snippets: who is inside at once, who waits for ever, in which order."""

import asyncio
from decimal import Decimal

from stage import SYMBOLS, Client, Journal, outcomes, watched_socket


def order_of(symbol):
    return {"action": "OPEN", "symbol": symbol, "uuid": f"{symbol}-1"}


class Desk:
    """Two locks, a total, and an exchange that suspends."""

    def __init__(self):
        self.socket_lock = asyncio.Lock()
        self.totals_lock = asyncio.Lock()
        self.total = Decimal(0)
        self.client = Client()

    async def ask(self, order):
        return await self.client.ask(order)


async def as_claimed(code):
    client = Client(service_s=0.002)
    lock = asyncio.Lock()
    loop = asyncio.get_running_loop()

    async def signals():
        for number in range(50):
            yield number

    loops = [code.symbol_loop(lock, client, signals()) for _ in SYMBOLS]
    said = await outcomes(*loops)
    return {"said": said, "inside": client.inside.most, "seconds": round(loop.time(), 1)}


async def escaping(code):
    async with watched_socket() as socket:
        lock = code.SocketLock()
        trades = [code.trade(lock, socket, each, order_of(each)) for each in SYMBOLS]
        return {"said": await outcomes(*trades), "inside": socket.inside.most}


async def per_symbol(code):
    async with watched_socket() as socket:
        client = code.GatewayClient(socket)
        asks = [client.ask(each, order_of(each)) for each in SYMBOLS]
        return {"said": await outcomes(*asks), "inside": socket.inside.most}


async def lease(code):
    async with watched_socket() as socket:
        lock = asyncio.Lock()
        trades = [code.trade(lock, socket, order_of(each)) for each in SYMBOLS]
        return {"said": await outcomes(*trades), "inside": socket.inside.most}


async def double_release(code):
    client = Client()
    free = asyncio.Semaphore(1)
    trades = [code.trade(free, client, order_of(each)) for each in SYMBOLS]
    return {"said": await outcomes(*trades), "inside": client.inside.most}


async def crossed(code):
    desk = Desk()
    opening = code.open_position(desk, order_of("BTCUSD.s"))
    closing = code.close_position(desk, order_of("ETHUSD.s"))
    return {"said": await outcomes(opening, closing), "total": str(desk.total)}


async def lost_wakeup(code):
    """The second begins to queue while the first holds, and is at it when the first releases."""
    lock = code.SocketLock(Journal())

    async def use(symbol, delay_s):
        await asyncio.sleep(delay_s)
        await lock.acquire(symbol)
        await asyncio.sleep(0.0003)
        lock.release()

    said = await outcomes(use("BTCUSD.s", 0), use("ETHUSD.s", 0.0001))
    return {"said": said}


async def barging(code):
    """Who releases asks again at once, while another has been waiting."""
    lock = code.FairLock()
    entered = []

    async def use(symbol, times):
        for _ in range(times):
            await lock.acquire()
            entered.append(symbol)
            await asyncio.sleep(0.001)
            lock.release()

    said = await outcomes(use("BTCUSD.s", 2), use("ETHUSD.s", 1))
    return {"said": said, "entered": entered}


async def lost_on_error(code):
    lock = asyncio.Lock()
    client = Client(lost=[1])
    loops = [code.symbol_loop(lock, client, [order_of(each)] * 2) for each in SYMBOLS]
    return {"said": await outcomes(*loops), "held": lock.locked()}


SCENES = {
    "reference-as-claimed": as_claimed,
    "escaping-lock": escaping,
    "lock-per-symbol": per_symbol,
    "lease-expires": lease,
    "double-release": double_release,
    "crossed-locks": crossed,
    "lost-wakeup": lost_wakeup,
    "barging-lock": barging,
    "lost-on-error": lost_on_error,
}
