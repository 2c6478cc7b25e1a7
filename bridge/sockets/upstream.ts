/**
 * The address of somebody's gateway, read from what a person typed, and how to talk to it safely.
 *
 * Invariant: what leaves this machine is encrypted. A gateway on another host needs its CURVE key;
 * there is no flag that does without. The key is public, so the environment may hold it.
 */
import { curveKeyPair } from 'zeromq';
import type { Problem, Result } from '../../sim/index.ts';

/** Where a gateway's CURVE public key is looked for. */
export const SERVER_KEY_VARIABLE = 'INTERLOCK_CURVE_SERVER_KEY';

/** Socket options of a connection that is encrypted. */
export interface CurveOptions {
  readonly curveServerKey: string;
  readonly curvePublicKey: string;
  readonly curveSecretKey: string;
}

export interface Upstream {
  /** As ZeroMQ takes it: `tcp://127.0.0.1:5555`. */
  readonly address: string;
  /** Undefined where the connection does not leave this machine. */
  readonly curve: CurveOptions | undefined;
}

const TCP = /^tcp:\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+):(\d{1,5})$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
const KEY = /^[0-9A-Za-z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/;
const PORT_MAX = 65_535;

/** Reads an endpoint; `serverKey` is what the environment says, if anything. */
export function parseUpstream(
  text: string,
  serverKey: string | undefined,
): Result<Upstream, Problem> {
  if (/^ipc:\/\/.+/.test(text)) return { kind: 'ok', value: { address: text, curve: undefined } };
  const [, host, port] = TCP.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > PORT_MAX) {
    return refuse('bad-endpoint', `expected tcp://HOST:PORT or ipc://PATH, got ${text}`);
  }
  if (serverKey !== undefined && !KEY.test(serverKey)) {
    const what = `${SERVER_KEY_VARIABLE} as 40 characters of Z85`;
    return refuse('bad-server-key', `expected ${what}, got ${serverKey.length} of another kind`);
  }
  if (serverKey === undefined) {
    if (LOOPBACK.test(host)) return { kind: 'ok', value: { address: text, curve: undefined } };
    return refuse(
      'unencrypted',
      `expected an encrypted connection to ${host}, which is another machine: set ` +
        `${SERVER_KEY_VARIABLE} to the gateway's CURVE key, or bring its port to 127.0.0.1 by ssh -L`,
    );
  }
  const { publicKey, secretKey } = curveKeyPair();
  const keys = { curvePublicKey: publicKey, curveSecretKey: secretKey };
  return { kind: 'ok', value: { address: text, curve: { curveServerKey: serverKey, ...keys } } };
}

function refuse(code: string, message: string): Result<never, Problem> {
  return { kind: 'error', error: { code, message } };
}
