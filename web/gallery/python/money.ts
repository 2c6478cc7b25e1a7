/** Totals that miss, mix up, overwrite or round what was earned. */
import type { PairTexts } from './pair.ts';

export const MONEY: PairTexts = {
  'snapshot-gap': `
  async def symbol_loop(symbol, signals, trade, snapshots):
      earned = Decimal(0)
      for number, signal in enumerate(signals, start=1):
          earned += await trade(signal)
-         if number % 5 == 0:  # and after the last fifth?
>         if number % 5 == 0:
              snapshots[symbol] = earned
+     snapshots[symbol] = earned  # what came after the last fifth, too
`,
  'float-drift': `
  class Aggregator:
      def __init__(self):
-         self.dollars = 0.0
+         self.cents = 0

      def add(self, profit):
          """profit is text such as "-12.34", as the gateway sends it."""
-         self.dollars += float(profit)  # 0.1 + 0.2 is not 0.3
+         self.cents += int(Decimal(profit).scaleb(2))

      @property
      def total(self):
<         return Decimal(self.dollars)
>         return Decimal(self.cents).scaleb(-2)
`,
  'lost-update': `
  class Aggregator:
      def __init__(self, journal):
          self.journal = journal
          self.total = Decimal(0)
+         self.lock = asyncio.Lock()

      async def add(self, symbol, profit):
-         before = self.total
-         await self.journal.write(symbol, profit)  # others add meanwhile
-         self.total = before + profit
+         async with self.lock:
>             before = self.total
>             await self.journal.write(symbol, profit)
>             self.total = before + profit
`,
  'shared-slot': `
  @dataclass
  class Figures:
      trades: int = 0
      profit: Decimal = Decimal(0)


  class Aggregator:
      def __init__(self, symbols):
-         self.of = dict.fromkeys(symbols, Figures())  # one for all
+         self.of = {symbol: Figures() for symbol in symbols}
          self.total = Decimal(0)

      def add(self, symbol, profit):
          self.of[symbol].trades += 1
          self.of[symbol].profit += profit
          self.total += profit
`,
};
