import { useEffect } from 'react';
import { showDialog } from '../../ui/dialogs.tsx';

let open = false;

const load = () => import('./palette.tsx').then((module) => module.Palette);

/** Opens the command palette, which is loaded when first asked for. */
export async function openPalette(): Promise<void> {
  if (open) return;
  open = true;
  await showDialog(load, {}).finally(() => {
    open = false;
  });
}

/** `Ctrl K`, or `⌘ K`, opens the palette from anywhere. */
export function usePaletteKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      void openPalette();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
