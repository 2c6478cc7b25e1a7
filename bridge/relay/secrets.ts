/**
 * The token of a run, and the code by which a person hands it to a page.
 *
 * The token has 256 bits, is made anew for each run, and is never printed, written or passed as an
 * argument. It reaches a page in exchange for a short code that the bridge prints and the person
 * types: it works once, and five wrong tries replace it. Neither ever stands in an address. Both
 * are compared by their hashes, in a time that tells nothing. Known limit: whoever can read the
 * terminal can pair.
 */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { PAIRING_RATE, RateLimit } from './limits.ts';

const TOKEN_BYTES = 32;
/** Without characters that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 8;
const TRIES_MAX = 5;

/** What came of a code that was typed. */
export type Paired =
  | { readonly kind: 'paired'; readonly token: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-often' };

export class Secrets {
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #showCode: (code: string) => void;
  readonly #limit: RateLimit;
  #code = '';
  #triesLeft = 0;

  /** `showCode` tells a person each code, the first one at once. */
  constructor(showCode: (code: string) => void, nowMs: () => number) {
    this.#showCode = showCode;
    this.#limit = new RateLimit(PAIRING_RATE, nowMs);
    this.#newCode();
  }

  /** Whether this is the token. */
  isToken(given: string): boolean {
    return isSame(given, this.#token);
  }

  /** Exchanges the code for the token, once; case and hyphens do not count. */
  pair(typed: string): Paired {
    if (!this.#limit.take(1)) return { kind: 'too-often' };
    if (isSame(plain(typed), plain(this.#code))) {
      this.#newCode();
      return { kind: 'paired', token: this.#token };
    }
    this.#triesLeft -= 1;
    if (this.#triesLeft === 0) this.#newCode();
    return { kind: 'wrong' };
  }

  #newCode(): void {
    const characters = Array.from(
      { length: CODE_LENGTH },
      () => ALPHABET[randomInt(ALPHABET.length)],
    );
    const half = CODE_LENGTH / 2;
    this.#code = `${characters.slice(0, half).join('')}-${characters.slice(half).join('')}`;
    this.#triesLeft = TRIES_MAX;
    this.#showCode(this.#code);
  }
}

function plain(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

/** Equal texts, whatever their lengths, without a hint in the time that it takes. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
