/** The mark: a V drawn as a quick stroke. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <path
        fill="var(--vif-mark)"
        d="M3.6 5.2 9.3 4.600c.800-.1 1.500.4 1.700 1.200l3.900 14.400L22 5.600c.300-.6.800-.9 1.400-1l5.600-.6-12.300 23.300c-.4.700-1.100 1.100-1.900 1.100h-1.700c-.900 0-1.700-.6-1.900-1.500z"
      />
    </svg>
  );
}
