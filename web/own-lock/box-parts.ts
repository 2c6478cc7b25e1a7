/** What a box is made of, loaded when a lock is first run: the worker's text, the libraries. */
import { LIBRARIES as FROM_BUILD } from 'virtual:lock-libraries';
import type { Libraries } from './libraries.ts';

export { SANDBOX } from 'virtual:lock-sandbox';

export const LIBRARIES = FROM_BUILD as Libraries;
