"""Scenes of the races: each once with the two far apart, and once with them meeting."""

import asyncio
from decimal import Decimal
from functools import partial

from lock_scenes import Desk, order_of
from stage import SYMBOLS, Client, Inside, Journal, Store, later, outcomes, watched_socket

FAR_S = 1.0


async def holding(acquire, release, inside, seconds):
    hold = await acquire()
    inside.enter()
    await asyncio.sleep(seconds)
    inside.leave()
    released = release(hold)
    if asyncio.iscoroutine(released):
        await released


async def flag(code, at_s):
    lock = code.StoreLock(Store())
    inside = Inside()

    def use(symbol):
        return holding(lambda: lock.acquire(symbol), lambda _: lock.release(), inside, 0.003)

    said = await outcomes(use("BTCUSD.s"), later(at_s, use("ETHUSD.s")))
    return {"said": said, "inside": inside.most}


async def wake_up(code, at_s):
    lock = code.SocketLock(Journal())
    inside = Inside()

    def use(symbol):
        return holding(lambda: lock.acquire(symbol), lambda _: lock.release(), inside, 0.0003)

    said = await outcomes(use("BTCUSD.s"), later(at_s, use("ETHUSD.s")))
    return {"said": said, "inside": inside.most}


async def hand_over(code, at_s):
    """The first uses it twice in a row; the second asks while it holds, or much later."""
    lock = code.FairLock()
    entered = []

    async def use(symbol, times):
        for _ in range(times):
            await lock.acquire()
            entered.append(symbol)
            await asyncio.sleep(0.001)
            await lock.release()

    said = await outcomes(use("BTCUSD.s", 2), later(at_s, use("ETHUSD.s", 1)))
    return {"said": said, "entered": entered}


async def time_out(code, at_s):
    """The second gives up after 50 ms, the third asks after it; the first holds for 100."""
    lock = code.SocketLock()
    inside = Inside()

    def use(patience_s, seconds):
        return holding(lambda: lock.acquire(patience_s), lambda _: lock.release(), inside, seconds)

    said = await outcomes(
        use(1_000, 0.100),
        later(at_s, use(0.050, 0.003)),
        later(at_s, use(10_000_000, 0.003)),
    )
    return {"said": said, "inside": inside.most}


async def withdrawal(code, at_s):
    """The second gives up after 50 ms while the first, whose exchange takes 100, is inside."""
    lock = asyncio.Lock()
    client = Client(service_s=0.100)

    def use(symbol, patience_s):
        return code.trade(lock, client, order_of(symbol), patience_s)

    btc, eth, xau = SYMBOLS
    said = await outcomes(
        use(btc, 10), later(at_s, use(eth, 0.050)), later(2 * at_s, use(xau, 10))
    )
    return {"said": said, "inside": client.inside.most}


async def lease(code, at_s):
    lock = code.LeasedLock()
    inside = Inside()

    def use(seconds):
        return holding(lock.acquire, lock.release, inside, seconds)

    said = await outcomes(use(at_s), use(0.003))
    return {"said": said, "inside": inside.most}


async def lock_order(code, at_s):
    desk = Desk()
    btc = code.trade_btc(desk, order_of("BTCUSD.s"))
    eth = later(at_s, code.trade_eth(desk, order_of("ETHUSD.s")))
    return {"said": await outcomes(btc, eth), "total": str(desk.total)}


async def heartbeat(code, at_s):
    async with watched_socket() as socket:
        lock = asyncio.Lock()
        trade = code.trade(lock, socket, order_of("BTCUSD.s"))
        beating = code.heartbeat(lock, socket)
        said = await outcomes(later(at_s, trade), beating, patience_s=0.045)
        return {"said": said, "inside": socket.inside.most}


async def split_update(code, at_s):
    store = Store()
    await store.set("total", 0)
    fills = [{"symbol": each, "profit": "1.00"} for each in SYMBOLS[:2]]
    await outcomes(code.on_fill(store, fills[0]), later(at_s, code.on_fill(store, fills[1])))
    return {"ledger": "2.00", "aggregator": str(Decimal(store.values["total"]).scaleb(-2))}


def race(scene, apart_s, meeting_s):
    """The scene on both schedules; a race is what only one of them shows."""
    return {"apart": partial(scene, at_s=apart_s), "meeting": partial(scene, at_s=meeting_s)}


SCENES = {
    "flag-race": race(flag, FAR_S, 0.0001),
    "wake-up-race": race(wake_up, FAR_S, 0.0001),
    "hand-over-race": race(hand_over, FAR_S, 0.0005),
    "time-out-race": race(time_out, FAR_S, 0.001),
    "withdrawal-race": race(withdrawal, FAR_S, 0.001),
    "lease-race": race(lease, 0.003, 0.150),
    "lock-order-race": race(lock_order, FAR_S, 0.001),
    "heartbeat-race": race(heartbeat, 0.010, 0.024),
    "split-update-race": race(split_update, FAR_S, 0.0001),
}
