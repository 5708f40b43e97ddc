import { searchRecords } from "@rainmaker/contracts/records/search";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Search } from "lucide-react";
import {
  lazy,
  Suspense,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
} from "react";
import { call } from "#lib/api";
import { hasCode } from "#lib/api-problem";
import { closePalette, takeTypedAhead, useCommands } from "#lib/commands";
import { useIsOffline } from "#lib/offline";
import { keyOf } from "#lib/query";
import { useCan, useUser } from "#lib/session";
import { Kbd } from "#ui/kbd";
import { placeAfterKey, revealOption } from "#ui/listbox";
import { isLogSentence } from "../features/sales/interactions/log-sentence.ts";
import { grouped, itemsFor, search, type PaletteItem } from "./palette-items.ts";
import { PaletteList } from "./palette-list.tsx";
import { rememberRecent, useRecent } from "./recent.ts";
import { addressOf } from "./records.ts";

const LogSentenceCard = lazy(async () => {
  const { LogSentenceCard: card } = await import("../features/sales/interactions/log-sentence-card.tsx");
  return { default: card };
});

type PaletteSearchProps = { readonly show: "all" | "create"; readonly start: string; readonly hasKeys: boolean };

export function PaletteSearch({ show, start, hasKeys }: PaletteSearchProps): ReactElement {
  const router = useRouter();
  const id = useId();
  const [text, setText] = useState(start);
  const [active, setActive] = useState(0);
  const isLogging = useCan("interaction.create") && show === "all" && isLogSentence(text);
  const logForm = useRef<HTMLFormElement>(null);
  const items = useItems(isLogging ? "" : text, show).filter(() => !isLogging);
  const groups = grouped(items);
  const flat = groups.flatMap((group) => group.items);
  const at = Math.min(active, Math.max(0, flat.length - 1));

  const choose = (item: PaletteItem | undefined): void => {
    if (item === undefined) return;
    closePalette();
    if (item.group !== "Do") rememberRecent(item);
    // Commands name addresses of pages that other features own, with their search parameters.
    if (item.to !== undefined) router.history.push(item.to);
    item.run?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = placeAfterKey(event.key, at, flat.length);
    if (next !== null) {
      event.preventDefault();
      setActive(next);
      revealOption(`${id}-${next}`);
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (isLogging) logForm.current?.requestSubmit();
      else choose(flat[at]);
    }
  };

  return (
    <>
      <div className="flex h-14 flex-none items-center gap-3 border-b border-line-subtle pr-3.5 pl-4.5">
        <Search size={18} aria-hidden="true" className="text-subtle" />
        <input
          role="combobox"
          aria-label={show === "create" ? "What to add" : "Search or jump to"}
          aria-expanded={!isLogging}
          aria-controls={isLogging ? undefined : `${id}-list`}
          aria-activedescendant={flat.length === 0 ? undefined : `${id}-${at}`}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={show === "create" ? "What do you want to add?" : "Search or jump to"}
          value={text}
          // Once: later it is what stands in the field.
          onFocus={() => hasKeys || setText(takeTypedAhead())}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 self-stretch bg-transparent text-lg outline-none"
        />
        <button
          type="button"
          onClick={closePalette}
          className="rounded-sm px-1 text-xs text-muted pointer-coarse:h-11 pointer-coarse:px-3"
        >
          <span className="sr-only">Close</span>
          <span aria-hidden="true" className="pointer-fine:hidden">
            Close
          </span>
          <Kbd keys="escape" />
        </button>
      </div>
      {isLogging ? (
        <Suspense fallback={null}>
          <LogSentenceCard text={text} formRef={logForm} onDone={closePalette} />
        </Suspense>
      ) : (
        <PaletteList id={id} groups={groups} active={at} text={text} onHover={setActive} onChoose={choose} />
      )}
      <Footer count={flat.length} hasText={text.trim() !== "" && !isLogging} />
    </>
  );
}

function useItems(text: string, show: "all" | "create"): readonly PaletteItem[] {
  const user = useUser();
  const commands = useCommands();
  const recent = useRecent();
  const records = useRecords(show === "create" ? "" : text);
  const known = itemsFor(user, commands);
  if (show === "create") return search(known, text).filter(({ group }) => group === "Create");
  if (text.trim() === "") return [...recent, ...known.filter(({ id }) => !recent.some((other) => other.id === id))];
  return [...search(known, text), ...records];
}

const pauseMs = 120;

function useRecords(text: string): readonly PaletteItem[] {
  const wanted = useSettled(useDeferredValue(text.trim()), pauseMs);
  const query = { q: wanted, limit: "8" };
  const { data } = useQuery({
    queryKey: keyOf(searchRecords, { query }),
    queryFn: async ({ signal }) => {
      try {
        return await call(searchRecords, { query, signal });
      } catch (error) {
        // Searching is one way of several to get somewhere: without it the palette still does the rest.
        if (hasCode(error, "not_found")) return { items: [] };
        throw error;
      }
    },
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  if (wanted.length < 2 || data === undefined) return [];
  return data.items.flatMap(({ entity, id, number, title, subtitle }) => {
    const to = addressOf(entity, id);
    const detail = [number, subtitle].filter((part) => part !== null).join(", ");
    return to === null ? [] : [{ id: `record:${id}`, group: "Records" as const, label: title, detail, markOf: id, to }];
  });
}

/** The value once it has stood still for a moment. */
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

function Footer({ count, hasText }: { readonly count: number; readonly hasText: boolean }): ReactElement {
  const isOffline = useIsOffline();
  return (
    <footer className="flex flex-none items-center gap-4 border-t border-line-subtle bg-sunken px-4 py-2.25 text-xs text-subtle">
      <span className="flex items-center gap-1 pointer-coarse:hidden">
        <Kbd keys="arrowup" />
        <Kbd keys="arrowdown" /> choose
      </span>
      <span className="flex items-center gap-1 pointer-coarse:hidden">
        <Kbd keys="enter" /> do it
      </span>
      <output className="ml-auto">
        {isOffline
          ? "Offline: records cannot be searched"
          : hasText
            ? `${count} ${count === 1 ? "result" : "results"}`
            : ""}
      </output>
    </footer>
  );
}
