/** Rules that nobody asks, rules that trap a position, and an error that is taken for an answer. */
import type { PairTexts } from './pair.ts';

export const RISK: PairTexts = {
  'breaker-blocks-close': `
  class RiskRules:
      def __init__(self, breaker, guardian):
          self.breaker = breaker
          self.guardian = guardian

      def refusal(self, order, now):
          """Why the order may not be sent, or None if it may."""
+         if order["action"] == "CLOSE":
+             return None  # getting out is always allowed
-         if self.breaker.is_open(now):  # asked about closing orders too
>         if self.breaker.is_open(now):
              return "the breaker is open"
          if not self.guardian.is_healthy(now):
              return "the gateway is ill"
          return None
`,
  'limit-blocks-close': `
  class ExposureLimit:
      def __init__(self, percent_max):
          self.percent_max = percent_max
          self.at_risk = defaultdict(Decimal)

      def admits(self, order):
+         if order["action"] == "CLOSE":
+             return True  # less exposure, whatever it is now
          held = self.at_risk[order["symbol"]]
-         return held + order["exposure"] <= self.percent_max  # CLOSE too
>         return held + order["exposure"] <= self.percent_max
`,
  'failed-query-reads-flat': `
  async def positions_of(client, symbol):
      query = {"action": "GET_POSITIONS", "symbol": symbol}
      reply = await client.ask(query)
-     return reply.get("positions", [])  # an error has none: flat
+     if "error_code" in reply:
+         return None  # not known, which is not the same as none
+     return reply["positions"]


  async def on_signal(client, order):
      held = await positions_of(client, order["symbol"])
-     if held:
-         return None
+     if held is None or held:
+         return None  # skip the signal
      return await client.ask(order)
`,
  'exposure-ignored': `
  class Limits:
      def __init__(self, percent_max):
          self.percent_max = percent_max
          self.at_risk = defaultdict(Decimal)

      def take_up(self, symbol, exposure):
          if self.at_risk[symbol] + exposure > self.percent_max:
              return False
          self.at_risk[symbol] += exposure
          return True


  async def on_signal(limits, client, order):
+     if not limits.take_up(order["symbol"], order["exposure"]):
+         return None
-     return await client.ask(order)  # configured, and nobody asks them
>     return await client.ask(order)
`,
  'breaker-ignored': `
  class Breaker:
      def __init__(self, losses_max, cooldown_s):
          self.losses_max, self.cooldown_s = losses_max, cooldown_s
          self.losses, self.open_until = 0, 0.0

      def on_result(self, profit, now):
          self.losses = self.losses + 1 if profit < 0 else 0
          if self.losses >= self.losses_max:
              self.losses, self.open_until = 0, now + self.cooldown_s


  async def on_signal(breaker, client, order):
      clock = asyncio.get_running_loop().time
+     if clock() < breaker.open_until:
+         return None
-     fill = await client.ask(order)  # whatever the breaker says
>     fill = await client.ask(order)
      breaker.on_result(Decimal(fill["profit"]), clock())
      return fill
`,
};
