/** A worker for tests: it never answers, and dies when it is told to. */
export class MuteWorker extends EventTarget {
  terminated = false;
  /** What it was sent. */
  readonly heard: unknown[] = [];

  postMessage(message: unknown): void {
    this.heard.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }

  /** As the browser's type has it. */
  asWorker(): Worker {
    return this as unknown as Worker;
  }
}
