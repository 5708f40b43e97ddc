import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["contracts/src/**/*.test.ts", "server/src/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.api.test.ts"],
        },
      },
      {
        test: {
          name: "api",
          include: ["server/**/*.api.test.ts"],
          globalSetup: ["server/test/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
