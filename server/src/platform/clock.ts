/** The real time. Everything below a process takes its clock as an argument, so that tests and history can set it. */
export function systemClock(): Date {
  return new Date();
}
