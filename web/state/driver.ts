/**
 * What stands behind the page: a simulation, a log that is read, a run in real time. One at a time.
 *
 * Invariant: a driver that was left changes nothing on the stage any more, however late what it had
 * asked for arrives.
 */
export interface Driver {
  /** Goes on from where it rests, else begins again. */
  play(): void;
  /** Cuts short what is under way: what there is so far is judged. */
  cancel(): void;
  /** The page turns to something else. */
  leave(): void;
}
