/**
 * The page's connection with the bridge as its views see it.
 *
 * Invariants: it connects only when somebody asks it to; which lock stands at the bridge is known
 * per connection, and a lock that is changed disarms. Nothing of the token comes here.
 */
import type { LockName, Problem, Result, Scenario } from '../../sim/index.ts';
import type { UnknownOrder } from '../../bridge/protocol.ts';
import type {
  Armed,
  BridgeLink,
  BridgeListener,
  Connected,
  LinkState,
} from '../bridge/contract.ts';

export type MakeLink = (listener: BridgeListener) => BridgeLink;

/** What the chip and whoever listens are told: the five states, and that orders may leave. */
export type LinkMode = LinkState['kind'] | 'armed';

const OK: Result<void, Problem> = { kind: 'ok', value: undefined };

export class Link {
  state: LinkState = $state.raw({ kind: 'none', why: undefined });
  /** Somebody asked, and no answer came yet. */
  isLooking = $state(false);
  /** What the bridge said against the last thing that it was asked. */
  refusal: Problem | undefined = $state.raw(undefined);
  /** Where it was connected last, for as long as it is being looked for again. */
  endpoint: string | undefined = $state(undefined);
  readonly #bridge: BridgeLink;
  /** The lock that stands at the bridge; undefined where this page has not chosen one. */
  #lock: LockName | undefined;

  constructor(makeLink: MakeLink) {
    this.#bridge = makeLink({ onState: (state) => this.#take(state) });
  }

  /** Undefined while there is no connection. */
  get connected(): Connected | undefined {
    const { state } = this;
    return state.kind === 'read-only' || state.kind === 'orders-allowed' ? state : undefined;
  }

  get armed(): Armed | undefined {
    return this.state.kind === 'orders-allowed' ? this.state.armed : undefined;
  }

  get unknown(): readonly UnknownOrder[] {
    return this.connected?.unknown ?? [];
  }

  get mode(): LinkMode {
    return this.armed === undefined ? this.state.kind : 'armed';
  }

  async connect(): Promise<void> {
    if (this.isLooking || this.connected !== undefined) return;
    this.isLooking = true;
    try {
      await this.#bridge.connect();
    } finally {
      this.isLooking = false;
    }
  }

  pair(code: string): Promise<void> {
    return this.#bridge.pair(code);
  }

  async arm(armed: Armed): Promise<boolean> {
    return this.#ask(await this.#bridge.arm(armed));
  }

  async disarm(): Promise<boolean> {
    return this.#ask(await this.#bridge.disarm());
  }

  async resolve(uuid: string, as: 'executed' | 'not-executed'): Promise<boolean> {
    return this.#ask(await this.#bridge.resolve(uuid, as));
  }

  /** Lets `lock` stand at the bridge; the bridge disarms when it is another than before. */
  async setLock(lock: LockName): Promise<boolean> {
    if (this.#lock === lock) return this.#ask(OK);
    const isSet = this.#ask(await this.#bridge.setLock(lock));
    this.#lock = isSet ? lock : undefined;
    return isSet;
  }

  /** Whether orders of all symbols of `scenario` may leave, or none may whatever is armed. */
  isReadyFor({ symbols }: Scenario): boolean {
    const { state } = this;
    if (state.kind !== 'orders-allowed') return true;
    return symbols.every(({ name }) => state.armed?.symbols.includes(name) === true);
  }

  openPort(): Promise<MessagePort> {
    return this.#bridge.openPort();
  }

  disconnect(): void {
    this.#bridge.disconnect();
  }

  #ask(answer: Result<void, Problem>): boolean {
    this.refusal = answer.kind === 'error' ? answer.error : undefined;
    return answer.kind === 'ok';
  }

  #take(state: LinkState): void {
    this.state = state;
    if (this.connected === undefined) this.#lock = undefined;
    else this.endpoint = this.connected.welcome.endpoint;
    if (state.kind !== 'lost' && this.connected === undefined) this.endpoint = undefined;
  }
}
