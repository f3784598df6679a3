import type { Client } from 'pg';

/** Adds settings to those a connection will start with, wherever they come from: configuration, address or environment. */
export function addStartupOptions(client: Client, added: string): void {
  // The driver's own property, which its types leave out: what it puts together from all three.
  const { connectionParameters } = client as Client & { connectionParameters: { options?: string } };
  const { options } = connectionParameters;
  connectionParameters.options = options ? `${options} ${added}` : added;
}
