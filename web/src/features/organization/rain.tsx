import type { ReactElement } from "react";

const [width, height, columns] = [820, 900, 58] as const;

/** Drops that fall and bars that rise from them. Drawn by a fixed sequence, so that it is the same picture every time. */
export function Rain(): ReactElement {
  const random = sequence(7);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMax slice" className="absolute inset-0 size-full">
      <defs>
        <linearGradient id="rain-bar" x1="0" y1="300" x2="0" y2={height} gradientUnits="userSpaceOnUse">
          <stop offset="0" stopColor="#7FD3F2" />
          <stop offset=".6" stopColor="#1C8FB4" stopOpacity=".5" />
          <stop offset="1" stopColor="#0B5670" stopOpacity="0" />
        </linearGradient>
      </defs>
      {Array.from({ length: columns }, (_, column) => {
        const x = 14 + (column * (width - 34)) / (columns - 1);
        const progress = column / (columns - 1);
        const top = 800 - 480 * progress ** 1.35 + (random() - 0.5) * 90;
        const drop = Math.max(50, top - 50 - random() * 320);
        const length = 18 + random() * 56;
        return (
          <g key={x} strokeLinecap="round">
            <line
              x1={x}
              x2={x}
              y1={top}
              y2={height}
              stroke="url(#rain-bar)"
              strokeWidth="2.4"
              opacity={0.25 + progress * 0.6}
            />
            <line
              x1={x}
              x2={x}
              y1={drop}
              y2={drop + length}
              stroke="#8FD6F2"
              strokeWidth="1.6"
              opacity={0.08 + random() * 0.22}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** Numbers from 0 to 1 that look random and never change (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
