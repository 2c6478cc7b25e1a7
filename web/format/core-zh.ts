/**
 * What the core says, in Simplified Chinese: evidence by its template, claims and criteria by id.
 *
 * Known limit: rare templates have no translation yet and stay English.
 */
import type { CoreWords } from './core-text.ts';

const EVIDENCE: CoreWords['evidence'] = {
  '{who} entered {resource} at {ms} ms while {holder} had been inside since {sinceMs} ms: {holders} at once.':
    '{who} 在 {ms} 毫秒进入{resource}，而 {holder} 自 {sinceMs} 毫秒起仍在其中：同时 {holders} 个。',
  '{who} acquired in line {line} while {holder} had held since line {sinceLine}: {holders} at once.':
    '第 {line} 行：{holder} 自第 {sinceLine} 行起仍持有锁，{who} 又获取了它：同时 {holders} 个。',
  '{who} acquired in line {line} while {holder} had held since line {sinceLine}, for {heldMs} ms: {holders} at once.':
    '第 {line} 行：{holder} 自第 {sinceLine} 行起已持有 {heldMs} 毫秒，{who} 又获取了它：同时 {holders} 个。',
  '{holds} holds of {resource} last {heldMs} ms together, but only {spanMs} ms passed from the first enter to the last exit: {ratio} times what exclusive use has room for.':
    '{resource}的 {holds} 次持有共 {heldMs} 毫秒，但从首次进入到末次离开只有 {spanMs} 毫秒：是互斥所能容纳的 {ratio} 倍。',
  '{who} could not {op} on {socket} at {ms} ms: {error}, because the reply to {other} was due since {sinceMs} ms.':
    '{who} 在 {ms} 毫秒无法对{socket}执行 {op}：{error}，因为给 {other} 的回复自 {sinceMs} 毫秒起尚未收到。',
  '{who} could not {op} on {socket} at {ms} ms: {error}, out of turn.':
    '{who} 在 {ms} 毫秒无法对{socket}执行 {op}：{error}，次序不对。',
  '{who} sent on {socket} at {ms} ms, although the reply to {other} was due since {sinceMs} ms.':
    '{who} 在 {ms} 毫秒通过{socket}发送，而给 {other} 的回复自 {sinceMs} 毫秒起尚未收到。',
  '{who} received on {socket} at {ms} ms the reply to request {answered} instead of {asked}.':
    '{who} 在 {ms} 毫秒从{socket}收到的是请求 {answered} 的回复，而不是 {asked} 的。',
  '{who} met {error} in line {line}: the socket was operated out of turn.':
    '{who} 在第 {line} 行遇到 {error}：套接字操作次序不对。',
  '{socket} failed at {sinceMs} ms and never worked again: {attempts} failures up to the end at {endMs} ms, the last of them out of turn.':
    '{socket}在 {sinceMs} 毫秒失败后再未恢复：到 {endMs} 毫秒结束共 {attempts} 次失败，最后一次为次序不对。',
  'The trace ends at {endMs} ms while {who} holds {resource}, since {ms} ms.':
    '记录在 {endMs} 毫秒结束时，{who} 自 {ms} 毫秒起仍持有{resource}。',
  'The log ends while {who} holds the lock, acquired in line {line}.':
    '日志结束时 {who} 仍持有第 {line} 行获取的锁。',
  '{who} has held {resource} since {ms} ms and never gave it back.':
    '{who} 自 {ms} 毫秒起持有{resource}，从未归还。',
  '{who} released {resource} at {ms} ms, a hold that was not open.':
    '{who} 在 {ms} 毫秒释放了{resource}上并未持有的锁。',
  '{who} was let in at {ms} ms, before {waiter}, who had asked at {askedMs} ms, {earlierMs} ms earlier.':
    '{who} 在 {ms} 毫秒先于 {waiter} 进入，而后者早 {earlierMs} 毫秒（{askedMs} 毫秒）就已请求。',
  '{waiter}, who asked at {askedMs} ms, was overtaken {times} times, the last time by {who} at {ms} ms; the lock promises at most {max}.':
    '{waiter} 在 {askedMs} 毫秒请求后被超越 {times} 次，最后一次是 {who} 在 {ms} 毫秒；锁承诺最多 {max} 次。',
  'At {ms} ms nobody in a circle can go on: {circle}.':
    '{ms} 毫秒起形成环路，谁都无法继续：{circle}。',
  '{waiter} has waited since {askedMs} ms and waits for ever: {holder} keeps {lock}.':
    '{waiter} 自 {askedMs} 毫秒起永远等待：{holder} 一直占有{lock}。',
  'The run ends at {endMs} ms: {lock} has been free since {freeMs} ms, and {waiter} waits since {askedMs} ms, one of {waiting}.':
    '运行在 {endMs} 毫秒结束：{lock}自 {freeMs} 毫秒起空闲，{waiter} 却自 {askedMs} 毫秒起等待，是 {waiting} 个等待者之一。',
  'Order {order} of {symbol} was executed again at {ms} ms, {afterMs} ms after its first execution.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒再次成交，距首次成交 {afterMs} 毫秒。',
  'Order {order} of {cause} moved the figure of {symbol} from {before} to {after} at {ms} ms.':
    '{cause} 的订单 {order} 在 {ms} 毫秒把 {symbol} 的数字从 {before} 改成了 {after}。',
  'The books of {symbol} say {books}, its {executions} executions add up to {ledger}: {difference} apart.':
    '{symbol} 的账面为 {books}，其 {executions} 次成交合计 {ledger}：相差 {difference}。',
  '{rule} refused order {order} of {symbol} at {ms} ms, which would have reduced a position.':
    '{rule} 在 {ms} 毫秒拒绝了 {symbol} 的订单 {order}，而它本会减少仓位。',
  'Order {order} takes {symbol} to {exposure} % at {ms} ms; the limit of a symbol is {limit} %.':
    '订单 {order} 在 {ms} 毫秒使 {symbol} 的敞口达到 {exposure}%；单品种上限为 {limit}%。',
  '{trades} trades in {elapsedMs} ms are {perSecond} a second; more than {min} are asked for.':
    '{elapsedMs} 毫秒内 {trades} 笔成交，即每秒 {perSecond} 笔；要求超过 {min} 笔。',
  'The trace was cut short at {ms} ms; nothing was wrong until then.':
    '运行在 {ms} 毫秒被中断；此前没有问题。',
  'This check needs what the {source} does not show: {kinds}.':
    '此检查所需的内容{source}中没有：{kinds}。',
  'This check compares times, and not every event of the {source} has one.':
    '此检查需要比较时间，而{source}中并非每个事件都有时间。',
  'Lock lines without [SYMBOL] or lock_id: {count}, the first in line {line}. What they say was not checked.':
    '缺少 [SYMBOL] 或 lock_id 的锁行：{count} 行，首行为第 {line} 行。其内容未经检查。',
  'Final sums that are no number: {count}, the first in line {line}.':
    '不是数字的最终合计：{count} 行，首行为第 {line} 行。',
};

/** Names that occur as values in evidence. */
const NAMES: CoreWords['names'] = {
  'the socket': '套接字',
  'the aggregator': '聚合器',
  'the side socket': '旁路套接字',
  'the resource': '资源',
  log: '日志',
  run: '运行',
  send: '发送',
  receive: '接收',
};

const CLAIMS: CoreWords['claims'] = {
  'lock.pairing': '每次获取都有对应的释放，每次进入都有对应的离开，各一次。',
  'lock.exclusion': '任何时刻最多一个任务在临界区内。',
  'lock.ownership': '只有持有者才归还锁。',
  'lock.fifo': '承诺先到先得的锁按到达次序放行。',
  'lock.bypass': '等待者被超越的次数不超过锁的承诺。',
  'lock.lost-wakeup': '锁空闲时，不会有等待者未被唤醒。',
  'lock.deadlock': '没有任务环路互相等待。',
  'lock.starvation': '没有等待者被超时越过或永远等待。',
  'lock.capacity': '持有时间之和不超过资源被使用的时间。',
  'socket.alternation': '套接字严格按发送与接收交替使用。',
  'socket.recovery': '失败之后，套接字在限期内恢复工作。',
  'order.at-most-once': '没有订单成交两次，也没有无人请求的成交。',
  'order.answered': '客户端如实得知每个订单的结果。',
  'pnl.total': '聚合盈亏等于各品种已实现盈亏之和。',
  'pnl.ledger': '网关账面等于其成交之和，逐品种与总计皆然。',
  'metrics.isolation': '一个品种的事件不改变另一品种的数值。',
  'risk.breaker': '熔断器按承诺断开，断开时不放行。',
  'risk.close-allowed': '减仓订单通过所有风控规则。',
  'risk.exposure': '敞口始终在限额内，逐品种与总计皆然。',
  'run.concurrency': '足够多的品种同时发出信号，间隔足够短。',
  'run.throughput': '每秒成交数超过要求。',
  'run.latency': '每个信号都在最大延迟内结束。',
};

const CRITERIA: CoreWords['criteria'] = {
  A1: '并发',
  A2: '零竞争',
  A3: '盈亏合计',
  A4: '吞吐量',
  A5: '延迟',
  A6: '隔离',
  A7: '风险限额',
  A8: '治理',
  A9: '双重评审',
  A10: '归档',
};

const TITLES: CoreWords['titles'] = {
  reference: '如实完成的参考运行',
  'reference-as-claimed': '如其所称的参考运行',
  'escaping-lock': '过早放手的锁',
  'no-lock': '完全没有锁',
  'lock-per-symbol': '共用套接字，却每个品种一把锁',
  'heartbeat-shares-socket': '占用引擎套接字的心跳',
  'lease-expires': '在临界区内到期的租约',
  'double-release': '放进第二个持有者的二次释放',
  'crossed-locks': '两把锁，两种次序',
  'lost-wakeup': '不唤醒任何人的释放',
  'barging-lock': '承诺次序却允许插队的锁',
  'lost-on-error': '交互失败时丢失的锁',
  'timeout-leaves-efsm': '最后一次超时永久留下 EFSM',
  'retry-duplicates-order': '让同一订单成交三次的重试',
  'timer-pump-gateway': '一秒定时器驱动的网关，一个客户端',
  'timer-pump-gateway-four-clients': '一秒定时器驱动的网关，四个客户端',
  'timeouts-count': '超时也是延迟',
  'announced-wait': '宣称 5 秒、实际 7.5 秒的等待',
  'snapshot-gap': '每五个信号一次快照，结束时没有',
  'float-drift': '用二进制浮点数表示的钱',
  'lost-update': '覆盖了另一次更新的更新',
  'shared-slot': '一个品种的成交改变了另一个的数字',
  'books-forget-commission': '忘记佣金的账面',
  'breaker-blocks-close': '不让平仓的熔断器',
  'limit-blocks-close': '拒绝减仓的限额',
  'failed-query-reads-flat': '查询失败被当作“空仓”',
  'exposure-ignored': '无人询问的限额',
  'breaker-ignored': '无人理会的熔断器',
  'flag-race': '先读后设的标志，以及从未相遇的两个品种',
  'wake-up-race': '在等待者入睡之前到来的唤醒',
  'hand-over-race': '门户大开的交接',
  'time-out-race': '轮到时恰好离开的等待者',
  'withdrawal-race': '放弃等待却放进下一个的等待者',
  'lease-race': '长达工作三十倍的租约',
  'lock-order-race': '两把锁、两种次序，至今没有死锁',
  'heartbeat-race': '至今走运的心跳',
  'split-update-race': '偶尔覆盖另一次更新的更新',
  'twenty-symbols-1ms': '二十个品种，每毫秒一个信号',
  'gateway-restart-mid-order': '网关在订单中途重启',
  'day-at-100ms': '三个品种，一天的 100 毫秒行情',
};

export const CORE_ZH: CoreWords = {
  evidence: EVIDENCE,
  names: NAMES,
  claims: CLAIMS,
  criteria: CRITERIA,
  titles: TITLES,
  shows: {},
  repaired: (title) => `${title}，已修复`,
};
