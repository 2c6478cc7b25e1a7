/**
 * The JavaScript engines in which digests are compared, and how each runs a module.
 *
 * An engine that cannot be found is an error with its remedy, never a comparison that is left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project/files.ts';
import { findProgram } from '../system/packages.ts';
import type { DigestLine } from './compute.ts';

/** A program and the arguments that stand before a module's path. */
export interface Engine {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** V8: the engine of Node and Chromium. */
export function node(): Engine {
  return { name: 'V8 (Node)', program: process.execPath, args: [] };
}

/** JavaScriptCore: the engine of Safari, from npm. */
export function bun(): Engine {
  const packages = join(PROJECT_ROOT, 'node_modules', '@oven');
  const platform = `bun-${process.platform}-${process.arch === 'arm64' ? 'aarch64' : process.arch}`;
  const places = [
    join(packages, platform, 'bin', 'bun'),
    join(packages, `${platform}-musl`, 'bin', 'bun'),
    // Where bun's own install script moves it, if somebody lets that script run.
    join(PROJECT_ROOT, 'node_modules', 'bun', 'bin', 'bun.exe'),
  ];
  const program = places.find((place) => existsSync(place));
  if (program === undefined)
    throw new Error(`expected bun for ${platform} in node_modules: npm ci`);
  return { name: 'JavaScriptCore (bun)', program, args: [] };
}

/** JavaScriptCore as Debian packs it. */
export function jsc(): Engine {
  return { name: 'JavaScriptCore (jsc)', program: fromDebian('jsc'), args: ['-m'] };
}

/** SpiderMonkey: the engine of Firefox, as Debian packs it. */
export function spiderMonkey(): Engine {
  return { name: 'SpiderMonkey (js102)', program: fromDebian('js102'), args: ['-m'] };
}

/** Runs a module that prints digests; a failure of the engine is an error with what it said. */
export function runIn(engine: Engine, module: string): readonly DigestLine[] {
  const { status, signal, stdout, stderr, error } = spawnSync(
    engine.program,
    [...engine.args, module],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 },
  );
  if (error !== undefined) throw error;
  if (status !== 0) {
    const said = `${stderr}\n${stdout}`.slice(0, 2_000);
    throw new Error(
      `expected ${engine.name} to end well, got ${String(status ?? signal)}: ${said}`,
    );
  }
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as DigestLine);
}

function fromDebian(name: string): string {
  const program = findProgram(name);
  if (program === undefined) throw new Error(`expected ${name}: npm run setup:system installs it`);
  return program;
}
