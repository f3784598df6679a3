let writes = 0;

/** Writes of this page that were not answered yet: what they change is asked for again when they are. */
export const underWay = {
  get any(): boolean {
    return writes > 0;
  },
  async during<T>(write: Promise<T>): Promise<T> {
    writes++;
    try {
      return await write;
    } finally {
      writes--;
    }
  },
};
