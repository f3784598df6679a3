import { describe } from 'vitest';
import { authorityContract } from '../testing/authority-contract.ts';
import { MemoryAuthority } from './memory-authority.ts';

describe('the memory authority', () => {
  authorityContract(async (capacity) => {
    const authority = new MemoryAuthority({ capacity });
    return { authority, forget: () => authority.forget(), close: () => {} };
  });
});
