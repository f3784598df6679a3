import { passwordCommand } from './password/password-command.ts';
import { runCommand } from './reaching/run-command.ts';

await runCommand(passwordCommand);
