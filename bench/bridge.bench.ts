/**
 * A request through the bridge beside the same over bare zeromq.js, in one run.
 *
 * Both ask the same REP, which answers from a process of its own, one exchange after the other.
 * Ours goes by a Node client over WebSocket to a bridge in the client's process; the batched one
 * keeps 64 requests under way, 64 envelopes a frame; a DEALER has them under way at the gateway
 * too. Known limit: client and bridge share a processor, so ours is slower than with a browser
 * beside it, which has one of its own.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Request } from 'zeromq';
import {
  EnvelopeNumbers,
  processClock,
  readServerFrame,
  SOCKET_PATH,
  SUBPROTOCOL,
} from '../bridge/index.ts';
import type { Claim, Measurement } from './claim.ts';
import { pingBridge, pingGateway } from './ping-bridge.ts';

const WARM_UP = 1_000;
const EXCHANGES = 8_000;
const BATCH = 64;
const DEADLINE_MS = 10_000;
const US_PER_S = 1_000_000;

/** Rate, and times of single exchanges in microseconds, as figures. */
function measured(timesUs: number[], totalUs: number): Measurement {
  const sorted = [...timesUs].sort((x, y) => x - y);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? NaN;
  const detail = { 'p50 us': at(0.5), 'p99 us': at(0.99), samples: timesUs.length };
  return { value: (timesUs.length * US_PER_S) / totalUs, detail };
}

async function bare(): Promise<Measurement> {
  const reply = await pingGateway();
  const request = new Request({ linger: 0 });
  request.connect(reply.address);
  const timesUs: number[] = [];
  let beganUs = 0;
  for (let n = 1; n <= WARM_UP + EXCHANGES; n++) {
    const text = JSON.stringify({ action: 'PING', uuid: `u-${n}` });
    const startUs = processClock.nowUs();
    if (n === WARM_UP + 1) beganUs = startUs;
    await request.send(text);
    await request.receive();
    if (n > WARM_UP) timesUs.push(processClock.nowUs() - startUs);
  }
  const totalUs = processClock.nowUs() - beganUs;
  request.close();
  reply.close();
  return measured(timesUs, totalUs);
}

/** A client of a bridge that keeps `batch` requests under way. */
async function bridged(batch: number, kind: 'req' | 'dealer' = 'req'): Promise<Measurement> {
  const bridge = await pingBridge((_, response) => void response.end(), kind);
  const authority = `127.0.0.1:${bridge.port}`;
  const origin = `http://${authority}`;
  const socket = new WebSocket(`ws://${authority}${SOCKET_PATH}`, [SUBPROTOCOL], { origin });
  await once(socket, 'open');
  const numbers = new EnvelopeNumbers();
  const hello = { kind: 'hello', id: 0, deadlineMs: 0, op: 'pair', body: { code: bridge.code() } };
  socket.send(JSON.stringify([{ ...numbers.next(), ...hello }]));
  const [welcome] = read((await once(socket, 'message'))[0]);
  numbers.sid = welcome?.sid ?? '';
  const result = await exchanges(socket, numbers, batch);
  socket.terminate();
  await bridge.close();
  return result;
}

async function exchanges(
  socket: WebSocket,
  numbers: EnvelopeNumbers,
  batch: number,
): Promise<Measurement> {
  const timesUs: number[] = [];
  let sent = 0;
  let answered = 0;
  let beganUs = 0;
  let startUs = 0;
  const ask = (): void => {
    startUs = processClock.nowUs();
    if (sent >= WARM_UP && beganUs === 0) beganUs = startUs;
    const frame = Array.from({ length: batch }, () => {
      sent += 1;
      const head = { ...numbers.next(), kind: 'request', id: sent, deadlineMs: DEADLINE_MS };
      return { ...head, op: 'PING', body: { uuid: `u-${sent}` } };
    });
    socket.send(JSON.stringify(frame));
  };
  const over = new Promise<void>((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      for (const envelope of read(data)) {
        if (envelope.kind !== 'reply' || envelope.body.outcome !== 'answered') {
          reject(new Error('expected an answer to every request'));
        }
        answered += 1;
        if (beganUs > 0) timesUs.push(processClock.nowUs() - startUs);
      }
      if (answered < sent) return;
      if (timesUs.length >= EXCHANGES) resolve();
      else ask();
    });
  });
  ask();
  await over;
  return measured(timesUs, processClock.nowUs() - beganUs);
}

function read(data: unknown): ReturnType<typeof readEnvelopes> {
  return readEnvelopes(String(data));
}

function readEnvelopes(text: string) {
  const frame = readServerFrame(text);
  if (frame.kind === 'error') throw new Error(frame.message);
  return frame.value;
}

const OURS = 'through the bridge';
const BATCHED = `through the bridge, ${BATCH} a frame`;
const DEALER = `the same by a DEALER socket`;
const BARE = 'bare zeromq.js 6.8.0';
const SHARE = 0.6;

export const claim: Claim = {
  name: 'bridge',
  says: 'A page reaches its gateway through the bridge nearly as fast as over the socket itself.',
  unit: 'exchanges/s',
  better: 'more',
  goal: {
    text: `at least ${SHARE} of bare zeromq.js, one exchange after the other`,
    holds: (medians) => (medians.get(OURS) ?? 0) >= SHARE * (medians.get(BARE) ?? Infinity),
  },
  rounds: 3,
  subjects: [
    { name: OURS, role: 'ours', measure: () => bridged(1) },
    { name: BATCHED, role: 'peer', measure: () => bridged(BATCH) },
    { name: DEALER, role: 'peer', measure: () => bridged(BATCH, 'dealer') },
    { name: BARE, role: 'limit', measure: bare },
  ],
};
