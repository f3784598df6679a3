import { importCommand } from './import/import-command.ts';
import { runCommand } from './reaching/run-command.ts';

await runCommand(importCommand);
