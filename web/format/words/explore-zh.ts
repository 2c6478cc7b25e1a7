/**
 * What exploring schedules, their stories and their replay say, in Simplified Chinese.
 *
 * Invariant, held by a test: every clause of a story, and every word in it, is translated.
 */
import { integer } from '../figures.ts';
import type { ExploreWords, ToldWords } from './explore-en.ts';

const CLAUSES: ToldWords['clauses'] = {
  '{who} takes {lock}': '{who} 获取{lock}',
  '{who} asks for {lock} and waits': '{who} 请求{lock}并等待',
  '{who} asks for {lock}, which {holder} holds, and waits':
    '{who} 请求{lock}并等待，此时由 {holder} 持有',
  '{who} is granted {lock}': '{who} 获准持有{lock}',
  '{who} is granted {lock}, although {holder} holds it':
    '{holder} 仍持有{lock}，{who} 却也获准持有',
  '{who} is granted {lock} after giving up': '{who} 已放弃等待，之后却获准持有{lock}',
  '{who} releases {lock}': '{who} 释放{lock}',
  '{who} releases {lock} before its critical section': '{who} 在进入临界区之前就释放了{lock}',
  '{who} releases {lock} while still inside': '{who} 仍在临界区内就释放了{lock}',
  '{who} releases {lock} once more': '{who} 又一次释放{lock}',
  '{lock} is taken back from {who}': '{lock}从 {who} 收回',
  '{lock} is taken back from {who}, which is still inside': '{lock}从 {who} 收回，而它仍在临界区内',
  '{who} gives up waiting for {lock}': '{who} 放弃等待{lock}',
  '{who} begins its critical section on {resource}': '{who} 进入{resource}的临界区',
  '{who} begins its critical section on {resource}, where {holder} still is':
    '{who} 进入{resource}的临界区，而 {holder} 仍在其中',
  '{who} ends its critical section on {resource}': '{who} 离开{resource}的临界区',
  '{who} ends its critical section and releases {lock}': '{who} 离开临界区并释放{lock}',
  '{who} sends {action}': '{who} 发送{action}',
  '{who} receives the reply': '{who} 收到回复',
  '{who} cannot send: {error}': '{who} 无法发送：{error}',
  '{who} cannot receive: {error}': '{who} 无法接收：{error}',
  '{who} opens the socket anew': '{who} 重新打开套接字',
  '{who} places order {order}': '{who} 下订单 {order}',
  'the gateway executes order {order} of {who}': '网关成交 {who} 的订单 {order}',
  'the gateway executes order {order} of {who} once more': '网关再次成交 {who} 的订单 {order}',
  'order {order} of {who} is refused': '{who} 的订单 {order} 被拒绝',
  '{who} cannot know what became of order {order}': '{who} 无从得知订单 {order} 的结果',
  '{who} learns what became of order {order}': '{who} 得知订单 {order} 的结果',
  '{who} writes its result into the aggregator': '{who} 把自己的结果写入聚合器',
  'the result of {who} is written into the figure of {symbol}':
    '{who} 的结果被写进 {symbol} 的数字',
  'the breaker goes from {from} to {to}': '熔断器由 {from} 变为 {to}',
  'the drawdown goes from {from} to {to}': '回撤状态由 {from} 变为 {to}',
  'the guardian halts trading': '守护者停止交易',
  'the guardian resumes trading': '守护者恢复交易',
  'a message of {who} is lost': '{who} 的一条消息丢失',
  'a message of {who} is delayed': '{who} 的一条消息延迟',
  'a message of {who} is doubled': '{who} 的一条消息重复',
  'a message of {who} overtakes the one before it': '{who} 的一条消息越过了前一条',
  'the gateway stalls': '网关停滞',
  'the gateway dies': '网关崩溃',
  'the gateway comes back': '网关恢复',
  '{who} goes before {others}': '{who} 先于 {others} 执行',
  'nobody can go on; still waiting: {waiting}': '谁都无法继续；仍在等待：{waiting} 个',
};

const NAMES: ToldWords['names'] = {
  'the socket’s lock': '套接字的锁',
  'the aggregator’s lock': '聚合器的锁',
  'the socket': '套接字',
  'the aggregator': '聚合器',
  'the resource': '资源',
  'the gateway': '网关',
  'the heartbeat': '心跳',
  'the power switch': '电源开关',
  'a ping': '心跳包',
  'an order': '订单',
  'a close': '平仓单',
  'a query': '查询',
  'a request': '请求',
  'the network': '网络',
  'a timer or message': '某个定时器或消息',
};

/** The parts of the core's sentence about a scope. */
const SCOPE: readonly (readonly [RegExp, string])[] = [
  [/(\d+) symbols, /, '$1 个品种，'],
  [/(\d+) signals each/, '每个 $1 个信号'],
  [/^(\d+ 个品种，)(\d+(?: \+ \d+)+)/, '$1信号数 $2'],
  [/, at most (\d+) faults of the network/, '，最多 $1 次网络故障'],
  [/, at most (\d+) deadlines that pass early/, '，最多 $1 个提前到期的时限'],
  [/, at most (\d+) pauses of a task that serves or disturbs/, '，服务或干扰任务最多 $1 次停顿'],
  [
    /; one atomic step is all that a task, or one delivery, does between two suspensions/,
    '；原子步是一个任务或一次投递在两次挂起之间所做的全部',
  ],
  [/; whatever else is pending may come next\.$/, '；其余待决者皆可先行。'],
];

export const EXPLORE_ZH: ExploreWords = {
  told: { clauses: CLAUSES, names: NAMES, between: '；', end: '。', and: '、' },
  scopeText: (scope) => SCOPE.reduce((text, [from, to]) => text.replace(from, to), scope),
  intro:
    '尝试任务、定时器与消息的各种先后次序，寻找违反检查的一种。此处时长掩盖不了竞争：凡是待决者都可能先行。',
  ofLog: '日志只是一次发生过的事。要探索，请打开一个场景。',
  strategy: '策略',
  strategies: {
    fifo: '先进先出',
    exhaustive: '穷尽（可证明）',
    every: '逐一调度',
    random: '随机',
    pct: 'PCT',
    urw: '均匀随机游走',
    portfolio: '组合',
  },
  seed: '种子',
  seedHint: '换一个种子会抽取不同的调度；同一种子总是抽取相同的调度',
  depth: '深度',
  depthHint: '缺陷显现需要多少步按一定次序发生',
  schedules: '调度数',
  seconds: '秒数',
  explore: '探索',
  cancel: '取消',
  phases: {
    searching: '搜索中',
    shrinking: '缩减中',
    telling: '叙述中',
    ending: '正在结束',
  },
  found: (check) => `已发现：${check}。`,
  shrinkingTo: (before, now, replays) =>
    `偏离默认的选择 ${integer(before)} → ${integer(now)} 个，重放 ${integer(replays)} 次`,
  failed: '探索的工作线程已终止。',
  failedMore: (reason) => `原因：${reason}。已得到的内容都还在。`,
  restart: '重新探索',
  showFound: '显示已发现的运行',
  showStory: '显示经过',
  wholeScenario: '回到完整场景',
  byDefault: '按默认调度运行',
  elsewhere: (title) => `以下属于“${title}”。`,
  untold: '无法叙述此调度的经过。',
  tellAgain: '重试',
  figures: {
    heading: '搜索',
    scope: '范围',
    rate: '速率',
    rateOf: (perSecond) => `每秒 ${integer(perSecond)} 次`,
    executions: '执行',
    classes: '等价类',
    atLeast: (count) => `至少 ${integer(count)}`,
    pruned: '剪枝',
    prunedOf: (share) => `${Math.floor(share * 100)}%`,
    missed: '漏检概率',
    missedOf: (depth, bound) => `深度 ${integer(depth)} 的缺陷至多 ${bound}`,
    shrunk: '缩减',
    shrunkOf: (before, now, replays) =>
      `选择 ${integer(before)} → ${integer(now)} 个，重放 ${integer(replays)} 次`,
    size: '场景',
    sizeOf: (symbols, signals) => `${integer(symbols)} 个品种，${integer(signals)} 个信号`,
    minimal: '任何一个选择都不可省去。',
    notMinimal: '缩减提前结束：或许还能更小。',
  },
  conclusion: {
    violated: '未通过。',
    proved: '已证明。',
    inconclusive: '无法判定。',
    notRefuted: (schedules) => `${integer(schedules)} 个调度中未被证伪。`,
    foundAfter: (check, schedules) =>
      schedules === 0
        ? `${check}，首个尝试的调度即违反。`
        : `${check}，在 ${integer(schedules)} 个调度之后发现。`,
    none: '此范围内没有调度违反任何检查：',
    all: (schedules) => `全部 ${integer(schedules)} 个调度均已尝试。`,
    covered: (count, classes, pruned) =>
      `${integer(count)} 次执行覆盖 ${integer(classes)} 个等价类，剪去 ${Math.floor(pruned * 100)}% 的步。`,
    single: '只有一种调度：这对次序不能证明任何事。',
    differs: '同样的选择下行为却不同，因此无法下任何结论。',
    noProof: '这不是证明。',
    cancelled: '已取消。',
    late: '时间已到。',
    unsettled: (count) => `${integer(count)} 次执行未在限度内收敛。`,
    unjudged: (count) => `${integer(count)} 次执行无法判定到底。`,
    bounded: '执行的长度超出了开放的选择数。',
    tooMany: '等价类多于可记住的数目。',
    budget: '更多调度能发现更多；穷尽搜索才可能证明。',
    missed: (depth, bound) => `深度 ${integer(depth)} 的缺陷被漏检的概率至多 ${bound}。`,
  },
  story: {
    heading: '经过',
    omitted: (count) => `略去 ${integer(count)} 步`,
    previous: '上一步（K）',
    next: '下一步（J）',
    position: (at, of) => `${integer(at)} / ${integer(of)}`,
    departs: '偏离默认',
    inevitable: '自此不可避免',
    always: '此场景的每个调度都以此告终。',
    unknown: '未计算从何处起不可避免。',
    none: '此调度未违反任何检查。',
    digestMatches: '摘要与链接一致：这正是它所指的运行。',
    digestDiffers: '摘要与链接不一致：这是另一次运行。',
  },
  strip: {
    label: (choices, off) => `调度：${integer(choices)} 个选择，${integer(off)} 个偏离默认`,
    choice: (number, pick, width) =>
      `选择 ${integer(number)}：${integer(width)} 种可能中的第 ${integer(pick)} 种`,
  },
};
