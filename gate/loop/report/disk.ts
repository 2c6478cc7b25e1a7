/**
 * What writing an archive needs of a disk, few enough that a test can fail each step of it.
 *
 * A file is on the disk when `write` comes back, not merely in a cache.
 */
import { lstat, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';

export interface Disk {
  makeDirectory(path: string): Promise<void>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Makes a symbolic link at `path`. */
  link(target: string, path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Takes away a file, or a directory with all in it; nothing there is fine. */
  remove(path: string): Promise<void>;
  /** Makes the entries of a directory lasting. */
  settle(directory: string): Promise<void>;
  names(directory: string): Promise<readonly string[]>;
  /** Where the link at `path` leads; undefined if there is nothing, an error if it is no link. */
  target(path: string): Promise<string | undefined>;
}

export const systemDisk: Disk = {
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  write: async (path, content) => {
    const file = await open(path, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  link: (target, path) => symlink(target, path),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { recursive: true, force: true }),
  settle: async (directory) => {
    const handle = await open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  names: async (directory) => (await readdir(directory).catch(() => [])).sort(),
  target: async (path) => {
    const stat = await lstat(path).catch(() => undefined);
    return stat === undefined ? undefined : readlink(path);
  },
};
