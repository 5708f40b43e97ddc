import * as z from "zod/mini";
import { endpoint } from "../endpoint.ts";
import { DealId, ProjectId, TeamId } from "../ids.ts";
import { MoneyReply, PositiveMoney } from "../money.ts";
import { Day, Instant } from "../time.ts";
import { Deal } from "./deals.ts";

/** Work of one or more teams that deals belong to. */
export const Project = z.object({
  id: ProjectId,
  /** PRJ-n. */
  number: z.string(),
  name: z.string(),
  description: z.nullable(z.string()),
  teams: z.array(z.object({ id: TeamId, name: z.string() })),
  /** What it is meant to bring in. */
  budget: z.nullable(MoneyReply),
  currency: z.string(),
  startsOn: z.nullable(Day),
  endsOn: z.nullable(Day),
  isClosed: z.boolean(),
  /** Its deals in the viewer's sight, what they are worth, and what is verified of them net of what went back. */
  deals: z.int(),
  sold: MoneyReply,
  verified: MoneyReply,
  inReview: MoneyReply,
  /** verified / budget as a decimal with four places; null without a budget. */
  attainment: z.nullable(z.string()),
  createdAt: Instant,
  version: z.int(),
});
export type Project = z.output<typeof Project>;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
const facts = {
  description: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(2000)))),
  teamIds: z.optional(z.array(TeamId).check(z.maxLength(50))),
  budget: z.optional(z.nullable(PositiveMoney)),
  startsOn: z.optional(z.nullable(Day)),
  endsOn: z.optional(z.nullable(Day)),
};

export const listProjects = endpoint("GET", "/projects", "Projects with their revenue, by name", "deal.read", {
  query: z.strictObject({ state: z.optional(z.enum(["open", "closed"])) }),
  reply: z.object({ items: z.array(Project) }),
});

const params = z.strictObject({ projectId: ProjectId });

export const getProject = endpoint("GET", "/projects/{projectId}", "One project", "deal.read", {
  params,
  reply: Project,
});

export const createProject = endpoint("POST", "/projects", "Begin a project", "goal.edit", {
  body: z.strictObject({ name, ...facts }),
  status: 201,
  reply: Project,
});

export const updateProject = endpoint(
  "PATCH",
  "/projects/{projectId}",
  "Change a project, or close it: a closed one takes no further deals",
  "goal.edit",
  {
    params,
    body: z.strictObject({
      name: z.optional(name),
      ...facts,
      isClosed: z.optional(z.boolean()),
      seenVersion: z.optional(z.int()),
    }),
    versioned: true,
    reply: Project,
  },
);

export const placeDeal = endpoint(
  "PUT",
  "/deals/{dealId}/project",
  "Put a deal into a project, or out of it",
  "deal.submit",
  {
    params: z.strictObject({ dealId: DealId }),
    body: z.strictObject({ projectId: z.nullable(ProjectId), seenVersion: z.optional(z.int()) }),
    versioned: true,
    reply: Deal,
  },
);
