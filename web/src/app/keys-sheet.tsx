import type { ReactElement } from "react";
import { useKeyList, usePlainKeys, type KeyBinding } from "#lib/keys";
import { Dialog } from "#ui/dialog";
import { Kbd } from "#ui/kbd";
import { closeKeysSheet } from "./keys-sheet-state.ts";

/** Every key that acts now: first those of this page. */
export function KeysSheet(): ReactElement {
  const bindings = useKeyList();
  const areOn = usePlainKeys();
  const [page, everywhere] = [
    bindings.filter(({ scope }) => scope === "page"),
    bindings.filter(({ scope }) => scope === "everywhere"),
  ];
  return (
    <Dialog
      isOpen
      onClose={closeKeysSheet}
      title="Keyboard shortcuts"
      description={
        areOn
          ? "Single keys act while no field has the focus. They can be switched off under My settings."
          : "Single keys are switched off. Switch them on under My settings."
      }
      className="top-[8vh] max-h-[84vh] w-[620px]"
    >
      {page.length > 0 && <KeyGroup title="On this page" bindings={page} />}
      <KeyGroup title="Everywhere" bindings={everywhere} />
    </Dialog>
  );
}

function KeyGroup({
  title,
  bindings,
}: {
  readonly title: string;
  readonly bindings: readonly KeyBinding[];
}): ReactElement {
  return (
    <section>
      <h3 className="pt-2 pb-1 text-xs font-medium text-subtle">{title}</h3>
      <dl className="grid grid-cols-2 gap-x-8 max-sm:grid-cols-1">
        {bindings.map(({ key, label }) => (
          <div key={key} className="flex min-h-8 items-center gap-3 border-b border-line-subtle">
            <dt className="min-w-0 flex-1 truncate">{label}</dt>
            <dd>
              <span className="sr-only">{key.replaceAll("+", " and ").replaceAll(" ", " then ")}</span>
              <Kbd keys={key} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
