import type { ReactNode } from 'react';

interface Paint {
  main: string;
  second: string;
  third: string;
}

type Drawing = (paint: Paint) => ReactNode;

const line = (stroke: string, width = 2) => ({
  fill: 'none',
  stroke,
  strokeWidth: width,
  strokeLinecap: 'round' as const,
  strokeLinejoin: 'round' as const,
});

/** Each drawn in 64 by 64, standing on the lower edge like on a shelf. */
const DRAWINGS: Record<string, Drawing> = {
  bag: ({ main, second }) => (
    <>
      <path d="M21 32C21 12 43 12 43 32" {...line(second, 2.4)} />
      <path d="M7 28H57L51 62H13Z" fill={main} />
      <path d="M7 28H57L56 33H8Z" fill={second} />
    </>
  ),
  heel: ({ main, second }) => (
    <>
      <path
        d="M8 60C9 55 20 55 28 48C36 40 42 26 54 22C58 32 56 42 52 46L50 62H47L47 48C40 48 34 62 22 62H9Z"
        fill={main}
      />
      <path d="M47 55L50 55L49.6 62H47Z" fill={second} />
    </>
  ),
  watch: ({ main, second, third }) => (
    <>
      <path d="M25 4H39L41 22H23ZM23 42H41L39 62H25Z" fill={main} />
      <circle cx="32" cy="32" r="16" fill={second} />
      <circle cx="32" cy="32" r="12" fill={third} />
      <path d="M32 24V32L38 35" {...line(second, 1.8)} />
    </>
  ),
  perfume: ({ main, second }) => (
    <>
      <path d="M25 8H39V20H25Z" fill={second} />
      <path d="M28 20H36V26H28Z" fill={second} opacity="0.6" />
      <path d="M14 26H50V62H14Z" fill={main} />
      <path d="M22 38H42V52H22Z" fill={second} opacity="0.85" />
    </>
  ),
  sunglasses: ({ main, second }) => (
    <>
      <path d="M4 42L8 36M60 42L56 36M28 42C30 39 34 39 36 42" {...line(main, 3)} />
      <circle cx="17" cy="47" r="12" fill={second} stroke={main} strokeWidth="3.4" />
      <circle cx="47" cy="47" r="12" fill={second} stroke={main} strokeWidth="3.4" />
    </>
  ),
  scarf: ({ main, second, third }) => (
    <>
      <path d="M10 18L40 10L56 40L26 60Z" fill={main} />
      <path d="M17 22L38 16L50 39L28 53Z" {...line(second, 2.4)} />
      <circle cx="33.5" cy="33.5" r="6" fill={third} />
    </>
  ),
  necklace: ({ main, second }) => (
    <>
      <path d="M12 8C12 34 26 40 32 42C38 40 52 34 52 8" {...line(main, 2)} />
      <path d="M32 41C38 50 40 53 32 61C24 53 26 50 32 41Z" fill={second} />
    </>
  ),
  ring: ({ main, second }) => (
    <>
      <circle cx="32" cy="44" r="16" {...line(main, 4)} />
      <path d="M24 16H40L45 22L32 32L19 22Z" fill={second} stroke={main} strokeWidth="1.2" />
    </>
  ),
  dress: ({ main, second }) => (
    <>
      <path d="M25 4L28 14H36L39 4L43 5L41 26L54 62H10L23 26L21 5Z" fill={main} />
      <path d="M23 25H41L42 29H22Z" fill={second} />
    </>
  ),
  coat: ({ main, second }) => (
    <>
      <path d="M24 4H40L54 12L60 42L51 44L47 26L49 62H15L17 26L13 44L4 42L10 12Z" fill={main} />
      <path d="M24 4L32 18L40 4M32 18V62M16 36H48" {...line(second, 2)} />
    </>
  ),
  sneaker: ({ main, second, third }) => (
    <>
      <path
        d="M6 34C12 38 18 34 21 28L30 34C38 42 48 43 56 46C59 48 60 52 59 56H6Z"
        fill={main}
        stroke={third}
        strokeWidth="1"
      />
      <path d="M6 54H60V62H8Z" fill={second} />
      <path d="M24 36L29 32M29 40L34 36M35 43L39 39" {...line(third, 2)} />
    </>
  ),
  lamp: ({ main, second }) => (
    <>
      <path d="M22 6H42L52 34H12Z" fill={main} stroke={second} strokeWidth="1" />
      <path d="M30 34H34V58H30ZM18 62C18 56 46 56 46 62Z" fill={second} />
    </>
  ),
};

const ALIKE: Record<string, string> = { shoe: 'heel', jewellery: 'ring', glasses: 'sunglasses' };

const OTHER: Drawing = ({ main, second }) => (
  <>
    <path d="M12 26L32 16L52 26V52L32 62L12 52Z" fill={main} />
    <path d="M12 26L32 36L52 26M32 36V62" {...line(second, 2)} />
  </>
);

/** A drawing of a product by its kind, in its own colours. */
export function ProductGlyph(props: { category: string; colors: readonly string[] }) {
  const [main = '#7d827e', second = '#c9ccc6', third = second] = props.colors;
  const kind = props.category.toLowerCase();
  const draw = DRAWINGS[ALIKE[kind] ?? kind] ?? OTHER;
  return (
    <svg className="product-glyph" viewBox="0 0 64 64" aria-hidden="true">
      {draw({ main, second, third })}
    </svg>
  );
}
