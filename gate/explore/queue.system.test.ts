/**
 * A search over a real Redis, with workers that are killed, ended and started again: it comes to
 * what one machine comes to, every part counted once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runJson, runLab } from '../testing/fake-shell.ts';
import { type PartJob, QUEUE } from './redis.ts';

const WAIT_MS = 60_000;

/** Two parts and more, each of which takes a while: 64 executions of 150 signals. */
const DRAWN = ['explore', 'reference', '--strategy', 'random', '--schedules', '256'];
const RACE = ['explore', 'wake-up-race', '--strategy', 'pct'];

let url = '';
let redis: ChildProcess;
const workers = new Set<Worker>();

/** A process that works at the queue. */
class Worker {
  readonly #child: ChildProcess;
  readonly #heard: string[] = [];
  readonly #waiting: { readonly pattern: RegExp; readonly hear: (line: string) => void }[] = [];
  readonly ended: Promise<unknown>;

  constructor(leaseS: number) {
    const words = ['explore-worker', '--queue', url, '--lease', String(leaseS)];
    this.#child = spawn(process.execPath, ['--import', 'tsx', 'gate/main.ts', ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.ended = once(this.#child, 'exit');
    const lines = createInterface({ input: this.#child.stderr as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      this.#heard.push(line);
      for (const { pattern, hear } of this.#waiting) if (pattern.test(line)) hear(line);
    });
    workers.add(this);
  }

  /** The first line that is so, said already or still to come. */
  says(pattern: RegExp): Promise<string> {
    const known = this.#heard.find((line) => pattern.test(line));
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((hear) => this.#waiting.push({ pattern, hear }));
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.#child.kill(signal);
    await this.ended;
    workers.delete(this);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

beforeAll(async () => {
  const port = await freePort();
  url = `redis://127.0.0.1:${port}`;
  const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  redis = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  // `npm run test:system` looks first whether it is there; without it this rejects.
  await once(redis, 'spawn');
  const lines = createInterface({ input: redis.stdout as NodeJS.ReadableStream });
  for await (const line of lines) if (line.includes('Ready to accept connections')) break;
}, WAIT_MS);

afterAll(async () => {
  await Promise.all([...workers].map((worker) => worker.end('SIGKILL')));
  redis.kill();
  await once(redis, 'exit');
});

/** What differs from one machine to the next. */
function asOne(document: Record<string, unknown>): object {
  return { ...document, tookMs: 0 };
}

describe('lab explore --queue', () => {
  it(
    'says what one machine says, though one of two workers is killed in the middle of a part',
    { timeout: WAIT_MS },
    async () => {
      const alone = await runJson([...DRAWN, '--workers', '1']);
      const queue = new Queue<PartJob>(QUEUE, { connection: { url } });
      const first = new Worker(1);
      const second = new Worker(1);
      const exploring = runJson([...DRAWN, '--queue', url]);
      const [, part = ''] = /part (\d+) of/.exec(await first.says(/part \d+ of/)) ?? [];
      await first.end('SIGKILL');
      const active = (await queue.getActive()).map((job) => job.data.part);
      expect(active).toContain(Number(part) - 1);
      const { status, document } = await exploring;
      // The part that the first one had is done by the second.
      await second.says(new RegExp(`part ${part} of`));
      expect(status).toBe(alone.status);
      expect(asOne(document)).toEqual(asOne(alone.document));
      expect(document['schedules']).toBe(256);
      // Nothing is left behind.
      const counts = await queue.getJobCounts();
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(0);
      await queue.close();
      await second.end('SIGINT');
    },
  );

  it(
    'goes on where it was left when the one that asked is interrupted, and workers come and go',
    { timeout: WAIT_MS },
    async () => {
      const alone = await runJson([...DRAWN, '--workers', '1']);
      const first = new Worker(3_600);
      const left = await runLab([...DRAWN, '--queue', url], { interruptAfter: 4 });
      expect(left.status).toBe(3);
      expect(left.notes).toMatch(/what was done stays at redis:.*: the same words go on/);
      await first.says(/part \d+ of/);
      // It gives back what it has at once: with that lease nobody would get it otherwise.
      await first.end('SIGINT');
      const second = new Worker(3_600);
      const { status, document } = await runJson([...DRAWN, '--queue', url]);
      expect(status).toBe(alone.status);
      expect(asOne(document)).toEqual(asOne(alone.document));
      await second.end('SIGINT');
    },
  );

  it('finds the violation that one machine finds', { timeout: WAIT_MS }, async () => {
    const alone = await runJson([...RACE, '--workers', '1']);
    const both = [new Worker(30), new Worker(30)];
    const { status, document } = await runJson([...RACE, '--queue', url]);
    expect(status).toBe(1);
    expect(asOne(document)).toEqual(asOne(alone.document));
    await Promise.all(both.map((worker) => worker.end('SIGINT')));
  });

  it('names a queue that is not there, for workers too', async () => {
    const { status, notes } = await runLab(['explore-worker', '--queue', 'redis://127.0.0.1:1']);
    expect(status).toBe(3);
    expect(notes).toMatch(/expected a Redis at redis:\/\/127\.0\.0\.1:1, got: .*ECONNREFUSED/);
  });
});
