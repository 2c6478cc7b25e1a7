"""Scenes of the money and risk snippets: what a total misses, what a rule lets through."""

import asyncio
from decimal import Decimal

from stage import SYMBOLS, Client, Journal, outcomes


async def snapshot(code):
    snapshots = {}

    async def trade(signal):
        await asyncio.sleep(0.003)
        return Decimal("1.00")

    await outcomes(*(code.symbol_loop(each, range(49), trade, snapshots) for each in SYMBOLS))
    return {"ledger": "147.00", "aggregator": str(sum(snapshots.values()))}


async def floats(code):
    profits = ["0.10", "0.20", "-12.34", "199.99"]
    aggregator = code.Aggregator()
    for profit in profits:
        aggregator.add(profit)
    ledger = sum(Decimal(profit) for profit in profits)
    return {"equal": aggregator.total == ledger}


async def lost_update(code):
    aggregator = code.Aggregator(Journal())
    await outcomes(*(aggregator.add(each, Decimal("1.00")) for each in SYMBOLS))
    return {"ledger": "3.00", "aggregator": str(aggregator.total)}


async def shared_slot(code):
    aggregator = code.Aggregator(SYMBOLS)
    aggregator.add("BTCUSD.s", Decimal("1.00"))
    figures = [str(aggregator.of[each].profit) for each in SYMBOLS]
    return {"figures": figures, "total": str(aggregator.total)}


class Sick:
    """A rule that is always as it was made."""

    def __init__(self, is_open=False, is_healthy=True):
        self.is_open = lambda now: is_open
        self.is_healthy = lambda now: is_healthy


async def breaker_blocks(code):
    found = {}
    for name, rule in (("open", Sick(is_open=True)), ("ill", Sick(is_healthy=False))):
        rules = code.RiskRules(rule, rule)
        found[name] = [rules.refusal({"action": each}, 0) is None for each in ("OPEN", "CLOSE")]
    return found


async def limit_blocks(code):
    limit = code.ExposureLimit(Decimal(10))
    limit.at_risk["BTCUSD.s"] = Decimal(10)
    order = {"symbol": "BTCUSD.s", "exposure": Decimal(10)}
    return {each: limit.admits({**order, "action": each}) for each in ("OPEN", "CLOSE")}


async def reads_flat(code):
    """How many orders are sent when the query fails, finds nothing, finds a position."""
    sent = []
    for found in ({"error_code": "SERVER_ERROR"}, {"positions": []}, {"positions": [{}]}):
        client = Client(reply=lambda request, found=found: found)
        await code.on_signal(client, {"action": "OPEN", "symbol": "BTCUSD.s"})
        sent.append(sum(request["action"] == "OPEN" for request in client.asked))
    return {"sent": sent}


async def exposure_ignored(code):
    client = Client()
    limits = code.Limits(Decimal(4))
    order = {"action": "OPEN", "symbol": "BTCUSD.s", "exposure": Decimal("1.5")}
    await outcomes(*(code.on_signal(limits, client, order) for _ in range(5)))
    return {"sent": len(client.asked)}


async def breaker_ignored(code):
    client = Client(reply={"profit": "-1.00"})
    breaker = code.Breaker(3, 300.0)
    for _ in range(10):
        await code.on_signal(breaker, client, {"action": "OPEN"})
    sent = len(client.asked)
    await asyncio.sleep(301)
    await code.on_signal(breaker, client, {"action": "OPEN"})
    return {"sent": sent, "sent when cool": len(client.asked) - sent}


SCENES = {
    "snapshot-gap": snapshot,
    "float-drift": floats,
    "lost-update": lost_update,
    "shared-slot": shared_slot,
    "breaker-blocks-close": breaker_blocks,
    "limit-blocks-close": limit_blocks,
    "failed-query-reads-flat": reads_flat,
    "exposure-ignored": exposure_ignored,
    "breaker-ignored": breaker_ignored,
}
