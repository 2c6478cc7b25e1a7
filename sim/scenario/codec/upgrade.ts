/**
 * Versions: how a document that an earlier Interlock wrote becomes one that this one reads.
 *
 * Format and engine semantics are counted apart. A format is upgraded step by step, one function a
 * version, kept for ever. Semantics cannot be upgraded: the scenario still runs, but its trace and
 * its digest are new ones, so the version that it was made with is handed on.
 */
import { fail, ok, type Result } from '../../base/result.ts';
import { FORMAT_VERSION, SEMANTICS_VERSION } from '../schema.ts';

/** A scenario that has not been checked yet. */
export type Document = Readonly<Record<string, unknown>>;

/** Makes a document of the next format; it must pass on what it does not understand. */
export type Upgrader = (older: Document) => Document;

export interface Versions {
  readonly format: number;
  readonly semantics: number;
}

/**
 * What a reader knows: its own versions, and the upgrader of each earlier format, from format 1.
 */
export interface Reader extends Versions {
  readonly upgraders: readonly Upgrader[];
}

/** This Interlock. */
export const READER: Reader = {
  format: FORMAT_VERSION,
  semantics: SEMANTICS_VERSION,
  upgraders: [],
};

export interface Upgraded {
  /** A document of the reader's versions. */
  readonly document: Document;
  /** The engine semantics that it was made with. */
  readonly semantics: number;
}

/**
 * Brings `document` to the reader's versions; `absent` says what a version that is not stated is. A
 * later version is refused. A version that is no whole number from 1 is left for the schema to
 * refuse.
 */
export function upgrade(
  document: Document,
  absent: Versions,
  reader: Reader = READER,
): Result<Upgraded> {
  const { format = absent.format, semantics = absent.semantics } = document;
  if (!isVersion(format) || !isVersion(semantics)) {
    return ok({ document, semantics: reader.semantics });
  }
  if (format > reader.format || semantics > reader.semantics) {
    return fail(
      'newer-version',
      `expected format ${reader.format} and semantics ${reader.semantics} or earlier, got ` +
        `${format} and ${semantics}: a newer Interlock made this; reload the page or update`,
    );
  }
  let upgraded = document;
  for (const step of reader.upgraders.slice(format - 1)) upgraded = step(upgraded);
  return ok({
    document: { ...upgraded, format: reader.format, semantics: reader.semantics },
    semantics,
  });
}

function isVersion(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
