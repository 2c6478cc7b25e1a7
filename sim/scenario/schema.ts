/**
 * The scenario: set-up, workload, faults and thresholds of one run, with limits and defaults.
 *
 * One schema for the page, the command line, the bridge and the tests. It is strict: an unknown
 * field is an error, because a misspelt fault that is silently ignored would pass. Times are whole
 * microseconds, money whole cents, exposures basis points, chances parts per million.
 */
import * as v from 'valibot';
import { LOCK_NAMES } from '../locks/index.ts';

export const FORMAT_VERSION = 1;
/** Grows when the same scenario would give another trace: old digests then no longer apply. */
export const SEMANTICS_VERSION = 1;

export const SYMBOLS_MAX = 64;
export const DAY_US = 86_400_000_000;

const whole = (min: number, max: number) =>
  v.pipe(
    v.number(`expected a whole number from ${min} to ${max}`),
    v.integer(`expected a whole number from ${min} to ${max}`),
    v.minValue(min, `expected at least ${min}`),
    v.maxValue(max, `expected at most ${max}`),
  );
/** Text in one line that cannot steer a terminal or turn the direction of what follows it. */
const text = (max: number) =>
  v.pipe(
    v.string(),
    v.maxLength(max, `expected at most ${max} characters`),
    v.regex(
      /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]*$/u,
      'expected text in one line, without control characters',
    ),
  );
const durationUs = whole(0, DAY_US);
const perMillion = whole(0, 1_000_000);
const basisPoints = whole(0, 1_000_000_000);
/** A range from which is drawn uniformly, both ends included. */
const range = (end: ReturnType<typeof whole>) =>
  v.pipe(
    v.strictTuple([end, end]),
    v.check(([min, max]) => min <= max, 'expected [least, most], least first'),
  );
const rangeUs = range(durationUs);
const part = <T extends v.ObjectEntries>(entries: T) =>
  v.optional(v.strictObject(entries), {} as never);
/** A field with its default. */
const or = <T extends v.GenericSchema>(schema: T, value: v.InferInput<T>) =>
  v.optional(schema, value as never);

const symbolName = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._#/-]{0,23}$/,
    'expected a symbol name of 1 to 24 letters, digits or . _ # / -, starting with a letter or digit',
  ),
);

export const marketSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('reference'),
    /** A signal trades when its uniform draw of 0 to 999,999 exceeds this. */
    skipPerMillion: or(perMillion, 500_000),
    pnlCents: or(range(whole(-1e9, 1e9)), [-10_000, 20_000]),
    exposureBp: or(range(basisPoints), [10, 50]),
  }),
  v.strictObject({
    kind: v.literal('random-walk'),
    /** First bid, in points; a point is a hundredth of the account's currency a lot unit. */
    pricePoints: or(whole(1_000, 1e9), 6_000_000),
    /** Largest move of the bid in one step, up or down. */
    stepPoints: or(whole(1, 1e6), 500),
    stepUs: or(whole(1, DAY_US), 10_000),
    spreadPoints: or(whole(0, 1e6), 100),
    /** Charged for each execution, opening and closing alike. */
    commissionCents: or(whole(0, 1e6), 7),
    skipPerMillion: or(perMillion, 500_000),
    exposureBp: or(range(basisPoints), [10, 50]),
  }),
]);

const symbolEntries = v.strictObject({
  name: symbolName,
  /** Pause between two signals. */
  intervalUs: or(rangeUs, [10_000, 20_000]),
  /** How many signals the symbol makes. */
  signals: or(whole(1, 100_000_000), 50),
  /** Makes signals for this long instead; 0 counts signals. */
  durationUs: or(durationUs, 0),
  /** Thousandths of a lot an order. */
  volumeMilli: or(whole(1, 1_000_000), 10),
  market: or(marketSchema, { kind: 'reference' }),
});

export const symbolSchema = v.pipe(
  symbolEntries,
  v.forward(
    v.check(
      ({ durationUs: lastsUs, intervalUs }) => lastsUs === 0 || intervalUs[1] > 0,
      'expected a pause above 0 for a symbol that signals by duration, or it never ends',
    ),
    ['intervalUs'],
  ),
);

/** The first name that an earlier symbol has already. */
function repeatedName(symbols: readonly { readonly name: string }[]): string | undefined {
  return symbols.find(({ name }, at) => symbols.findIndex((each) => each.name === name) < at)?.name;
}

export const scenarioSchema = v.pipe(
  v.strictObject({
    format: or(v.literal(FORMAT_VERSION), FORMAT_VERSION),
    semantics: or(v.literal(SEMANTICS_VERSION), SEMANTICS_VERSION),
    title: or(text(120), ''),
    seed: or(whole(0, Number.MAX_SAFE_INTEGER), 127),
    /** Milliseconds since 1970, UTC: the instant that virtual time 0 stands for in logs. */
    epochMs: or(whole(0, 8.64e15), 1_768_749_041_123),
    symbols: v.pipe(
      v.array(symbolSchema),
      v.minLength(1, 'expected at least one symbol'),
      v.maxLength(SYMBOLS_MAX, `expected at most ${SYMBOLS_MAX} symbols`),
      v.check(
        (symbols) => repeatedName(symbols) === undefined,
        ({ input }) => `expected every symbol name once, got ${repeatedName(input)} again`,
      ),
    ),
    lock: part({
      name: or(v.picklist(LOCK_NAMES), 'fifo'),
      /** How long a waiter waits; 0 waits for ever. */
      timeoutUs: or(durationUs, 0),
      leaseUs: or(durationUs, 0),
    }),
    engine: part({
      /** Where the 10-20 ms of a signal's work are done: outside the lock, or while holding it. */
      work: or(v.picklist(['outside', 'inside']), 'outside'),
      /** Whether the lock is given back when the exchange fails, or only after a success. */
      release: or(v.picklist(['always', 'on-success', 'twice']), 'always'),
      /** What a signal does with a position query that failed. */
      failedQuery: or(v.picklist(['skip', 'read-as-flat']), 'skip'),
      /** Asks for the symbol's position before each order. */
      queryFirst: or(v.boolean(), false),
      /** In which order the socket's and the aggregator's locks are taken. */
      lockOrder: or(v.picklist(['one-by-one', 'nested', 'crossed']), 'one-by-one'),
      /** A heartbeat on the same socket; period 0 is none. */
      heartbeatUs: or(durationUs, 0),
      heartbeatLock: or(v.picklist(['shared', 'none']), 'shared'),
    }),
    socket: part({
      profile: or(v.picklist(['libzmq', 'zeromq.js']), 'libzmq'),
      /** SNDTIMEO and RCVTIMEO; 0 is no limit, as -1 is in libzmq. */
      sendTimeoutUs: or(durationUs, 2_000_000),
      receiveTimeoutUs: or(durationUs, 2_000_000),
      lingerUs: or(durationUs, 0),
      immediate: or(v.boolean(), false),
      relaxed: or(v.boolean(), false),
      correlate: or(v.boolean(), false),
      /** Lazy Pirate: attempts of a request that may be repeated, and the pause between them. */
      attempts: or(whole(1, 100), 3),
      backoffUs: or(durationUs, 0),
      /**
       * What happens to the socket after a time-out: a new one, or a new one unless out of
       * attempts.
       */
      reopen: or(v.picklist(['always', 'not-after-last']), 'always'),
      /** An order whose reply was lost: ask what became of it, or send it again. */
      lostOrder: or(v.picklist(['query', 'resend']), 'query'),
      /** The uuid of an order that is sent again. */
      resendId: or(v.picklist(['same', 'new']), 'same'),
    }),
    endpoint: part({
      /** How long the gateway works on one request. */
      serviceUs: or(rangeUs, [1_000, 3_000]),
      /** One way between client and gateway. */
      latencyUs: or(rangeUs, [0, 0]),
      /** A gateway that serves one message a wake of this period; 0 serves at once. */
      pumpUs: or(durationUs, 0),
      /** Other clients, each with a socket of its own, that ping the same gateway. */
      otherClients: or(whole(0, 64), 0),
      otherThinkUs: or(rangeUs, [0, 0]),
      /** Recognises an order's uuid that it has executed, and repeats its answer. */
      dedupe: or(v.boolean(), true),
      /** What the gateway enters in its books: all, or one of the known mistakes. */
      books: or(v.picklist(['exact', 'no-commission', 'late-duplicate']), 'exact'),
      /** Requests with an error instead of an answer: for queries only, parts per million. */
      queryErrorPerMillion: or(perMillion, 0),
      faults: part({
        delayPerMillion: or(perMillion, 0),
        delayUs: or(rangeUs, [0, 0]),
        dropRequestPerMillion: or(perMillion, 0),
        dropReplyPerMillion: or(perMillion, 0),
        duplicatePerMillion: or(perMillion, 0),
        /** A message that overtakes the one before it. */
        reorderPerMillion: or(perMillion, 0),
        /** The gateway stops serving for a while. */
        stalls: or(
          v.pipe(v.array(v.strictObject({ atUs: durationUs, forUs: durationUs })), v.maxLength(32)),
          [],
        ),
        /** The gateway dies and comes back; what it was doing then is lost, its books are not. */
        crashes: or(
          v.pipe(v.array(v.strictObject({ atUs: durationUs, forUs: durationUs })), v.maxLength(32)),
          [],
        ),
        /** No further random faults from then on; 0 never stops them. */
        untilUs: or(durationUs, 0),
      }),
    }),
    aggregator: part({
      kind: or(v.picklist(['incremental', 'snapshot']), 'incremental'),
      /** A snapshot is taken every so many signals of a symbol. */
      every: or(whole(1, 1_000_000), 5),
      /** Takes a last snapshot when a symbol is done. */
      finalFlush: or(v.boolean(), true),
      arithmetic: or(v.picklist(['decimal', 'float']), 'decimal'),
      /** `split` suspends between reading the old total and writing the new one. */
      update: or(v.picklist(['atomic', 'split']), 'atomic'),
      /** How long a split update is suspended; 0 lets those go first that are ready. */
      suspendUs: or(durationUs, 0),
      lock: or(v.picklist(['none', 'fifo']), 'none'),
      /** Whose figure an update writes: its own symbol's, or, wrongly, another's too. */
      isolation: or(v.picklist(['symbol', 'shared-slot']), 'symbol'),
    }),
    risk: part({
      exposureTotalBpMax: or(basisPoints, 10_000),
      exposureSymbolBpMax: or(basisPoints, 2_000),
      /** Whether the limits are asked before an order, or not at all. */
      exposureLimit: or(v.picklist(['enforced', 'ignored']), 'enforced'),
      breaker: part({
        rule: or(v.picklist(['enforced', 'ignored']), 'enforced'),
        losses: or(whole(1, 1_000_000), 3),
        lossCents: or(whole(1, 1e12), 100_000),
        cooldownUs: or(durationUs, 300_000_000),
        /** Each further trip multiplies the cool-down by this. */
        escalation: or(whole(1, 100), 2),
        halfOpenTrades: or(whole(1, 1_000), 2),
        tripsPerDay: or(whole(1, 1_000), 3),
      }),
      drawdown: part({
        equityCents: or(whole(1, 1e14), 1_000_000),
        warnBp: or(basisPoints, 300),
        reduceOnlyBp: or(basisPoints, 500),
        haltBp: or(basisPoints, 700),
      }),
      guardian: part({
        spikeUs: or(durationUs, 100_000),
        spikes: or(whole(0, 1_000_000), 3),
        errors: or(whole(0, 1_000_000), 5),
        windowUs: or(durationUs, 60_000_000),
      }),
      /** Whether orders that reduce a position pass every rule, as they must. */
      reducing: or(v.picklist(['always', 'limited']), 'always'),
    }),
    acceptance: part({
      /** Why these thresholds and not others, for whoever reads the verdict. */
      reason: or(text(400), 'The acceptance of the reference run.'),
      symbolsMin: or(whole(1, SYMBOLS_MAX), 3),
      intervalUsMax: or(durationUs, 50_000),
      tradesPerSecondMin: or(whole(0, 1_000_000), 50),
      latencyUsMax: or(durationUs, 100_000),
      breakerTripsMax: or(whole(0, 1_000_000), 0),
      toleranceCents: or(whole(0, 1e9), 0),
      starvationUs: or(durationUs, 5_000_000),
      recoveryUs: or(durationUs, 10_000_000),
    }),
    /** The run is cut short at this virtual time. */
    timeLimitUs: or(whole(1, 30 * DAY_US), DAY_US * 2),
  }),
  v.forward(
    v.check(
      ({ endpoint: { otherClients, otherThinkUs, serviceUs, latencyUs, pumpUs } }) =>
        otherClients === 0 || otherThinkUs[1] + serviceUs[1] + latencyUs[1] + pumpUs > 0,
      'expected other clients to think, or the gateway to need time, or the clock stands still',
    ),
    ['endpoint', 'otherThinkUs'],
  ),
);

/** A scenario with every default filled in. */
export type Scenario = v.InferOutput<typeof scenarioSchema>;
/** A scenario as people write it: what equals the default may be left out. */
export type ScenarioInput = v.InferInput<typeof scenarioSchema>;
export type SymbolSpec = Scenario['symbols'][number];
