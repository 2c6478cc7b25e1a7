"""Logs who uses a shared socket, and when, in the form that Interlock judges.

Paste this file beside your engine. It needs Python 3.8 and nothing else.

    interlock_log.start("engine.log")        # once

    async with zmq_lock:                     # your lock, whatever it is
        with interlock_log.using(symbol):    # around the use of the socket itself
            await socket.send_json(request)
            reply = await socket.recv_json()

The lines say what happened, not what the lock believes: if two tasks are inside at once, both are.
"""

import contextlib
import itertools
import logging
import secrets

log = logging.getLogger("interlock")
_accesses = itertools.count(1)


def start(path=None):
    """Writes the lines to the file at ``path``, or to standard error without one."""
    handler = logging.FileHandler(path, encoding="utf-8") if path else logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s - [%(levelname)s] - %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    log.propagate = False


@contextlib.contextmanager
def using(symbol):
    """Marks the critical section: one line when it begins, one when it ends, however it ends."""
    lock_id = secrets.token_hex(4)
    log.debug("[ZMQ_LOCK_ACQUIRE] [%s] lock_id=%s access#%d", symbol, lock_id, next(_accesses))
    try:
        yield lock_id
    finally:
        log.debug("[ZMQ_LOCK_RELEASE] [%s] lock_id=%s", symbol, lock_id)


def filled(symbol, number, pnl):
    """Logs a trade: the number of its signal, and what it earned. Optional."""
    log.debug("  [%s] Signal #%d: Trade executed, PnL=$%.2f", symbol, number, pnl)


def totals(trades_sum, aggregator_total):
    """Logs, at the end, the sum of all trades and what your aggregator says. Optional."""
    log.info("  Simulated Total PnL: $%.2f", trades_sum)
    log.info("  Aggregator Total PnL: $%.2f", aggregator_total)
