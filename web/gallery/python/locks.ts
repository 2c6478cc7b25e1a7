/** Locks that do not exclude, do not let in, or are not given back. */
import type { PairTexts } from './pair.ts';

export const LOCKS: PairTexts = {
  'reference-as-claimed': `
  async def on_signal(lock, client, signal):
<     async with lock:
-         order = await decide(signal)  # 10 to 20 ms: nobody else trades
<         return await client.ask(order)
+     order = await decide(signal)  # needs no socket, so it needs no lock
>     async with lock:
>         return await client.ask(order)


  async def symbol_loop(lock, client, signals):
      async for signal in signals:
          await on_signal(lock, client, signal)
`,
  'escaping-lock': `
  class SocketLock:
      def __init__(self):
          self._lock = asyncio.Lock()

      async def acquire(self, symbol):
-         async with self._lock:
-             log.debug("[ZMQ_LOCK_ACQUIRE] [%s]", symbol)
<         # The block is over, and with it the hold.
+         await self._lock.acquire()
>         log.debug("[ZMQ_LOCK_ACQUIRE] [%s]", symbol)

      def release(self, symbol):
          log.debug("[ZMQ_LOCK_RELEASE] [%s]", symbol)
+         self._lock.release()


  async def trade(lock, socket, symbol, order):
      await lock.acquire(symbol)
      try:
          await socket.send_json(order)
          return await socket.recv_json()
      finally:
          lock.release(symbol)
`,
  'lock-per-symbol': `
  class GatewayClient:
      def __init__(self, socket):
          self.socket = socket
-         self.locks = defaultdict(asyncio.Lock)
+         self.lock = asyncio.Lock()  # one socket, one lock

      async def ask(self, symbol, request):
-         async with self.locks[symbol]:  # waits for its own symbol only
+         async with self.lock:
              await self.socket.send_json(request)
              return await self.socket.recv_json()
`,
  'lease-expires': `
- LEASE_S = 0.002  # an exchange takes 1 to 3 ms
+ LEASE_S = 10.0  # longer than any exchange


  async def exchange(socket, order):
      await socket.send_json(order)
      return await socket.recv_json()


  async def trade(lock, socket, order):
      async with lock:
          work = asyncio.create_task(exchange(socket, order))
          # A limit ends the wait, and with it the hold, but not the work.
          return await asyncio.wait_for(asyncio.shield(work), LEASE_S)
`,
  'double-release': `
  async def trade(free, client, order):
      """free is an asyncio.Semaphore(1)."""
      await free.acquire()
      try:
          reply = await client.ask(order)
          log.info("%s: %s", order["uuid"], reply["status"])
      finally:
<         free.release()
-     free.release()  # it counts: now there is room for two
+         free.release()  # the only one
      return reply
`,
  'crossed-locks': `
  async def open_position(desk, order):
      async with desk.socket_lock:
          fill = await desk.ask(order)
          async with desk.totals_lock:
              desk.total += Decimal(fill["profit"])


  async def close_position(desk, order):
-     async with desk.totals_lock:
-         async with desk.socket_lock:  # whose holder wants the totals
+     async with desk.socket_lock:  # first, here too
>         async with desk.totals_lock:
              fill = await desk.ask(order)
              desk.total += Decimal(fill["profit"])
`,
  'lost-wakeup': `
  class SocketLock:
      def __init__(self, journal):
          self.journal = journal
<         self.held = False
<         self.waiters = deque()
+         self.lock = asyncio.Lock()

      async def acquire(self, symbol):
<         if not self.held:
<             self.held = True
<             return
-         await self.journal.write(symbol, "waits")
-         turn = asyncio.Event()
-         self.waiters.append(turn)  # too late for a release just now
<         await turn.wait()
>         if self.lock.locked():
>             await self.journal.write(symbol, "waits")
+         await self.lock.acquire()  # looks and queues in one step

      def release(self):
-         if self.waiters:
<             self.waiters.popleft().set()
<         else:
<             self.held = False
+         self.lock.release()
`,
  'barging-lock': `
  class FairLock:
      def __init__(self):
<         self.held = False
<         self.waiters = deque()
+         self.lock = asyncio.Lock()  # serves in order of arrival

      async def acquire(self):
-         while self.held:  # a newcomer asks this, not who waits
<             turn = asyncio.Event()
<             self.waiters.append(turn)
<             await turn.wait()
<         self.held = True
+         await self.lock.acquire()

      def release(self):
-         self.held = False  # free until the first waiter has woken up
<         if self.waiters:
<             self.waiters.popleft().set()
+         self.lock.release()
`,
  'lost-on-error': `
  async def trade(lock, client, order):
      await lock.acquire()
-     reply = await client.ask(order)  # a TimeoutError leaves from here
-     lock.release()
-     return reply
+     try:
+         return await client.ask(order)
+     finally:
+         lock.release()


  async def symbol_loop(lock, client, orders):
      for order in orders:
          try:
              await trade(lock, client, order)
          except TimeoutError:
              log.warning("no reply to %s", order["uuid"])
`,
};
