/** The signature that the reference gateway wants of an order, as its codec writes it. */
import { Action, Directory, formatRequest } from '../../../sim/index.ts';

/** Of a BUY order of `volumeMilli` thousandths of a lot. */
export function riskSignatureOf(uuid: string, symbol: string, volumeMilli: number): string {
  const directory = new Directory(1, [symbol]);
  const order = directory.orderOf(uuid);
  if (order === undefined) throw new Error('expected a uuid');
  const trade = { side: 'BUY', volumeMilli, roundTrip: true, exposureBp: 0 } as const;
  const open = { request: 1, code: Action.OPEN, symbol: 0, action: 'OPEN', order } as const;
  const text = formatRequest({ ...open, ...trade, validUntilUs: Infinity }, directory, 0);
  const { risk_signature } = JSON.parse(text) as { readonly risk_signature: string };
  return risk_signature;
}
