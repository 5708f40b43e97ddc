import {
  listInvitations,
  listMembers,
  listTeams,
  type Invitation,
  type Member,
  type Team,
} from "@rainmaker/contracts/organization/members";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { itemsOf, livePages, liveQuery } from "#lib/query";
import { useCan } from "#lib/session";

/** Everybody of the organization, page by page. Small pages would only be asked for one after the other. */
const pageSize = "200";

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function membersQuery(status?: Member["status"]) {
  return livePages(listMembers, { query: { limit: pageSize, ...(status !== undefined && { status }) } }, [
    "member",
    "team",
  ]);
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the library's options type is its own documentation
export function teamsQuery() {
  return liveQuery(listTeams, {}, ["team", "member"]);
}

/** Invitations that wait; nothing for people who may not invite. */
export function useInvitations(): readonly Invitation[] {
  const mayInvite = useCan("member.invite");
  const { data } = useInfiniteQuery({
    ...livePages(listInvitations, { query: { limit: pageSize } }, ["invitation", "member"]),
    enabled: mayInvite,
  });
  return itemsOf(data) ?? [];
}

/** All members, for choosing one and for putting names to ids. Fetches every page. */
export function useAllMembers(): readonly Member[] {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(membersQuery());
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return itemsOf(data) ?? [];
}

export function useTeams(): readonly Team[] {
  return useQuery(teamsQuery()).data?.items ?? [];
}

export function nameOf(member: Pick<Member, "firstName" | "lastName">): string {
  return `${member.firstName} ${member.lastName}`.trim();
}

/** "active": can sign in; "unclaimed": named by an import, without an account; "deactivated": could once. */
export function standingOf(member: Pick<Member, "status" | "email">): "active" | "unclaimed" | "deactivated" {
  if (member.status === "active") return "active";
  return member.email === null ? "unclaimed" : "deactivated";
}
