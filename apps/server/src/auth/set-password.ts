import type { House } from '../house.ts';

/**
 * Gives a user a password without asking for the one they have, and ends all of their sessions, in one statement.
 * @returns the user's name; undefined when nobody has the e-mail
 */
export async function setPassword(
  { auth, authPool }: Pick<House, 'auth' | 'authPool'>,
  email: string,
  password: string,
): Promise<string | undefined> {
  const { password: hashing } = await auth.$context;
  const { rows } = await authPool.query<{ name: string }>(
    `with person as (select id, name from auth."user" where email = lower($1)),
      changed as (
        update auth.account a set password = $2, "updatedAt" = now() from person p
        where a."userId" = p.id and a."providerId" = 'credential' returning a.id
      ),
      made as (
        insert into auth.account ("accountId", "providerId", "userId", password)
        select id::text, 'credential', id, $2 from person where not exists (select from changed)
      ),
      ended as (delete from auth.session s using person p where s."userId" = p.id)
    select name from person`,
    [email.trim(), await hashing.hash(password)],
  );
  return rows[0]?.name;
}
