/** The process behind `npm run gateway`: signals in, exit status out. */
import { processHost } from '../program.ts';
import { gatewayCommand } from './command.ts';

process.exitCode = await gatewayCommand(process.argv.slice(2), processHost());
