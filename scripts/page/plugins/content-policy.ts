/**
 * States the policy in the page itself, for hosts that send no headers; the development server
 * needs inline styles, so not there.
 */
import type { Plugin } from 'vite';
import { CONTENT_POLICY } from '../policy.ts';

export const contentPolicy: Plugin = {
  name: 'content-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};
