import { Check, TrendingUp } from "lucide-react";
import { useEffect, type ReactElement, type ReactNode } from "react";
import { DropMark } from "#ui/logo-mark";
import { Rain } from "./rain.tsx";

type EntranceProps = {
  readonly title: string;
  readonly lead: ReactNode;
  /** Below the form: another way in. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
};

/** The page before the sign-in: a form at the left, the promise at the right. */
export function Entrance({ title, lead, footer, children }: EntranceProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Rainmaker`;
  }, [title]);
  return (
    <div className="grid min-h-full bg-surface md:grid-cols-[minmax(0,620px)_minmax(0,1fr)]">
      <main className="flex min-h-dvh flex-col px-10 pt-7.5 pb-6.5 max-sm:px-5 max-sm:pt-5.5 max-sm:pb-5">
        <header className="flex items-center gap-2.5">
          <DropMark size={30} />
          <span className="text-md font-semibold">Rainmaker</span>
        </header>
        <div className="m-auto flex w-full max-w-[372px] flex-col gap-4.5 py-8 max-sm:mt-8.5 max-sm:py-0">
          <div>
            <h1 className="text-[28px] leading-9 font-semibold tracking-[-.024em]">{title}</h1>
            <p className="mt-0.5 text-md text-muted">{lead}</p>
          </div>
          {children}
        </div>
        {footer !== undefined && <footer className="pt-6 text-xs text-subtle">{footer}</footer>}
      </main>
      <Picture />
    </div>
  );
}

/** Decoration: invented figures that say what the product is about. Its colours are those of a picture, not of a theme. */
function Picture(): ReactElement {
  return (
    <div
      aria-hidden="true"
      className="relative m-2.5 ml-0 overflow-hidden rounded-[22px] bg-[radial-gradient(120%_90%_at_85%_8%,#0C5F7C_0%,#04344A_42%,#021E2C_100%)] text-[#fff] max-md:hidden"
    >
      <Rain />
      <div className="absolute top-18.5 left-14 max-w-[480px] pr-8">
        <p className="text-[52px] leading-14 font-semibold tracking-[-.028em]">
          Every number
          <br />
          explains itself.
        </p>
        <p className="mt-4.5 max-w-[400px] text-lg leading-6.5 text-[#BFE3F1]">
          Pipeline, payments and commission in one place, and the reason behind each figure one key away.
        </p>
      </div>
      <Scene className="bottom-49 left-14" tile="bg-[#DDF6E5] text-[#01683A]" icon={<Check size={16} />}>
        <b className="font-semibold">PAY-2371 verified</b>
        <span className="text-xs text-[#545B62]">Volta Freight, $19,500.00</span>
        <b className="tnum ml-4.5 font-semibold text-[#744E03]">+$1,462.50</b>
      </Scene>
      <Scene className="right-11 bottom-24" tile="bg-[#E1F4FC] text-[#01607B]" icon={<TrendingUp size={16} />}>
        <b className="font-semibold">November goal at 71%</b>
        <span className="text-xs text-[#545B62]">15 working days ahead of pace</span>
      </Scene>
    </div>
  );
}

type SceneProps = {
  readonly className: string;
  readonly tile: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
};

function Scene({ className, tile, icon, children }: SceneProps): ReactElement {
  const [title, detail, figure] = Array.isArray(children) ? (children as ReactNode[]) : [children];
  return (
    <div
      className={`absolute flex items-center gap-3 rounded-xl bg-[rgb(255_255_255/.97)] py-3 pr-4 pl-3 leading-4.75 text-[#161C21] shadow-[0_18px_50px_rgb(0_12_20/.45)] ${className}`}
    >
      <span className={`grid size-8.5 place-items-center rounded-lg ${tile}`}>{icon}</span>
      <span className="flex flex-col">
        {title}
        {detail}
      </span>
      {figure}
    </div>
  );
}
