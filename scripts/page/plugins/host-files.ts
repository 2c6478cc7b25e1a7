/** Puts into dist/ what hosts read of headers: one file, which those that know it do not serve. */
import type { Plugin } from 'vite';
import { headersFile } from '../hosts.ts';

export const hostFiles: Plugin = {
  name: 'host-files',
  apply: 'build',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
  },
};
