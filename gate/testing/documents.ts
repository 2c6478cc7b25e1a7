/** What tests look for in the documents that --json prints. */
import type { CheckResult } from '../../sim/index.ts';

type JsonDocument = Readonly<Record<string, unknown>>;

/** The document's checks. */
export function checksOf(document: JsonDocument): readonly CheckResult[] {
  return document['checks'] as readonly CheckResult[];
}

/** The ids of the checks that are violated. */
export function violatedIn(document: JsonDocument): string[] {
  return checksOf(document)
    .filter((check) => check.verdict === 'violated')
    .map((check) => check.id);
}

/** The document's error. */
export function errorOf(document: JsonDocument): {
  readonly code: string;
  readonly message: string;
} {
  return document['error'] as { code: string; message: string };
}
