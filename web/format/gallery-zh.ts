/** The gallery in Simplified Chinese: titles by a scenario's name, and what each of them shows. */
import type { CoreWords } from './core-words.ts';

/** A repaired twin has its defect's title. */
export const TITLES: CoreWords['titles'] = {
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

export const SHOWS: CoreWords['shows'] = {
  reference:
    '三个品种各 50 个信号，间隔 10 至 20 毫秒且在锁外，锁内只有一次 1 至 3 毫秒的交互：既互斥又足够快。',
  'reference-as-claimed':
    '10 至 20 毫秒的工作连同交互都在互斥锁内，如参考所称：这样的锁每秒只容得下约 33 笔交易，所以 59.6 笔不可能。',
  'escaping-lock': '锁在临界区开始之前就被释放：每次获取都有释放，却仍有三个品种同时在里面。',
  'no-lock': '三个品种共用一个 REQ 套接字而没有锁：发送撞上发送，套接字报 EFSM。',
  'lock-per-symbol': '每个品种各持一把锁，谁也不等谁，而它们用的是同一个套接字。',
  'heartbeat-shares-socket': '心跳不取锁就通过同一个 REQ 套接字发送：双方都遇到 EFSM。',
  'lease-expires': '锁在 2 毫秒后收回持有，而交互最长 3 毫秒：前一个还在等回复，下一个就被放进来。',
  'double-release': '每个品种释放两次，一次在 `finally` 里，一次在其后：计数锁于是放进两个。',
  'crossed-locks': '有的品种先取套接字的锁再取聚合器的，有的相反，直到互相等待。',
  'lost-wakeup': '锁空闲，有人在等，却永远等下去：一次唤醒丢失了。',
  'barging-lock': '锁互斥，但它承诺先到先得却不遵守。',
  'lost-on-error': '释放写在交互之后而不在 `finally` 里：第一次超时就永远占住锁，其余的都在等。',
  'timeout-leaves-efsm':
    '重试循环在两次尝试之间打开新套接字，最后一次之后却没有：此后每个品种的每次发送都是 EFSM。',
  'retry-duplicates-order':
    '五个回复里有一个慢于客户端的耐心；客户端再次发送同一订单，网关把每一份都执行了。',
  'timer-pump-gateway':
    '服务规则：1 秒定时器每次唤醒处理一条消息。一个客户端、一个套接字、一次一个请求、思考 10 至 20 毫秒：无论网络如何，P99 约 1,000 毫秒。',
  'timer-pump-gateway-four-clients':
    '同样的定时器，四个客户端，各一个套接字、一次一个请求、不思考：每个还要等别人的唤醒，P99 约 4,000 毫秒。',
  'timeouts-count':
    '每五十个回复丢一个。只平均收到的回复，看到 3 毫秒；等待其余回复的信号用了几百毫秒。',
  'announced-wait': '三次 2.5 秒的尝试就是 7.5 秒；宣称 5 秒的人没有做乘法。',
  'snapshot-gap': '最后一次快照之后的盈利，从未进入总数。',
  'float-drift': '聚合器用浮点数累加美元：接近账本，但从不相等。',
  'lost-update': '聚合器读取总数、挂起、再写回：其间其他品种加上的就没了。',
  'shared-slot': '总数也许仍然正确，但各品种的数字不再是自己的。',
  'books-forget-commission': '网关对每次成交收取佣金，却没有计入自己的余额。',
  'breaker-blocks-close': '熔断器在持仓时断开，然后拒绝能够平仓的订单。',
  'limit-blocks-close': '到达敞口上限时，规则恰恰拒绝能降低敞口的订单。',
  'failed-query-reads-flat': '网关对仓位查询返回错误，引擎当作“空仓”，又开了一笔超出上限的仓。',
  'exposure-ignored': '限额已配置，却没有任何订单与之比较。',
  'breaker-ignored': '连续三次亏损，引擎仍继续开仓。',
  'flag-race':
    '相距甚远的两个品种从不在同一个半毫秒内读标志，所以每次测试都通过；把它们凑到一起的调度会同时放进两个。',
  'wake-up-race': '等待者从入队到开始监听需要片刻；恰在此时的释放唤不醒任何人，锁空闲而队列仍在。',
  'hand-over-race':
    '从释放到唤醒首个等待者之间锁是空闲的；恰在此时来请求的会先进去，尽管承诺按到达次序。',
  'time-out-race': '超时的等待者像幽灵一样留在队列里：轮到它的释放落空，排在它后面的永远等待。',
  'withdrawal-race':
    '三个品种，其中一个犹豫不决：它停止等待时，下一个就被放进去，尽管有人正在持有。没有超时就一切正常。',
  'lease-race':
    '租约 100 毫秒，临界区 3 毫秒，直到某个持有者慢了一次：租约再长也只是让竞争变少见。',
  'lock-order-race':
    '一个品种先取套接字的锁，另一个先取聚合器的：只有双方都取了第一把而都没取第二把时才会出事。',
  'heartbeat-race':
    '心跳不取锁就使用套接字。这次运行里它从未落入一次交互；换成几乎任何别的事件次序都会。',
  'split-update-race':
    '读取总数，0.2 毫秒后写回；只要没有两个品种在这段时间内入账，账就是对的，有一天碰上了，钱就没了。',
  'twenty-symbols-1ms': '二十个品种每毫秒都要用套接字；队列很长，次序仍然保持。',
  'gateway-restart-mid-order':
    '有一个回复始终没来。引擎查询而不重发，于是找到了订单：成交一次，入账一次。',
  'day-at-100ms': '几秒钟内完成二十四小时的交易，在有限内存中判定到最后一个事件。',
};
