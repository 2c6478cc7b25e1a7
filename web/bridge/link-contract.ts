/** What the page and the worker of its connection say to each other; the tab keeps the token. */
import type { LockName, Problem, Result } from '../../sim/index.ts';
import type { Armed, LinkState } from './contract.ts';

/** The worker's end, by Comlink. */
export interface LinkApi {
  /** Once, before all else: where news go. */
  listen(news: MessagePort): void;
  connect(token: string | undefined): Promise<void>;
  pair(code: string): Promise<void>;
  arm(armed: Armed): Promise<Result<void, Problem>>;
  disarm(): Promise<Result<void, Problem>>;
  setLock(lock: LockName): Promise<Result<void, Problem>>;
  resolve(uuid: string, as: 'executed' | 'not-executed'): Promise<Result<void, Problem>>;
  openPort(port: MessagePort): void;
  disconnect(): void;
}

export type LinkNews =
  | { readonly kind: 'state'; readonly state: LinkState }
  | { readonly kind: 'token'; readonly token: string | undefined };
