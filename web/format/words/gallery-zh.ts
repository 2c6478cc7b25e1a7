/** What the gallery's Python says around its code, in Simplified Chinese. */
import { integer } from '../figures.ts';
import type { GalleryWords } from './gallery-en.ts';

export const GALLERY_ZH: GalleryWords = {
  eyebrow: 'Python 写法',
  wrong: '错误',
  right: '正确',
  decisive: (lines) => `关键：第 ${lines.replaceAll(', ', '、')} 行`,
  code: (side) => `${side}：代码`,
  copy: '复制',
  copyLabel: (side) => `复制：${side}`,
  copied: '已复制。',
  copyFailed: '浏览器拒绝了复制。代码已选中：请按 Ctrl+C 或 ⌘C。',
  previous: '上一个',
  next: '下一个',
  position: (at, of) => `第 ${integer(at)} 个，共 ${integer(of)} 个`,
  note:
    'asyncio 与 pyzmq，Python 3.11 或更新版本。省略了 import 语句，以及各引擎自有的部分，' +
    '例如客户端和日志。',
  runDefect: '运行此缺陷',
  runRepair: '运行修复后的版本',
};
