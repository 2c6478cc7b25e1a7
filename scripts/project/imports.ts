/**
 * What a TypeScript file imports, in every form: import, export from, import(), import types.
 *
 * Reads the syntax tree, so a specifier in a comment or a string does not count. Known limit: a
 * specifier that is computed cannot be followed and is reported as such.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import type { ProjectFile } from './files.ts';

/** One import: who, what, where, and whether it vanishes when types are erased. */
export interface ImportEdge {
  readonly from: string;
  /** The specifier as written, or undefined where it is computed. */
  readonly specifier: string | undefined;
  /** The project path that a relative specifier means; undefined for a package. */
  readonly to: string | undefined;
  readonly typeOnly: boolean;
  /** From 1. */
  readonly line: number;
}

/** The imports of one file, in the order in which they stand. */
export function importsOf(file: ProjectFile): readonly ImportEdge[] {
  const source = parse(file);
  const edges: ImportEdge[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    const text = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    edges.push({
      from: file.path,
      specifier: text,
      to: text?.startsWith('.') === true ? resolve(file.path, text) : undefined,
      typeOnly,
      line,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, erases(node));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (isCallOf(node, ts.SyntaxKind.ImportKeyword)) {
      add(node, node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edges;
}

/** The syntax tree of a file. */
export function parse(file: ProjectFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true);
}

function erases(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function isCallOf(node: ts.Node, kind: ts.SyntaxKind): node is ts.CallExpression {
  return ts.isCallExpression(node) && node.expression.kind === kind;
}

/** Vite's suffixes (`?worker`, `?raw`) name the same file. */
function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier.replace(/[?#].*$/, ''));
}
