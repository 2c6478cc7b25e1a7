/** Defects that most orders of events do not show. */
import type { PairTexts } from './pair.ts';

export const RACES: PairTexts = {
  'flag-race': `
  class StoreLock:
      """A flag in a store across the network, such as Redis."""

      def __init__(self, store):
          self.store = store

      async def acquire(self, symbol):
-         while await self.store.get("socket"):
<             await asyncio.sleep(0.001)
-         await self.store.set("socket", symbol)  # read then, set now
+         while not await self.store.set("socket", symbol, nx=True):
>             await asyncio.sleep(0.001)

      async def release(self):
          await self.store.delete("socket")
`,
  'wake-up-race': `
  class SocketLock:
      def __init__(self, journal):
          self.journal = journal
<         self.held = False
<         self.freed = asyncio.Event()
+         self.lock = asyncio.Lock()

      async def acquire(self, symbol):
-         while self.held:
<             await self.journal.write(symbol, "waits")
-             self.freed.clear()  # forgets a release of just now
<             await self.freed.wait()
<         self.held = True
>         if self.lock.locked():
>             await self.journal.write(symbol, "waits")
+         await self.lock.acquire()  # looks and listens in one step

      def release(self):
<         self.held = False
-         self.freed.set()
+         self.lock.release()
`,
  'hand-over-race': `
  class FairLock:
      def __init__(self):
-         self.is_free = True
-         self.changed = asyncio.Condition()
+         self.lock = asyncio.Lock()

      async def acquire(self):
<         async with self.changed:
-             await self.changed.wait_for(lambda: self.is_free)
<             self.is_free = False
+         await self.lock.acquire()  # not while somebody waits for it

      async def release(self):
<         async with self.changed:
-             self.is_free = True  # for whoever asks before the waiter
<             self.changed.notify()
+         self.lock.release()
`,
  'time-out-race': `
  class SocketLock:
      def __init__(self):
<         self.held = False
<         self.waiters = deque()
+         self.lock = asyncio.Lock()

      async def acquire(self, patience_s):
          async with asyncio.timeout(patience_s):
<             while self.held:
<                 turn = asyncio.Event()
-                 self.waiters.append(turn)  # and stays, timed out or not
<                 await turn.wait()
<             self.held = True
+             await self.lock.acquire()  # who gives up leaves its queue

      def release(self):
<         self.held = False
<         if self.waiters:
-             self.waiters.popleft().set()  # spent on one that has gone
+         self.lock.release()
`,
  'withdrawal-race': `
  async def trade(lock, client, order, patience_s):
-     try:
-         async with asyncio.timeout(patience_s):
-             await lock.acquire()
+     async with asyncio.timeout(patience_s):
+         await lock.acquire()
+     try:  # from here on the hold is its own
          return await client.ask(order)
      finally:
-         lock.release()  # by one that gave up: somebody else's hold
+         lock.release()
`,
  'lease-race': `
  class LeasedLock:
      def __init__(self):
          self.lock = asyncio.Lock()
          self.hold = None

      async def acquire(self):
          await self.lock.acquire()
          self.hold = hold = object()
-         loop = asyncio.get_running_loop()
-         loop.call_later(0.100, self.release, hold)  # work takes 3 ms
<         return hold
+         return hold  # ends when its holder gives it back

      def release(self, hold):
          if self.hold is hold:
              self.hold = None
              self.lock.release()
`,
  'lock-order-race': `
  async def trade_btc(desk, order):
      async with desk.socket_lock:
          fill = await desk.ask(order)
          async with desk.totals_lock:
              desk.total += Decimal(fill["profit"])


  async def trade_eth(desk, order):
-     async with desk.totals_lock, desk.socket_lock:  # never met so far
+     async with desk.socket_lock, desk.totals_lock:
          fill = await desk.ask(order)
          desk.total += Decimal(fill["profit"])
`,
  'heartbeat-race': `
  async def trade(lock, socket, order):
      async with lock:
          await socket.send_json(order)
          return await socket.recv_json()


  async def heartbeat(lock, socket, period_s=0.025):
      while True:
          await asyncio.sleep(period_s)
<         # Between two orders, as far as anybody has seen.
-         await socket.send_json({"action": "PING"})
-         await socket.recv_json()
+         async with lock:
>             await socket.send_json({"action": "PING"})
>             await socket.recv_json()
`,
  'split-update-race': `
+ books = asyncio.Lock()
>
>
  async def book(store, cents):
-     total = int(await store.get("total"))
<     # A fill that another symbol books just now is overwritten.
-     await store.set("total", total + cents)
+     async with books:
>         total = int(await store.get("total"))
>         await store.set("total", total + cents)


  async def on_fill(store, fill):
      cents = int(Decimal(fill["profit"]).scaleb(2))
      await book(store, cents)
`,
};
