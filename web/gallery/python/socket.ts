/** One REQ socket, used out of turn, left out of turn, or waited for longer than was said. */
import type { PairTexts } from './pair.ts';

export const SOCKET: PairTexts = {
  'no-lock': `
  class GatewayClient:
      def __init__(self, socket):
          self.socket = socket
+         self.lock = asyncio.Lock()

      async def ask(self, request):
-         await self.socket.send_json(request)  # EFSM while another waits
-         return await self.socket.recv_json()
+         async with self.lock:
>             await self.socket.send_json(request)
>             return await self.socket.recv_json()


  async def run(client, symbol_loops):
      await asyncio.gather(*(loop(client) for loop in symbol_loops))
`,
  'heartbeat-shares-socket': `
  class GatewayClient:
      def __init__(self, socket):
          self.socket = socket
          self.lock = asyncio.Lock()

      async def ask(self, request):
          async with self.lock:
              await self.socket.send_json(request)
              return await self.socket.recv_json()

      async def heartbeat(self, period_s):
          while True:
              await asyncio.sleep(period_s)
-             await self.socket.send_json({"action": "PING"})
-             await self.socket.recv_json()
+             await self.ask({"action": "PING"})
`,
  'timeout-leaves-efsm': `
  class LazyPirate:
      def __init__(self, context, address):
          self.context, self.address = context, address
          self.connect()

      def connect(self):
          self.socket = self.context.socket(zmq.REQ)
          self.socket.connect(self.address)

      async def ask(self, request, attempts=2, patience_ms=20):
          for attempt in range(1, attempts + 1):
              await self.socket.send_json(request)
              if await self.socket.poll(patience_ms):
                  return await self.socket.recv_json()
-             if attempt < attempts:  # the last one leaves it in EFSM
<                 self.socket.close(linger=0)
<                 self.connect()
+             self.socket.close(linger=0)  # after the last one too
+             self.connect()
          raise TimeoutError(f"no reply to {request['action']}")
`,
  'announced-wait': `
  ANNOUNCED_S = 5.0
  ATTEMPTS = 3
- EACH_S = 2.5  # times three is 7.5 s
+ EACH_S = 0.4  # times three is 1.2 s


  async def ask(client, request):
      """Answers or gives up within ANNOUNCED_S."""
      for _ in range(ATTEMPTS):
          try:
              return await asyncio.wait_for(client.ask(request), EACH_S)
          except TimeoutError:
              client.reopen()
      raise TimeoutError(f"no reply within {ANNOUNCED_S} s")
`,
  'timeouts-count': `
  async def timed_ask(client, request, latencies):
      clock = asyncio.get_running_loop().time
      start = clock()
-     reply = await client.ask(request)
-     latencies.append(clock() - start)  # a time-out never gets here
<     return reply
+     try:
>         return await client.ask(request)
+     finally:
+         latencies.append(clock() - start)


  def p99(latencies):
      return statistics.quantiles(latencies, n=100)[98]
`,
};
