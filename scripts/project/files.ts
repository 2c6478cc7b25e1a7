/**
 * The project's own files with their text: what the tests on form and architecture read.
 *
 * Lists the directory and leaves out what .gitignore names, so that it works without git and sees
 * files that are not committed yet. Known limit: of .gitignore it understands `name/`, `dir/name/`
 * and `*.ending`, and an unknown form is an error rather than a wrong list.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package.json stands. */
export const PROJECT_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A file: its path from the project's root with `/`, and what it says. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Every file of the project that is not ignored, sorted by path. */
export function projectPaths(root = PROJECT_ROOT): readonly string[] {
  const ignored = ignoreRule(readFileSync(join(root, '.gitignore'), 'utf8'));
  const paths: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const full = join(directory, entry.name);
      const path = relative(root, full).split(sep).join('/');
      if (entry.isDirectory()) {
        if (entry.name !== '.git' && !ignored(`${path}/`)) visit(full);
      } else if (entry.isFile() && entry.name !== '.git' && !ignored(path)) {
        paths.push(path);
      }
    }
  };
  visit(root);
  return paths.sort();
}

/** The files whose path ends in one of `endings`, read whole. */
export function readProject(endings: readonly string[], root = PROJECT_ROOT): ProjectFile[] {
  return projectPaths(root)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** True for a path that .gitignore, whose text is given, leaves out; directories end in `/`. */
export function ignoreRule(text: string): (path: string) => boolean {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const directories: string[] = [];
  const endings: string[] = [];
  for (const line of lines) {
    if (/^[\w.-]+(\/[\w.-]+)*\/$/.test(line)) directories.push(line);
    else if (/^\*\.[\w.]+$/.test(line)) endings.push(line.slice(1));
    else {
      throw new Error(
        `expected lines like "name/" or "*.ending" in .gitignore, got "${line}": ` +
          'write it in one of these forms, or teach scripts/project/files.ts the new one',
      );
    }
  }
  return (path) =>
    endings.some((ending) => path.endsWith(ending)) ||
    directories.some((name) =>
      name.indexOf('/') === name.length - 1 ? `/${path}`.endsWith(`/${name}`) : path === name,
    );
}
