/**
 * The least gateway there is: a REP that answers a request with its uuid, in a process of its own.
 * It tells its parent where it listens, and ends with it.
 */
import { Reply } from 'zeromq';

const socket = new Reply({ linger: 0 });
await socket.bind('tcp://127.0.0.1:*');
process.once('disconnect', () => process.exit());
process.send?.(socket.lastEndpoint);
for await (const [frame] of socket) {
  const { uuid } = JSON.parse(String(frame)) as { uuid: string };
  await socket.send(JSON.stringify({ uuid, status: 'ok', server_time: 1, latency_ms: 0 }));
}
