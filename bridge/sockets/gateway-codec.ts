/** The core's codec of a gateway's messages, by the clock of this process. */
import { type Directory, GatewayCodec as Codec } from '../../sim/index.ts';
import { unixNowUs } from '../clock.ts';

export type { Unreadable } from '../../sim/index.ts';

export class GatewayCodec extends Codec {
  /** `originUs` is the instant that time 0 of the run stands for, in microseconds since 1970. */
  constructor(directory: Directory, originUs: () => number) {
    super(directory, { originUs, unixNowUs });
  }
}
