/** Looking around in a tree of JavaScript: children in order, functions, what is mentioned. */
import type { ArrowFunctionExpression, Function as FunctionNode, Node, Pattern } from 'acorn';

export type Callable = FunctionNode | ArrowFunctionExpression;

/** `super.name` or `super[name]`. */
export interface SuperMember extends Node {
  readonly property: Node;
  readonly computed: boolean;
}

/** The nodes right below one, in the order of the text; of two that begin together the longer. */
export function childrenOf(node: Node): Node[] {
  const found: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) found.push(...value.filter(isNode));
    else if (isNode(value)) found.push(value);
  }
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

export function isCallable(node: Node): node is Callable {
  const { type } = node;
  return (
    type === 'FunctionDeclaration' ||
    type === 'FunctionExpression' ||
    type === 'ArrowFunctionExpression'
  );
}

export function isArrow(node: Callable): node is ArrowFunctionExpression {
  return node.type === 'ArrowFunctionExpression';
}

export function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && (node as Node & { name: string }).name === name;
}

/** Whether a part that may be left out is. */
export function isNone(part: Node | null | undefined): part is null | undefined {
  return part === null || part === undefined;
}

export function isOfSuper(node: Node | null | undefined): node is SuperMember {
  if (node?.type !== 'MemberExpression') return false;
  return (node as Node & { object: Node }).object.type === 'Super';
}

/** Whether `arguments`, or else `super`, is spoken of in a function or in arrows inside of it. */
export function mentions(node: Callable, what: 'arguments' | 'super'): boolean {
  const isMeant = (each: Node): boolean =>
    what === 'super' ? each.type === 'Super' : isNamed(each, 'arguments');
  const visit = (each: Node): boolean => {
    if (isMeant(each)) return true;
    const isAnother = isCallable(each) && each.type !== 'ArrowFunctionExpression';
    return !isAnother && childrenOf(each).some(visit);
  };
  return childrenOf(node).some(visit);
}

/** How many arguments a function says that it expects: those before one with a default. */
export function expectedCount(params: readonly Pattern[]): number {
  const at = params.findIndex(({ type }) => /^(AssignmentPattern|RestElement)$/.test(type));
  return at < 0 ? params.length : at;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
