import type { BrowserContext } from '@playwright/test';

/** Statuses that a test brings about on purpose, at addresses that end so. */
interface Allowed {
  readonly status: number;
  readonly path: RegExp;
}

/**
 * Looks over the shoulder of every page: reports of the content policy, errors nobody caught, errors in the
 * console and answers of 400 and above. Each is a fault unless the test said that it would come.
 */
export class Watch {
  readonly #faults: string[] = [];
  readonly #allowed: Allowed[] = [];

  /** The test brings this answer about. */
  allow(status: number, path: RegExp): void {
    this.#allowed.push({ status, path });
  }

  async follow(context: BrowserContext): Promise<void> {
    // The console names some violations of the policy in words only; the event is sent for all of them.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `CSP report: ${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`,
        );
      });
    });
    context.on('weberror', (error) => this.#faults.push(`Uncaught: ${error.error().stack}`));
    context.on('console', (message) => {
      // What was answered is judged below, where the address is known.
      if (message.type() === 'error' && !/^(Failed to load resource|ApiProblem:)/.test(message.text())) {
        this.#faults.push(`Console: ${message.text()}`);
      }
    });
    context.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const status = response.status();
      if (status < 400) return;
      if (this.#allowed.some((one) => one.status === status && one.path.test(pathname))) return;
      this.#faults.push(`${response.request().method()} ${pathname} answered ${status}`);
    });
  }

  /** What was seen so far; taken, so that a test may look at it and go on. */
  take(): string[] {
    return this.#faults.splice(0);
  }
}
