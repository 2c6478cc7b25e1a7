/**
 * The house's form as facts that a function can find broken, each told with its place.
 *
 * Judges what a formatter and a linter leave alone (heads, lengths, places of a machine in the
 * text), and repeats the few bans that no comment may lift. Known limit: whether a head says
 * something worth reading is for people to judge.
 */
import ts from 'typescript';
import type { ProjectFile } from './files.ts';
import { parse } from './imports.ts';

const COLUMNS_MAX = 100;
const LINES_MAX = 400;

/** Tools that want their settings as a default export. */
const DEFAULT_EXPORTS = /(^|\/)[\w-]+\.config\.(ts|js)$/;

/** Prose can be wrapped; a string, a template or a pattern that is long may stay in one line. */
const COMMENT = /^\s*(\*|\/\*|\/\/)/;
const LITERAL = /['"`]|\/\S+\//;

const PATH_OF_A_MACHINE = /(?<![\w.~)\]}$>-])\/(work|root|home|Users|mnt)\/[\w.-]+/;
const HOST_OF_A_REGISTRY =
  /\b(registry|npm|nexus|artifactory|verdaccio)\.[\w.-]+\.\w{2,}(?=[/:\s]|$)/;

/**
 * What is wrong with a TypeScript file's form; a test's names speak for themselves, without a head.
 */
export function codeFaults(file: ProjectFile): string[] {
  const lines = file.text.split('\n');
  const head = /^(?:#!.*\n)?\/\*\*([\s\S]*?)\*\//.exec(file.text)?.[1];
  const faults: string[] = [];
  if (head === undefined && !file.path.endsWith('.test.ts'))
    faults.push(`${file.path}:1 expected a head comment that says its purpose`);
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (count > LINES_MAX && !/\b400 lines\b/.test(head ?? '')) {
    faults.push(
      `${file.path}:${count} expected at most ${LINES_MAX} lines, got ${count}: split it, or let its ` +
        'head say why it is past 400 lines',
    );
  }
  lines.forEach((line, at) => {
    if (line.length > COLUMNS_MAX && (COMMENT.test(line) || !LITERAL.test(line))) {
      faults.push(
        `${file.path}:${at + 1} expected at most ${COLUMNS_MAX} columns, got ${line.length}`,
      );
    }
    if (/\b(TODO|FIXME|XXX)\b/.test(line) && !file.path.startsWith('scripts/project/style')) {
      faults.push(`${file.path}:${at + 1} expected no note to ourselves: do it, or decide it`);
    }
  });
  return [...faults, ...syntaxFaults(file)];
}

/** What no file of the project may say, whatever its kind. */
export function textFaults(file: ProjectFile): string[] {
  return file.text.split('\n').flatMap((line, at) => {
    const place = `${file.path}:${at + 1}`;
    const path = PATH_OF_A_MACHINE.exec(line)?.[0];
    const host = HOST_OF_A_REGISTRY.exec(line)?.[0];
    return [
      ...(path === undefined ? [] : [`${place} expected no path of one machine, got ${path}`]),
      ...(host === undefined ? [] : [`${place} expected no host of a registry, got ${host}`]),
    ];
  });
}

/** What ties a lock file to the machine or the registry that wrote it. */
export function lockFaults(lock: unknown): string[] {
  const packages = (lock as { packages?: Record<string, { resolved?: string }> }).packages ?? {};
  const entries = Object.entries(packages);
  if (entries.length < 2) return ['expected the packages of a lock file of version 3'];
  return entries
    .filter(([, entry]) => entry.resolved !== undefined)
    .map(([name]) => `${name}: expected no "resolved", npm finds it in the registry that is set`);
}

function syntaxFaults(file: ProjectFile): string[] {
  const source = parse(file);
  const faults: string[] = [];
  const visit = (node: ts.Node): void => {
    const wrong = syntaxFault(node, file.path);
    if (wrong !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      faults.push(`${file.path}:${line + 1} expected ${wrong}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

function syntaxFault(node: ts.Node, path: string): string | undefined {
  switch (node.kind) {
    case ts.SyntaxKind.AnyKeyword:
      return 'a type, got any: say unknown and narrow it';
    case ts.SyntaxKind.NonNullExpression:
      return 'a check or an assertion with a message, got !';
    case ts.SyntaxKind.EnumDeclaration:
      return 'a const object and a union of its values, got an enum';
    case ts.SyntaxKind.ExportAssignment:
      return DEFAULT_EXPORTS.test(path) ? undefined : 'a named export, got a default one';
    case ts.SyntaxKind.DefaultKeyword:
      return ts.isModifier(node) && !DEFAULT_EXPORTS.test(path)
        ? 'a named export, got a default one'
        : undefined;
    default:
      return undefined;
  }
}
