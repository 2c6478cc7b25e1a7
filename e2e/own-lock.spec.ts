/**
 * A lock of the reader's own: written, explored, told and shared; boxed in, ended where it hangs,
 * and never run by a link alone.
 */
import { faults } from './axe.ts';
import { LockBench } from './pages/lock-bench.ts';
import { expect, test } from './test.ts';

/** Looks, waits a moment, and takes: two who look in between are both let in. */
const BROKEN = `export function createLock() {
  let held = false;
  return {
    async acquire() {
      if (held) throw new Error('held');
      await 0;
      held = true;
    },
    release() { held = false; },
  };
}`;

const lockThat = (body: string): string =>
  `export const createLock = () => ({\n  async acquire() {\n    ${body}\n  },\n  release() {},\n});`;

test('a broken lock is typed, found out, told and shared; its link tells the same', async ({
  lab,
  otherLab,
}) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  await bench.type(BROKEN);
  await bench.explore.click();
  await expect(bench.outcome).toContainText('Violated. lock.exclusion');
  await expect(bench.outcome).toContainText('No choice can be left out');
  await expect(bench.outcome).toContainText(/Rate\s*[\d,]+\/s/);
  const told = await bench.steps.allInnerTexts();
  expect(told.length).toBeGreaterThan(0);
  const link = await bench.share();
  expect(link).toMatch(/#l1=[\w-]+&p=[\w.~-]+&d=[0-9a-f]{16}$/);

  const other = new LockBench(otherLab.page);
  await otherLab.page.goto(link);
  await expect(other.dialog).toContainText('This code came with a link');
  await expect(other.code).toContainText("throw new Error('held')");
  await otherLab.settled();
  expect(otherLab.page.frames().length, 'nothing runs by itself').toBe(1);
  await expect(other.steps).toHaveCount(0);
  await other.dialog.getByRole('button', { name: 'Run this code' }).click();
  await expect(other.outcome).toContainText('The digest matches the link');
  expect(await other.steps.allInnerTexts()).toEqual(told);
});

test('J, K and the buttons step through its story', async ({ lab }) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('async-mutex 0.5.0 withTimeout');
  await bench.explore.click();
  await expect(bench.outcome).toContainText('1 of ');
  const count = await bench.steps.count();
  await lab.page.keyboard.press('j');
  await expect(bench.outcome).toContainText(`2 of ${count}`);
  await bench.outcome.getByRole('button', { name: 'Previous step' }).click();
  await expect(bench.outcome).toContainText(`1 of ${count}`);
});

for (const [name, check] of [
  ['Unfair', 'lock.fifo'],
  ['Escaping', 'lock.exclusion'],
  ['Check, then act', 'lock.exclusion'],
  ['Lost on an exception', 'lock.lost-wakeup'],
  ['async-lock 1.5.0 acquire(key, section) with maxExecutionTime', 'lock.exclusion'],
  ['async-mutex 0.5.0 withTimeout', 'lock.exclusion'],
  ['semaphore-async-await 1.5.1 acquire() and release() called twice', 'lock.exclusion'],
] as const) {
  test(`${name}: ${check} is found and shrunk`, async ({ lab }) => {
    await lab.open();
    const bench = new LockBench(lab.page);
    await bench.open();
    await bench.pick(name);
    await bench.explore.click();
    await expect(bench.outcome).toContainText(`Violated. ${check}`);
    await expect(bench.outcome).toContainText('No choice can be left out');
  });
}

for (const name of ['Correct', 'semaphore-async-await 1.5.1 acquire() and one release()']) {
  test(`${name}: proved for 2 clients with 2 rounds`, async ({ lab }) => {
    await lab.open();
    const bench = new LockBench(lab.page);
    await bench.open();
    await bench.pick(name);
    await bench.dialog.getByLabel('Clients').fill('2');
    await bench.dialog.getByLabel('Clients').press('Enter');
    await expect(bench.outcome).toContainText('Proved. No schedule of this scope');
    await expect(bench.outcome).toContainText('Scope: 2 clients, 2 rounds each');
  });
}

test('nothing gets out of the box, whatever the code tries', async ({ lab }) => {
  await lab.open();
  const asked: string[] = [];
  lab.page.context().on('request', (request) => asked.push(request.url()));
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  const place = new URL('./leak', lab.page.url()).href;
  // By the constructors of what the language leaves, past the names that were taken away.
  const tries = [
    `fetch('${place}')`,
    `new WebSocket('${place.replace(/^http/, 'ws')}')`,
    `new XMLHttpRequest()`,
    `new EventSource('${place}')`,
    `importScripts('${place}')`,
    `import('${place}')`,
    `new Worker('${place}')`,
    `navigator.sendBeacon('${place}')`,
    `indexedDB.open('x')`,
    `eval("fetch('${place}')")`,
    `(async () => 1).constructor("return fetch('${place}')")()`,
    `(function () { return this; })().fetch('${place}')`,
  ];
  for (const each of tries) {
    await bench.type(lockThat(`await ${each};`));
    await bench.explore.click();
    await expect(bench.problem, each).toContainText('It cannot be explored. Line 3');
  }
  expect(asked.filter((url) => url.includes('leak'))).toEqual([]);
});

test('the box itself lets no request out, be the names there or not', async ({ lab, watch }) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Escaping');
  await bench.explore.click();
  await expect(bench.outcome).toContainText('Violated.');
  const place = new URL('./leak', lab.page.url()).href;
  const asked: string[] = [];
  // What the policy refuses is told as a request that failed for that: it never left.
  lab.page.context().on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'csp') asked.push(request.url());
  });
  lab.page.context().on('requestfinished', (request) => asked.push(request.url()));
  watch.allow(/leak csp$/);
  const refused = await lab.page.evaluate(async (leak) => {
    // The same frame as the page makes, with code that was not tamed.
    const made = await new Promise<HTMLIFrameElement>((resolve) => {
      const watch = new MutationObserver((changes) => {
        for (const { addedNodes } of changes) {
          for (const node of addedNodes) {
            if (node instanceof HTMLIFrameElement) resolve(node.cloneNode() as HTMLIFrameElement);
          }
        }
      });
      watch.observe(document.body, { childList: true });
      document.querySelector<HTMLButtonElement>('dialog form button')?.click();
    });
    await new Promise((resolve) => {
      made.addEventListener('load', resolve);
      document.body.append(made);
    });
    const [line, failures] = [new MessageChannel(), new MessageChannel()];
    const code = `onmessage = async ({ ports: [port] }) => {
      const tries = {
        fetch: () => fetch('${leak}'),
        xhr: () => new Promise((done, fail) => {
          const request = new XMLHttpRequest();
          request.open('GET', '${leak}'); request.onload = done; request.onerror = fail; request.send();
        }),
        socket: () => new Promise((done, fail) => {
          const socket = new WebSocket('${leak}'.replace('http', 'ws'));
          socket.onopen = done; socket.onerror = fail;
        }),
        source: () => new Promise((done, fail) => {
          const source = new EventSource('${leak}'); source.onopen = done; source.onerror = fail;
        }),
        scripts: () => importScripts('${leak}'),
        module: () => import('${leak}'),
        worker: () => new Promise((done, fail) => {
          const worker = new Worker('${leak}'); worker.onmessage = done; worker.onerror = fail;
        }),
        text: () => eval('1'),
        made: () => new Function('return 1')(),
        store: () => new Promise((done, fail) => {
          const asked = indexedDB.open('x'); asked.onsuccess = done; asked.onerror = fail;
        }),
      };
      const out = {};
      for (const [name, act] of Object.entries(tries)) {
        try { await act(); out[name] = 'done'; } catch { out[name] = 'refused'; }
      }
      port.postMessage({ origin: self.origin, ...out });
    };`;
    const answer = new Promise((resolve) => (line.port1.onmessage = ({ data }) => resolve(data)));
    made.contentWindow?.postMessage(code, '*', [line.port2, failures.port2]);
    return answer;
  }, place);
  expect(refused).toEqual({
    origin: 'null',
    ...Object.fromEntries(
      ['fetch', 'xhr', 'socket', 'source', 'scripts', 'module', 'worker'].map((name) => [
        name,
        'refused',
      ]),
    ),
    ...{ text: 'refused', made: 'refused', store: 'refused' },
  });
  expect(asked.filter((url) => url.includes('leak'))).toEqual([]);
});

test('a loop without an end is named with its line, and one that is not seen is ended', async ({
  lab,
}) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  await bench.type(lockThat('for (;;) ;'));
  await bench.explore.click();
  await expect(bench.problem).toContainText('Line 3. expected each loop to end or to wait');
  await bench.type(lockThat(`/^(a+)+$/.test('a'.repeat(64) + '!');`));
  await bench.explore.click();
  await expect(bench.problem).toContainText('got none that did for 10 s', { timeout: 40_000 });
  await expect(bench.explore).toBeEnabled();
});

test('what is no program, and what is no lock, is told at its line', async ({ lab }) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  await bench.type('const a = 1;\nconst = 2;');
  await bench.explore.click();
  await expect(bench.problem).toContainText('Line 2.');
  await expect(bench.dialog.locator('.cm-lint-marker-error')).toHaveCount(1);
  await bench.type('export const createLock = () => 5;');
  await bench.explore.click();
  await expect(bench.problem).toContainText('expected createLock() to return');
});

test('work survives a reload, and no link takes it away', async ({ lab }) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  await bench.type(BROKEN);
  const link = await bench.share();
  await bench.type(BROKEN.replace('held = false', 'held = !true'));
  await lab.page.reload();
  await lab.settled();
  await bench.open();
  expect(await bench.text()).toContain('held = !true');
  await lab.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(bench.dialog).toContainText('This code came with a link');
  expect(await bench.text()).not.toContain('!true');
  await bench.pick('Your own');
  expect(await bench.text()).toContain('held = !true');
});

test('a damaged link is a banner, and nothing is lost', async ({ lab }) => {
  await lab.open('#l1=A8-damaged');
  await expect(lab.banner).toContainText('damaged');
  await expect(new LockBench(lab.page).dialog).toHaveCount(0);
});

test('Tab indents, and after Escape it leaves; the page below hears no key', async ({ lab }) => {
  await lab.open();
  const bench = new LockBench(lab.page);
  await bench.open();
  await bench.pick('Your own');
  await bench.type('x');
  await lab.page.keyboard.press('Home');
  await lab.page.keyboard.press('Tab');
  expect(await bench.text()).toBe('  x');
  await lab.page.keyboard.type('?');
  expect(await bench.text()).toBe('  ?x');
  await lab.page.keyboard.press('Escape');
  await expect(bench.dialog).toBeVisible();
  await lab.page.keyboard.press('Tab');
  await expect(bench.code).not.toBeFocused();
  await lab.page.keyboard.press('Escape');
  await expect(bench.dialog).toBeHidden();
});

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing, ${theme}, ${width} wide`, async ({ lab }) => {
      await lab.page.setViewportSize({ width, height: 900 });
      await lab.open();
      await lab.bar.theme.selectOption(theme);
      await lab.goTo('setup');
      const bench = new LockBench(lab.page);
      await bench.open();
      expect.soft(await faults(lab, 'dialog'), 'before').toEqual([]);
      await bench.explore.click();
      await expect(bench.outcome).toContainText('Violated.');
      expect.soft(await faults(lab, 'dialog'), 'with a story').toEqual([]);
      const wide = await bench.dialog.evaluate((box) => box.scrollWidth <= innerWidth);
      expect(wide, 'nothing is cut off').toBe(true);
    });
  }
}

test('the bench speaks Chinese', async ({ lab }) => {
  await lab.open();
  await lab.bar.language.selectOption({ label: '简体中文' });
  await lab.page.getByRole('button', { name: '您的锁…' }).click();
  const dialog = lab.page.getByRole('dialog', { name: '您的锁' });
  await dialog.getByRole('button', { name: '探索', exact: true }).click();
  await expect(dialog).toContainText('未通过。');
  await expect(dialog).toContainText('3 个客户端，每个 2 轮');
});
