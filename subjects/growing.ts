/**
 * The words of the language by which code makes something that may be large without calling
 * anything: what they give, or what they copy, is handed to the runtime, which counts it.
 *
 * Known limit: what a pattern gathers (`...rest`) deeper inside it, or among parameters, is not
 * counted; the length of a list is where the code says `.length = `.
 */
import type { AssignmentExpression, Node, Pattern, VariableDeclarator } from 'acorn';
import type { Runtime } from './world.ts';

type Growth = 'made' | 'grown' | 'copied' | 'spread';
export type Counted = keyof Pick<Runtime, Growth>;

/** Numbers of any length grow by them, texts by the first. */
const OPERATORS = new Set(['+', '-', '*', '**', '<<', '>>'].flatMap((sign) => [sign, `${sign}=`]));

/** Whether what an expression gives may be larger than what it got. */
export function isGrowing(node: Node): boolean {
  const { type, operator, expressions } = node as Node & {
    readonly operator?: string;
    readonly expressions?: readonly Node[];
  };
  if (type === 'TemplateLiteral') return expressions !== undefined && expressions.length > 0;
  const isSum = type === 'BinaryExpression' || type === 'AssignmentExpression';
  return isSum && operator !== undefined && OPERATORS.has(operator);
}

/** How what is assigned has to be counted before it is; undefined where nothing is made of it. */
export function growthOf(node: AssignmentExpression | VariableDeclarator): Counted | undefined {
  const to: Pattern = node.type === 'VariableDeclarator' ? node.id : node.left;
  if (to.type === 'MemberExpression') {
    return to.property.type === 'Identifier' && to.property.name === 'length' ? 'grown' : undefined;
  }
  const parts: readonly (Node | null)[] =
    to.type === 'ObjectPattern' ? to.properties : to.type === 'ArrayPattern' ? to.elements : [];
  if (!parts.some((part) => part?.type === 'RestElement')) return undefined;
  return to.type === 'ObjectPattern' ? 'copied' : 'spread';
}
