import { createTheme } from '@mantine/core';

/** Slate, the neutral of everything that is not the one primary action, focus or the mark. */
const slate = [
  '#f8fafc',
  '#f1f5f9',
  '#e2e8f0',
  '#cbd5e1',
  '#aab6c6',
  '#8492a6',
  '#64748b',
  '#475569',
  '#334155',
  '#1e293b',
] as const;

/** The dark scheme's surfaces and texts, in Mantine's order: text first, deepest last. */
const night = [
  '#e2e8f0',
  '#cbd5e1',
  '#94a3b8',
  '#8090a6',
  '#2b374a',
  '#202a3b',
  '#151d2b',
  '#0e1420',
  '#0a0f18',
  '#070a11',
] as const;

/** #F04E23 is shade 5; white text needs shade 6 (4.7:1), where #F04E23 itself has only 3.6:1. */
const vermilion = [
  '#fff1ec',
  '#ffe0d6',
  '#ffbda8',
  '#fb9577',
  '#f6714b',
  '#f04e23',
  '#d43d14',
  '#b8320e',
  '#92290d',
  '#6f210d',
] as const;

const dropdown = { shadow: 'md', transitionProps: { duration: 0 } } as const;

/** Mantine under Vif's identity: neutral controls, dense sizes, radius 6, quick motion. */
export const theme = createTheme({
  colors: { slate, gray: slate, dark: night, vermilion },
  primaryColor: 'slate',
  primaryShade: { light: 8, dark: 2 },
  autoContrast: true,
  black: '#0f172a',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.3' },
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'slate', size: 32 } },
    Overlay: { defaultProps: { backgroundOpacity: 0.4 } },
    Modal: { defaultProps: { transitionProps: { duration: 100, transition: 'fade' }, padding: 'lg' } },
    Menu: { defaultProps: { transitionProps: { duration: 80, transition: 'fade' }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80, transition: 'fade' }, shadow: 'md' } },
    // The list of options scrolls itself (base.css): a part of it that scrolls would be one the keyboard cannot reach.
    Select: { defaultProps: { withScrollArea: false, comboboxProps: dropdown } },
    Autocomplete: { defaultProps: { withScrollArea: false, comboboxProps: dropdown } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Anchor: { defaultProps: { c: 'inherit', underline: 'always' } },
  },
});
