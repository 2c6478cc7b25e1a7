/**
 * A worker that wants a lock again and again, or only sends messages to and fro: by the product's
 * own lock worker, by `navigator.locks`, or by a bare port.
 */
import { expose } from 'comlink';
import { EventKind, ObjectId, park, type TaskBody, type TaskRef } from '../../../sim/index.ts';
import { localUs } from '../../../web/live/clocks.ts';
import { Member } from '../../../web/live/member.ts';
import { holdNumbers } from '../../../web/live/remote-lock.ts';
import { lockFrom } from '../../../web/live/symbol-host.ts';
import { every } from '../../../web/live/thread.ts';
import { workerTimer } from '../../../web/live/timers.ts';

export interface AskerApi {
  /** Counts what comes by `port` and sends it back; the first one to send is told so. */
  echo(port: MessagePort, isFirst: boolean): void;
  /** Takes the lock at the other end of `lock`, gives it back, and so on, as a symbol would. */
  ask(conductor: MessagePort, lock: MessagePort, place: number, places: number): void;
  /** The same with the browser's lock of that name. */
  askBrowser(name: string): void;
  /** How often it had its turn so far. */
  turns(): number;
}

let turns = 0;

/** What a symbol's loop does with a lock, and nothing else of it. */
function* takeTurns(self: TaskRef, member: Member, lock: ReturnType<typeof lockFrom>): TaskBody {
  const { recorder } = member;
  for (;;) {
    const hold = lock.request(self);
    while (hold.state === 'waiting') yield park(lock.timeoutUs);
    recorder.stamp(EventKind.enter, self.id, self.symbol, ObjectId.socket, hold.hold, 0, 0);
    turns += 1;
    recorder.stamp(EventKind.exit, self.id, self.symbol, ObjectId.socket, hold.hold, 0, 0);
    lock.release(hold, self);
  }
}

const api: AskerApi = {
  echo: (port, isFirst) => {
    port.onmessage = ({ data }: MessageEvent<{ readonly n: number }>) => {
      turns += 1;
      port.postMessage({ kind: 'grant', hold: data.n, n: data.n + 1 });
    };
    if (isFirst) port.postMessage({ kind: 'grant', hold: 0, n: 0 });
  },
  ask: (conductor, port, place, places) => {
    const around = { localUs, later: workerTimer(localUs), every };
    const member = new Member({ around, conductor, firstTask: place });
    const lock = lockFrom(member, port, Infinity, holdNumbers(place, places));
    member.kernel.spawn('asker', place, 'worker', (self) => takeTurns(self, member, lock));
  },
  askBrowser: (name) => {
    const again = (): void => {
      void navigator.locks
        .request(name, () => {
          turns += 1;
        })
        .then(again);
    };
    again();
  },
  turns: () => turns,
};

expose(api);
