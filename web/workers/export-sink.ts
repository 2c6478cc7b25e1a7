/**
 * A file that grows in pieces and is handed over as a Blob.
 *
 * Pieces are gathered into chunks, and a full chunk becomes a Blob at once: the browser may then
 * keep its bytes on disk, so this end never holds more than one chunk of them. A browser that has
 * no room for a chunk says so only when it is read: `isHeld` asks.
 */
export const CHUNK_BYTES = 4 << 20;

export class ExportSink {
  readonly #chunk: Uint8Array<ArrayBuffer>;
  readonly #encoder = new TextEncoder();
  readonly #done: Blob[] = [];
  /** How many of them are known to be held. */
  #held = 0;
  #used = 0;
  #bytes = 0;

  constructor(chunkBytes = CHUNK_BYTES) {
    this.#chunk = new Uint8Array(chunkBytes);
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  readonly text = (piece: string): void => this.write(this.#encoder.encode(piece));

  /** Takes the next bytes, which may be reused afterwards. */
  readonly write = (piece: Uint8Array): void => {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + this.#chunk.length - this.#used);
      this.#chunk.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === this.#chunk.length) this.#flush();
    }
    this.#bytes += piece.length;
  };

  /**
   * Whether the browser has all chunks so far: false where it had no room. Waiting for it also lets
   * the chunks leave before more are made.
   */
  async isHeld(): Promise<boolean> {
    while (this.#held < this.#done.length) {
      try {
        await this.#done[this.#held]?.slice(0, 1).arrayBuffer();
      } catch {
        return false;
      }
      this.#held += 1;
    }
    return true;
  }

  /** The whole file, or undefined where the browser had no room; `type` is its media type. */
  async finish(type: string): Promise<Blob | undefined> {
    this.#flush();
    return (await this.isHeld()) ? new Blob(this.#done, { type }) : undefined;
  }

  #flush(): void {
    if (this.#used > 0) this.#done.push(new Blob([this.#chunk.subarray(0, this.#used)]));
    this.#used = 0;
  }
}
