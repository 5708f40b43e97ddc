import type { Endpoint } from "@rainmaker/contracts/endpoint";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { callForFile, type Download, type InputOf } from "./api.ts";
import { keyOf } from "./query.ts";

export type FileView = {
  /** An address for img, object and workers; null until the content is here. */
  readonly url: string | null;
  readonly blob: Blob | null;
  readonly error: unknown;
  readonly retry: () => void;
};

/** The content of a file for showing it. Its own address would not do: file routes want the token in a header. */
export function useFile<E extends Endpoint>(contract: E, input: InputOf<E>): FileView {
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf(contract, input as object), "content"],
    queryFn: ({ signal }) =>
      (callForFile as (contract: E, input: object) => Promise<Download>)(contract, { ...input, signal }),
    // A file never changes under its id.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const blob = data?.blob ?? null;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (blob === null) return undefined;
    const made = URL.createObjectURL(blob);
    // oxlint-disable-next-line react/set-state-in-effect -- an address is a resource: made and revoked with the content
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(null);
    };
  }, [blob]);
  return { url, blob, error, retry: () => void refetch() };
}

/** Hands a file to the person, under the name the server gave it. */
export function saveFile({ blob, name }: Download, otherName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name ?? otherName;
  link.click();
  // Not at once: Safari starts reading a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
