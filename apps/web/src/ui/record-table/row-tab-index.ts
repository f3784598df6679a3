import { createContext, useContext } from 'react';

/** Whether Tab reaches what can be pressed in a row: only in the row that Tab reaches, or a list would be a hundred stops. */
export const RowTabIndex = createContext<0 | -1>(0);

/** The `tabIndex` of a link or button in a cell. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowTabIndex);
}
