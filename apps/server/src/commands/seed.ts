import { runCommand } from './reaching/run-command.ts';
import { seedCommand } from './seed/seed-command.ts';

await runCommand(seedCommand);
