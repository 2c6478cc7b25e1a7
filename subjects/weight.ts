/**
 * What one pass through a piece of code can make at most by itself, in bytes, read off its text.
 *
 * Functions inside are passed through on their own, so only their making counts. What is made by
 * what is called, and how long texts and lists become, is counted while the code runs.
 */
import type { Node } from 'acorn';
import { ITEM_BYTES, OBJECT_BYTES } from './meter.ts';
import { childrenOf, isCallable } from './tree.ts';

/** By the type of a node, what it makes; a class is several objects. */
const MAKES: Readonly<Record<string, number>> = {
  CallExpression: OBJECT_BYTES,
  NewExpression: 2 * OBJECT_BYTES,
  TaggedTemplateExpression: OBJECT_BYTES,
  YieldExpression: OBJECT_BYTES,
  AwaitExpression: 4 * OBJECT_BYTES,
  ClassDeclaration: 16 * OBJECT_BYTES,
  ClassExpression: 16 * OBJECT_BYTES,
  ArrayExpression: OBJECT_BYTES,
  ObjectExpression: OBJECT_BYTES,
  Property: OBJECT_BYTES / 2,
  RestElement: OBJECT_BYTES,
  TemplateLiteral: OBJECT_BYTES,
};

/** The bytes that some nodes and all below them make together. */
export function weightOf(nodes: readonly Node[]): number {
  return nodes.reduce(
    (sum, node) => sum + own(node) + (isCallable(node) ? 0 : weightOf(childrenOf(node))),
    0,
  );
}

function own(node: Node): number {
  if (isCallable(node)) return OBJECT_BYTES;
  const { elements, left } = node as Node & { readonly elements?: unknown[]; readonly left?: Node };
  // A property that is set may be a new one.
  const isSet = node.type === 'AssignmentExpression' && left?.type === 'MemberExpression';
  return (
    (MAKES[node.type] ?? 0) + (isSet ? OBJECT_BYTES / 2 : 0) + ITEM_BYTES * (elements?.length ?? 0)
  );
}
