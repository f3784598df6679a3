import type { StaleAsker } from '../stale/connection.ts';
import type { StaleRun } from '../stale/run.ts';
import { password, type StaleMember } from '../stale/world.ts';
import type { OneVif } from './one-vif.ts';

const page = '/api/v1/organisations?pageSize=5';
/** Milliseconds from one to the next: from one address somebody may try to sign in 20 times a minute. */
const pause = 6000;
const roles = ['manager', 'user'] as const;

interface SessionsScene {
  readonly member: StaleMember;
  readonly admin: StaleAsker;
  readonly vifs: readonly OneVif[];
  /** A way to any of the servers, or to these. */
  readonly connect: (cookie?: string, some?: readonly OneVif[]) => StaleAsker;
}

/** Somebody who signs in, and whose session ends by a sign-out or with their role: then no server may let them in. */
export class Sessions {
  readonly #run: StaleRun;
  readonly #scene: SessionsScene;
  #steps = 0;
  #last = -Infinity;
  /** What their role was made, if it is known. */
  #role: (typeof roles)[number] | undefined = 'user';

  constructor(run: StaleRun, scene: SessionsScene) {
    this.#run = run;
    this.#scene = scene;
  }

  async step(): Promise<void> {
    if (performance.now() < this.#last + pause) return;
    this.#last = performance.now();
    const cookie = await this.#signIn();
    if (cookie === undefined) return;
    // Twice, so that every server knows who they are.
    for (let round = 0; round < 2; round++) await this.#everywhere(cookie, 200);
    const isOver = this.#steps++ % 2 === 0 ? await this.#signOut(cookie) : await this.#changeRole();
    if (isOver) await this.#everywhere(cookie, 401);
  }

  async #signIn(): Promise<string | undefined> {
    const door = this.#scene.connect();
    const body = { email: this.#scene.member.email, password };
    const reply = await door.ask('/api/auth/sign-in/email', { method: 'POST', body });
    door.close();
    if (reply.status === 204) return reply.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ');
    this.#run.amiss('Signing in', reply);
    return undefined;
  }

  async #signOut(cookie: string): Promise<boolean> {
    const own = this.#scene.connect(cookie);
    const reply = await own.ask('/api/auth/sign-out', { method: 'POST' });
    own.close();
    this.#run.figures.wrote('session.signOut');
    if (reply.status !== 204) this.#run.amiss('Signing out', reply);
    return reply.status === 204;
  }

  /** Whether their session ended by it: the role that they have already is no change. */
  async #changeRole(): Promise<boolean> {
    const before = this.#role;
    const role = roles.find((one) => one !== before) ?? 'user';
    this.#role = undefined;
    const url = `/api/v1/members/${this.#scene.member.id}`;
    const reply = await this.#scene.admin.ask(url, { method: 'PATCH', body: { role } });
    this.#run.figures.wrote('members.update');
    if (reply.status === 200) this.#role = role;
    else this.#run.amiss(`PATCH ${url}`, reply);
    return reply.status === 200 && before !== undefined;
  }

  async #everywhere(cookie: string, status: 200 | 401): Promise<void> {
    const { vifs, connect } = this.#scene;
    const asked = vifs.filter(({ takes }) => takes);
    await Promise.all(
      asked.map(async (vif) => {
        const connection = connect(cookie, [vif]);
        const reply = await connection.ask(page);
        connection.close();
        this.#run.tick();
        if (reply.status === status) this.#run.figures.read(`session (${status})`, reply);
        else this.#run.amiss(`GET ${page} for ${status}`, reply);
      }),
    );
  }
}
