/** Lock statistics of a trace: how long tasks waited and held, how many at once, who was overtaken. */

/** Nearest-rank percentiles in microseconds; all zero where `samples` is 0. */
export interface Percentiles {
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface SymbolLockStats {
  readonly symbol: number;
  readonly acquires: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
}

export interface LockStats {
  /** Enters into and exits from the guarded socket's critical section. */
  readonly acquires: number;
  readonly releases: number;
  /** The most tasks that used the socket at one time. */
  readonly maxHolders: number;
  /** Enters that found somebody else inside. */
  readonly overlaps: number;
  readonly queueDepthMax: number;
  /** The most often that one waiter was overtaken, and how often anybody was. */
  readonly bypassMax: number;
  readonly bypassTotal: number;
  /** Holding time of all tasks added up, to be compared with the span of the run. */
  readonly heldUs: number;
  readonly waitUs: Percentiles;
  readonly holdUs: Percentiles;
  readonly perSymbol: readonly SymbolLockStats[];
}
