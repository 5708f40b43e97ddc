import { useRef } from "react";
import { newKey } from "./api.ts";

/**
 * An idempotency key for what somebody wants to happen once: the same one for the same content, so that trying again
 * after a lost answer does not do it twice, and another one as soon as the content differs.
 */
export function useIntentKey(): (content: unknown) => string {
  const last = useRef<{ readonly text: string; readonly key: string } | null>(null);
  return (content) => {
    const text = JSON.stringify(content);
    if (last.current?.text !== text) last.current = { text, key: newKey() };
    return last.current.key;
  };
}
