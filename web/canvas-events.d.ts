/** A canvas tells when it can no longer be drawn on; Svelte's own types do not know it. */
import 'svelte/elements';

declare module 'svelte/elements' {
  interface HTMLCanvasAttributes {
    oncontextlost?: (event: Event) => void;
    oncontextrestored?: (event: Event) => void;
  }
}
