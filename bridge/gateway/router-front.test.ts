/**
 * The ROUTER in place of REP, killed and brought back at once while requests keep coming.
 */
import { setImmediate } from 'node:timers/promises';
import { Dealer } from 'zeromq';
import { expect, it } from 'vitest';
import { parseScenario } from '../../sim/index.ts';
import { withDeadline } from '../sockets/testing/peer.ts';
import { startGateway } from './standalone.ts';

const EVERY_US = 20_000;
const CRASHES = 20;
const BURST = 16;

it('takes nothing from before its death, and answers what comes after it', async () => {
  const crashes = Array.from({ length: CRASHES }, (_, at) => ({
    ...{ atUs: EVERY_US * (at + 1), forUs: 1 },
  }));
  const parsed = parseScenario({
    symbols: [{ name: 'BTCUSD.s' }],
    endpoint: { latencyUs: [0, 0], serviceUs: [0, 0], faults: { crashes, dropReplyPerMillion: 1 } },
  });
  if (parsed.kind === 'error') throw new Error(parsed.error.message);
  const failures: unknown[] = [];
  const gateway = await startGateway({
    ...{ scenario: parsed.value, place: { host: '127.0.0.1', port: 0, pubPort: 0 } },
    crashed: (error) => failures.push(error),
  });
  const dealer = new Dealer({ linger: 0, reconnectInterval: 1 });
  dealer.connect(gateway.addresses.requests);
  let isAnswered = false;
  void (async () => {
    for await (const frames of dealer) isAnswered ||= String(frames.at(-1)).includes('"after"');
  })();
  const endMs = performance.now() + (EVERY_US * (CRASHES + 2)) / 1_000;
  const flood = async (): Promise<void> => {
    while (!isAnswered) {
      const uuid = performance.now() < endMs ? 'before' : 'after';
      for (let at = 0; at < BURST; at += 1) {
        await dealer.send(['', JSON.stringify({ uuid, action: 'PING' })]);
      }
      await setImmediate();
    }
  };
  await withDeadline(flood(), 'expected an answer');
  expect(failures).toEqual([]);
  dealer.close();
  await gateway.close();
});
