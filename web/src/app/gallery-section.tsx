import type { ReactElement, ReactNode } from "react";

export function Section(props: {
  readonly title: string;
  readonly about: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section
      className={`flex min-w-0 flex-col gap-3 rounded-[12px] border bg-surface px-4.5 pt-3.5 pb-4.5 ${props.isWide === true ? "col-span-2 max-lg:col-span-1" : ""}`}
    >
      <header className="flex items-baseline gap-2.5">
        <h2 className="text-[13.5px] font-semibold whitespace-nowrap">{props.title}</h2>
        <span className="text-xs text-subtle">{props.about}</span>
      </header>
      {props.children}
    </section>
  );
}
