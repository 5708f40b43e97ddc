import { SearchX } from "lucide-react";
import type { ReactElement } from "react";
import { openPalette } from "#lib/commands";
import { useSession } from "#lib/session";
import { Button, ButtonLink } from "#ui/button";
import { EmptyState } from "#ui/empty-state";
import { PageBody, PageHead } from "#ui/page-head";

/** An address that names nothing, inside the shell or outside of it. */
export function NotFoundPage(): ReactElement {
  const isSignedIn = useSession().kind === "signed-in";
  return (
    <>
      <PageHead title="Page not found" />
      <PageBody>
        <EmptyState
          icon={SearchX}
          title="There is nothing at this address"
          actions={
            <>
              <ButtonLink to="/" tone="primary" size="sm">
                Go home
              </ButtonLink>
              {isSignedIn && (
                <Button size="sm" onClick={() => openPalette()}>
                  Search instead
                </Button>
              )}
            </>
          }
        >
          The link may be old, or the record belongs to somebody whose records you do not see.
        </EmptyState>
      </PageBody>
    </>
  );
}
