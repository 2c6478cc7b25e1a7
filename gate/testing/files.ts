/** A directory for a test file's own files, gone when its tests are over. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface TestFiles {
  readonly directory: string;
  /** Writes a file and gives its path. */
  write(name: string, content: string | Uint8Array): string;
}

/** Makes the directory; call once, at the top of a test file. */
export function testFiles(): TestFiles {
  const directory = mkdtempSync(join(tmpdir(), 'lab-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  return {
    directory,
    write: (name, content) => {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
  };
}
