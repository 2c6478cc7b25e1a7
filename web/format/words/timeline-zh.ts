/** What the timeline, its search and the inspector say, in Simplified Chinese. */
import { integer } from '../figures.ts';
import type { TimelineWords } from './timeline-en.ts';

export const TIMELINE_ZH: TimelineWords = {
  help:
    '拖动或按 A、D 平移，W、S 缩放，F 显示全部，逗号和句号逐个查看事件，N 和 Shift+N 查看违规，' +
    '方括号选取范围，斜杠搜索。拖动标尺可选取范围。下方的事件表包含相同内容。',
  wheelHint: 'Ctrl + 滚轮缩放',
  wheelHintMac: '\u2318 + 滚轮缩放',
  legend: '图例',
  holding: '持有',
  waiting: '等待',
  overlap: '多个品种同时持有',
  unknown: '未知',
  before: '之前',
  beforeLanes: '之前',
  compare: '之前的运行',
  compareModes: { ghost: '重影', beside: '并列', off: '关闭' },
  search: {
    open: '搜索',
    label: '搜索事件',
    placeholder: 'symbol:ETHUSD.s kind:fill',
    hint:
      '单词会在品种、任务和事件类型中查找。字段：symbol、kind、task、hold、order、ticket、amount、' +
      'place。数字前可加 > 或 <。',
    next: '下一个匹配（Enter）',
    previous: '上一个匹配（Shift+Enter）',
    close: '关闭搜索（Esc）',
    searching: (percent: number, found: number) =>
      `前 ${percent}\u00a0% 中找到 ${integer(found)} 个`,
    none: '没有匹配',
    matches: (count: number) => `${integer(count)} 个匹配`,
    nth: (at: number, count: number) => `第 ${integer(at)} 个，共 ${integer(count)} 个`,
    unknownField: (field: string, fields: string) =>
      `冒号前应为 ${fields} 之一，但得到“${field}”。`,
    badFigure: (field: string, text: string) => `${field}: 之后应为数字，但得到“${text}”。`,
    unfinished: (field: string) => `${field}: 之后应有内容。`,
  },
  event: (kind: string, who: string, ms: string, detail: string) =>
    [who, kind, `${ms} 毫秒`, detail].filter((part) => part !== '').join('，'),
  insideCount: (count: number) => `${integer(count)} 个持有者`,
  waitsFor: (holders: string, ms: string) => `等待 ${holders}，已 ${ms} 毫秒`,
  waitsForNobody: (ms: string) => `已等待 ${ms} 毫秒，无人持有`,
  waitEnds: {
    granted: (ms: string) => `${ms} 毫秒后获准`,
    timeout: (ms: string) => `${ms} 毫秒后放弃`,
    cancelled: (ms: string) => `${ms} 毫秒后撤回`,
    waiting: (_ms: string) => '始终未获准',
  },
  heldFor: (ms: string) => `持有 ${ms} 毫秒`,
  holdsOn: '从未释放',
  holdsStill: '仍在持有',
  bargedIn: (holders: number) => `进入时已是第 ${integer(holders)} 个`,
  handedOver: (who: string) => `接自 ${who}`,
  and: '和',
  logLines: '日志原文',
  logLinesFailed: '无法读取这些行。',
  andMore: (count: number) => `另有 ${integer(count)} 个`,
  blast: {
    title: '重叠之内',
    hint: '多个品种同时持有期间请求或成交的内容。',
    run: '整个运行',
    here: '此处重叠',
    overlaps: (count: number) => `${integer(count)} 处重叠`,
    stretch: (holders: number, ms: string) => `最多 ${integer(holders)} 个持有者，${ms} 毫秒`,
    trades: '成交',
    orders: '订单',
    money: '金额',
    time: '时间，毫秒',
    of: (inside: string, all: string) => `${inside} / ${all}`,
    none: '同时持有者从未超过一个，因此没有受影响的内容。',
    noneHere: '此处持有者不超过一个。',
    order: (number: number) => `订单 ${integer(number)}`,
  },
  range: {
    hint: '选择范围：拖动标尺，或使用 [ 和 ]。',
    samples: '持有次数',
    wait: '等待，毫秒',
    hold: '持有，毫秒',
    clear: '清除',
  },
};
