/**
 * What in a scenario is a known defect, so that no order of it may reach somebody's own gateway.
 *
 * A scenario exists to show what its defect does; a real account is no place for that, whatever
 * flags were given.
 */
import { type Scenario, ZOO } from '../../sim/index.ts';

/**
 * The scenario's defects that would endanger an account, each as a phrase; empty if it has none.
 */
export function hazardsOf({ lock, engine, socket, risk }: Scenario): string[] {
  const faulty = ZOO.find(({ name }) => name === lock.name)?.faulty !== false;
  const unguarded = engine.heartbeatUs > 0 && engine.heartbeatLock === 'none';
  const hazards: readonly (readonly [boolean, string])[] = [
    [faulty, `the lock ${lock.name} is faulty`],
    [engine.release !== 'always', `the lock is released ${engine.release}`],
    [unguarded, 'the heartbeat does not take the lock'],
    [engine.lockOrder === 'crossed', 'the locks are taken in crossed order'],
    [engine.failedQuery === 'read-as-flat', 'a failed query is read as flat'],
    [socket.reopen !== 'always', 'the socket is not opened anew after the last attempt'],
    [socket.lostOrder === 'resend', 'a lost order is sent again'],
    [risk.exposureLimit === 'ignored', 'the exposure limits are ignored'],
    [risk.breaker.rule === 'ignored', 'the breaker is ignored'],
    [risk.reducing === 'limited', 'orders that reduce a position are limited'],
  ];
  return hazards.filter(([present]) => present).map(([, phrase]) => phrase);
}
