import { describe, expect, test } from 'vitest';
import {
  droppedLog,
  pastedLog,
  pickedFile,
  pickedHandle,
  pickedText,
  pickHandle,
} from './log-origin.ts';

function pasteOf(text: string, target: object | null = null): ClipboardEvent {
  return { target, clipboardData: { getData: () => text } } as unknown as ClipboardEvent;
}

const LONG = 'a line of a log\n'.repeat(20);

describe('a paste', () => {
  test('of long text with line breaks is a log, its last line whole', async () => {
    const file = pastedLog(pasteOf(LONG.trimEnd()));
    expect(await file?.text()).toBe(LONG);
    expect(file?.name).toBe('pasted.log');
  });

  test.each([
    ['short', 'two\nlines'],
    ['one line', 'x'.repeat(500)],
    ['nothing', ''],
  ])('of %s is none', (_, text) => expect(pastedLog(pasteOf(text))).toBeUndefined());

  test('into a field is the field’s', () => {
    const field = { closest: (selector: string) => (selector.includes('textarea') ? field : null) };
    expect(pastedLog(pasteOf(LONG, field))).toBeUndefined();
    expect(pastedLog(pasteOf(LONG, { closest: () => null }))).toBeDefined();
  });
});

const named = (name: string): Error => Object.assign(new Error(name), { name });

describe('another look', () => {
  test('through a handle sees the file as it is', async () => {
    let text = 'one';
    const handle = { name: 'a.log', getFile: () => Promise.resolve(new File([text], 'a.log')) };
    const { file, origin } = await pickedHandle(handle as unknown as FileSystemFileHandle);
    expect(await file.text()).toBe('one');
    text = 'two';
    const look = await origin.look();
    expect(look.kind === 'file' && (await look.file.text())).toBe('two');
  });

  test.each([
    ['NotFoundError', 'gone'],
    ['NotAllowedError', 'refused'],
    ['NotReadableError', 'stale'],
  ])('through a handle that fails with %s is %s', async (name, kind) => {
    let fails = false;
    const getFile = (): Promise<File> =>
      fails ? Promise.reject(named(name)) : Promise.resolve(new File([], 'a.log'));
    const handle = { name: 'a.log', getFile } as unknown as FileSystemFileHandle;
    const { origin } = await pickedHandle(handle);
    fails = true;
    expect(await origin.look()).toEqual({ kind });
  });

  test('at a file that was chosen finds it as it was, or stale', async () => {
    const file = new File(['x'], 'a.log');
    expect(await pickedFile(file).origin.look()).toEqual({ kind: 'file', file });
    const slice = (): unknown => ({ arrayBuffer: () => Promise.reject(named('NotReadableError')) });
    const changed = Object.assign(new File(['x'], 'a.log'), { slice });
    expect(await pickedFile(changed).origin.look()).toEqual({ kind: 'stale' });
  });

  test('at text shows the same text, and is not worth following', async () => {
    const file = new File(['x'], 'pasted.log');
    const { origin } = pickedText(file);
    expect(origin.canChange).toBe(false);
    expect(await origin.look()).toEqual({ kind: 'file', file });
  });
});

describe('a choice', () => {
  test('that the reader gives up is none', async () => {
    const showOpenFilePicker = (): Promise<never> => Promise.reject(named('AbortError'));
    expect(await pickHandle({ showOpenFilePicker })).toBeUndefined();
  });

  test('that the browser refuses is told, so that the field can stand in', async () => {
    const showOpenFilePicker = (): Promise<never> => Promise.reject(named('SecurityError'));
    await expect(pickHandle({ showOpenFilePicker })).rejects.toThrow('SecurityError');
  });
});

describe('a drop', () => {
  const file = new File(['x'], 'a.log');
  const dropOf = (item: object): DragEvent =>
    ({ dataTransfer: { files: [file], items: [item] } }) as unknown as DragEvent;

  test('has a handle where the browser gives one', async () => {
    const handle = { kind: 'file', name: 'a.log', getFile: () => Promise.resolve(file) };
    const picked = await droppedLog(
      dropOf({ getAsFileSystemHandle: () => Promise.resolve(handle) }),
    );
    expect(picked?.file).toBe(file);
  });

  test.each([
    ['none', {}],
    ['a folder', { getAsFileSystemHandle: () => Promise.resolve({ kind: 'directory' }) }],
    ['an error', { getAsFileSystemHandle: () => Promise.reject(named('NotAllowedError')) }],
  ])('with %s for a handle is the file itself', async (_, item) => {
    expect((await droppedLog(dropOf(item)))?.file).toBe(file);
  });

  test('of something else is none', async () => {
    const event = { dataTransfer: { files: [], items: [] } } as unknown as DragEvent;
    expect(await droppedLog(event)).toBeUndefined();
  });
});
