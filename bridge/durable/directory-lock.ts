/**
 * One process a state directory: a file that names the process which has it.
 *
 * A process that was killed leaves its file; whoever comes next sees that it is dead and takes
 * over. Known limit: a number that another program has got since counts as alive; the message says
 * which.
 */
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'owner';

/** Takes the directory, made if need be: gives it back when called, or says who has it. */
export async function takeDirectory(
  directory: string,
): Promise<{ readonly release: () => Promise<void> } | { readonly heldBy: number }> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, NAME);
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(path, 'utf8').catch(() => ''));
    if (isAlive(owner)) return { heldBy: owner };
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
