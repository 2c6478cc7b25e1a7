/**
 * The preset dictionary of packing 2: what scenarios say, so that a link need not say it.
 *
 * Whoever unpacks has to know the same text, so it never changes by a letter: another text is
 * another packing. What is most likely stands last, where DEFLATE reaches it at the least cost. A
 * field that is missing here is not lost, it only takes its own letters.
 */
import { encodeUtf8 } from '../../trace/utf8.ts';

const RARE =
  '"reason":""spreadPoints":100,"stepUs":10000,"stepPoints":500,"pricePoints":6000000,' +
  '"exposureBp":[10,50],"pnlCents":[-10000,20000],"volumeMilli":10,"durationUs":0,"epochMs":0,' +
  '"title":"","drawdown":{"equityCents":1000000,"warnBp":300,"reduceOnlyBp":500,"haltBp":700},' +
  '"guardian":{"spikeUs":100000,"spikes":100000,"errors":100000,"windowUs":60000000},' +
  '"exposureTotalBpMax":1000000000,"exposureSymbolBpMax":1000000000,"exposureLimit":"ignored",' +
  '"breaker":{"rule":"ignored","losses":1000,"lossCents":100000,"cooldownUs":500000,' +
  '"escalation":2,"halfOpenTrades":2,"tripsPerDay":3},"reducing":"limited",';

const FAULTY =
  '"kind":"snapshot","every":5,"finalFlush":false,"arithmetic":"float","isolation":"shared-slot",' +
  '"serviceUs":[1000,3000],"latencyUs":[0,0],"pumpUs":1000000,"otherClients":3,' +
  '"otherThinkUs":[0,0],"dedupe":false,"books":"no-commission","queryErrorPerMillion":50000,' +
  '"faults":{"delayPerMillion":200000,"delayUs":[25000,40000],"dropRequestPerMillion":20000,' +
  '"dropReplyPerMillion":20000,"duplicatePerMillion":20000,"reorderPerMillion":20000,' +
  '"stalls":[{"atUs":200000,"forUs":100000}],"crashes":[{"atUs":200000,"forUs":100000}],' +
  '"untilUs":0},"profile":"zeromq.js","lingerUs":0,"immediate":true,"relaxed":true,' +
  '"correlate":true,"attempts":2,"backoffUs":0,"reopen":"not-after-last","lostOrder":"resend",' +
  '"resendId":"new","failedQuery":"read-as-flat","queryFirst":true,"heartbeatUs":5000,' +
  '"heartbeatLock":"none","work":"inside","release":"on-success"twice","lockOrder":"crossed"nested",';

const LOCKS =
  '"timeoutUs":50000,"leaseUs":100000,"starvationUs":5000000,"recoveryUs":300000,' +
  '"breakerTripsMax":100,"toleranceCents":0,"latencyUsMax":60000000,"intervalUsMax":50000,' +
  '"timeLimitUs":check-then-act"barging-claims-fifo"lost-wakeup"lease-expires"' +
  'timeout-loses-wakeup"grants-two-after-cancel"double-release"escaping"per-symbol"none"},';

const USUAL =
  '"risk":{"endpoint":{"engine":{"aggregator":{"update":"split","suspendUs":3000,"lock":"fifo"},' +
  '"socket":{"sendTimeoutUs":0,"receiveTimeoutUs":0},"acceptance":{"symbolsMin":2,' +
  '"tradesPerSecondMin":0}}"seed":127,"market":{"kind":"random-walk"}},' +
  '"intervalUs":[10000,20000],"market":{"kind":"reference","skipPerMillion":0}},' +
  '{"symbols":[{"name":"BTCUSD.s","signals":1},{"name":"ETHUSD.s","signals":2},' +
  '{"name":"XAUUSD.s","signals":1}],"lock":{"name":"';

/** The dictionary as bytes. */
export const DICTIONARY: Uint8Array = encodeUtf8(RARE + FAULTY + LOCKS + USUAL);
