import type { House } from '../house.ts';

/** Makes a session one of another workspace; whether its user is a member there was judged by the caller. */
export async function moveSession(
  { authPool }: House,
  { id, token }: { id?: string | undefined; token?: string | undefined },
  workspaceId: string,
): Promise<void> {
  await authPool.query(
    'update auth.session set "activeOrganizationId" = $3 where id = $1::uuid or token = $2',
    [id, token, workspaceId],
  );
}
