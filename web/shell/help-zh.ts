/** The page's short help, in Simplified Chinese. */
import type { HelpText } from './help-en.ts';

export const HELP: HelpText = {
  title: '两分钟了解 Interlock',
  sections: [
    {
      title: '这里运行的是什么',
      paragraphs: [
        '交易引擎为每个品种运行一个循环，所有循环共用一个 ZeroMQ 套接字，由一把异步锁保证同一时刻只有一个进入。' +
          '引擎、锁、套接字和网关都在本标签页的 Worker 中按虚拟时钟运行：相同的场景与种子，在任何浏览器中得到逐字节相同的运行，摘要即为凭证。',
        '从案例库选一个场景，在“场景”中修改任意设置，然后按“运行”。“修复锁”用同一种子重新运行，只替换那一个有缺陷的部件。',
      ],
    },
    {
      title: '判定什么',
      paragraphs: [
        '二十二项检查只读取运行记录。结论有三种：通过、未通过、无法判定。没有看到的绝不算通过，一次通过也不是证明。',
        '只数获取与释放的配对看不出互斥是否成立。持有者条带可以：它显示同一时刻有几个在里面，超过一个即为违规。',
        '盈亏是精确的。账本与聚合器必须逐位相等；一旦分歧，会指出首个分歧事件以及每一笔遗漏的成交。',
      ],
    },
    {
      title: '实时运行',
      paragraphs: [
        '“实时运行”以实际时钟运行场景：每个品种一个工作线程，锁一个，共用部分一个。锁可以是场景中的锁、' +
          'navigator.locks，或桥接端真实 ZeroMQ 套接字之前的锁。这样的运行只能录制并检查，不可重放；' +
          '无法得知的时段以斜线标出。',
        '“连接”会查找提供本页面的桥接程序，并要求输入它显示的配对码。只有在您输入端点启用下单之后，' +
          '订单才会发出；停用之前，页面边缘为琥珀色。',
      ],
    },
    {
      title: '您自己的日志',
      paragraphs: [
        '把您的引擎日志拖到页面任意位置即可。日志在 Worker 中读取，绝不离开本设备。' +
          '只要有 ZMQ_LOCK_ACQUIRE 和 ZMQ_LOCK_RELEASE 行就够了；其他格式可用模式描述。',
      ],
    },
    {
      title: '分享',
      paragraphs: [
        '链接包含场景、当前查看的事件以及该运行应有的摘要。打开链接的人会重新运行，并看到摘要是否一致。',
      ],
    },
  ],
  keysTitle: '快捷键',
  keys: [
    [['Ctrl', 'K'], '命令面板：场景、检查、命令'],
    [['Ctrl', 'Enter'], '运行'],
    [['Ctrl', 'Shift', 'Enter'], '实时运行'],
    [['Ctrl', '.'], '停止，并判定已有内容'],
    [['J', 'K'], '经过的下一步与上一步'],
  ],
  timelineKeys: {
    zoomIn: '放大',
    zoomOut: '缩小',
    panLeft: '向前移动',
    panRight: '向后移动',
    fit: '显示全部',
    nextEvent: '下一个事件',
    previousEvent: '上一个事件',
    firstEvent: '第一个事件',
    lastEvent: '最后一个事件',
    nextViolation: '下一处违规',
    previousViolation: '上一处违规',
    selectFromHere: '从播放头开始选取',
    selectToHere: '选取到播放头为止',
    extendLeft: '选区向前扩展',
    extendRight: '选区向后扩展',
    clearSelection: '清除选区',
    inspect: '转到该事件的详情',
    search: '搜索事件',
    help: '显示所有按键',
  },
};
