/**
 * Tells a socket-state error from a line that merely speaks of one.
 *
 * ZeroMQ calls it EFSM (or EBUSY, in zeromq.js) and prints "Operation cannot be accomplished in
 * current state". A line that denies it ("No EFSM errors", "EFSM errors: 0") is no error, nor is
 * one at a calm level that announces a check for it. In other letters ("efsm_errors=2") the name is
 * an error only with a count that is not zero. Known limit: the reading is by words close to
 * the name, so prose may still mislead it; the evidence names the line, for a person to look.
 */
import { SocketErrorCode, SocketOp } from '../event.ts';

/** What a state error says: code and operation as the trace holds them. */
export interface StateError {
  readonly code: SocketErrorCode;
  readonly op: SocketOp;
}

/** How far around the name the words are read. */
const NEAR = 96;

const either = (...words: readonly string[]) => `(?:${words.join('|')})`;

const NAME = new RegExp(
  either(
    '(?<![A-Za-z0-9])(?:[Ee][Ff][Ss][Mm]|[Ee][Bb][Uu][Ss][Yy])(?![A-Za-z0-9])',
    'Operation cannot be accomplished in current state',
  ),
  'g',
);
/** How ZeroMQ writes the names; in other letters they are an error only where one is counted. */
const AS_ZMQ = /^(?:EFSM|EBUSY|Operation.*)$/;

/** What may stand between a denial and the name: "no ZMQ state errors (EFSM)". */
const BETWEEN = `${either(
  String.raw`[\s,/('"\[:=-]`,
  String.raw`\b(?:any|more|further|new|such|and|or|of|for|socket|zmq|zeromq|req|rep|state)`,
  String.raw`\b(?:races?|conditions?|deadlocks?|errors?|violations?|exceptions?|occurrences)`,
)}*`;

const NO = either(
  String.raw`\b(?:no|zero|without|free of|not (?:a single|one|any))`,
  String.raw`\bnever(?:\s+(?:saw|sees?|seen|met|hits?|found|raised|observed|detected))?`,
  String.raw`(?<![\w.,-])0`,
  '无|没有|未发现|未检测到',
);
const DENIED_BEFORE = new RegExp(`${NO}${BETWEEN}$`, 'i');

/** What may follow the name before a count or a judgement: "EFSM state errors: 0". */
const QUALIFIED = String.raw`[\])'"]*[\s_]*(?:\([^()]{0,40}\)[\s_]*)?(?:state[\s_]+)?`;
const NOUN =
  '(?:errors?|violations?|exceptions?|occurrences|count(?:er)?|total|错误)' +
  String.raw`(?:[\s_]+(?:count(?:er)?|total))?`;
const COUNTED = QUALIFIED + either(NOUN, 'checks?', 'tests?') + String.raw`?["']?`;
const NONE_FOUND = either(
  String.raw`[:=]\s*["']?(?:0+(?![\w.]*\w)|none\b|false\b|pass(?:ed)?\b|ok\b|no\s*(?:$|[.,;)|]))`,
  String.raw`(?:(?:was|were|is|are)\s+)?(?:not|never)\s+(?:seen|detected|found|observed|raised)\b`,
  String.raw`-free\b`,
);
const DENIED_BEHIND = new RegExp(String.raw`^${COUNTED}\s*${NONE_FOUND}`, 'i');

/** "efsm_errors=2": a count that is not zero, whatever the letters of the name. */
const SOME_FOUND = new RegExp(
  `^${QUALIFIED}${either(`${NOUN}["']?\\s*[:=]`, '=')}` + String.raw`\s*["']?\+?(?=[\d.,]*[1-9])\d`,
  'i',
);
/** "max_efsm_errors=5" says how many there may be. */
const LIMIT_BEFORE = /(?:max(?:imum)?|limit|allowed)[\s_]+(?:zmq[\s_]+)?$/i;

const ANNOUNCES = either(
  'check(?:ing|s|ed)?',
  'test(?:ing|s|ed)?',
  'watch(?:ing|es)?',
  'scan(?:ning|s|ned)?',
  'monitor(?:ing|s)?',
  'look(?:ing|s)?',
  'verif(?:y|ies|ied|ying)',
  String.raw`grep\S*`,
  'guards?|protects?|handles?|prevents?',
);
const ANNOUNCED_BEFORE = new RegExp(
  String.raw`\b${ANNOUNCES}\s+(?:for|against|on|from)?${BETWEEN}$`,
  'i',
);
const ANNOUNCED_BEHIND = new RegExp(
  String.raw`^[\])'"]*\s*(?:state\s+)?(?:errors?\s+)?` +
    String.raw`(?:check(?:s|er)?|guard|monitor|handl(?:er|ing)|detect(?:ion|or)|tests?)\b`,
  'i',
);
const CALM_LEVEL = /(?<![A-Za-z])(?:DEBUG|INFO|TRACE|NOTICE)(?![A-Za-z])/;
const LOUD_LEVEL = /(?<![A-Za-z])(?:WARN|WARNING|ERROR|CRITICAL|FATAL)(?![A-Za-z])/;

/** The state error that `text`, a line without colours, reports; undefined if it reports none. */
export function readStateError(text: string): StateError | undefined {
  for (const match of text.matchAll(NAME)) {
    const before = text.slice(Math.max(0, match.index - NEAR), match.index);
    const behindAt = match.index + match[0].length;
    const behind = text.slice(behindAt, behindAt + NEAR);
    if (DENIED_BEFORE.test(before) || DENIED_BEHIND.test(behind)) continue;
    if (SOME_FOUND.test(behind)) {
      if (LIMIT_BEFORE.test(before)) continue;
      return stateErrorOf(match[0], text);
    }
    if (!AS_ZMQ.test(match[0])) continue;
    if (isCalm(text) && (ANNOUNCED_BEFORE.test(before) || ANNOUNCED_BEHIND.test(behind))) continue;
    return stateErrorOf(match[0], text);
  }
  return undefined;
}

/** The state error that goes by `name`, in a line whose text says what was being done. */
export function stateErrorOf(name: string, text: string): StateError {
  const code = /ebusy/i.test(name) ? SocketErrorCode.EBUSY : SocketErrorCode.EFSM;
  return { code, op: readOperation(text) };
}

function isCalm(text: string): boolean {
  const head = text.slice(0, NEAR);
  return CALM_LEVEL.test(head) && !LOUD_LEVEL.test(head);
}

function readOperation(text: string): SocketOp {
  return /\b(?:recv|receiv|poll)/i.test(text) ? SocketOp.receive : SocketOp.send;
}
