import { createContext } from "react";

/** Whether a cell stands in the row that the Tab key reaches: only there its editors are stops of their own. */
export const ActiveRow = createContext(true);
