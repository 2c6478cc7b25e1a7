/**
 * SHA-256 in plain JavaScript (FIPS 180-4), streaming: a peer for the digest, nothing more.
 *
 * Known limit: fewer than 2^32 bytes.
 */

const K = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)) | 0);
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)) | 0);

export class Sha256 {
  readonly #state = START.slice();
  readonly #words = new Int32Array(64);
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  #pending = 0;
  #bytes = 0;

  /** Takes bytes in. */
  update(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      const part = Math.min(64 - this.#pending, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + part), this.#pending);
      this.#pending += part;
      at += part;
      if (this.#pending === 64) this.#compress();
    }
  }

  /** Ends the message and gives its hash in 64 hex digits. */
  hex(): string {
    const bits = this.#bytes * 8;
    this.#block[this.#pending++] = 0x80;
    if (this.#pending > 56) {
      this.#block.fill(0, this.#pending);
      this.#compress();
    }
    this.#block.fill(0, this.#pending);
    this.#view.setUint32(56, Math.floor(bits / 0x1_0000_0000));
    this.#view.setUint32(60, bits >>> 0);
    this.#compress();
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #compress(): void {
    const w = this.#words;
    const state = this.#state;
    this.#pending = 0;
    for (let i = 0; i < 16; i++) w[i] = this.#view.getInt32(i * 4);
    for (let i = 16; i < 64; i++) {
      const x = at(w, i - 15);
      const y = at(w, i - 2);
      const s0 = rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
      const s1 = rotr(y, 17) ^ rotr(y, 19) ^ (y >>> 10);
      w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
    }
    let a = at(state, 0);
    let b = at(state, 1);
    let c = at(state, 2);
    let d = at(state, 3);
    let e = at(state, 4);
    let f = at(state, 5);
    let g = at(state, 6);
    let h = at(state, 7);
    for (let i = 0; i < 64; i++) {
      const s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
      const one = (h + s1 + ((e & f) ^ (~e & g)) + at(K, i) + at(w, i)) | 0;
      const s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    state[0] = (at(state, 0) + a) | 0;
    state[1] = (at(state, 1) + b) | 0;
    state[2] = (at(state, 2) + c) | 0;
    state[3] = (at(state, 3) + d) | 0;
    state[4] = (at(state, 4) + e) | 0;
    state[5] = (at(state, 5) + f) | 0;
    state[6] = (at(state, 6) + g) | 0;
    state[7] = (at(state, 7) + h) | 0;
  }
}

function at(words: Int32Array, i: number): number {
  return words[i] as number;
}

function rotr(value: number, bits: number): number {
  return (value >>> bits) | (value << (32 - bits));
}

function fraction(root: number): number {
  return (root - Math.floor(root)) * 0x1_0000_0000;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
}
