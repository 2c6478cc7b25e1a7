/** What opening, reading and following a log says, in Simplified Chinese. */
import { integer } from '../figures.ts';
import type { LogsWords } from './logs-en.ts';

export const LOGS_ZH: LogsWords = {
  heading: '您自己的日志',
  drop: '把日志拖到页面任意处，或',
  choose: '选择文件',
  paste: '粘贴文本',
  stays: '日志不会离开本设备。',
  examples: '真实日志',
  exampleNames: { escaping: '逃逸的锁', exclusive: '互斥的锁', gap: '盈亏缺口' },
  form: '可识别的行',
  formHint: '可识别的行如下，可与其他行混合；时间与级别可以没有：',
  present: {
    heading: '打开的日志',
    reload: '重新读取',
    follow: '跟踪',
    followHint: '每秒查看一次，日志变长后从第一行起重新判定',
    cancel: '取消',
    reading: (percent, events, overlaps) =>
      `已读 ${percent}%，${integer(events)} 个事件，${integer(overlaps)} 次重叠`,
    whole: '已读到末尾。',
    partly: (percent) => `已取消：判定了前 ${percent}%。`,
    progress: '日志已读取的比例',
  },
  follow: {
    watching: '跟踪中：现有内容已全部判定。',
    grown: '文件变长了：从第一行起重新判定。',
    replaced: '文件被截短或替换：从新文件的第一行起判定。',
    paused: '页面不可见时暂停。',
    missing: '文件暂时不存在，仍在查找。',
    stale:
      '选择之后文件已改变，而此浏览器只让页面看到选择时的内容。请重新选择；要跟踪文件，' +
      '请使用带网页文件选择器的浏览器（Chrome、Edge）。',
    gone: '文件已不存在。请重新选择。',
    refused: '浏览器不再允许读取此文件。请重新选择。',
  },
  stuck: (percent) =>
    `表达式太慢：读完日志前 ${percent}% 之后，在某一行上没有返回。未能保留任何结果。` +
    '请修改表达式，常见原因是重复中又有重复，例如 (a+)+。',
  pasteDialog: {
    title: '粘贴日志',
    label: '日志文本',
    hint: '不打开此窗口也可以：在页面任意处粘贴超过 200 个字符的文本。',
    judge: '判定',
    cancel: '取消',
    none: '还没有可判定的内容。',
    lines: (count) => `${integer(count)} 行`,
  },
  problem: {
    'empty-log': '日志是空的。',
    'no-lock-lines': '此日志中没有可判定的行。',
    'encoded-log': '这不是纯文本：请先解压或转换文件。',
    other: '此日志无法判定。',
    looks: '可识别的行如下：',
    otherForm: '您的引擎写法不同？',
    map: '说明它的行如何读取',
  },
  patterns: {
    title: '其他形式的行',
    button: '其他形式的行',
    inUse: (count) => `正在使用您的 ${integer(count)} 个表达式`,
    hint:
      '正则表达式，用命名分组说明一行的含义。以第一个匹配的为准；都不匹配的行按通常形式读取。' +
      '保存在此浏览器中。',
    groups:
      'acquire 与 release（两者都要，并带 symbol）、fill（其金额，并带 symbol）、books、total、error；' +
      '另有 symbol、id、time。',
    label: (number) => `表达式 ${number}`,
    add: '添加表达式',
    remove: '移除',
    removeLabel: (number) => `移除表达式 ${number}`,
    example: '填入示例',
    use: '使用这些',
    useNone: '只用通常形式',
    cancel: '取消',
    pair: (missing) => `只读取了持有的一端：请再加一个带分组 (?<${missing}>…) 的表达式。`,
    matches: (count, of) => `匹配 ${integer(of)} 行中的 ${integer(count)} 行`,
    tryOn: '用于试验的行',
    tryOnLog: (name, lines, read) =>
      `${name} 的前 ${integer(lines)} 行，其中读取了 ${integer(read)} 行：`,
    tryOnText: (lines, read) => `${integer(lines)} 行，其中读取了 ${integer(read)} 行：`,
    stale: '此次修改之前的读取结果：',
    hideSkipped: '隐藏跳过的行',
    trying: '试验中',
    slow:
      '表达式读取这些行超过了一秒，整份日志将永远读不完。请修改，' +
      '常见原因是重复中又有重复，例如 (a+)+。',
    died: '试验表达式的工作线程已终止。修改内容即可重试。',
    columns: { line: '行', read: '读作', text: '文本' },
    unusable: '匹配，但没有品种或可读的金额',
    usual: '通常形式',
    skipped: '跳过',
    commandLine: '命令行上的写法',
  },
};
