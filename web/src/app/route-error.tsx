import { useRouter, type ErrorComponentProps } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import { ErrorState } from "#ui/error-state";
import { PageBody, PageHead } from "#ui/page-head";

/** Instead of a page that broke, or could not be fetched. The rest of the application stays. */
export function RouteError({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  useEffect(() => {
    console.error(error);
  }, [error]);
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <>
      <PageHead title="Something went wrong" />
      <PageBody>
        <ErrorState error={error} what="This page" onRetry={retry} />
      </PageBody>
    </>
  );
}
