import type { FastifyReply, FastifyRequest } from 'fastify';
import type { House } from '../house.ts';
import { VifError } from '../problems/vif-error.ts';
import { callLibrary } from './library-call.ts';

/**
 * Signs in whoever just made their account. Should too many attempts have come from their address, they are asked to sign
 * in as anybody is: the account is made, and an error here would say otherwise.
 */
export async function signInIfAllowed(
  house: House,
  credentials: { readonly email: string; readonly password: string },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  try {
    await callLibrary(house, '/sign-in/email', credentials, request, reply);
  } catch (error) {
    if (!(error instanceof VifError) || error.code !== 'too_many_requests') throw error;
  }
}
