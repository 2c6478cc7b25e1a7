/**
 * What the core says, in Simplified Chinese: evidence by its template, claims and criteria by id.
 *
 * Invariant, held by a test: every template of every check has its translation. The notes on a log
 * stay English.
 */
import type { CoreWords } from './core-words.ts';
import { SHOWS, TITLES } from './gallery-zh.ts';

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
  'At most {symbols} symbols were active at once; {promised} are asked for.':
    '同时活跃的品种最多 {symbols} 个；要求 {promised} 个。',
  'At {ms} ms {who} waits for {lock}, which it holds itself since {sinceMs} ms.':
    '{ms} 毫秒时 {who} 等待{lock}，而它自 {sinceMs} 毫秒起就由自己持有。',
  'Order {order} of {symbol} takes all symbols together to {exposure} % at {ms} ms; the limit is {limit} %.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒使全部品种的总敞口达到 {exposure}%；上限为 {limit}%。',
  'Order {order} of {symbol} was executed again at {ms} ms.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒再次成交。',
  'Order {order} of {symbol} was executed at {ms} ms, after it had been resolved as not executed.':
    '{symbol} 的订单 {order} 已被认定为未成交，却在 {ms} 毫秒成交。',
  'Order {order} of {symbol} was executed at {ms} ms, and nobody had asked for it.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒成交，而没有人请求过它。',
  'Order {order} of {symbol} was resolved as executed at {ms} ms, although it was not.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒被认定为已成交，实际并未成交。',
  'Order {order} of {symbol} was resolved as not executed at {ms} ms, although it was.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒被认定为未成交，实际已经成交。',
  'Order {order} of {symbol} went out at {ms} ms after a loss in half-open, and the breaker had not opened again.':
    '半开状态下亏损之后，{symbol} 的订单 {order} 仍在 {ms} 毫秒发出，熔断器没有重新断开。',
  'Order {order} of {symbol} went out at {ms} ms after {losses} losses in a row (the breaker promises to open at {promised} or at {amount}), and the breaker had not opened.':
    '连续 {losses} 次亏损之后（熔断器承诺在 {promised} 次或亏损 {amount} 时断开），{symbol} 的订单 {order} 仍在 {ms} 毫秒发出，熔断器没有断开。',
  'Order {order} of {symbol} went out at {ms} ms although the breaker was {state}.':
    '熔断器处于 {state} 状态，{symbol} 的订单 {order} 仍在 {ms} 毫秒发出。',
  'Order {order} of {symbol} went out at {ms} ms although the drawdown allowed only to reduce.':
    '回撤规则只允许减仓，{symbol} 的订单 {order} 仍在 {ms} 毫秒发出。',
  'Order {order} of {symbol} went out at {ms} ms although the guardian had halted.':
    '守护规则已经停止交易，{symbol} 的订单 {order} 仍在 {ms} 毫秒发出。',
  'Order {order} of {symbol} went out at {ms} ms as number {trials} in half-open; {promised} may.':
    '{symbol} 的订单 {order} 在 {ms} 毫秒发出，是半开状态下的第 {trials} 笔；只允许 {promised} 笔。',
  'Order {order} of {symbol}, asked for at {askedMs} ms, had no answer when order {next} took its place at {ms} ms.':
    '{symbol} 的订单 {order} 于 {askedMs} 毫秒请求，尚无答复，订单 {next} 就在 {ms} 毫秒取而代之。',
  'Order {order} of {symbol}, asked for at {askedMs} ms, never got an answer.':
    '{symbol} 的订单 {order} 于 {askedMs} 毫秒请求，始终没有答复。',
  'Order {order} of {symbol}, asked for at {askedMs} ms, was given up at {ms} ms without an answer.':
    '{symbol} 的订单 {order} 于 {askedMs} 毫秒请求，在 {ms} 毫秒未获答复即被放弃。',
  'Signal {signal} of {symbol} took {latencyMs} ms, from {startMs} to {ms} ms; less than {maxMs} ms is asked for.':
    '{symbol} 的信号 {signal} 从 {startMs} 到 {ms} 毫秒共用 {latencyMs} 毫秒；要求少于 {maxMs} 毫秒。',
  'Signal {signal} of {symbol}, of {startMs} ms, is not over after {latencyMs} ms; less than {maxMs} ms is asked for.':
    '{symbol} 在 {startMs} 毫秒的信号 {signal} 过了 {latencyMs} 毫秒仍未结束；要求少于 {maxMs} 毫秒。',
  'The aggregator ends at {aggregator}, the ledger at {ledger}: {difference} apart, where {tolerance} is allowed.':
    '聚合器最终为 {aggregator}，账本为 {ledger}：相差 {difference}，允许 {tolerance}。',
  'The aggregator never stated its total, so nothing can be compared with {ledger}.':
    '聚合器从未给出总数，无从与 {ledger} 比较。',
  'The aggregator prints {aggregator} in line {line}, but the final figures of the symbols add up to {ledger}: {difference} apart, where rounding explains {tolerance}.':
    '聚合器在第 {line} 行打印 {aggregator}，而各品种的最终数字合计 {ledger}：相差 {difference}，舍入只能解释 {tolerance}。',
  'The books of {symbol} say {books}, its executions ({executions}) add up to {ledger}: {difference} apart.':
    '{symbol} 的账面为 {books}，其 {executions} 次成交合计 {ledger}：相差 {difference}。',
  'The breaker tripped at {ms} ms: trip {trips} of this run, where {max} are allowed.':
    '熔断器在 {ms} 毫秒断开：本次运行的第 {trips} 次，允许 {max} 次。',
  'The executions ({executions}) add up to {ledger}, and the gateway showed no books.':
    '{executions} 次成交合计 {ledger}，而网关没有出示账面。',
  'The log begins while {who} holds the lock, released in line {line}.':
    '日志开始时 {who} 已持有锁，在第 {line} 行释放。',
  'The times run backwards at {seq}, so durations cannot be added up.':
    '时间在 {seq} 处倒退，无法累计时长。',
  'The trace ended before the aggregator was done: it stands at {aggregator}, the ledger at {ledger}.':
    '记录在聚合器完成之前结束：聚合器为 {aggregator}，账本为 {ledger}。',
  'The trace ends at {endMs} ms before order {order} of {symbol}, of {askedMs} ms, was answered.':
    '记录在 {endMs} 毫秒结束时，{symbol} 于 {askedMs} 毫秒发出的订单 {order} 尚无答复。',
  'The trace ends at {endMs} ms while {lock} is free and {waiter} waits, since {askedMs} ms.':
    '记录在 {endMs} 毫秒结束时，{lock}空闲，而 {waiter} 自 {askedMs} 毫秒起仍在等待。',
  'The trace ends at {endMs} ms while {waiter} waits, since {askedMs} ms.':
    '记录在 {endMs} 毫秒结束时，{waiter} 自 {askedMs} 毫秒起仍在等待。',
  'The trace ends at {endMs} ms within an outage of {socket}, since {sinceMs} ms.':
    '记录在 {endMs} 毫秒结束时，{socket}自 {sinceMs} 毫秒起的故障尚未结束。',
  'The trace ends at {ms} ms before signal {signal} of {symbol}, of {startMs} ms, is over.':
    '记录在 {ms} 毫秒结束时，{symbol} 在 {startMs} 毫秒的信号 {signal} 尚未结束。',
  'What became of order {order} of {symbol} was not known at {askedMs} ms and was never found out.':
    '{symbol} 的订单 {order} 的结果自 {askedMs} 毫秒起未知，之后也从未查明。',
  '{lock} was free from {freeMs} to {ms} ms while {waiter} waited, longer than {boundMs} ms.':
    '{lock}从 {freeMs} 到 {ms} 毫秒空闲，{waiter} 却在等待，超过 {boundMs} 毫秒。',
  '{socket} failed at {sinceMs} ms and still fails at {ms} ms, longer than {boundMs} ms after faults stopped: {attempts} failures and no reply.':
    '{socket}在 {sinceMs} 毫秒失败，故障停止后又过了超过 {boundMs} 毫秒，到 {ms} 毫秒仍然失败：{attempts} 次失败，没有回复。',
  '{symbol} signalled at {ms} ms, {intervalMs} ms after the signal before; less than {maxMs} ms is asked for.':
    '{symbol} 在 {ms} 毫秒发出信号，距上一个信号 {intervalMs} 毫秒；要求少于 {maxMs} 毫秒。',
  '{waiter} gave up at {ms} ms, although {lock} had been free since {freeMs} ms.':
    '{lock}自 {freeMs} 毫秒起空闲，{waiter} 却在 {ms} 毫秒放弃等待。',
  '{waiter} has waited since {askedMs} ms, longer than {boundMs} ms, and {who}, who asked later, was let in at {ms} ms.':
    '{waiter} 自 {askedMs} 毫秒起等待，已超过 {boundMs} 毫秒，而更晚请求的 {who} 在 {ms} 毫秒进入。',
  '{who} acquired in line {line} under a lock_id that was held already.':
    '{who} 在第 {line} 行以一个已被持有的 lock_id 获取了锁。',
  '{who} entered {resource} at {ms} ms for a hold that was inside already.':
    '{who} 在 {ms} 毫秒进入{resource}，而这次持有已在其中。',
  '{who} gave back {resource} at {ms} ms, a hold that it never had.':
    '{who} 在 {ms} 毫秒归还了{resource}上从未有过的持有。',
  '{who} gave back {resource} at {ms} ms, the hold of {owner}, who had it since {sinceMs} ms.':
    '{who} 在 {ms} 毫秒归还了{resource}，而持有者是 {owner}，自 {sinceMs} 毫秒起持有。',
  '{who} left {resource} at {ms} ms without having entered.':
    '{who} 在 {ms} 毫秒离开{resource}，却从未进入。',
  '{who} received on {socket} at {ms} ms without having asked.':
    '{who} 在 {ms} 毫秒从{socket}收到回复，却没有发过请求。',
  '{who} released in line {line} a hold that it never acquired.':
    '{who} 在第 {line} 行释放了从未获取的锁。',
  '{who} released in line {line} the hold that {owner} acquired in line {sinceLine}.':
    '{who} 在第 {line} 行释放了 {owner} 在第 {sinceLine} 行获取的锁。',
  '{who} released in line {line} what was not acquired before.':
    '{who} 在第 {line} 行释放了此前未获取的锁。',
  '{who} was granted {resource} at {ms} ms for a hold that it had already.':
    '{who} 在 {ms} 毫秒被授予{resource}，而这次持有它早已拥有。',
  '{who} was granted {resource} at {ms} ms without waiting for it.':
    '{who} 在 {ms} 毫秒被授予{resource}，却没有在等待。',
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

const PHRASES: CoreWords['phrases'] = [
  [/^>= (\d+), each < /, '至少 $1 个，每个 < '],
  [/(\d+) symbols?/, '$1 个品种'],
  [/(\d+) violations? in (\d+)/, '$2 次中 $1 处违规'],
  [/(\d+) violations?/, '$1 处违规'],
  [/^equal/, '相等'],
  [/^within (\S+)/, '相差不超过 $1'],
  [/ \(ref\. (< \S+)\)/, '（参考 $1）'],
  [/^difference/, '差额'],
  [/(\S+)\/s \((\d+) in (\S+) s\)/, '每秒 $1 笔（$3 秒内 $2 笔）'],
  [/^(\d+) in (\S+) s$/, '$2 秒内 $1 笔'],
  [/> (\S+) trades\/s/, '每秒 > $1 笔'],
  [/no minimum/, '无下限'],
  [/no limit/, '不限'],
  [/no trip/, '不触发'],
  [/(\d+) trips?/, '触发 $1 次'],
  [/max /, '最大 '],
  [/not judged/g, '未判定'],
  [/no occasion/g, '未遇到'],
  [/complete/, '完整'],
  [/governance loop, not run/, '治理循环，未运行'],
  [/both pass/, '均通过'],
  [/, /g, '，'],
];

export const CORE_ZH: CoreWords = {
  evidence: EVIDENCE,
  names: NAMES,
  claims: CLAIMS,
  criteria: CRITERIA,
  phrases: PHRASES,
  titles: TITLES,
  shows: SHOWS,
  repaired: (title) => `${title}，已修复`,
};
