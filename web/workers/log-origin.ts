/**
 * Where a log comes from, and how to look at it once more.
 *
 * A file that was picked through the browser's own picker or dropped can be read afresh where the
 * browser gives a handle to it; elsewhere the page has one look at it as it was, and a file that
 * has changed since cannot be read at all. Text that was pasted, or fetched, stays as it is.
 */

/** What came of another look. */
export type Look =
  | { readonly kind: 'file'; readonly file: File }
  /** It has changed since it was chosen, and only choosing it again shows it. */
  | { readonly kind: 'stale' }
  /** It is not there (any more); a log that is rotated comes back. */
  | { readonly kind: 'gone' }
  /** The reader has not allowed it, or no longer does. */
  | { readonly kind: 'refused' };

export interface LogOrigin {
  readonly name: string;
  /** Whether another look can show something else. */
  readonly canChange: boolean;
  look(): Promise<Look>;
}

/** A log and where it comes from. */
export interface PickedLog {
  readonly file: File;
  readonly origin: LogOrigin;
}

/** A file of which the browser gave a handle. */
export async function pickedHandle(handle: FileSystemFileHandle): Promise<PickedLog> {
  const origin: LogOrigin = {
    name: handle.name,
    canChange: true,
    look: async () => {
      try {
        return { kind: 'file', file: await handle.getFile() };
      } catch (cause) {
        return { kind: whyNot(cause) };
      }
    },
  };
  return { file: await handle.getFile(), origin };
}

/** A file without a handle: another look finds it as it was, or stale. */
export function pickedFile(file: File): PickedLog {
  const origin: LogOrigin = {
    name: file.name,
    canChange: true,
    look: async () => {
      try {
        // A browser says only when it reads that the file is another by now.
        await file.slice(0, 1).arrayBuffer();
        return { kind: 'file', file };
      } catch {
        // Nothing that happens to the file makes this one readable again.
        return { kind: 'stale' };
      }
    },
  };
  return { file, origin };
}

/** Text that the page itself has: pasted, or an example. */
export function pickedText(file: File): PickedLog {
  const look = (): Promise<Look> => Promise.resolve({ kind: 'file', file });
  return { file, origin: { name: file.name, canChange: false, look } };
}

function whyNot(cause: unknown): 'stale' | 'gone' | 'refused' {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotFoundError') return 'gone';
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : 'stale';
}

/** What of File System Access not every browser has, and no library of types yet. */
interface Picker {
  readonly showOpenFilePicker?: () => Promise<readonly FileSystemFileHandle[]>;
}
interface HandleItem {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** Whether files can be picked with a handle here. */
export function canPickHandles(browser: object = window): boolean {
  return 'showOpenFilePicker' in browser;
}

/** Asks the reader for a file; undefined where none was chosen. */
export async function pickHandle(
  browser: Picker = window as Picker,
): Promise<PickedLog | undefined> {
  try {
    const [handle] = (await browser.showOpenFilePicker?.()) ?? [];
    return handle === undefined ? undefined : await pickedHandle(handle);
  } catch (cause) {
    // The reader has changed his mind.
    if (cause instanceof Error && cause.name === 'AbortError') return undefined;
    throw cause;
  }
}

/** The file that was dropped; call within the event, because its data is gone afterwards. */
export function droppedLog(event: DragEvent): Promise<PickedLog | undefined> {
  const file = event.dataTransfer?.files[0];
  const item = event.dataTransfer?.items[0] as HandleItem | undefined;
  const asked = item?.getAsFileSystemHandle?.() ?? Promise.resolve(null);
  return asked
    .catch(() => null)
    .then((handle) => {
      if (handle?.kind === 'file') return pickedHandle(handle as FileSystemFileHandle);
      return file === undefined ? undefined : pickedFile(file);
    });
}

/** Text this long is a log, not a word for some field. */
const PASTED_CHARS_MIN = 200;
const FIELDS = 'input, textarea, select, [contenteditable]';

/**
 * The log that somebody pasted onto the page: long text of several lines, and nowhere into a field.
 */
export function pastedLog(event: ClipboardEvent): File | undefined {
  const { target, clipboardData } = event;
  const field = (target as Partial<Element> | null)?.closest?.(FIELDS) ?? null;
  if (field !== null) return undefined;
  const text = clipboardData?.getData('text/plain') ?? '';
  return text.length > PASTED_CHARS_MIN && text.includes('\n') ? textLog(text) : undefined;
}

/** Text as a log; its last line is meant to be whole. */
export function textLog(text: string): File {
  return new File([text.endsWith('\n') ? text : `${text}\n`], 'pasted.log', { type: 'text/plain' });
}
