/**
 * The templates of evidence that the core uses, read off its sources.
 *
 * A template is a text with gaps like `{who}`; texts that are put together with `+` count as one.
 * Known limit: a template that is computed would not be found, and none is.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const GAP = /\{\w+\}/;

/** Every template in the sources below `directory`, tests and what serves them left out. */
export function templatesIn(directory: string): Set<string> {
  const found = new Set<string>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const isSource = entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts');
    if (!entry.isFile() || !isSource || entry.parentPath.endsWith('testing')) continue;
    const path = join(entry.parentPath, entry.name);
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    collect(source, found);
  }
  return found;
}

function collect(node: ts.Node, found: Set<string>): void {
  const text = textOf(node);
  if (text === undefined) ts.forEachChild(node, (child) => collect(child, found));
  else if (GAP.test(text)) found.add(text);
}

/** The text of a literal, or of literals added up; undefined of anything else. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const left = textOf(node.left);
  const right = textOf(node.right);
  return left === undefined || right === undefined ? undefined : left + right;
}
