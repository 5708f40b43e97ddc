import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { firstScreenGroup } from "./first-screen.ts";

const api = process.env["API_URL"] ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // React has had it since 18: the shim is for those before.
  resolve: { alias: { "use-sync-external-store/shim/with-selector": "use-sync-external-store/with-selector" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Fonts and images as data: addresses are refused by the content security policy.
    assetsInlineLimit: 0,
    // The list of what each page needs would be a sixtieth of the first load, and pages are fetched ahead when idle.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed, { hostType }) => (hostType === "js" ? [] : needed),
    },
    rolldownOptions: {
      output: { codeSplitting: { groups: [firstScreenGroup()] } },
      // What contracts are made with: those that a page does not use are left out of it.
      treeshake: { manualPureFunctions: ["z", "endpoint", "page", "countedPage"] },
    },
  },
  server: {
    proxy: { "/api": api, "/healthz": api, "/socket.io": { target: api, ws: true } },
  },
  test: { name: "web", include: ["src/**/*.test.{ts,tsx}"] },
});
