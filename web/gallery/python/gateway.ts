/** Gateways that wait for a timer, fill an order twice, or keep books that leave something out. */
import type { PairTexts } from './pair.ts';

export const GATEWAY: PairTexts = {
  'retry-duplicates-order': `
  async def place(client, order, attempts=5):
      request = order
      for _ in range(attempts):
          try:
              reply = await client.ask(request)
          except TimeoutError:
-             continue  # slow is not lost: the gateway fills each copy
+             request = {"action": "SYNC_ALL"}  # what became of it?
          else:
              return deal_of(order, reply)
      raise OutcomeUnknown(order["uuid"])


  def deal_of(order, reply):
      """The order's fill, or None if the gateway does not know it."""
      deals = reply.get("deals", [reply])
      own = (deal for deal in deals if deal["uuid"] == order["uuid"])
      return next(own, None)
`,
  'timer-pump-gateway': `
  async def serve(context, address, execute):
      socket = context.socket(zmq.REP)
      socket.bind(address)
      while True:
-         await asyncio.sleep(1.0)  # as OnTimer does
-         if not await socket.poll(0):
-             continue
<         request = await socket.recv_json()
+         request = await socket.recv_json()  # wakes when one comes
          await socket.send_json(execute(request))
`,
  'timer-pump-gateway-four-clients': `
  async def answer_one(router, execute):
      """Answers the next of four REQ clients."""
      client, _, body = await router.recv_multipart()
      await router.send_multipart([client, b"", execute(body)])


  async def serve(router, execute):
      while True:
-         await asyncio.sleep(1.0)
-         if await router.poll(0):
-             await answer_one(router, execute)  # the fourth waits 4 s
+         await answer_one(router, execute)  # as soon as there is one
`,
  'books-forget-commission': `
  class Books:
      def __init__(self, balance):
          self.balance = balance
          self.fills = []

      def execute(self, order, gross, commission):
          net = gross - commission
          self.fills.append((order["uuid"], net))
-         self.balance += gross  # the client pays it, the books do not
+         self.balance += net
          return {"uuid": order["uuid"], "profit": str(net)}
`,
};
