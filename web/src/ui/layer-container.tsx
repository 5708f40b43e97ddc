import { createContext } from "react";

/**
 * Where menus and popovers are put: inside the page's main part, or inside the sheet they were opened from, so that
 * they stay within a landmark and within what the focus is kept in.
 */
export const LayerContainer = createContext<HTMLElement | null>(null);
