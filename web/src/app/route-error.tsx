import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useCallback, useEffect, type ReactElement } from "react";
import { Offline } from "#lib/api-problem";
import { useRetryOnceBack } from "#lib/offline";
import { ErrorState } from "#ui/error-state";
import { PageBody, PageHead } from "#ui/page-head";

/** Instead of a page that broke, or could not be fetched. The rest of the application stays. */
export function RouteError({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  useEffect(() => {
    console.error(error);
  }, [error]);
  const isOffline = error instanceof Offline;
  const retry = useCallback((): void => {
    reset();
    void router.invalidate();
  }, [reset, router]);
  useRetryOnceBack(useCallback(() => isOffline && retry(), [isOffline, retry]));
  return (
    <>
      <PageHead title={isOffline ? "Needs the network" : "Something went wrong"} />
      <PageBody>
        <ErrorState error={error} what="This page" onRetry={retry} />
      </PageBody>
    </>
  );
}
