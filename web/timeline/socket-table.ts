/**
 * What the watched socket did: exchanges from send to receive, stretches without a socket, errors.
 *
 * 18 bytes an exchange. Invariant: rows never overlap, because a socket sends, receives, sends; a
 * send that comes before the reply to the last one (RELAXED) ends that exchange as abandoned.
 */
import { firstRow, PAGE_MASK, PAGE_ROWS, Paged } from './paged.ts';

/** What became of a stretch of the socket's time. */
export const SpanKind = { awaiting: 0, answered: 1, abandoned: 2, closed: 3 } as const;
export type SpanKind = (typeof SpanKind)[keyof typeof SpanKind];

class SpanPage {
  readonly startUs = new Float64Array(PAGE_ROWS);
  readonly us = new Float32Array(PAGE_ROWS);
  readonly seq = new Uint32Array(PAGE_ROWS);
  readonly kind = new Uint8Array(PAGE_ROWS);
  readonly lane = new Uint8Array(PAGE_ROWS);
}

class ErrorPage {
  readonly timeUs = new Float64Array(PAGE_ROWS);
  readonly seq = new Uint32Array(PAGE_ROWS);
  readonly lane = new Uint8Array(PAGE_ROWS);
  readonly detail = new Uint32Array(PAGE_ROWS);
}

export class SocketTable {
  readonly #spans = new Paged(() => new SpanPage());
  readonly #errors = new Paged(() => new ErrorPage());
  #open = false;

  get size(): number {
    return this.#spans.size;
  }

  get errors(): number {
    return this.#errors.size;
  }

  /** Begins an exchange, or a stretch without a socket; what was open is ended as abandoned. */
  begin(timeUs: number, seq: number, lane: number, kind: SpanKind): void {
    this.end(timeUs, SpanKind.abandoned);
    const row = this.#spans.add();
    const page = this.#spans.of(row);
    const at = row & PAGE_MASK;
    page.startUs[at] = timeUs;
    page.seq[at] = seq;
    page.kind[at] = kind;
    page.lane[at] = lane;
    page.us[at] = Infinity;
    this.#open = true;
  }

  /** Ends what is open; an exchange becomes `kind`, a stretch without a socket stays one. */
  end(timeUs: number, kind: SpanKind): void {
    if (!this.#open) return;
    const row = this.#spans.size - 1;
    const page = this.#spans.of(row);
    const at = row & PAGE_MASK;
    page.us[at] = timeUs - (page.startUs[at] as number);
    if (page.kind[at] === SpanKind.awaiting) page.kind[at] = kind;
    this.#open = false;
  }

  addError(timeUs: number, seq: number, lane: number, detail: number): void {
    const row = this.#errors.add();
    const page = this.#errors.of(row);
    const at = row & PAGE_MASK;
    page.timeUs[at] = timeUs;
    page.seq[at] = seq;
    page.lane[at] = lane;
    page.detail[at] = detail;
  }

  startUs(row: number): number {
    return this.#spans.of(row).startUs[row & PAGE_MASK] as number;
  }

  /** To a seven-digit duration's precision, for drawing; Infinity while it lasts. */
  endUs(row: number): number {
    const page = this.#spans.of(row);
    const at = row & PAGE_MASK;
    return (page.startUs[at] as number) + (page.us[at] as number);
  }

  seq(row: number): number {
    return this.#spans.of(row).seq[row & PAGE_MASK] as number;
  }

  kind(row: number): SpanKind {
    return this.#spans.of(row).kind[row & PAGE_MASK] as SpanKind;
  }

  lane(row: number): number {
    return this.#spans.of(row).lane[row & PAGE_MASK] as number;
  }

  /** The first row that lasts beyond `timeUs`. */
  firstLasting(timeUs: number): number {
    return firstRow(0, this.size, (row) => this.endUs(row) > timeUs);
  }

  errorUs(row: number): number {
    return this.#errors.of(row).timeUs[row & PAGE_MASK] as number;
  }

  errorSeq(row: number): number {
    return this.#errors.of(row).seq[row & PAGE_MASK] as number;
  }

  /** Code and operation, as in the event: code * 4 + operation. */
  errorDetail(row: number): number {
    return this.#errors.of(row).detail[row & PAGE_MASK] as number;
  }

  /** The first error at `timeUs` or later. */
  firstError(timeUs: number): number {
    return firstRow(0, this.errors, (row) => this.errorUs(row) >= timeUs);
  }
}
