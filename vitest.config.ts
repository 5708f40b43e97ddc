import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["contracts/src/**/*.test.ts", "server/{src,test}/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.api.test.ts"],
        },
      },
      "web/vite.config.ts",
      {
        test: {
          name: "api",
          include: ["server/**/*.api.test.ts"],
          globalSetup: ["server/test/global-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "journeys",
          include: ["e2e/**/*.test.ts"],
          globalSetup: ["e2e/global-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
