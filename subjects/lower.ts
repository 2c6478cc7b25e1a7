/**
 * Lowers a module to a function's body without a word `async` left in it: onto generators, and onto
 * what the world gives it under the name `RUNTIME`.
 *
 * An async function becomes one that hands its body, a generator, to the runtime; an `await`
 * becomes a `yield`. Each turn of a loop is counted, so that one without an end is found out where
 * it stands; so is what code makes by its own words (`growing.ts`). Invariant: lines stay. Refused,
 * because they would mean something else: `new.target` in an async arrow, `yield*` in an async
 * generator, setting a property of `super` in an async method.
 */
import type {
  ArrowFunctionExpression,
  AssignmentExpression,
  DoWhileStatement,
  ForInStatement,
  ForOfStatement,
  ForStatement,
  LabeledStatement,
  MethodDefinition,
  Node,
  Program,
  Property,
  PropertyDefinition,
  ReturnStatement,
  SpreadElement,
  TaggedTemplateExpression,
  VariableDeclarator,
  WhileStatement,
  YieldExpression,
} from 'acorn';
import { type Counted, growthOf, isGrowing } from './growing.ts';
import { lineOf, parseModule } from './parse.ts';
import { SubjectProblem } from './problem.ts';
import {
  type Callable,
  childrenOf,
  expectedCount,
  isArrow,
  isCallable,
  isNamed,
  isNone,
  isOfSuper,
  mentions,
  type SuperMember,
} from './tree.ts';
import { weightOf } from './weight.ts';

/** The name under which lowered code finds what it calls. */
export const RUNTIME = '$interlock';
const ARGUMENTS = `${RUNTIME}Arguments`;
const SUPER = `${RUNTIME}Super`;
const REACH_SUPER = ` const ${SUPER} = (name) => super[name];`;

/** The lowered text of a module: the body of a function of exports, require, module, RUNTIME. */
export function lower(path: string, text: string): string {
  const { text: plain, tree } = parseModule(path, text);
  return new Lowering(path, plain).program(tree);
}

type Loop = ForStatement | ForInStatement | ForOfStatement | WhileStatement | DoWhileStatement;

/** Where in the code a node stands, as far as its words depend on that. */
interface Place {
  readonly kind: 'plain' | 'async' | 'async generator';
  /** Whether a generator of ours stands between it and the function whose they are. */
  readonly isArgumentsFar: boolean;
  readonly isSuperFar: boolean;
}

const OUTSIDE: Place = { kind: 'plain', isArgumentsFar: false, isSuperFar: false };

class Lowering {
  readonly #path: string;
  readonly #text: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  program(tree: Program): string {
    return this.#passed(tree, tree.body, OUTSIDE);
  }

  /** The text of a node as it becomes. */
  #node(node: Node, place: Place): string {
    if (isCallable(node)) return this.#callable(node, place, 'function');
    switch (node.type) {
      case 'MethodDefinition':
      case 'Property':
        return this.#member(node as MethodDefinition | Property, place);
      case 'PropertyDefinition':
        return this.#field(node as PropertyDefinition, place);
      case 'StaticBlock':
        return this.#children(node, OUTSIDE);
      case 'LabeledStatement':
        return this.#labelled(node as LabeledStatement, place);
      case 'ForOfStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return this.#loop(node as Loop, place);
      case 'AwaitExpression':
        return waited(this.#node((node as Node & { argument: Node }).argument, place), place);
      case 'YieldExpression':
        return this.#yield(node as YieldExpression, place);
      case 'AssignmentExpression':
      case 'VariableDeclarator':
        return this.#given(node as AssignmentExpression | VariableDeclarator, place);
      case 'TaggedTemplateExpression':
        return this.#tagged(node as TaggedTemplateExpression, place);
      case 'ReturnStatement':
        return this.#return(node as ReturnStatement, place);
      default:
        return this.#plain(node, place);
    }
  }

  #plain(node: Node, place: Place): string {
    const text = this.#far(node, place) ?? this.#children(node, place);
    return isGrowing(node) ? counted('made', text) : text;
  }

  /** What is given a value, of which something large may be made. */
  #given(node: AssignmentExpression | VariableDeclarator, place: Place): string {
    const from = node.type === 'VariableDeclarator' ? node.init : node.right;
    const growth = growthOf(node);
    if (growth === undefined || isNone(from) || isGrowing(node)) return this.#plain(node, place);
    const head = this.#children({ ...node, end: from.start }, place);
    const value = counted(growth, this.#node(from, place));
    return `${head}${value}${this.#text.slice(from.end, node.end)}`;
  }

  /** The text after a tag makes no text. */
  #tagged({ tag, quasi }: TaggedTemplateExpression, place: Place): string {
    const between = this.#text.slice(tag.end, quasi.start);
    return this.#node(tag, place) + between + this.#children(quasi, place);
  }

  /** `copies`: the properties of an object, and not the items of an iterable. */
  #spread({ argument }: SpreadElement, place: Place, copies: boolean): string {
    return `...${counted(copies ? 'copied' : 'spread', this.#node(argument, place))}`;
  }

  /** The text of a node whose children may have changed, or of its part from `start` to `end`. */
  #children(node: Node, place: Place): string {
    let text = '';
    let at = node.start;
    const copies = node.type === 'ObjectExpression';
    for (const child of childrenOf(node)) {
      // Short forms name the same text twice.
      if (child.start < at || child.start >= node.end) continue;
      const isSpread = child.type === 'SpreadElement';
      text +=
        this.#text.slice(at, child.start) +
        (isSpread ? this.#spread(child as SpreadElement, place, copies) : this.#node(child, place));
      at = child.end;
    }
    return text + this.#text.slice(at, node.end);
  }

  /** What reaches out of the generator that a function's body has become. */
  #far(node: Node, place: Place): string | undefined {
    if (place.isArgumentsFar) {
      if (isNamed(node, 'arguments')) return ARGUMENTS;
      if (node.type === 'MetaProperty' && this.#slice(node) === 'new.target') {
        throw this.#refused(node, 'new.target in an async arrow function');
      }
    }
    if (!place.isSuperFar) return undefined;
    const { callee, left, argument } = node as Node & Readonly<Record<string, Node | undefined>>;
    if (node.type === 'CallExpression' && isOfSuper(callee)) {
      const { arguments: given, optional } = node as Node & {
        arguments: Node[];
        optional: boolean;
      };
      const rest = given
        .map((each) =>
          each.type === 'SpreadElement'
            ? `, ${this.#spread(each as SpreadElement, place, false)}`
            : `, ${this.#node(each, place)}`,
        )
        .join('');
      return `${this.#ofSuper(callee, place)}${optional ? '?' : ''}.call(this${rest})`;
    }
    const isSet = node.type === 'AssignmentExpression' && isOfSuper(left);
    if (isSet || (node.type === 'UpdateExpression' && isOfSuper(argument))) {
      throw this.#refused(node, 'a property of super that is set in an async method');
    }
    return isOfSuper(node) ? this.#ofSuper(node, place) : undefined;
  }

  #ofSuper({ property, computed }: SuperMember, place: Place): string {
    return `${SUPER}(${computed ? this.#node(property, place) : JSON.stringify(this.#slice(property))})`;
  }

  #callable(node: Callable, place: Place, form: 'function' | 'method'): string {
    if (isArrow(node)) return this.#arrow(node, place);
    if (!node.async) return this.#entered(node, OUTSIDE);
    const isSuperFar = form === 'method' && mentions(node, 'super');
    const inside: Place = { kind: kindOf(node), isArgumentsFar: false, isSuperFar };
    const { generator, gap } = this.#generatorOf(node, inside);
    const name = isNone(node.id) ? '' : ` ${this.#slice(node.id)}`;
    const reach = isSuperFar ? REACH_SUPER : '';
    const head = `${form === 'method' ? '' : `function${name}`}(${shortNames(node).join(', ')})`;
    return `${head} {${gap}${reach} return ${called(node, 'arguments', generator)}; }`;
  }

  #arrow(node: ArrowFunctionExpression, place: Place): string {
    if (!node.async) return this.#entered(node, { ...place, kind: 'plain' });
    const keepsArguments = !place.isArgumentsFar && mentions(node, 'arguments');
    const keepsSuper = !place.isSuperFar && mentions(node, 'super');
    const isSuperFar = place.isSuperFar || keepsSuper;
    const inside: Place = { kind: 'async', isArgumentsFar: true, isSuperFar };
    const { generator, gap } = this.#generatorOf(node, inside);
    const given = [...shortNames(node), `...${RUNTIME}Rest`].join(', ');
    const call = called(node, `[${given}]`, generator);
    if (!keepsArguments && !keepsSuper) return `((${given}) =>${gap} ${call})`;
    const kept = `${keepsArguments ? ` const ${ARGUMENTS} = arguments;` : ''}${keepsSuper ? REACH_SUPER : ''}`;
    return `((${given}) => {${gap}${kept} return ${call}; })`;
  }

  /** The generator that an async function's body becomes, and the lines that its head had. */
  #generatorOf(
    node: Callable,
    inside: Place,
  ): { readonly generator: string; readonly gap: string } {
    const { params, body } = node;
    const all = params.map((each) => this.#node(each, inside)).join(', ');
    const text = this.#body(node, inside);
    const block = body.type === 'BlockStatement' ? text : `{ return (${text}); }`;
    const gap = linesIn(this.#text.slice(node.start, body.start)).slice(linesIn(all).length);
    return { generator: `function* (${all}) ${block}`, gap };
  }

  /** A function that stays one. */
  #entered(node: Callable, place: Place): string {
    const { end, body } = node;
    const head = this.#children({ ...node, end: body.start }, place);
    return head + this.#body(node, place) + this.#text.slice(body.end, end);
  }

  /** A function's body, which says that it is passed through. */
  #body(node: Callable, place: Place): string {
    const { body, params } = node;
    if (body.type === 'BlockStatement') return this.#passed(body, body.body, place, params);
    return paid([...params, body], this.#node(body, place));
  }

  /** Statements, the first of which says that they are passed through. */
  #passed(
    node: Node,
    statements: readonly Node[],
    place: Place,
    params: readonly Node[] = [],
  ): string {
    // What is said of a whole body has to stand first.
    const last = statements.findLast((each) => 'directive' in each && each.directive !== undefined);
    const at = last?.end ?? (node.type === 'Program' ? node.start : node.start + 1);
    const text = this.#text.slice(node.start, at);
    const bytes = weightOf([...params, ...statements]);
    const said = bytes === 0 ? '' : `;${RUNTIME}.pass(${bytes});`;
    return `${text}${said}${this.#children({ ...node, start: at }, place)}`;
  }

  /** A method of a class or an object: its name stays, the words before it go. */
  #member(node: MethodDefinition | Property, place: Place): string {
    const { key, value, computed } = node;
    const isMethod = node.type === 'MethodDefinition' || node.method;
    if (node.type === 'Property' && node.shorthand && isNamed(value, 'arguments')) {
      return `arguments: ${this.#node(value, place)}`;
    }
    if (!isMethod || !isCallable(value) || !value.async) return this.#children(node, place);
    const name = computed ? `[${this.#node(key, place)}]` : this.#slice(key);
    const isStatic = node.type === 'MethodDefinition' && node.static;
    const gap = linesIn(this.#text.slice(node.start, value.start)).slice(linesIn(name).length);
    return `${isStatic ? 'static ' : ''}${gap}${name}${this.#callable(value, place, 'method')}`;
  }

  /** A field's value belongs to another function than its name. */
  #field({ start, end, key, value, computed }: PropertyDefinition, place: Place): string {
    const name = computed ? this.#node(key, place) : this.#slice(key);
    const before = this.#text.slice(start, key.start) + name;
    if (isNone(value)) return before + this.#text.slice(key.end, end);
    const after = this.#text.slice(value.end, end);
    const text = this.#node(value, OUTSIDE);
    // A function is called after its field.
    const own = isCallable(value) ? text : paid([value], text);
    return `${before}${this.#text.slice(key.end, value.start)}${own}${after}`;
  }

  #yield(node: YieldExpression, place: Place): string {
    if (place.kind !== 'async generator') return this.#children(node, place);
    if (node.delegate) throw this.#refused(node, 'yield* in an async generator');
    const value = isNone(node.argument) ? 'undefined' : this.#node(node.argument, place);
    return `(yield { kind: 'give', value: (${value}) })`;
  }

  /** An async generator waits for what it returns. */
  #return(node: ReturnStatement, place: Place): string {
    const { argument } = node;
    if (place.kind !== 'async generator' || isNone(argument)) return this.#children(node, place);
    return `return ${waited(this.#node(argument, place), place)};`;
  }

  #loop(node: Loop, place: Place): string {
    if (node.type === 'ForOfStatement' && node.await) return this.#forAwait(node, place, '');
    const { body } = node;
    const head = this.#children({ ...node, end: body.start }, place);
    const tail = this.#children({ ...node, start: body.end }, place);
    const isLast = node.type === 'DoWhileStatement';
    const before = isLast ? this.#text.slice(node.start, body.start) : head;
    const turned = `{ ${turn(node)} ${this.#node(body, place)} }`;
    return `${before}${turned}${isLast ? tail : ''}`;
  }

  #labelled(node: LabeledStatement, place: Place): string {
    const { body, label } = node;
    if (body.type !== 'ForOfStatement' || !body.await) return this.#children(node, place);
    return this.#forAwait(body, place, `${this.#slice(label)}: `);
  }

  #forAwait(node: ForOfStatement, place: Place, label: string): string {
    const loop = `${RUNTIME}Loop`;
    const result = `${RUNTIME}Result`;
    const target = this.#node(node.left, place);
    const source = this.#node(node.right, place);
    const isNew = node.left.type === 'VariableDeclaration';
    const taken = isNew ? `${target} = ${result}.value;` : `(${target} = ${result}.value);`;
    const next = waited(`${loop}.next()`, place);
    const used = linesIn(target + source).length;
    const gap = linesIn(this.#text.slice(node.start, node.body.start)).slice(used);
    return (
      `{ const ${loop} = ${RUNTIME}.iterate(${source}); try { ` +
      `${label}for (let ${result}; ${loop}.isOpen = false, !(${result} = ${next}).done; ) { ` +
      `${turn(node)} ${loop}.isOpen = true; ${taken}${gap} ${this.#node(node.body, place)} } } ` +
      `catch (error) { ${loop}.hasFailed = true; throw error; } ` +
      `finally { if (${loop}.isOpen) ${waited(`${loop}.close()`, place)}; } }`
    );
  }

  #slice({ start, end }: Node): string {
    return this.#text.slice(start, end);
  }

  #refused(node: Node, what: string): SubjectProblem {
    const line = lineOf(node);
    return new SubjectProblem(
      'subject-syntax',
      `expected code that can be followed in ${this.#path}, but line ${line}: ${what} cannot`,
      line,
    );
  }
}

function kindOf({ generator }: Callable): Place['kind'] {
  return generator ? 'async generator' : 'async';
}

function called(node: Callable, args: string, generator: string): string {
  return `${RUNTIME}.${node.generator ? 'generate' : 'run'}(this, ${args}, ${generator})`;
}

function turn(node: Node): string {
  return `${RUNTIME}.turn(${lineOf(node)}, ${weightOf(childrenOf(node))});`;
}

function counted(growth: Counted, text: string): string {
  return `${RUNTIME}.${growth}(${text})`;
}

/** An expression that says first that it is passed through; `nodes` are what that can make. */
function paid(nodes: readonly Node[], text: string): string {
  const bytes = weightOf(nodes);
  return bytes === 0 ? text : `(${RUNTIME}.pass(${bytes}), ${text})`;
}

function waited(value: string, { kind }: Place): string {
  return kind === 'async generator'
    ? `(yield { kind: 'await', value: (${value}) })`
    : `(yield (${value}))`;
}

/** Names for the arguments that a function says it expects, so that its `length` stays. */
function shortNames({ params }: Callable): string[] {
  return Array.from({ length: expectedCount(params) }, (_, at) => `${RUNTIME}${at + 1}`);
}

/** The line breaks of a text, and nothing else. */
function linesIn(text: string): string {
  return text.replace(/[^\n]/g, '');
}
