/**
 * Which service gives which review, and what of the environment it needs.
 *
 * Keys and addresses come from the environment alone: a task file can name a model, never a host,
 * so it cannot send a key anywhere.
 */
import type { Environment } from '../../shell/style.ts';
import type { Outcome } from '../../shell/outcome.ts';
import type { ReviewName } from '../run/stage.ts';
import type { KeyName, SecretGuard } from '../secrets/guard.ts';
import { claude, CLAUDE_ADDRESS } from './claude.ts';
import type { Reviewer } from './contract.ts';
import { gemini, GEMINI_ADDRESS } from './gemini.ts';
import { baseUrlOf } from './transport.ts';

interface Service {
  readonly name: string;
  /** The first that is set counts. */
  readonly keys: readonly KeyName[];
  readonly addressName: string;
  readonly address: string;
  /** The environment variable that overrides the task's model. */
  readonly modelName: string;
  readonly connect: (key: string, address: string, clean: SecretGuard['foreign']) => Reviewer;
}

export const SERVICES: Readonly<Record<ReviewName, Service>> = {
  'logic-review': {
    name: 'Claude',
    keys: ['ANTHROPIC_API_KEY'],
    addressName: 'ANTHROPIC_BASE_URL',
    address: CLAUDE_ADDRESS,
    modelName: 'INTERLOCK_LOGIC_MODEL',
    connect: claude,
  },
  'context-review': {
    name: 'Gemini',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    addressName: 'GOOGLE_GEMINI_BASE_URL',
    address: GEMINI_ADDRESS,
    modelName: 'INTERLOCK_CONTEXT_MODEL',
    connect: gemini,
  },
};

/** The reviewer; undefined where no key is set. */
export function connectReviewer(
  review: ReviewName,
  env: Environment,
  guard: SecretGuard,
): Outcome<Reviewer | undefined> {
  const { keys, addressName, address, connect } = SERVICES[review];
  const key = keys.map((name) => guard.key(name)).find((each) => each !== undefined);
  if (key === undefined) return { kind: 'ok', value: undefined };
  const chosen = baseUrlOf(addressName, env[addressName]);
  if (chosen.kind === 'error') return chosen;
  return { kind: 'ok', value: connect(key, chosen.value ?? address, guard.foreign) };
}

/** The model to ask: the environment's, else the task's. */
export function modelOf(review: ReviewName, env: Environment, model: string): string {
  const chosen = env[SERVICES[review].modelName]?.trim() ?? '';
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(chosen) ? chosen : model;
}
