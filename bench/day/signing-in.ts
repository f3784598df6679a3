import type { Day } from './day.ts';

/**
 * Signs in.
 * @returns the session's cookie; undefined when that failed, which the ledger notes
 */
async function signIn({ ledger, signIn: { email, password } }: Day): Promise<string | undefined> {
  const answer = await ledger.ask('session.signIn', [204], '/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return answer?.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ');
}

/** Comes and goes: signs in, looks at something, signs out; then the session must open nothing. */
export async function comeAndGo(day: Day): Promise<void> {
  const { ledger } = day;
  const cookie = await signIn(day);
  if (cookie === undefined) return;
  const headers = { cookie };
  for (const address of ['/api/v1/me', '/api/v1/owners']) {
    await ledger.ask('a session', [200], address, { headers });
  }
  await ledger.ask('session.signOut', [204], '/api/auth/sign-out', { method: 'POST', headers });
  for (const address of ['/api/v1/me', '/api/v1/owners']) {
    await ledger.ask('an ended session', [401], address, { headers });
  }
}
