"""Scenes of the socket and gateway snippets: turns, retries, timers, books."""

import asyncio
from collections import Counter
from decimal import Decimal

import zmq
import zmq.asyncio

from lock_scenes import order_of
from stage import SYMBOLS, Client, gateway, outcomes, watched_socket

PUMP = "inproc://pump"


async def no_lock(code):
    async with watched_socket() as socket:
        client = code.GatewayClient(socket)
        said = await outcomes(code.run(client, [lambda one: one.ask({})] * len(SYMBOLS)))
        return {"said": said, "inside": socket.inside.most}


async def heartbeat(code):
    async with watched_socket() as socket:
        client = code.GatewayClient(socket)

        async def orders():
            for _ in range(10):
                await client.ask({"action": "OPEN"})

        said = await outcomes(orders(), client.heartbeat(0.005), patience_s=1)
        return {"said": said, "inside": socket.inside.most}


async def leaves_efsm(code):
    """The gateway stalls for 100 ms: as long as all attempts of one request, and no longer."""
    async with gateway(stall_until_s=0.100) as (context, address):
        client = code.LazyPirate(context, address)
        said = []
        for _ in range(3):
            said += await outcomes(client.ask({"action": "PING"}))
            await asyncio.sleep(0.100)
        return {"said": said}


async def announced(code):
    class Silent:
        async def ask(self, request):
            await asyncio.sleep(20)

        def reopen(self):
            pass

    said = await outcomes(code.ask(Silent(), {}))
    return {"said": said, "seconds": round(asyncio.get_running_loop().time(), 1)}


async def timeouts_count(code):
    client = Client(lost=[20, 70], patience_s=0.200)
    latencies = []
    for _ in range(100):
        await outcomes(code.timed_ask(client, {}, latencies))
    p99_ms = round(code.p99(latencies) * 1000)
    return {"asked": len(client.asked), "counted": len(latencies), "p99 ms": p99_ms}


async def retry(code):
    """The gateway fills at once whatever comes; its first two replies are too late."""
    fills = Counter()

    def reply(request):
        uuids = list(fills)
        if request["action"] == "SYNC_ALL":
            return {"deals": [{"uuid": uuid, "profit": "1.00"} for uuid in uuids]}
        return {"uuid": request["uuid"], "profit": "1.00"}

    class SlowGateway(Client):
        async def ask(self, request):
            if request["action"] == "OPEN":
                fills[request["uuid"]] += 1
            return await super().ask(request)

    client = SlowGateway(lost=[1, 2], reply=reply)
    deal = await code.place(client, order_of("BTCUSD.s"))
    return {"deal": deal["uuid"], "fills": dict(fills)}


async def latencies_of(context, clients, requests, think_s):
    loop = asyncio.get_running_loop()
    took = []

    async def use():
        socket = context.socket(zmq.REQ)
        socket.connect(PUMP)
        for _ in range(requests):
            await asyncio.sleep(think_s)
            began = loop.time()
            await socket.send_json({})
            await socket.recv()
            took.append(loop.time() - began)

    await outcomes(*(use() for _ in range(clients)))
    return round(max(took) * 100) * 10


async def pump(serve, clients, think_s, context):
    serving = asyncio.create_task(serve)
    # Bound before anybody connects.
    await asyncio.sleep(0)
    try:
        most = await latencies_of(context, clients, 10, think_s)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        context.destroy(linger=0)
    return {"latency ms at most": most}


async def pump_one(code):
    context = zmq.asyncio.Context()
    serve = code.serve(context, PUMP, lambda request: {})
    return await pump(serve, 1, 0.015, context)


async def pump_four(code):
    context = zmq.asyncio.Context()
    router = context.socket(zmq.ROUTER)
    router.bind(PUMP)
    return await pump(code.serve(router, lambda body: b"{}"), 4, 0, context)


async def books(code):
    kept = code.Books(Decimal("1000.00"))
    replies = [kept.execute(order_of("BTCUSD.s"), Decimal("1.00"), Decimal("0.07")) for _ in "ab"]
    earned = sum(Decimal(reply["profit"]) for reply in replies)
    return {"difference": str(kept.balance - Decimal("1000.00") - earned)}


SCENES = {
    "no-lock": no_lock,
    "heartbeat-shares-socket": heartbeat,
    "timeout-leaves-efsm": leaves_efsm,
    "announced-wait": announced,
    "timeouts-count": timeouts_count,
    "retry-duplicates-order": retry,
    "timer-pump-gateway": pump_one,
    "timer-pump-gateway-four-clients": pump_four,
    "books-forget-commission": books,
}
