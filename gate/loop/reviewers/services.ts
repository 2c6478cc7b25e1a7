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
import type { Reviewer } from './contract.ts';
import type { Clean } from './failure.ts';
import { baseUrlOf } from './transport.ts';

interface Service {
  readonly name: string;
  /** The first that is set counts. */
  readonly keys: readonly KeyName[];
  readonly addressName: string;
  readonly address: string;
  /** The environment variable that overrides the task's model. */
  readonly modelName: string;
  /** Loads the SDK, which takes a while, only when it is asked for. */
  readonly connect: (key: string, address: string, clean: Clean) => Promise<Reviewer>;
}

export const SERVICES: Readonly<Record<ReviewName, Service>> = {
  'logic-review': {
    name: 'Claude',
    keys: ['ANTHROPIC_API_KEY'],
    addressName: 'ANTHROPIC_BASE_URL',
    address: 'https://api.anthropic.com',
    modelName: 'INTERLOCK_LOGIC_MODEL',
    connect: async (key, address, clean) => {
      const { claude } = await import('./claude.ts');
      return claude(key, address, clean);
    },
  },
  'context-review': {
    name: 'Gemini',
    keys: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    addressName: 'GOOGLE_GEMINI_BASE_URL',
    address: 'https://generativelanguage.googleapis.com',
    modelName: 'INTERLOCK_CONTEXT_MODEL',
    connect: async (key, address, clean) => {
      const { gemini } = await import('./gemini.ts');
      return gemini(key, address, clean);
    },
  },
};

/** The reviewer; undefined where no key is set. */
export async function connectReviewer(
  review: ReviewName,
  env: Environment,
  guard: SecretGuard,
): Promise<Outcome<Reviewer | undefined>> {
  const { keys, addressName, address, connect } = SERVICES[review];
  const key = keys.map((name) => guard.key(name)).find((each) => each !== undefined);
  if (key === undefined) return { kind: 'ok', value: undefined };
  const chosen = baseUrlOf(addressName, env[addressName]);
  if (chosen.kind === 'error') return chosen;
  const reviewer = await connect(key, chosen.value ?? address, guard.foreign);
  return { kind: 'ok', value: reviewer };
}

/** The model to ask: the environment's, else the task's. */
export function modelOf(review: ReviewName, env: Environment, model: string): string {
  const chosen = env[SERVICES[review].modelName]?.trim() ?? '';
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(chosen) ? chosen : model;
}
